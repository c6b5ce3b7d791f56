"""What sounds alike within one take: its own voices and its own band, learnt from the take itself."""

import numpy as np
from numpy.typing import NDArray

from media_assets.activity import BANDS, Activity, Floats
from media_assets.quiet import average
from media_assets.voicing import EVERY

_GROUPS = 20
_DIMENSIONS = 8
_VOTE = 0.6  # of a tenth's verdict, that of all that sounds like it
_SHRINK = 0.15  # of the covariance towards its diagonal
_CERTAIN = 8.0
_TEMPER = 0.25  # neighbouring moments say nearly the same
_FEW = 8  # tenths of a kind, from which nothing is learnt

Matrix = NDArray[np.float64]


def timbre(activity: Activity) -> Floats:
    """Of each moment: shape of the spectrum without its level, then pitch, steadiness, flatness and change."""
    bands = activity.bands.astype(np.float32)
    bands = np.maximum(bands, np.percentile(bands.max(1), 90) - 45)
    step = np.zeros_like(bands)
    step[2:] = bands[2:] - bands[:-2]
    shape = bands - bands.mean(1, keepdims=True)
    others = (
        10 * activity.voiced, 5 * activity.steady_low, 5 * activity.steady_high, 3 * np.log10(activity.flat + 1e-5),
        np.abs(step).mean(1), np.maximum(step, 0).mean(1),
    )  # fmt: skip
    return np.concatenate([shape, np.stack(others, 1)], 1).astype(np.float32)


def agree(moments: Floats, heard: NDArray[np.bool_], odds: Matrix) -> Matrix:
    """Odds of each tenth, pulled to the mean of all tenths of the take that sound like it over two seconds."""
    alike = _texture(moments, heard)[: len(odds)]
    on = average(heard, EVERY)[EVERY // 2 :: EVERY][: len(odds)] > 0.5
    if on.sum() < 2 * _GROUPS:
        return odds
    group = _groups(alike, on)
    means = np.zeros((_GROUPS, odds.shape[1]))
    for number in range(_GROUPS):
        members = on & (group == number)
        if members.any():
            means[number] = odds[members].mean(0)
    return np.asarray((1 - _VOTE) * odds + _VOTE * 1.5 * means[group])


def _texture(moments: Floats, heard: NDArray[np.bool_]) -> Matrix:
    """Mean and spread over two seconds, of every tenth."""
    weight = average(heard, 101)[EVERY // 2 :: EVERY, None] + 1e-3
    columns = []
    for number in range(moments.shape[1]):
        values = moments[:, number] * heard
        mean = average(values, 101)[EVERY // 2 :: EVERY, None] / weight
        columns.append(1.5 * mean if number >= BANDS else mean)
        if number < BANDS:
            square = average(values**2, 101)[EVERY // 2 :: EVERY, None] / weight
            columns.append(np.sqrt(np.maximum(square - mean**2, 0)))
    return np.concatenate(columns, 1)


def _groups(alike: Matrix, on: NDArray[np.bool_]) -> NDArray[np.intp]:
    """k-means in the directions of most difference; the seed is fixed, so that a take is always told alike."""
    _values, directions = np.linalg.eigh(np.cov(alike[on].T))
    points = (alike - alike[on].mean(0)) @ directions[:, -_DIMENSIONS:]
    known, chance = points[on], np.random.default_rng(0)
    centres = known[:1]
    for _ in range(_GROUPS - 1):
        distance = _distances(known, centres).min(1).clip(1e-9)
        centres = np.concatenate([centres, known[[chance.choice(len(known), p=distance / distance.sum())]]])
    for _ in range(25):
        nearest = _distances(known, centres).argmin(1)
        for number in np.unique(nearest):
            centres[number] = known[nearest == number].mean(0)
    return np.asarray(_distances(points, centres).argmin(1))


def _distances(points: Matrix, centres: Matrix) -> Matrix:
    squares = (points**2).sum(1)[:, None] - 2 * points @ centres.T + (centres**2).sum(1)
    return np.asarray(np.maximum(squares, 0))


def tenths(moments: Floats) -> Matrix:
    """For learning: the mean timbre of 0.3 s and its spread over one, of every tenth."""
    columns = [average(column, 15)[EVERY // 2 :: EVERY] for column in moments.T]
    for column in moments.T[:BANDS]:
        mean, square = average(column, 51), average(column**2, 51)
        columns.append(np.sqrt(np.maximum(square - mean**2, 0))[EVERY // 2 :: EVERY])
    return np.stack(columns, 1)


def learnt(points: Matrix, members: Matrix) -> Matrix:
    """Log odds of each kind for every point, learnt from what is believed of them (weights, a column a kind)."""
    slope, constant = discriminant(points, members, _SHRINK)
    odds = _TEMPER * (points @ slope + constant)
    odds -= odds.mean(1, keepdims=True)
    few = members.sum(0) < _FEW
    if few.sum() > 1:
        return np.zeros_like(odds)
    odds[:, few] = np.minimum(odds[:, few], 0)
    return np.asarray(odds.clip(-_CERTAIN, _CERTAIN))


def discriminant(points: Matrix, members: Matrix, shrink: float) -> tuple[Matrix, Matrix]:
    """Linear discriminants of weighted groups with one covariance."""
    count = members.sum(0) + 1e-3
    means = members.T @ points / count[:, None]
    covariance = np.zeros((points.shape[1],) * 2)
    for mean, weight in zip(means, members.T, strict=True):
        apart = points - mean
        covariance += (apart * weight[:, None]).T @ apart
    covariance /= count.sum()
    covariance = (1 - shrink) * covariance + shrink * np.diag(np.diag(covariance)) + 1e-4 * np.eye(len(covariance))
    slope = np.linalg.solve(covariance, means.T)
    return slope, -0.5 * (means.T * slope).sum(0)
