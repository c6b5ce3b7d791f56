"""Keep when each line of a take is sung: checked, version upon version."""

import math
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.office import trail
from media_assets import following, recordings, timed_text, versions
from media_assets.models import LyricTiming, Master, Recording


@transaction.atomic
def save(master: Master, marks: Mapping[str, float], *, based_on: int, by: Any) -> LyricTiming:
    """Marks of the words that the recording sings now, on top of version `based_on` (0: of none)."""
    versions.ask(by)
    master = versions.lock(master)
    kept = _checked(marks, master)
    timing, is_new = versions.add(
        LyricTiming, master, based_on=based_on, by=by, digest=master.recording.digest, marks=kept
    )
    if is_new:
        recording = master.recording
        words = {"label": recording.label, "version": timing.version, "count": len(kept)}
        text = _("Menyimpan waktu lirik rekaman “%(label)s”, versi %(version)d: %(count)d baris.") % words
        trail.record("recording.timing", recording, text, by=by, version=timing.version)
        recordings.tell_anew(recording)
    return timing


@transaction.atomic
def restore(master: Master, old: LyricTiming, *, based_on: int, by: Any) -> LyricTiming:
    """An older version, of this take or another, as the newest one; lines that are no longer sung are left out."""
    if old.master.recording_id != master.recording_id:
        raise ValidationError(_("Versi itu milik rekaman lain."))
    sung = {line["uid"] for line in timed_text.lines_of(master.recording.words["parts"])}
    marks = {uid: start for uid, start in old.marks.items() if uid in sung}
    return save(master, marks, based_on=based_on, by=by)


def _checked(marks: Mapping[str, float], master: Master) -> dict[str, float]:
    """In hundredths, in the order of the lines; refused with every error at once."""
    parts = master.recording.words["parts"]
    if not all(math.isfinite(start) for start in marks.values()):
        raise ValidationError(_("Tulis waktu sebagai menit:detik, misalnya 01:23.45."))
    lines = [line["uid"] for line in timed_text.lines_of(parts)]
    if set(marks) - set(lines):
        raise ValidationError(
            _("Lirik rekaman ini sudah diganti, dan sebagian barisnya tidak ada lagi. Muat ulang halaman ini.")
        )
    rounded = {uid: round(float(marks[uid]), 2) for uid in lines if uid in marks}
    if wrong := timed_text.flaws(parts, rounded, master.duration):
        raise ValidationError([flaw.text for flaw in wrong])
    return rounded


def left_to_time(recording: Recording) -> str:
    """After other words were chosen: how many marks hold, how many lines are left; "" where nothing was timed."""
    timing = LyricTiming.objects.newest_of(recording.master) if recording.master else None
    if timing is None:
        return ""
    marks = following.standing(recording, timing)
    left = sum(line["uid"] not in marks for line in timed_text.lines_of(recording.words["parts"]))
    if not left:
        return _("Waktu semua baris tetap berlaku.")
    text = ngettext(
        "Waktu %(kept)d baris tetap berlaku; %(left)d baris belum ditandai.",
        "Waktu %(kept)d baris tetap berlaku; %(left)d baris belum ditandai.",
        left,
    )
    return text % {"kept": len(marks), "left": left}
