"""Press editions of a disc: asked for once, made by one job from frozen contents, checked, and kept for ever.

A job killed at any moment leaves a row that `resume_stuck` queues again; an edition's row stands only when its file
does, and a pressing can have but one.
"""

import logging
import secrets
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django_q.tasks import async_task

from cms.office import notices, room, trail
from cms.office.models import Notice, OfficeSettings, Role
from media_assets import disc_contents, disc_master, ffmpeg, recordings
from media_assets.disc_contents import Entry
from media_assets.disc_papers import Imprint
from media_assets.models import Disc, DiscEdition, DiscPressing, Master
from media_assets.models.discs import FOLDER, State
from media_assets.models.recordings import private_storage
from media_assets.permissions import can_press_disc

LOST_AFTER = timedelta(minutes=2)  # in the queue
DEAD_AFTER = timedelta(minutes=10)  # in work: packing and storing give no sign of life
MAX_ATTEMPTS = 5

log = logging.getLogger(__name__)


class ClaimLost(Exception):
    """Another job has taken this pressing over; this one stops quietly."""


def press(disc: Disc, *, by: Any) -> DiscPressing:
    """Ask for an edition of what is on the disc now; all that speaks against it is said together."""
    if not can_press_disc(by):
        raise PermissionDenied
    try:
        with transaction.atomic():
            return _ask(Disc.objects.select_for_update().get(pk=disc.pk), by=by)
    except IntegrityError:  # somebody pressed at the same moment
        if disc.pressings.in_work().exists():
            raise ValidationError(_in_work()) from None
        raise


def _ask(disc: Disc, *, by: Any) -> DiscPressing:
    listed = disc_contents.entries(disc, timezone.localdate())
    if disc.pressings.in_work().exists():
        raise ValidationError(_in_work())
    if sentences := refusals(disc, listed):
        raise ValidationError(sentences)
    contents = disc_contents.frozen(disc, listed)
    if same := twin(disc, contents):
        raise ValidationError(_("Isi cakram sama dengan edisi %d. Unduh saja edisi itu.") % same.number)
    digest = disc_contents.digest(contents)
    pressing = DiscPressing.objects.create(disc=disc, contents=contents, digest=digest, asked_by=by)
    trail.record("tekan cakram", disc, _("Meminta edisi baru cakram “%s”.") % disc, by=by)
    enqueue(pressing.pk)
    return pressing


def twin(disc: Disc, contents: dict[str, Any]) -> DiscEdition | None:
    """The edition that has exactly these contents."""
    found: DiscEdition | None = disc.editions.filter(digest=disc_contents.digest(contents)).first()
    return found


def refusals(disc: Disc, listed: list[Entry]) -> list[str]:
    """Why no edition can be made: what no CD holds, then what speaks against each song."""
    found = disc_contents.flaws(disc, listed)
    for number, entry in enumerate(listed, 1):
        song: dict[str, Any] = {"number": number, "title": entry.words.title}
        found += [_("Lagu %(number)d “%(title)s”: %(reason)s") % (song | {"reason": why}) for why in entry.reasons]
    return found


def _in_work() -> str:
    return _("Edisi cakram ini sedang dibuat. Tunggu sampai selesai.")


def enqueue(pk: int) -> None:
    """Have it made once this is committed; a queue that is down is asked again by `resume_stuck`."""
    transaction.on_commit(lambda: async_task("media_assets.tasks.press_disc", pk), robust=True)


def make(pk: int) -> None:
    """Make the edition that was asked for. Safe to call twice, at once, or after a kill."""
    claim = _Claim(pk)
    if not claim.rows.exists():
        return
    try:
        with tempfile.TemporaryDirectory(dir=recordings.work_folder()) as folder:
            _work(claim, Path(folder))
    except ClaimLost:
        return
    except ffmpeg.Failed as failure:
        log.warning("pressing %s: %s", pk, failure.log[-2000:])
        claim.fail(str(failure))
    except FileNotFoundError:
        claim.fail(_("Berkas asli salah satu rekaman tidak ditemukan di tempat penyimpanan. Unggah lagi berkasnya."))
    except Exception as error:  # whatever it was, nobody may wait in vain; it is raised again below
        if isinstance(error, OSError) and room.is_full(error):
            claim.fail(_("Ruang simpan penuh. Hubungi administrator, lalu buat edisinya lagi."))
            return
        claim.fail(_("Terjadi kesalahan pada sistem. Coba lagi; bila tetap gagal, hubungi administrator."))
        raise


def _work(claim: "_Claim", folder: Path) -> None:
    pressing = DiscPressing.objects.select_related("disc", "asked_by").get(pk=claim.pk)
    number = pressing.disc.editions.count() + 1
    made = build(pressing.contents, number, timezone.localdate(pressing.asked_at), folder, claim.beat)
    storage = private_storage()
    name = f"{FOLDER}/{made.sha256[:32]}-{claim.token[:8]}/{made.path.name}"  # no two jobs write one file
    recordings.store(storage, name, made.path)
    with room.kept_by(DiscEdition.objects.filter(file=name), storage, name):
        claim.finish(pressing, number, made, name)


def build(
    contents: dict[str, Any], number: int, day: Any, folder: Path, on_progress: disc_master.Progress
) -> disc_master.Master:
    """The master of frozen contents, from the private files that they name; number 0 is a trial."""
    digests = [row["master"] for row in contents["tracks"]]
    masters = {master.sha256: master for master in Master.objects.filter(sha256__in=digests)}
    if missing := set(digests) - masters.keys():
        raise FileNotFoundError(", ".join(missing))
    takes = [recordings.on_this_disk(masters[digest], folder) for digest in digests]
    imprint = Imprint(contents["title"], number, day, OfficeSettings.load().name)
    return disc_master.make(disc_contents.thawed(contents), takes, imprint, folder, on_progress=on_progress)


def resume_stuck() -> None:
    """Queue again what waits or is worked on with no sign of life; give up in words after some attempts."""
    stuck = DiscPressing.objects.stuck(lost=timezone.now() - LOST_AFTER, dead=timezone.now() - DEAD_AFTER)
    for pressing in list(stuck.filter(attempts__gte=MAX_ATTEMPTS).select_related("disc")):
        with transaction.atomic():
            sentence = _("Pembuatan edisi berkali-kali terputus. Coba lagi; bila tetap gagal, hubungi administrator.")
            if stuck.filter(pk=pressing.pk).update(state=State.FAILED, error=sentence, claim=""):
                _tell(pressing.disc, sentence)
    for pk in list(stuck.values_list("pk", flat=True)):
        with transaction.atomic():
            if stuck.filter(pk=pk).update(state=State.QUEUED, progress=0, claim="", touched_at=timezone.now()):
                enqueue(pk)


def _tell(disc: Disc, sentence: str) -> None:
    notices.tell(
        Role.COMMUNICATIONS,
        _("Edisi cakram “%(disc)s” gagal dibuat. %(cause)s") % {"disc": disc, "cause": sentence},
        key=f"disc-{disc.pk}",
        url=reverse("discs:detail", args=[disc.pk]),
        level=Notice.Level.WARNING,
    )


class _Claim:
    """This job's hold on a pressing; every write goes through it and fails once the hold is lost."""

    def __init__(self, pk: int) -> None:
        self.pk, self.token = pk, secrets.token_hex(16)
        self.beaten = time.monotonic()
        DiscPressing.objects.filter(pk=pk, state=State.QUEUED).update(
            state=State.WORKING, claim=self.token, attempts=F("attempts") + 1, touched_at=timezone.now(), progress=0
        )

    @property
    def rows(self) -> Any:
        return DiscPressing.objects.filter(pk=self.pk, claim=self.token, state=State.WORKING)

    def beat(self, done: float) -> None:
        """Save progress (0–1) at most once a second, and notice a lost hold."""
        if time.monotonic() - self.beaten >= 1:
            self.beaten = time.monotonic()
            if not self.rows.update(progress=min(99, int(100 * done)), touched_at=timezone.now()):
                raise ClaimLost

    @transaction.atomic
    def finish(self, pressing: DiscPressing, number: int, made: disc_master.Master, name: str) -> None:
        if not self.rows.update(state=State.READY, progress=100, error="", touched_at=timezone.now()):
            raise ClaimLost
        DiscEdition.objects.create(
            disc=pressing.disc,
            number=number,
            pressing=pressing,
            contents=disc_contents.with_lengths(pressing.contents, made.disc),
            digest=pressing.digest,
            file=name,
            size=made.path.stat().st_size,
            sha256=made.sha256,
            gain_db=made.gain_db,
            true_peak=made.true_peak,
            length=made.disc.length,
            by=pressing.asked_by,
        )
        text = _("Edisi %(number)d cakram “%(disc)s” selesai dibuat.")
        trail.record("edisi cakram", pressing.disc, text % {"number": number, "disc": pressing.disc})
        notices.finish(f"disc-{pressing.disc_id}")

    @transaction.atomic
    def fail(self, sentence: str) -> None:
        if self.rows.update(state=State.FAILED, error=sentence, touched_at=timezone.now()):
            _tell(Disc.objects.get(pressings=self.pk), sentence)
