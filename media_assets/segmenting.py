"""Keep which stretches of a take are sung and which played: checked, version upon version."""

import math
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cms.office import trail
from media_assets import lyrics, segments, versions
from media_assets.models import Master, Timeline
from media_assets.models.timelines import Stretch, as_segments

MOST = 400  # segments; the longest senjang has some thirty


def problems(stretches: Sequence[Stretch], master: Master) -> list[segments.Problem]:
    """All that is wrong with them, by their place in the list; errors keep them from being saved."""
    found = segments.problems(as_segments(list(stretches)), master.duration)
    parts = master.recording.words["parts"]
    found += [
        segments.Problem(index, "stanza", segments.Grade.ERROR, text)
        for index, stretch in enumerate(stretches)
        if (text := _unknown_place(stretch, parts))
    ]
    return sorted(found, key=lambda problem: problem.index)


def _unknown_place(stretch: Stretch, parts: dict[str, list[lyrics.Stanza]]) -> str:
    part, stanza = stretch["part"], stretch["stanza"]
    count = len(parts.get(part, []))
    where = {"time": segments.clock(stretch["start"]), "stanza": stanza, "part": part, "count": count}
    if stretch["kind"] == segments.Kind.MUSIK and (part or stanza):
        return _("Musik pada %(time)s tidak punya bagian atau bait. Kosongkan keduanya, atau ganti jenisnya.") % where
    if stanza and not part:
        return _("Pilih bagian untuk bait %(stanza)s pada %(time)s.") % where
    if part and part not in lyrics.PARTS:
        return _("Bagian pada %(time)s tidak dikenal. Pilih pembuka, isi atau penutup.") % where
    if stanza and not 1 <= stanza <= count:
        return _("Bait %(stanza)s pada %(time)s tidak ada: bagian %(part)s punya %(count)d bait.") % where
    return ""


@transaction.atomic
def save(master: Master, stretches: Sequence[Stretch], *, based_on: int, by: Any) -> Timeline:
    """What a person has looked at, on top of version `based_on` (0: of none)."""
    versions.ask(by)
    master = versions.lock(master)
    rows = _checked(stretches, master)
    timeline, is_new = versions.add(Timeline, master, based_on=based_on, by=by, segments=rows, suggested=False)
    if is_new:
        _record(timeline, _("Menyimpan garis waktu rekaman “%(label)s”, versi %(version)d: %(count)d segmen."), by=by)
    return timeline


@transaction.atomic
def restore(master: Master, old: Timeline, *, based_on: int, by: Any) -> Timeline:
    """An older version, of this take or another, as the newest one; checked again, since the words may have changed."""
    if old.master.recording_id != master.recording_id:
        raise ValidationError(_("Versi itu milik rekaman lain."))
    return save(master, old.segments, based_on=based_on, by=by)


@transaction.atomic
def keep_suggestion(master: Master, stretches: Sequence[Stretch]) -> Timeline:
    """What the program proposes, as the newest version; the one before it stays, and nobody's word is lost."""
    master = versions.lock(master)
    newest = Timeline.objects.newest_of(master)
    rows, before = _checked(stretches, master), newest.version if newest else 0
    if newest and newest.segments == rows:
        return newest
    timeline, _is_new = versions.add(Timeline, master, based_on=before, by=None, segments=rows, suggested=True)
    _record(timeline, _("Mengusulkan garis waktu rekaman “%(label)s”, versi %(version)d: %(count)d segmen."), by=None)
    return timeline


def _checked(stretches: Sequence[Stretch], master: Master) -> list[Stretch]:
    """In order and in hundredths; refused with every error at once."""
    if len(stretches) > MOST:
        raise ValidationError(_("Paling banyak %(most)d segmen.") % {"most": MOST})
    if any(not math.isfinite(value) for stretch in stretches for value in (stretch["start"], stretch["end"])):
        raise ValidationError(_("Tulis waktu sebagai menit:detik, misalnya 01:23.45."))
    if any(stretch["kind"] not in set(segments.Kind) for stretch in stretches):
        raise ValidationError(_("Pilih jenis setiap segmen: syair atau musik."))
    rows = sorted((_rounded(stretch) for stretch in stretches), key=lambda row: (row["start"], row["end"]))
    wrong = [problem.text for problem in problems(rows, master) if problem.grade == segments.Grade.ERROR]
    if wrong:
        raise ValidationError(wrong)
    return rows


def _rounded(stretch: Stretch) -> Stretch:
    return {**stretch, "start": round(float(stretch["start"]), 2), "end": round(float(stretch["end"]), 2)}


def _record(timeline: Timeline, text: str, *, by: Any) -> None:
    recording = timeline.master.recording
    words = {"label": recording.label, "version": timeline.version, "count": len(timeline.segments)}
    trail.record("recording.timeline", recording, text % words, by=by, version=timeline.version)
