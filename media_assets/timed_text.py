"""A lyric against the clock: which line is sung when, and the files by which players follow it (WebVTT, LRC). Pure."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _

from cms.office import measures
from media_assets import lyrics

LONGEST_LINE = 12.0  # seconds that a line stays lit where nothing says that it has ended
CLOSEST = 0.2  # seconds between two lines; a second tap that comes sooner was a slip


class Cue(NamedTuple):
    """A line as it is sung, [start, end) in seconds of the take."""

    start: float
    end: float
    text: str
    gloss: str = ""
    uid: str = ""


class Chapter(NamedTuple):
    """A part of the senjang, [start, end) in seconds of the take."""

    start: float
    end: float
    title: str


class Flaw(NamedTuple):
    """What is wrong with a mark: the line's number (from 1, through all parts), and a sentence."""

    line: int
    text: str


Parts = Mapping[str, Sequence[Sequence[lyrics.Line]]]
Stretch = tuple[float, float]


def lines_of(parts: Parts) -> list[lyrics.Line]:
    """Every line in the order in which it is sung."""
    return [line for part in lyrics.PARTS for stanza in parts.get(part, []) for line in stanza]


def flaws(parts: Parts, marks: Mapping[str, float], length: float) -> list[Flaw]:
    """What keeps marks from being saved: outside the take, or not in the order of the lines."""
    found, before = [], None
    for number, line in enumerate(lines_of(parts), 1):
        start = marks.get(line["uid"])
        if start is None:
            continue
        if not 0 <= start < length:
            text = _("Baris %(line)d: %(time)s berada di luar rekaman, yang panjangnya %(length)s.")
            found.append(Flaw(number, text % (_words(number, start) | {"length": measures.length(length)})))
        elif before and start < before[1] + CLOSEST:
            text = _("Baris %(line)d mulai pada %(time)s, padahal baris %(other)d baru mulai pada %(before)s.")
            words = {"other": before[0], "before": clock(before[1])}
            found.append(Flaw(number, text % (_words(number, start) | words)))
        if before is None or start > before[1]:
            before = (number, start)
    return found


def _words(number: int, start: float) -> dict[str, object]:
    return {"line": number, "time": clock(start)}


def cues(parts: Parts, marks: Mapping[str, float], sung: Iterable[Stretch], length: float) -> list[Cue]:
    """The marked lines in order; a line ends where the next begins, or where its singing stops."""
    lines = [line for line in lines_of(parts) if line["uid"] in marks]
    starts = [marks[line["uid"]] for line in lines]
    ends = [*starts[1:], length]
    stretches = sorted(sung)
    return [
        Cue(start, _end(start, following, stretches), line["text"], line["gloss"], line["uid"])
        for line, start, following in zip(lines, starts, ends, strict=True)
    ]


def _end(start: float, following: float, sung: Sequence[Stretch]) -> float:
    stops = [end for begin, end in sung if begin - 1 <= start < end]
    return max(min(following, start + LONGEST_LINE, *stops), min(following, start + CLOSEST))


def chapters(parts: Parts, marks: Mapping[str, float], length: float, names: Mapping[str, str]) -> list[Chapter]:
    """The parts from their first marked line to the next part's; one without a mark is left out."""
    begun = []
    for part in lyrics.PARTS:
        starts = [marks[line["uid"]] for stanza in parts.get(part, []) for line in stanza if line["uid"] in marks]
        if starts:
            begun.append((min(starts), names[part]))
    ends = [*(start for start, _name in begun[1:]), length]
    return [Chapter(start, end, name) for (start, name), end in zip(begun, ends, strict=True)]


def captions(cues: Iterable[Cue], *, translated: bool = False) -> str:
    """WebVTT of the lines as sung, or of what they mean (W3C WebVTT: <, > and & are escaped, so no `-->` is left)."""
    wanted = [(cue.start, cue.end, cue.gloss if translated else cue.text) for cue in cues]
    return _vtt((start, end, text) for start, end, text in wanted if text)


def chapter_track(chapters: Iterable[Chapter]) -> str:
    """WebVTT of the parts, for players that leap by chapters."""
    return _vtt(chapters)


def _vtt(rows: Iterable[tuple[float, float, str]]) -> str:
    blocks = [f"{stamp(start)} --> {stamp(end)}\n{_escaped(text)}" for start, end, text in rows]
    return "\n\n".join(["WEBVTT", *(f"{number}\n{block}" for number, block in enumerate(blocks, 1))]) + "\n"


def _escaped(text: str) -> str:
    return lyrics.tidy(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def stamp(seconds: float) -> str:
    """As WebVTT and chapters of Ogg files have it: hours, minutes, seconds and thousandths."""
    rest, thousandths = divmod(round(seconds * 1000), 1000)
    minutes, full = divmod(rest, 60)
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{full:02d}.{thousandths:03d}"


def clock(seconds: float) -> str:
    """For people: minutes, seconds and hundredths, as LRC has them."""
    whole, hundredths = divmod(round(seconds * 100), 100)
    return f"{whole // 60:02d}:{whole % 60:02d}.{hundredths:02d}"


def shown(cues: Sequence[Cue]) -> list[tuple[float, str]]:
    """What stands on the screen from when on; "" clears it where music follows."""
    rows = []
    for cue, following in zip(cues, [*cues[1:], None], strict=True):
        rows.append((cue.start, cue.text))
        if following is None or following.start > cue.end + CLOSEST:
            rows.append((cue.end, ""))
    return rows


def lrc(cues: Sequence[Cue], *, title: str, artist: str, length: float) -> str:
    """LRC; an empty line clears the screen where music follows."""
    head = [f"[ti:{_plain(title)}]", f"[ar:{_plain(artist)}]", f"[length:{clock(length)[:-3]}]"]
    rows = [f"[{clock(start)}]{_plain(text)}" for start, text in shown(cues)]
    return "\n".join([*head, *rows]) + "\n"


def _plain(text: str) -> str:
    """Brackets mean times and headings there."""
    return lyrics.tidy(text).replace("[", "(").replace("]", ")")
