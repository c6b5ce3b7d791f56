"""Proposes which stretches of a take are sung and which are played, for somebody to correct.

Three things are asked: what is known of all voices and bands (`voicing`), what in this take sounds alike (`likeness`),
and that senjang alternates (`alternation`). Then each change is placed anew at a fiftieth of a second. `listening` runs
this as a process of its own.
"""

import json
import sys
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from media_assets import activity, likeness, quiet, voicing
from media_assets.activity import STEP, Activity, Ear
from media_assets.alternation import likeliest, runs
from media_assets.likeness import Moments
from media_assets.segments import Kind, Segment
from media_assets.voicing import EVERY, MUSIC, NEITHER, VOICE

_SHORTEST = (15, 30, 12)  # tenths: music, verse, neither
_CHANGE = 4.0  # log odds
_FIRST = (0.0, 0.7, 0.7)  # what it costs to begin with: music leads more often
_GENERAL, _OWN = 0.24, 0.5  # weight of a tenth's evidence; tenths are not independent
_NEAR = 70  # moments around a change in which it is sought
_CLIP, _TEMPER = 4.0, 0.25  # of a moment's odds there
_PAUSE = 8.0  # log odds that a change is where it is silent for a quarter of a second
_GAP = 30  # moments, 0.6 s: a longer silence between two segments is left to neither
_REST = 60  # moments: a longer silence parts even two segments of one kind
_ECHO = 6  # moments by which a sound outlasts what is heard of it
_LEAST = 25  # moments
_KINDS = {MUSIC: Kind.MUSIK, VOICE: Kind.SYAIR}

Stretch = tuple[int, int, int]  # first moment, end, MUSIC, VOICE or NEITHER
Mask = NDArray[np.bool_]


def propose(heard: Activity) -> list[Segment]:
    """Segments in order, without overlap; hundredths of a second."""
    if len(heard.level) < EVERY:
        return []
    moments, sounding = likeness.timbre(heard), quiet.sounding(heard)
    path = _order(heard, moments)
    stretches = _closed(_trimmed(_placed(path, moments[:, : activity.BANDS], sounding), sounding), len(sounding))
    return [Segment(round(first * STEP, 2), round(end * STEP, 2), _KINDS[kind]) for first, end, kind in stretches]


def _order(heard: Activity, moments: Moments) -> NDArray[np.intp]:
    """The kind of every tenth: first by general evidence, then twice by what has been learnt of this take."""
    loud = heard.level > quiet.threshold(heard)
    odds = voicing.evidence(heard)
    share = quiet.average(loud, EVERY)[EVERY // 2 :: EVERY][: len(odds), None]
    odds = likeness.agree(moments, loud, odds)
    general = _GENERAL * odds * share
    belief = np.exp(odds - odds.max(1, keepdims=True))
    belief = (0.05 + 0.95 * belief / belief.sum(1, keepdims=True)) * (share > 0.5)
    path = likeliest(general, _SHORTEST, change=_CHANGE, first=_FIRST)
    points = likeness.tenths(moments)[: len(odds)]
    for _turn in range(2):
        own = likeness.learnt(points, belief * np.eye(3)[path])
        path = likeliest(general + _OWN * own * share, _SHORTEST, change=_CHANGE, first=_FIRST)
    return path


def _placed(path: NDArray[np.intp], shapes: Moments, sounding: Mask) -> list[Stretch]:
    """Stretches in moments, their edges where the timbre of one side passes into that of the other."""
    rough = [(first * EVERY, end * EVERY, kind) for first, end, kind in runs(path)]
    edges = [0]
    for before, after in pairwise(rough):
        first = max(edges[-1] + 10, before[0] + 10, before[1] - _NEAR)
        end = min(len(sounding), before[1] + _NEAR, after[1] - 10)
        edges.append(_edge(before, after, first, end, shapes, sounding) if end - first >= 5 else before[1])
    edges.append(len(sounding))
    return [(first, end, kind) for (_f, _e, kind), first, end in zip(rough, edges[:-1], edges[1:], strict=True)]


def _edge(before: Stretch, after: Stretch, first: int, end: int, shapes: Moments, sounding: Mask) -> int:
    """The moment up to which it sounds like `before` rather than like `after`; a silence draws it."""
    change = before[1]
    left = _inside(max(before[0], change - 600), max(before[0] + 20, change - 25), sounding)
    right = _inside(min(after[1] - 20, change + 25), min(after[1], change + 600), sounding)
    gain = np.zeros(end - first + 1)
    if min(len(left), len(right)) >= 20:
        members = np.repeat(np.eye(2), [len(left), len(right)], axis=0)
        start = max(0, int(min(left[0], first)) - 6)  # the average reaches six moments to either side
        fine = quiet.average(shapes[start : int(max(right[-1], end)) + 7], 11)
        slope, constant = likeness.discriminant(fine[np.concatenate([left, right]) - start], members, 0.2)
        odds = fine[first - start : end - start] @ slope + constant
        sure = np.clip(odds[:, 0] - odds[:, 1], -_CLIP, _CLIP) * sounding[first:end]
        gain[1:] = np.cumsum(sure * _TEMPER)
    for start, stop, silent in runs(~sounding[first:end]):
        if silent:
            gain[start : stop + 1] += _PAUSE * min(1, (stop - start) * STEP / 0.25)
    best = np.flatnonzero(gain >= gain.max() - 1e-6)
    return first + int(best[len(best) // 2])


def _inside(first: int, end: int, sounding: Mask) -> NDArray[np.intp]:
    places = np.arange(max(0, first), min(end, len(sounding)))
    return places[sounding[places]]


def _trimmed(stretches: list[Stretch], sounding: Mask) -> list[Stretch]:
    """From first to last sound, parted where it is silent for long; without what is too short to be anything."""
    found = []
    for first, end, kind in stretches:
        if kind == NEITHER:
            continue
        on = _inside(first, end, sounding)
        parts = np.split(on, np.flatnonzero(np.diff(on) > _REST) + 1)
        found += [(int(part[0]), int(part[-1]) + 1, kind) for part in parts if len(part)]
    return [stretch for stretch in found if stretch[1] - stretch[0] >= _LEAST]


def _closed(stretches: list[Stretch], length: int) -> list[Stretch]:
    """What belongs together is joined; a short silence between two kinds is halved, a long one begins with the echo."""
    closed: list[Stretch] = []
    for first, end, kind in stretches:
        before = closed[-1] if closed else None
        if before and before[2] == kind and first - before[1] <= _REST:
            closed[-1] = (before[0], end, kind)
            continue
        if before and first - before[1] <= _GAP:
            first = (first + before[1]) // 2
            closed[-1] = (before[0], first, before[2])
        elif before:
            closed[-1] = (before[0], before[1] + _ECHO, before[2])
        closed.append((first, end, kind))
    return [*closed[:-1], *((first, min(end + _ECHO, length), kind) for first, end, kind in closed[-1:])]


def main() -> None:
    """Samples on standard input, segments as JSON on standard output."""
    ear = Ear()
    for piece in iter(lambda: sys.stdin.buffer.read(1 << 16), b""):
        ear.take(piece)
    json.dump([(segment.start, segment.end, segment.kind) for segment in propose(ear.activity())], sys.stdout)


if __name__ == "__main__":
    main()
