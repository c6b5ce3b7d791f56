"""Which moments of a take sound and which are only its hiss, however strong the hiss is."""

import numpy as np
from numpy.typing import NDArray

from media_assets.activity import Activity, Floats

RANGE = 42.0  # dB below the loud places; what is softer still is a pause
_HEADROOM = 8.0  # dB; hiss so near to the loud places cannot be told from them
_CLEAN = 55.0  # dB below the loud places there is no hiss worth the name
_CLEARLY = 8.0  # dB above the hiss; no hiss leaps so far

Mask = NDArray[np.bool_]


def loud(activity: Activity) -> float:
    return float(np.percentile(activity.level, 90))


def hiss(activity: Activity) -> tuple[float, Mask]:
    """The level of the quietest fifth of a second, and which moments lie in the midst of about as quiet a one."""
    around = 10 * np.log10(average(10 ** (activity.level / 10), 11) + 1e-10)
    level = float(np.percentile(around, 0.5))
    return level, around < level + 2


def threshold(activity: Activity) -> float:
    """The level (dB) above which a moment is more than a pause."""
    level, quiet = hiss(activity)
    top = loud(activity)
    return max(top - RANGE, min(level + 5, top - _HEADROOM)) if quiet.sum() >= 15 else top - RANGE


def sounding(activity: Activity) -> Mask:
    """Moments in which something stands out of the hiss, in whatever band: a fade is heard long before its level is."""
    top = loud(activity)
    level, quiet = hiss(activity)
    above = activity.level > top - RANGE - 3
    if level < top - _CLEAN:
        return np.asarray(activity.level > top - _CLEAN)
    if level > top - _HEADROOM or quiet.sum() < 15:
        return above
    floor = activity.bands[quiet].astype(np.float32)
    edge = floor.mean(0) + 1.5 * np.minimum(floor.std(0), 3)
    out = np.concatenate([_above(part, edge) for part in np.array_split(activity.bands, len(quiet) // 5000 + 1)])
    cut = max(0.5, 1.2 * float(np.percentile(average(out, 5)[quiet], 99)))
    return np.asarray(above & ((average(out, 5) > cut) | (activity.level > level + _CLEARLY)))


def _above(bands: NDArray[np.float16], edge: Floats) -> Floats:
    return np.asarray(np.maximum(bands - edge, 0).mean(1), np.float32)


def average(values: NDArray[np.generic], width: int) -> NDArray[np.float64]:
    """Moving average over `width` moments along the first axis, shorter at both ends."""
    sums = np.concatenate([np.zeros((1, *values.shape[1:])), np.cumsum(values, 0, dtype=np.float64)])
    places = np.arange(len(values))
    first, last = np.maximum(0, places - width // 2), np.minimum(len(values), places + width - width // 2)
    wide = (last - first).reshape(-1, *[1] * (values.ndim - 1))
    return np.asarray((sums[last] - sums[first]) / wide)
