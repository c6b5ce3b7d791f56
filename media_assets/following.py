"""What follows a take as it plays: its lines and parts against the clock, and the files that tell them to players."""

from typing import NamedTuple

from media_assets import timed_text
from media_assets.models import Decision, LyricTiming, Master, Recording, RecordingCredit
from media_assets.segments import Kind
from media_assets.timed_text import Chapter, Cue

TYPES = {"vtt": "text/vtt; charset=utf-8", "lrc": "text/plain; charset=utf-8"}
FILES = ("lirik.vtt", "arti.vtt", "bagian.vtt", "lirik.lrc")


class Following(NamedTuple):
    cues: list[Cue]
    chapters: list[Chapter]
    length: float  # seconds


def of(recording: Recording, master: Master) -> Following | None:
    """From the newest timing of that take; None where no line is marked. One query."""
    timing = LyricTiming.objects.with_segments().newest_of(master)
    if timing is None:
        return None
    timing.master = master
    marks, parts = standing(recording, timing), recording.words["parts"]
    sung = [(one["start"], one["end"]) for one in timing.segments or () if one["kind"] == Kind.SYAIR]
    names = {part.value: str(part.label) for part in Decision.Part}
    cues = timed_text.cues(parts, marks, sung, master.duration)
    chapters = timed_text.chapters(parts, marks, master.duration, names)
    return Following(cues, chapters, master.duration) if cues else None


def standing(recording: Recording, timing: LyricTiming) -> dict[str, float]:
    """Its marks as far as they hold for the words sung now: of lines that are still there, and still in order."""
    parts = recording.words["parts"]
    uids = [line["uid"] for line in timed_text.lines_of(parts)]
    marks = {uid: timing.marks[uid] for uid in uids if uid in timing.marks}
    if timing.digest == recording.digest:
        return marks
    moved = {uids[flaw.line - 1] for flaw in timed_text.flaws(parts, marks, timing.master.duration)}
    return {uid: start for uid, start in marks.items() if uid not in moved}


def file(name: str, recording: Recording, following: Following) -> str:
    """One of FILES, as text."""
    if name == "lirik.vtt":
        return timed_text.captions(following.cues)
    if name == "arti.vtt":
        return timed_text.captions(following.cues, translated=True)
    if name == "bagian.vtt":
        return timed_text.chapter_track(following.chapters)
    singers = recording.credits.filter(role=RecordingCredit.Role.SINGER).select_related("person")
    artist = ", ".join(credit.person.name for credit in singers)
    return timed_text.lrc(following.cues, title=recording.words["title"], artist=artist, length=following.length)
