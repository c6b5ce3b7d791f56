"""Voice, music or neither, of each tenth of a second: what is known of all voices and all music, whoever performs.

A voice glides in pitch, changes its vowels all the time and rises as fast as it falls; music keeps its tones in place,
begins them with a strike and returns in beats; applause is broad noise without pauses. No single sign holds for every
voice and every band, so they are weighed together over two seconds, by weights that were fitted once to synthetic takes
of very different making.
"""

import numpy as np
from numpy.typing import NDArray

from media_assets import quiet
from media_assets.activity import BANDS, Activity, Floats
from media_assets.quiet import average

MUSIC, VOICE, NEITHER = range(3)
EVERY = 5  # moments: a tenth of a second
_WIDE = 100  # moments, the two seconds weighed together
_PART, _MARGIN = 3000, 200  # moments worked on at once, and what is heard around them
_BEAT = 200  # moments, the four seconds in which a beat is sought
_SURE = 5.0  # beyond these log odds nothing is surer
_TIMBRES = np.cos(np.pi * np.outer(np.arange(BANDS) + 0.5, [2, 3]) / BANDS) * np.sqrt(2 / BANDS)

Table = dict[str, NDArray[np.float64]]

# Of each sign for music, voice, neither.
WEIGHTS = {
    "voiced": (-2.83, 6.25, -3.42),
    "steady": (3.97, -1.09, -2.88),
    "flat": (-0.857, 0.0264, 0.831),
    "rise": (0.275, -0.0333, -0.242),
    "fall": (0.328, -0.275, -0.0526),
    "change": (0.0824, 0.138, -0.221),
    "low": (0.0378, 0.00208, -0.0399),
    "glide": (-1.08, 1.63, -0.55),
    "still": (-0.0463, 0.0802, -0.0339),
    "leap": (3.03, -1.94, -1.09),
    "middle": (-0.263, 1.04, -0.774),
    "flat spread": (0.758, -1.37, 0.609),
    "level spread": (-0.0186, -0.0944, 0.113),
    "high spread": (-0.0907, 0.0795, 0.0111),
    "timbre 2 spread": (0.0761, 0.146, -0.222),
    "timbre 3 spread": (-0.53, 0.798, -0.268),
    "rise struck": (0.992, -0.973, -0.0193),
    "fall struck": (-1.84, -0.161, 2.01),
    "syllables": (0.0371, 0.12, -0.157),
    "words": (0.0831, 0.14, -0.223),
    "beat": (3.76, -1.34, -2.42),
    "constant": (-0.476, -3.76, 4.24),
}


def evidence(activity: Activity) -> NDArray[np.float64]:
    """Log odds of (music, voice, neither) for every tenth; their mean is nought."""
    table = signs(activity)
    odds = np.stack([table[name] for name in WEIGHTS], 1) @ np.array(list(WEIGHTS.values()))
    odds = np.maximum(odds - odds.max(1, keepdims=True), -2 * _SURE)
    return np.asarray(np.clip(odds - odds.mean(1, keepdims=True), -_SURE, _SURE))


def signs(activity: Activity) -> Table:
    """The signs by name, each with a value for every tenth; worked out part by part, so that an hour fits."""
    threshold, top = quiet.threshold(activity), float(np.percentile(activity.bands.max(1), 90))
    parts = []
    for start in range(0, len(activity.level), _PART):
        first = max(0, start - _MARGIN)
        near = activity.part(slice(first, start + _PART + _MARGIN))
        tenths = slice(start - first + EVERY // 2, start - first + _PART, EVERY)
        parts.append(_signs(near, threshold, top - 50, tenths))
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def _signs(near: Activity, threshold: float, bottom: float, tenths: slice) -> Table:
    series = _series(near, threshold, bottom)
    heard = (near.level > threshold).astype(float)
    weight = average(heard, _WIDE) + 1e-3
    mean = {name: (average(values * heard, _WIDE) / weight)[tenths] for name, values in series.items()}

    def spread(name: str) -> NDArray[np.float64]:
        return np.asarray(np.maximum(mean[f"{name}²"] - mean[name] ** 2, 0))

    pitched = mean["pitched"] + 0.02
    signs = {name: mean[name] for name in ("voiced", "steady", "flat", "rise", "fall", "change", "low")}
    signs |= {name: mean[name] / pitched for name in ("glide", "still", "leap", "middle")}
    signs |= {f"{name} spread": np.sqrt(spread(name) + 1e-6) for name in ("flat", "level", "high")}
    signs |= {f"{name} spread": np.log(spread(name) + 1) for name in ("timbre 2", "timbre 3")}
    signs |= {f"{name} struck": np.log((mean[f"{name}²"] + 0.5) / (mean[name] ** 2 + 0.5)) for name in ("rise", "fall")}
    signs |= {name: np.log(mean[name] + 0.1) for name in ("syllables", "words")}
    return signs | {"beat": _beat(series["rise"])[tenths], "constant": np.ones(len(pitched))}


def _series(near: Activity, threshold: float, bottom: float) -> Table:
    """Of each moment, before it is averaged."""
    bands = np.maximum(near.bands.astype(np.float32), bottom)
    total = 10 * np.log10((10 ** (bands / 10)).sum(1))
    timbre = bands @ _TIMBRES
    step = _since(bands, 2)
    level = np.maximum(near.level, threshold - 3)
    flat = np.log10(near.flat + 1e-5)
    pitched = np.clip((near.voiced - 0.15) / 0.3, 0, 1)
    cents = 1200 * np.abs(_since(np.log2(near.pitch), 2))
    series = {
        "voiced": near.voiced, "steady": near.steady_low, "flat": flat, "pitched": pitched,
        "rise": np.maximum(step, 0).mean(1), "fall": np.maximum(-step, 0).mean(1),
        "change": np.abs(step - step.mean(1, keepdims=True)).mean(1),
        "still": pitched * (cents < 5), "glide": pitched * ((cents >= 5) & (cents < 80)),
        "leap": pitched * (cents > 200), "middle": pitched * ((near.pitch > 85) & (near.pitch < 450)),
        "low": bands[:, 0] - total, "high": 10 * np.log10((10 ** (bands[:, -5:] / 10)).sum(1)) - total,
        "level": level - threshold, "timbre 2": timbre[:, 0], "timbre 3": timbre[:, 1],
        "syllables": (average(level, 3) - average(level, 11)) ** 2,
        "words": (average(level, 11) - average(level, 41)) ** 2,
    }  # fmt: skip
    squared = ("flat", "rise", "fall", "high", "level", "timbre 2", "timbre 3")
    return series | {f"{name}²": series[name].astype(float) ** 2 for name in squared}


def _since(values: Floats, moments: int) -> Floats:
    """How much has changed in so many moments."""
    change = np.zeros_like(values)
    change[moments:] = values[moments:] - values[:-moments]
    return change


def _beat(rise: NDArray[np.float64]) -> NDArray[np.float64]:
    """How well the rises of four seconds match themselves 0.16 to 1.2 seconds later."""
    beat = np.zeros(len(rise))
    padded = np.pad(rise, _BEAT // 2)
    for start in range(0, len(rise), _BEAT // 8):
        window = padded[start : start + _BEAT]
        spectrum = np.fft.rfft(window - window.mean(), 512)
        match = np.fft.irfft(np.abs(spectrum) ** 2)
        beat[start : start + _BEAT // 8] = match[8:60].max() / (match[0] + 1e-6)
    return beat
