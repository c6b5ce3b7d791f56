"""Segments of a take, sung or played: what is wrong with a list of them, and where a spot may be cut. Values only."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from django.utils.translation import gettext as _

SHORTEST = 0.5  # seconds; nobody sings or answers in less, so it is a slip of the hand
SLACK = 0.05  # seconds; ends are typed and drawn in tenths, so that much is no fault


class Kind(StrEnum):
    """Song and music never meet; silence and applause are neither and stay a gap."""

    SYAIR = "syair"
    MUSIK = "musik"


class Grade(StrEnum):
    ERROR = "error"  # cannot be saved
    WARNING = "warning"  # can, once somebody has looked


@dataclass(frozen=True)
class Segment:
    """Half-open: `start` belongs to it, `end` to the next; seconds from the beginning of the take."""

    start: float
    end: float
    kind: Kind


@dataclass(frozen=True)
class Problem:
    """`index` and `other` are places in the list that was given, whatever its order."""

    index: int
    kind: str  # order, outside, short, overlap, no_music
    grade: Grade
    text: str
    other: int | None = None


Placed = tuple[int, Segment]  # with its place in the list
Span = tuple[float, float]


def problems(segments: Sequence[Segment], length: float) -> list[Problem]:
    """All that is wrong in a take of `length` seconds, in the order of the list; segments may come in any order."""
    placed = list(enumerate(segments))
    found = [problem for place in placed for problem in _alone(*place, length)]
    sound = sorted((place for place in placed if place[1].start < place[1].end), key=_in_time)
    found += [*_overlaps(sound), *_unparted(sound)]
    return sorted(found, key=lambda problem: (problem.index, problem.kind, problem.other or 0))


def cut_points(segments: Sequence[Segment]) -> list[Span]:
    """The stretches without a voice, music or gap, from the beginning to the last end: a spot is cut in these."""
    end, spans = 0.0, []
    for segment in sorted((segment for segment in segments if segment.kind == Kind.SYAIR), key=lambda each: each.start):
        spans.append((end, segment.start))
        end = max(end, segment.end)
    spans.append((end, max((segment.end for segment in segments), default=0.0)))
    return [span for span in spans if span[0] < span[1]]


def snap(moment: float, spans: Sequence[Span]) -> float:
    """The moment itself where it lies in one of the spans, otherwise the nearest edge; as it is when there are none."""
    inside = (min(max(moment, start), end) for start, end in spans)
    return min(inside, key=lambda place: abs(place - moment), default=moment)


def _in_time(place: Placed) -> tuple[float, float]:
    return place[1].start, place[1].end


def _alone(index: int, segment: Segment, length: float) -> Iterator[Problem]:
    said = {"segment": name(segment), "length": clock(length)}
    if not segment.start < segment.end:
        text = _("%(segment)s berakhir sebelum mulai. Tukar atau geser kedua ujungnya.")
        yield Problem(index, "order", Grade.ERROR, text % said)
    elif round(segment.end - segment.start, 3) < SHORTEST:
        text = _("%(segment)s terlalu pendek, kurang dari setengah detik. Hapus atau gabungkan dengan tetangganya.")
        yield Problem(index, "short", Grade.ERROR, text % said)
    if not (segment.start >= 0 and segment.end <= length + SLACK):
        text = _("%(segment)s keluar dari rekaman, yang panjangnya %(length)s. Geser ujungnya ke dalam.")
        yield Problem(index, "outside", Grade.ERROR, text % said)


def _overlaps(sound: Sequence[Placed]) -> Iterator[Problem]:
    for place, (index, segment) in enumerate(sound):
        for later, other in sound[place + 1 :]:
            if other.start >= segment.end:
                break
            if segment.kind == other.kind:
                text = _("%(segment)s tumpang tindih dengan %(other)s. Geser salah satu ujung atau gabungkan keduanya.")
            else:
                text = _("%(segment)s tumpang tindih dengan %(other)s. Dalam senjang syair dan musik tidak bertemu.")
            said = {"segment": name(other), "other": name(segment)}
            yield Problem(later, "overlap", Grade.ERROR, text % said, index)


def _unparted(sound: Sequence[Placed]) -> Iterator[Problem]:
    for (index, segment), (later, other) in pairwise(sound):
        if segment.kind == other.kind == Kind.SYAIR and segment.end <= other.start:
            text = _("Tidak ada musik antara %(other)s dan %(segment)s. Tandai musiknya, atau gabungkan kedua syair.")
            said = {"segment": name(other), "other": name(segment)}
            yield Problem(later, "no_music", Grade.WARNING, text % said, index)


def name(segment: Segment) -> str:
    word = _("Syair %(start)s–%(end)s") if segment.kind == Kind.SYAIR else _("Musik %(start)s–%(end)s")
    return word % {"start": clock(segment.start), "end": clock(segment.end)}


def clock(seconds: float) -> str:
    """ "1.02,5": minutes, seconds, tenths, as a timeline counts; a dash where it is no time at all."""
    if not abs(seconds) < 360_000:
        return "–"
    tenths = round(abs(seconds) * 10)
    sign = "-" if seconds < 0 and tenths else ""
    return f"{sign}{tenths // 600}.{tenths // 10 % 60:02},{tenths % 10}"
