"""The likeliest order of kinds: each lasts its least time at least, and none changes into another for nothing."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

_BEGUN = 2.0  # what it costs that a take begins in the midst of something
_NEVER = -1e9


def likeliest(
    odds: NDArray[np.float64], shortest: Sequence[int], *, change: float, first: Sequence[float]
) -> NDArray[np.intp]:
    """The kind of each step (Viterbi); `shortest` in steps, `change` and `first` are costs in log odds."""
    ends = np.cumsum(shortest)
    begins = ends - np.asarray(shortest)
    last = ends - 1
    kinds = np.repeat(np.arange(len(shortest)), shortest)
    change_costs = np.full((len(shortest),) * 2, change)
    np.fill_diagonal(change_costs, -_NEVER)
    score = np.full(len(kinds), _NEVER)
    score[last] = -np.asarray(first) - _BEGUN
    score[begins] = -np.asarray(first)
    score += odds[0][kinds]
    came = np.zeros((len(odds), len(kinds)), np.int16)
    for step in range(1, len(odds)):
        origin = np.arange(-1, len(kinds) - 1)
        leaving = score[last][:, None] - change_costs
        moved = np.concatenate([[_NEVER], score[:-1]])
        moved[begins], origin[begins] = leaving.max(0), last[leaving.argmax(0)]
        stays = score[last] >= moved[last]
        moved[last], origin[last] = np.where(stays, score[last], moved[last]), np.where(stays, last, origin[last])
        score, came[step] = moved + odds[step][kinds], origin
    return _walk_back(came, int(score.argmax()), kinds)


def _walk_back(came: NDArray[np.int16], state: int, kinds: NDArray[np.intp]) -> NDArray[np.intp]:
    path = np.empty(len(came), np.intp)
    for step in range(len(came) - 1, -1, -1):
        path[step] = kinds[state]
        state = int(came[step, state])
    return path


def runs(path: NDArray[np.generic]) -> list[tuple[int, int, int]]:
    """Half-open stretches of one value: (first, end, value)."""
    edges = [0, *(np.flatnonzero(np.diff(path)) + 1).tolist(), len(path)]
    return [(first, end, int(path[first])) for first, end in pairwise(edges) if first < end]
