"""What sounds alike within one take: its own voices and its own band, learnt from the take itself."""

import numpy as np
from numpy.typing import NDArray

from media_assets.activity import BANDS, Activity, Floats
from media_assets.quiet import average
from media_assets.voicing import EVERY

_GROUPS = 20
_DIMENSIONS = 8
_ENOUGH = 6000  # tenths, spread over the take, from which groups are told
_PART = 5000  # moments worked on at once
_VOTE = 0.6  # of a tenth's verdict, that of all that sounds like it
_SHRINK = 0.15  # of the covariance towards its diagonal
_CERTAIN = 8.0
_TEMPER = 0.25  # neighbouring moments say nearly the same
_FEW = 8  # tenths of a kind, from which nothing is learnt

Matrix = NDArray[np.float64]
Moments = NDArray[np.float16]


def timbre(activity: Activity) -> NDArray[np.float16]:
    """Of each moment: shape of the spectrum without its level, then pitch, steadiness, flatness and change."""
    bottom = float(np.percentile(activity.bands.max(1), 90)) - 45
    found = np.empty((len(activity.level), BANDS + 6), np.float16)  # an hour of it fits in 11 MB
    for start in range(0, len(found), _PART):
        part = slice(max(0, start - 2), start + _PART)
        found[start : start + _PART] = _timbre(activity.part(part), bottom)[start - part.start :]
    return found


def _timbre(near: Activity, bottom: float) -> Floats:
    bands = np.maximum(near.bands.astype(np.float32), bottom)
    step = np.zeros_like(bands)
    step[2:] = bands[2:] - bands[:-2]
    others = (
        10 * near.voiced, 5 * near.steady_low, 5 * near.steady_high, 3 * np.log10(near.flat + 1e-5),
        np.abs(step).mean(1), np.maximum(step, 0).mean(1),
    )  # fmt: skip
    return np.concatenate([bands - bands.mean(1, keepdims=True), np.stack(others, 1)], 1)


def agree(moments: Moments, heard: NDArray[np.bool_], odds: Matrix) -> Matrix:
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


def _texture(moments: Moments, heard: NDArray[np.bool_]) -> Floats:
    """Mean and spread over two seconds, of every tenth."""
    weight = average(heard, 101)[EVERY // 2 :: EVERY] + 1e-3
    found = np.empty((len(weight), moments.shape[1] + BANDS), np.float32)
    for number, column in enumerate(moments.T):
        values = column.astype(np.float64) * heard
        mean = average(values, 101)[EVERY // 2 :: EVERY] / weight
        found[:, number] = mean if number < BANDS else 1.5 * mean
        if number < BANDS:
            square = average(values**2, 101)[EVERY // 2 :: EVERY] / weight
            found[:, moments.shape[1] + number] = np.sqrt(np.maximum(square - mean**2, 0))
    return found


def _groups(alike: Floats, on: NDArray[np.bool_]) -> NDArray[np.intp]:
    """k-means in the directions of most difference; the seed is fixed, so that a take is always told alike."""
    some = np.flatnonzero(on)[:: int(on.sum()) // _ENOUGH + 1]
    _values, directions = np.linalg.eigh(np.cov(alike[some].T))
    points = (alike - alike[some].mean(0)) @ directions[:, -_DIMENSIONS:].astype(np.float32)
    known, chance = points[some].astype(np.float64), np.random.default_rng(0)
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


def tenths(moments: Moments) -> Floats:
    """For learning: the mean timbre of 0.3 s and its spread over one, of every tenth."""
    found = np.empty((len(moments[EVERY // 2 :: EVERY]), moments.shape[1] + BANDS), np.float32)
    for number, column in enumerate(moments.T):
        values = column.astype(np.float64)
        found[:, number] = average(values, 15)[EVERY // 2 :: EVERY]
        if number < BANDS:
            mean, square = average(values, 51), average(values**2, 51)
            found[:, moments.shape[1] + number] = np.sqrt(np.maximum(square - mean**2, 0))[EVERY // 2 :: EVERY]
    return found


def learnt(points: Floats, members: Matrix) -> Matrix:
    """Log odds of each kind for every point, learnt from what is believed of them (weights, a column a kind)."""
    slope, constant = discriminant(points, members, _SHRINK)
    odds = _TEMPER * (points @ slope + constant)
    odds -= odds.mean(1, keepdims=True)
    few = members.sum(0) < _FEW
    if few.sum() > 1:
        return np.zeros_like(odds)
    odds[:, few] = np.minimum(odds[:, few], 0)
    return np.asarray(odds.clip(-_CERTAIN, _CERTAIN))


def discriminant(points: Floats, members: Matrix, shrink: float) -> tuple[Matrix, Matrix]:
    """Linear discriminants of weighted groups with one covariance."""
    count = members.sum(0) + 1e-3
    means = members.T @ points / count[:, None]
    covariance = np.zeros((points.shape[1],) * 2)
    for mean, weight in zip(means, members.T, strict=True):
        if weight.any():
            apart = (points[weight > 0] - mean).astype(np.float32)
            covariance += (apart * weight[weight > 0, None].astype(np.float32)).T @ apart
    covariance /= count.sum()
    covariance = (1 - shrink) * covariance + shrink * np.diag(np.diag(covariance)) + 1e-4 * np.eye(len(covariance))
    slope = np.linalg.solve(covariance, means.T)
    return slope, -0.5 * (means.T * slope).sum(0)
