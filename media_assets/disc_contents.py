"""What is on a disc as it stands today: each track's words, people, length and master, and why it may not be pressed.

Frozen as JSON it is what an edition keeps: `{title, performer, catalog, tracks: [{recording, title, performer,
songwriter, length, gap, isrc, master, words}]}`, lengths and gaps in CD frames, `master` a SHA-256, `words` a digest.
"""

import hashlib
import json
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from media_assets import cue_sheet, fitness
from media_assets.cue_sheet import Track
from media_assets.disc_master import SPEED
from media_assets.models import Disc, DiscEdition, DiscTrack, Master, Recording, RecordingCredit, SenjangCredit

CHANNEL = "cd"


class Entry(NamedTuple):
    """A track as it would be pressed; `master` is None and `length` 0 while there is no finished file."""

    track: DiscTrack
    master: Master | None
    words: Track
    reasons: list[str]


def entries(disc: Disc, day: date) -> list[Entry]:
    """In order; as many queries for twenty tracks as for one."""
    tracks = disc.tracks.select_related("recording__senjang").prefetch_related(
        "recording__credits__person", "recording__senjang__credits__person"
    )
    rows = list(tracks)
    cases = fitness.cases([track.recording for track in rows], day)
    return [_entry(track, case, place) for place, (track, case) in enumerate(zip(rows, cases, strict=True))]


def _entry(track: DiscTrack, case: fitness.Case, place: int) -> Entry:
    file = case.files.get(fitness.FILE_OF[CHANNEL])
    master = file.master if file else None
    return Entry(track, master, _words(track, master, place), case.objections(CHANNEL))


def _words(track: DiscTrack, master: Master | None, place: int) -> Track:
    recording = track.recording
    singers = [one.person.name for one in recording.credits.all() if one.role == RecordingCredit.Role.SINGER]
    authors = [one.person.name for one in recording.senjang.credits.all() if one.role == SenjangCredit.Role.AUTHOR]
    length = cue_sheet.frames(round(master.duration * SPEED)) if master else 0
    gap = track.gap if place else 0
    return Track(recording.words["title"], ", ".join(singers), ", ".join(authors), length, gap, track.isrc)


def as_disc(disc: Disc, listed: list[Entry]) -> cue_sheet.Disc:
    return cue_sheet.Disc(disc.title, disc.performer, [entry.words for entry in listed], disc.catalog)


def flaws(disc: Disc, listed: list[Entry]) -> list[str]:
    """What no CD can hold; a track without a file has no length yet, which its own reasons say."""
    words = [entry.words if entry.master else entry.words._replace(length=cue_sheet.SHORTEST_TRACK) for entry in listed]
    return cue_sheet.flaws(cue_sheet.Disc(disc.title, disc.performer, words, disc.catalog))


def frozen(disc: Disc, listed: list[Entry]) -> dict[str, Any]:
    return {
        "title": disc.title,
        "performer": disc.performer,
        "catalog": disc.catalog,
        "tracks": [
            entry.words._asdict()
            | {
                "recording": entry.track.recording_id,
                "master": entry.master.sha256 if entry.master else "",
                "words": entry.track.recording.digest,
            }
            for entry in listed
        ],
    }


def thawed(contents: dict[str, Any]) -> cue_sheet.Disc:
    tracks = [Track(**{name: row[name] for name in Track._fields}) for row in contents["tracks"]]
    return cue_sheet.Disc(contents["title"], contents["performer"], tracks, contents["catalog"])


def with_lengths(contents: dict[str, Any], made: cue_sheet.Disc) -> dict[str, Any]:
    rows = zip(contents["tracks"], made.tracks, strict=True)
    return contents | {"tracks": [row | {"length": track.length} for row, track in rows]}


def since(editions: Sequence[DiscEdition], day: date) -> list[tuple[DiscEdition, list[str]]]:
    """Each with what speaks today against giving it away; a take that was replaced after it does not."""
    moot = {str(rule.words) for rule in fitness.RULES if rule.name in ("master present", "file ready")}
    pks = {row["recording"] for edition in editions for row in edition.tracks}
    cases = fitness.cases(Recording.objects.filter(pk__in=pks).select_related("senjang"), day) if pks else []
    told = {case.recording.pk: [why for why in case.objections(CHANNEL) if why not in moot] for case in cases}
    return [
        (edition, [f"“{row['title']}”: {why}" for row in edition.tracks for why in told.get(row["recording"], [])])
        for edition in editions
    ]


def digest(contents: dict[str, Any]) -> str:
    """The same for the same words, order, gaps and takes; lengths follow from the takes."""
    tracks = [{key: value for key, value in row.items() if key != "length"} for row in contents["tracks"]]
    text = json.dumps(contents | {"tracks": tracks}, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
