"""Two versions of a lyric side by side: which lines stayed, changed, came, went or moved, and which words in them."""

from bisect import bisect_left
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

from media_assets import lyrics

Text = Mapping[str, list[lyrics.Stanza]]
MANY = 40_000  # pairs of words; beyond, a line counts as replaced, for the search takes as long as they are many


class Segment(NamedTuple):
    """Whole words in a row, one blank between them: no mark or letter is ever parted from its word."""

    kind: Literal["same", "gone", "new"]
    words: str


class Side(NamedTuple):
    """A line where it stands in one version; `text`, `gloss` and `spoken` as segments."""

    part: str
    stanza: int  # from 1, within its part
    number: int  # from 1, through the whole text
    line: lyrics.Line
    text: list[Segment]
    gloss: list[Segment]
    spoken: list[Segment]


class Row(NamedTuple):
    """One line in both versions; a moved one stands where it is now, and may be reworded as well."""

    kind: Literal["same", "changed", "added", "removed", "moved"]
    before: Side | None
    after: Side | None
    reworded: bool = False


class Part(NamedTuple):
    key: str
    rows: list[Row]
    regrouped: bool  # the same lines, divided into other stanzas

    @property
    def changed(self) -> bool:
        return self.regrouped or any(row.kind != "same" for row in self.rows)


def compare(before: Text, after: Text) -> list[Part]:
    """Part by part. A line is known by its uid, else by its words; every line of both versions is in one row."""
    old, new = _sides(before), _sides(after)
    origin = _origins(old, new)
    parts = []
    for key in lyrics.PARTS:
        rows = list(_rows(key, old, new, origin))
        sizes = [[len(stanza) for stanza in text.get(key, []) if stanza] for text in (before, after)]
        parts.append(Part(key, rows, sizes[0] != sizes[1] and not any(row.kind != "same" for row in rows)))
    return parts


def words(before: str, after: str) -> tuple[list[Segment], list[Segment]]:
    """What was said and what is said now, each as segments."""
    old, new = before.split(), after.split()
    was: list[Segment] = []
    now: list[Segment] = []
    for tag, i1, i2, j1, j2 in _steps([lyrics.tidy(word) for word in old], [lyrics.tidy(word) for word in new]):
        if i1 < i2:
            was.append(Segment("same" if tag == "equal" else "gone", " ".join(old[i1:i2])))
        if j1 < j2:
            now.append(Segment("same" if tag == "equal" else "new", " ".join(new[j1:j2])))
    return was, now


def _steps(old: list[str], new: list[str]) -> Iterable[tuple[str, int, int, int, int]]:
    if old == new:
        return [("equal", 0, len(old), 0, len(new))]
    if len(old) * len(new) > MANY:
        return [("replace", 0, len(old), 0, len(new))]
    return SequenceMatcher(None, old, new, autojunk=False).get_opcodes()


def _sides(text: Text) -> list[Side]:
    lines = [
        (part, stanza, line)
        for part in lyrics.PARTS
        for stanza, lines in enumerate(text.get(part, []), 1)
        for line in lines
    ]
    return [Side(part, stanza, number, line, [], [], []) for number, (part, stanza, line) in enumerate(lines, 1)]


def _origins(old: list[Side], new: list[Side]) -> dict[int, int]:
    """For each new line the old one it comes from: first by uid, then, for lines typed anew, by their very words."""
    origin: dict[int, int] = {}
    keys: list[Callable[[Side], str]] = [lambda side: side.line["uid"], lambda side: lyrics.tidy(side.line["text"])]
    for key in keys:
        taken = set(origin.values())
        waiting: dict[str, deque[int]] = defaultdict(deque)
        for i, side in enumerate(old):
            if i not in taken:
                waiting[key(side)].append(i)
        for j, side in enumerate(new):
            if j not in origin and key(side) and waiting[key(side)]:
                origin[j] = waiting[key(side)].popleft()
    return origin


def _rows(part: str, old: list[Side], new: list[Side], origin: dict[int, int]) -> Iterator[Row]:
    """In the order of the new version; a line that went stands after the one it followed."""
    here = [j for j, side in enumerate(new) if side.part == part]
    paired = [j for j in here if j in origin and old[origin[j]].part == part]
    stayed = {paired[at] for at in _rising([origin[j] for j in paired])}
    anchors = [origin[j] for j in here if j in stayed]
    kept, gone = set(origin.values()), defaultdict(list)
    for i, side in enumerate(old):
        if side.part == part and i not in kept:
            at = bisect_left(anchors, i)
            gone[anchors[at - 1] if at else -1].append(_removed(side))
    yield from gone[-1]
    for j in here:
        if j not in origin:
            yield _added(new[j])
            continue
        yield _pair(old[origin[j]], new[j], moved=j not in stayed)
        if j in stayed:
            yield from gone[origin[j]]


def _rising(values: list[int]) -> set[int]:
    """The places of a longest rising row among the values: what stands outside it has moved."""
    ends: list[int] = []  # places of the smallest value that ends a rising row of each length
    tops: list[int] = []
    behind: list[int] = []
    for place, value in enumerate(values):
        length = bisect_left(tops, value)
        behind.append(ends[length - 1] if length else -1)
        tops[length : length + 1] = [value]
        ends[length : length + 1] = [place]
    found, place = set(), ends[-1] if ends else -1
    while place >= 0:
        found.add(place)
        place = behind[place]
    return found


def _pair(before: Side, after: Side, *, moved: bool) -> Row:
    text, gloss, spoken = map(words, _said(before.line), _said(after.line))
    was = before._replace(text=text[0], gloss=gloss[0], spoken=spoken[0])
    now = after._replace(text=text[1], gloss=gloss[1], spoken=spoken[1])
    reworded = any(segment.kind != "same" for both in (text, gloss, spoken) for side in both for segment in side)
    return Row("moved" if moved else "changed" if reworded else "same", was, now, reworded)


def _added(side: Side) -> Row:
    text, gloss, spoken = (words("", said)[1] for said in _said(side.line))
    return Row("added", None, side._replace(text=text, gloss=gloss, spoken=spoken))


def _removed(side: Side) -> Row:
    text, gloss, spoken = (words(said, "")[0] for said in _said(side.line))
    return Row("removed", side._replace(text=text, gloss=gloss, spoken=spoken), None)


def _said(line: lyrics.Line) -> tuple[str, str, str]:
    return line["text"], line["gloss"], line["spoken"]
