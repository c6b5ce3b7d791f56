"""Take in recordings: store the master privately, once, with the words it sings; a better take replaces it."""

import hashlib
import secrets
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, Literal

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files import File
from django.core.files.storage import Storage
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django_q.tasks import async_task

from cms.office import measures, room, trail
from media_assets import guides, lyrics, probe, recipes
from media_assets.models import Approval, Master, Recording, RecordingCredit, Rendition, SenjangPage, Submission
from media_assets.models.recordings import private_storage
from media_assets.permissions import can_add_recording, can_change_recording
from performers.models import Person

Words = Literal["", "approved", "latest"]
FOLDER = "masters"


def add(
    senjang: SenjangPage,
    file: File,
    *,
    by: Any,
    label: str = "",
    credits: Iterable[tuple[Person, str]] = (),
    words: Words = "",
    recorded_on: date | None = None,
    is_guide: bool = False,
) -> Recording:
    """Take in a recording of a senjang and start making its files.

    `words` says what it sings: the approved text, the latest draft, or ("") the approved one where there is one.
    `is_guide`: for the council only, from its first moment on.
    """
    if not can_add_recording(by):
        raise PermissionDenied
    sung = words_of(senjang, words)
    with _kept(file) as facts, transaction.atomic():
        recording = Recording.objects.create(
            senjang=senjang,
            label=lyrics.tidy(label)[:120] or _next_label(senjang),
            recorded_on=recorded_on,
            digest=lyrics.digest(sung["title"], sung["parts"]),
            words=sung,
            created_by=by,
        )
        for person, role in credits:
            RecordingCredit.objects.get_or_create(recording=recording, person=person, role=role)
        _add_master(recording, 1, facts, by=by)
        text = _("Mengunggah rekaman “%(label)s” untuk senjang %(senjang)s.")
        trail.record("recording.add", recording, text % {"label": recording.label, "senjang": senjang.title}, by=by)
        if is_guide:
            guides.mark(recording, by=by)
    return recording


def replace_master(recording: Recording, file: File, *, by: Any) -> Master:
    """Take in a better file of the same recording; the old one is kept and plays until the new files are ready."""
    if not can_change_recording(by):
        raise PermissionDenied
    with _kept(file) as facts, transaction.atomic():
        locked = Recording.objects.select_for_update().get(pk=recording.pk)
        master = _add_master(locked, locked.master.version + 1 if locked.master else 1, facts, by=by)
        text = _("Mengganti berkas rekaman “%(label)s” dengan versi %(version)d.")
        trail.record(
            "recording.replace", recording, text % {"label": recording.label, "version": master.version}, by=by
        )
    return master


@transaction.atomic
def choose_words(recording: Recording, words: Words, *, by: Any) -> Recording:
    """Say which text of its senjang the recording sings."""
    if not can_change_recording(by):
        raise PermissionDenied
    sung = words_of(recording.senjang, words)
    recording.words, recording.digest = sung, lyrics.digest(sung["title"], sung["parts"])
    recording.save(update_fields=["words", "digest"])
    trail.record("recording.words", recording, _("Menetapkan lirik yang dinyanyikan “%s”.") % recording.label, by=by)
    tell_anew(recording)
    return recording


def words_of(senjang: SenjangPage, words: Words = "") -> dict[str, Any]:
    """The approved or the latest text of a senjang as `{title, language, parts}`."""
    latest = senjang.get_latest_revision_as_object()
    approved = None if words == "latest" else _approved(latest, senjang)
    if words == "approved" and approved is None:
        raise ValidationError({"words": _("Senjang ini belum punya lirik yang disetujui. Pilih lirik terbaru.")})
    sung = approved or {"title": latest.title, "language": latest.language, "parts": latest.parts}
    if not lyrics.digest(sung["title"], sung["parts"]):
        raise ValidationError({"senjang": _("Lirik senjang ini belum lengkap. Isi dulu pembuka, isi dan penutupnya.")})
    return sung


def _approved(latest: SenjangPage, senjang: SenjangPage) -> dict[str, Any] | None:
    """The newest text that stands approved: the latest draft, else the published one, else the last one ruled on."""
    for page in (latest, SenjangPage.objects.get(pk=senjang.pk)):
        if page.is_approved:
            return {"title": page.title, "language": page.language, "parts": page.parts}
    seen = Submission.objects.filter(page=senjang, digest__in=Approval.objects.values("digest")).first()
    return {"title": seen.title, "language": seen.language, "parts": seen.text} if seen else None


def _next_label(senjang: SenjangPage) -> str:
    return _("Rekaman %(number)d") % {"number": senjang.recordings.count() + 1}


def _add_master(recording: Recording, version: int, facts: dict[str, Any], *, by: Any) -> Master:
    master = Master.objects.create(recording=recording, version=version, uploaded_by=by, **facts)
    Rendition.objects.bulk_create(
        Rendition(master=master, recipe=recipe.name, recipe_version=recipe.version) for recipe in recipes.ALL
    )
    enqueue(master.pk)
    return master


def tell_anew(recording: Recording) -> None:
    """Have the finished files tagged anew once this is committed: what is sung, or when, has changed."""
    transaction.on_commit(lambda: async_task("media_assets.tasks.tag_files", recording.pk), robust=True)


def enqueue(master_pk: int) -> None:
    """Have the files made once this is committed; a queue that is down is asked again by `renditions.resume_stuck`."""
    transaction.on_commit(lambda: async_task("media_assets.tasks.make_renditions", master_pk), robust=True)


@contextmanager
def _kept(file: File) -> Iterator[dict[str, Any]]:
    """Check the upload and keep it privately while the block writes its rows; if the block fails, nothing stays."""
    if (file.size or 0) > settings.MAX_UPLOAD_BYTES:
        _refuse(too_large())
    with on_disk(file) as (path, sha256):
        _refuse_twin(sha256)
        try:
            source, length = probe.examine(path)
        except ValidationError as error:
            _refuse(*error.messages)
        storage = private_storage()
        try:
            name = store(storage, f"{FOLDER}/{secrets.token_hex(16)}", path)
        except OSError as error:
            if not room.is_full(error):
                raise
            _refuse(room.none_left())
        facts = {
            "file": name,
            "original_name": display_name(file.name or ""),
            "sha256": sha256,
            "size": path.stat().st_size,
            "duration": length,
            "codec": source.codec[:40],
            "sample_rate": source.sample_rate,
            "channels": source.channels,
        }
        try:
            with room.kept_by(Master.objects.filter(file=name), storage, name):
                yield facts
        except IntegrityError:
            _refuse_twin(sha256)  # somebody uploaded the same file at the same moment
            raise


def store(storage: Storage, name: str, path: Path) -> str:
    """Keep a local file; where that fails half way, as on a full disk, nothing of it stays."""
    try:
        with path.open("rb") as stream:
            return storage.save(name, File(stream))
    except OSError:
        storage.delete(name)
        raise


@contextmanager
def on_disk(file: File) -> Iterator[tuple[Path, str]]:
    """The upload as a local file with its SHA-256, read in pieces; an upload that is on disk already is not copied."""
    digest = hashlib.sha256()
    if hasattr(file, "temporary_file_path"):
        for piece in file.chunks():
            digest.update(piece)
        yield Path(file.temporary_file_path()), digest.hexdigest()
        return
    with tempfile.NamedTemporaryFile(dir=work_folder()) as copy:
        for piece in file.chunks():
            digest.update(piece)
            copy.write(piece)
        copy.flush()
        yield Path(copy.name), digest.hexdigest()


def on_this_disk(master: Master, folder: Path) -> Path:
    """The master as a local file; one kept elsewhere is fetched into `folder` in pieces."""
    if not private_storage().exists(str(master.file)):
        raise FileNotFoundError(str(master.file))
    try:
        return Path(master.file.path)
    except NotImplementedError:  # a storage that is not the disk knows no path
        copy = folder / f"master-{master.pk}"
        with master.file.open("rb") as stream, copy.open("wb") as target:
            for piece in File(stream).chunks():
                target.write(piece)
        return copy


def work_folder() -> Path:
    """Where half-made files live; never served, and swept."""
    folder = Path(settings.MEDIA_ROOT) / "tmp"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def too_large() -> str:
    return _("Berkas ini terlalu besar: paling banyak %(limit)s.") % {"limit": measures.size(settings.MAX_UPLOAD_BYTES)}


def display_name(name: str) -> str:
    """The upload's own name, only ever shown: no folders, no control characters, at most 300 characters."""
    return lyrics.tidy(name.replace("\\", "/").split("/")[-1])[:300] or _("tanpa nama")


def _refuse_twin(sha256: str) -> None:
    twin = Master.objects.filter(sha256=sha256).select_related("recording__senjang").first()
    if twin:
        raise ValidationError(
            {
                "file": ValidationError(
                    _("Berkas ini sudah ada: rekaman “%(label)s” pada senjang %(senjang)s."),
                    code="twin",
                    params={
                        "label": twin.recording.label,
                        "senjang": twin.recording.senjang.title,
                        "recording": twin.recording_id,
                    },
                )
            }
        )


def _refuse(*sentences: str) -> None:
    raise ValidationError({"file": list(sentences)})
