"""The table of segments as people fill it in: what each row says, and what is wrong with it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from media_assets import lyrics, segmenting, segments, timed_text, typed_time
from media_assets.models import Decision, Master
from media_assets.models.timelines import Stretch

SPARE = 3  # empty rows at the end, for browsers without script
_FIELDS = ("start", "end", "kind", "place")


@dataclass
class Row:
    """As typed; `stretch` where it can be read."""

    start: str = ""
    end: str = ""
    kind: str = ""
    place: str = ""  # "isi:2": part and stanza
    stretch: Stretch | None = None
    problems: list[segments.Problem] = field(default_factory=list)

    @property
    def is_blank(self) -> bool:
        return not (self.start.strip() or self.end.strip())

    @property
    def is_wrong(self) -> bool:
        return any(problem.grade == segments.Grade.ERROR for problem in self.problems)


def of(stretches: list[Stretch], master: Master) -> list[Row]:
    """The rows of a version, with what is to be looked at."""
    rows = [
        Row(
            timed_text.clock(stretch["start"]),
            timed_text.clock(stretch["end"]),
            stretch["kind"],
            f"{stretch['part']}:{stretch['stanza'] or ''}" if stretch["part"] else "",
            stretch,
        )
        for stretch in stretches
    ]
    _judge(rows, master)
    return rows


def read(data: QueryDict, master: Master) -> list[Row]:
    """The rows that were sent and are not blank; one whose kind is "" is to go."""
    sent = zip(*(data.getlist(name) for name in _FIELDS), strict=False)
    rows = [Row(*(cell[:40] for cell in cells)) for cells in list(sent)[: segmenting.MOST + SPARE + 1]]
    rows = [row for row in rows if row.kind and not row.is_blank]
    for number, row in enumerate(rows):
        _understand(row, number)
    _judge(rows, master)
    return rows


def _understand(row: Row, number: int) -> None:
    start, end = typed_time.read(row.start), typed_time.read(row.end)
    part, _colon, stanza = row.place.partition(":")
    if start is None or end is None:
        text = _("Tulis waktu sebagai menit:detik, misalnya 01:23.45.")
    elif row.kind not in set(segments.Kind) or (stanza and not (stanza.isascii() and stanza.isdigit())):
        text = _("Pilih jenis dan bagian dari daftarnya.")
    else:
        row.stretch = Stretch(start=start, end=end, kind=row.kind, part=part, stanza=int(stanza) if stanza else None)
        return
    row.problems.append(segments.Problem(number, "unread", segments.Grade.ERROR, text))


def _judge(rows: list[Row], master: Master) -> None:
    readable = [row for row in rows if row.stretch]
    for problem in segmenting.problems([row.stretch for row in readable if row.stretch], master):
        readable[problem.index].problems.append(problem)


def places(parts: dict[str, list[lyrics.Stanza]]) -> Iterator[tuple[str, str]]:
    """What a segment may sing, as a choice: a part, or one of its stanzas by its first line."""
    for part in lyrics.PARTS:
        label = Decision.Part(part).label
        yield f"{part}:", str(label)
        for number, stanza in enumerate(parts.get(part, []), 1):
            words = {"part": label, "number": number, "line": _shortened(stanza[0]["text"]) if stanza else ""}
            yield f"{part}:{number}", _("%(part)s, bait %(number)d: %(line)s") % words


def _shortened(text: str) -> str:
    return text if len(text) <= 28 else f"{text[:27].rstrip()}…"


def shapes(rows: list[Row], length: float) -> list[dict[str, Any]]:
    """Where each segment lies over a waveform 1000 wide."""
    return [
        {"x": round(1000 * one["start"] / length, 1), "width": round(1000 * width / length, 1), "kind": one["kind"]}
        for one in (row.stretch for row in rows)
        if one and (width := one["end"] - one["start"]) > 0
    ]
