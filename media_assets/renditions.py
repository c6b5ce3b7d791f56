"""Make the files of a master: claimed by one job, built aside, stored under their content's address, committed.

A job killed at any moment leaves a row that `resume_stuck` queues again; no transaction is open while ffmpeg works.
"""

import hashlib
import logging
import secrets
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from cms.office import notices, room, trail
from cms.office.models import Notice, Role
from media_assets import ffmpeg, loudness, recordings, rendering, tagging, tags
from media_assets.models import Master, Rendition
from media_assets.models.recordings import public_storage
from media_assets.permissions import can_change_recording
from media_assets.recipes import BY_NAME, Recipe
from media_assets.rendering import Made

LOST_AFTER = timedelta(minutes=2)  # in the queue
DEAD_AFTER = timedelta(minutes=10)  # in work: reading from and storing to a slow place gives no sign of life
MAX_ATTEMPTS = 5
MEASURING, RENDERING = 20, 95  # per cent reached at the end of each stretch

log = logging.getLogger(__name__)


class ClaimLost(Exception):
    """Another job has taken these files over; this one stops quietly."""


def make(master_pk: int) -> None:
    """Make every queued file of a master. Safe to call twice, at once, or after a kill."""
    claim = _Claim(master_pk)
    if not claim.recipes:
        return
    try:
        with tempfile.TemporaryDirectory(dir=recordings.work_folder()) as folder:
            _work(Master.objects.select_related("recording__senjang").get(pk=master_pk), claim, Path(folder))
    except ClaimLost:
        return
    except ffmpeg.Failed as failure:
        log.warning("master %s: %s", master_pk, failure.log[-2000:])
        claim.fail(str(failure))
    except ValidationError as error:
        claim.fail(" ".join(error.messages))
    except FileNotFoundError:
        claim.fail(_("Berkas asli rekaman tidak ditemukan di tempat penyimpanan. Unggah lagi berkasnya."))
    except Exception as error:  # whatever it was, nobody may wait for these files in vain; it is raised again below
        if isinstance(error, OSError) and room.is_full(error):
            claim.fail(_("Ruang simpan penuh. Hubungi administrator, lalu tekan Coba lagi."))
            return
        claim.fail(_("Terjadi kesalahan pada sistem. Coba lagi; bila tetap gagal, hubungi administrator."))
        raise


def retry(rendition: Rendition, *, by: Any) -> None:
    """Queue a failed file again, and with it every other failed file of its master."""
    if not can_change_recording(by):
        raise PermissionDenied
    with transaction.atomic():
        failed = Rendition.objects.filter(master=rendition.master_id, state=Rendition.State.FAILED)
        if not failed.update(**queued(), attempts=0, error=""):
            raise ValidationError(_("Berkas ini tidak sedang gagal; muat ulang halaman untuk melihat keadaannya."))
        trail.record(
            "rendition.retry", rendition.master.recording, _("Mengulang pembuatan berkas %s.") % rendition.master, by=by
        )
        recordings.enqueue(rendition.master_id)


def resume_stuck() -> None:
    """Queue again what waits or is worked on with no sign of life; give up in words after some attempts."""
    stuck = Rendition.objects.stuck(lost=timezone.now() - LOST_AFTER, dead=timezone.now() - DEAD_AFTER)
    for pk in list(stuck.filter(attempts__gte=MAX_ATTEMPTS).values_list("master", flat=True).distinct()):
        _give_up(pk)
    for pk in list(stuck.order_by("master").values_list("master", flat=True).distinct()):
        with transaction.atomic():
            if stuck.filter(master=pk).update(**queued()):
                recordings.enqueue(pk)


def queued() -> dict[str, Any]:
    return {"state": Rendition.State.QUEUED, "progress": 0, "claim": "", "touched_at": timezone.now()}


def _give_up(master_pk: int) -> None:
    worn = Rendition.objects.unfinished().filter(master=master_pk, attempts__gte=MAX_ATTEMPTS)
    sentence = _("Pembuatan berkas berkali-kali terputus. Tekan Coba lagi; bila tetap gagal, periksa berkasnya.")
    with transaction.atomic():
        if worn.update(state=Rendition.State.FAILED, error=sentence, claim=""):
            _tell(Master.objects.select_related("recording").get(pk=master_pk), sentence)


def _tell(master: Master, sentence: str) -> None:
    text = _("Berkas rekaman “%(label)s” gagal dibuat. %(cause)s")
    notices.tell(
        Role.COMMUNICATIONS,
        text % {"label": master.recording.label, "cause": sentence},
        key=f"master-{master.pk}",
        url=reverse("recordings:detail", args=[master.recording_id]),
        level=Notice.Level.WARNING,
    )


class _Claim:
    """This job's hold on a master's queued files; every write goes through it and fails once the hold is lost."""

    def __init__(self, master_pk: int) -> None:
        self.master_pk, self.token = master_pk, secrets.token_hex(16)
        self.beaten = time.monotonic()
        queued = Rendition.objects.filter(master=master_pk, state=Rendition.State.QUEUED)
        queued.update(
            state=Rendition.State.WORKING,
            claim=self.token,
            attempts=F("attempts") + 1,
            touched_at=timezone.now(),
            progress=0,
        )
        self.recipes = [BY_NAME[name] for name in self.rows.values_list("recipe", flat=True) if name in BY_NAME]

    @property
    def rows(self) -> Any:
        return Rendition.objects.filter(master=self.master_pk, claim=self.token, state=Rendition.State.WORKING)

    def beat(self, progress: float) -> None:
        """Save progress (per cent) at most once a second, and notice a lost hold."""
        if time.monotonic() - self.beaten >= 1:
            self.beaten = time.monotonic()
            if not self.rows.update(progress=int(progress), touched_at=timezone.now()):
                raise ClaimLost

    def finish(self, made: Made, name: str, size: int) -> None:
        done = self.rows.filter(recipe=made.recipe.name).update(
            state=Rendition.State.READY,
            recipe_version=made.recipe.version,
            file=name,
            size=size,
            duration=made.duration,
            lufs=made.lufs,
            true_peak=made.true_peak,
            progress=100,
            error="",
            touched_at=timezone.now(),
        )
        if not done:
            raise ClaimLost

    @transaction.atomic
    def fail(self, sentence: str) -> None:
        if self.rows.update(state=Rendition.State.FAILED, error=sentence, touched_at=timezone.now()):
            _tell(Master.objects.select_related("recording").get(pk=self.master_pk), sentence)


def _work(master: Master, claim: _Claim, folder: Path) -> None:
    source = recordings.on_this_disk(master, folder)
    measured = loudness.measure(source, expected=master.duration, on_progress=lambda done: claim.beat(MEASURING * done))
    Master.objects.filter(pk=master.pk).update(peaks=measured.peaks, checkup=dict(measured.facts))
    files = rendering.render(
        source,
        measured,
        claim.recipes,
        folder,
        on_progress=lambda done: claim.beat(MEASURING + (RENDERING - MEASURING) * done),
    )
    words, origin = tagging.of(master.recording, master), tagging.origin(master)
    for made in files:
        tags.write(made.path, words)
        rendering.sign(made, **origin)
        claim.beat(RENDERING)
        claim.finish(made, store(made.path, made.recipe, master), made.path.stat().st_size)
    notices.finish(f"master-{master.pk}")


def store(path: Path, recipe: Recipe, master: Master) -> str:
    """Keep a file under the digest of its content; one that a killed job left half-written is written anew."""
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    slug = slugify(master.recording.senjang.title)[:60] or "senjang"
    name = f"suara/{digest[:16]}/{slug}-{recipe.name}.{recipe.suffix}"
    storage = public_storage()
    if storage.exists(name):
        if storage.size(name) == path.stat().st_size:
            return name
        storage.delete(name)
    return recordings.store(storage, name, path)
