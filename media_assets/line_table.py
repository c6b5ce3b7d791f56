"""The table of lines as people time them: what each row says, and what is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from media_assets import lyrics, timed_text, typed_time
from media_assets.models import Decision, Recording


@dataclass
class Row:
    """A line of the lyric; `time` as typed, `seconds` where that can be read."""

    number: int
    uid: str
    text: str
    heading: str = ""  # the part that begins here
    begins_stanza: bool = False
    time: str = ""
    seconds: float | None = None
    problem: str = ""


def of(marks: Mapping[str, float], recording: Recording) -> list[Row]:
    """Every line with its mark."""
    rows = _lines(recording)
    for row in rows:
        if (seconds := marks.get(row.uid)) is not None:
            row.seconds, row.time = seconds, timed_text.clock(seconds)
    return rows


def read(data: QueryDict, recording: Recording) -> list[Row]:
    """What was typed at each line, and the faults of order beside the line they are about."""
    rows = _lines(recording)
    for row in rows:
        row.time = data.get(f"line-{row.uid}", "").strip()[:40]
        row.seconds = typed_time.read(row.time)
        if row.time and row.seconds is None:
            row.problem = _("Tulis waktu sebagai menit:detik, misalnya 01:23.45.")
    marks = {row.uid: row.seconds for row in rows if row.seconds is not None}
    length = recording.master.duration if recording.master else 0.0
    for flaw in timed_text.flaws(recording.words["parts"], marks, length):
        rows[flaw.line - 1].problem = flaw.text
    return rows


def _lines(recording: Recording) -> list[Row]:
    rows: list[Row] = []
    for part in lyrics.PARTS:
        heading = str(Decision.Part(part).label)
        for stanza in recording.words["parts"].get(part, []):
            for place, line in enumerate(stanza):
                rows.append(Row(len(rows) + 1, line["uid"], line["text"], heading, begins_stanza=not place))
                heading = ""
    return rows
