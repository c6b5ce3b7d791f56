"""What a take sounds like, fifty times a second: few numbers are kept of each moment, and the sound itself is not."""

from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

RATE = 16_000  # Hz
HOP = 320  # samples, 20 ms
STEP = HOP / RATE
WINDOW = 1024  # 64 ms: tells apart the harmonics of a low voice
BANDS = 24
_BINS = WINDOW // 2 + 1
_MARGIN = (WINDOW - HOP) // 2  # a window stands around its moment
_BLOCK = 256  # moments heard at once
_APART = 5  # moments between two spectra that are compared, 0.1 s
_LAGS = slice(RATE // 500, RATE // 70)  # a voice's pitch, 70 to 500 Hz
_LOW, _HIGH = slice(13, 96), slice(96, 320)  # bins: 200–1500 Hz, 1500–5000 Hz
_TONAL = slice(6, 320)

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Activity:
    """Of each moment: level (dB of full scale), level in bands (dB), pitch (Hz) and how surely there is one (0–1),
    flatness of the spectrum (0 tones – 1 noise), how well low and high harmonics stay where they were (–1 to 1)."""

    level: Floats
    bands: NDArray[np.float16]
    pitch: Floats
    voiced: Floats
    flat: Floats
    steady_low: Floats
    steady_high: Floats

    @property
    def length(self) -> float:
        return len(self.level) * STEP

    def part(self, moments: slice) -> "Activity":
        return Activity(*(getattr(self, name)[moments] for name in self.__match_args__))


class Ear:
    """Takes 16-bit samples in pieces of any size."""

    def __init__(self) -> None:
        self.rest = bytes(2 * _MARGIN)
        self.before = np.zeros((_APART, _BINS), np.float32)
        self.scalars, self.bands = bytearray(), bytearray()

    def take(self, piece: bytes) -> None:
        self.rest += piece
        while len(self.rest) >= 2 * (HOP * (_BLOCK - 1) + WINDOW):
            self._hear(_BLOCK)

    def activity(self) -> Activity:
        """What was heard up to now; the stream is at its end."""
        moments = -(-(len(self.rest) // 2 - _MARGIN) // HOP)
        self.rest += bytes(2 * (HOP * (moments - 1) + WINDOW) - len(self.rest))
        self._hear(moments)
        scalars = np.frombuffer(self.scalars, np.float32).reshape(-1, 6)
        bands = np.frombuffer(self.bands, np.float16).reshape(-1, BANDS)
        level, pitch, voiced, flat, low, high = scalars.T
        return Activity(level, bands, pitch, voiced, flat, low, high)

    def _hear(self, moments: int) -> None:
        if moments < 1:
            return
        samples = np.frombuffer(self.rest, "<i2", HOP * (moments - 1) + WINDOW).astype(np.float32) / 32768
        self.rest = self.rest[2 * HOP * moments :]
        frames = sliding_window_view(samples, WINDOW)[::HOP]
        middle = frames[:, _MARGIN : _MARGIN + HOP]
        spectra = np.fft.rfft(frames * _HANN, axis=1)
        power = (spectra.real**2 + spectra.imag**2).astype(np.float32) / _HANN.sum()
        pitch, voiced = _pitch(power)
        steady_low, steady_high = self._steadiness(power)
        rows = (_decibel((middle**2).mean(1)), pitch, voiced, _flatness(power), steady_low, steady_high)
        self.scalars += np.stack(rows, 1).astype(np.float32).tobytes()
        self.bands += _decibel(power @ _MEL).astype(np.float16).tobytes()

    def _steadiness(self, power: Floats) -> tuple[Floats, Floats]:
        """Correlation of the fine structure (harmonics without their envelope) with that of a tenth ago."""
        fine = np.log(power + 1e-9)
        sums = np.pad(np.cumsum(fine, 1), ((0, 0), (9, 8)), "edge")
        fine[:, 9:-9] -= ((sums[:, 17:] - sums[:, :-17]) / 17)[:, 9:-9]
        both = np.concatenate([self.before, fine])
        self.before = both[-_APART:]
        earlier = both[: len(fine)]
        return _likeness(fine[:, _LOW], earlier[:, _LOW]), _likeness(fine[:, _HIGH], earlier[:, _HIGH])


def _likeness(one: Floats, other: Floats) -> Floats:
    both = (one * other).sum(1)
    return np.asarray(both / np.sqrt((one**2).sum(1) * (other**2).sum(1) + 1e-9), np.float32)


def _pitch(power: Floats) -> tuple[Floats, Floats]:
    """Highest peak of the autocorrelation of the compressed spectrum, the shortest of those nearly as high."""
    compressed = power**0.33
    compressed[:, :4] = 0  # below 60 Hz there is no voice
    compressed[:, 256:] = 0  # above 4 kHz no steady pitch
    curve = np.fft.irfft(compressed, axis=1)
    curve = (curve[:, _LAGS] / (curve[:, :1] + 1e-9)).astype(np.float32)
    best = curve.max(1)
    first = (curve >= 0.88 * best[:, None]).argmax(1)
    near = np.minimum(first[:, None] + np.arange(12), curve.shape[1] - 1)
    lag = first + np.take_along_axis(curve, near, 1).argmax(1)
    inside = np.clip(lag, 1, curve.shape[1] - 2)
    left, here, right = (curve[np.arange(len(curve)), inside + side] for side in (-1, 0, 1))
    bend = left - 2 * here + right
    shift = np.where(np.abs(bend) > 1e-6, 0.5 * (left - right) / np.where(bend == 0, 1, bend), 0)
    return np.asarray(RATE / (_LAGS.start + inside + np.clip(shift, -0.5, 0.5)), np.float32), best


def _flatness(power: Floats) -> Floats:
    heard = power[:, _TONAL] + 1e-10
    return np.asarray(np.exp(np.log(heard).mean(1)) / heard.mean(1), np.float32)


def _decibel(power: Floats) -> Floats:
    return np.asarray(10 * np.log10(power + 1e-10), np.float32)


def _mel() -> Floats:
    """Triangles of equal width on the mel scale, 60 Hz to 7.6 kHz."""
    low, high = (2595 * np.log10(1 + hertz / 700) for hertz in (60, 7600))
    edges = 700 * (10 ** (np.linspace(low, high, BANDS + 2) / 2595) - 1)
    bins = np.arange(_BINS)[:, None] * RATE / WINDOW
    rising = (bins - edges[:-2]) / (edges[1:-1] - edges[:-2])
    falling = (edges[2:] - bins) / (edges[2:] - edges[1:-1])
    return np.clip(np.minimum(rising, falling), 0, None).astype(np.float32)


_HANN = np.hanning(WINDOW).astype(np.float32)
_MEL = _mel()
