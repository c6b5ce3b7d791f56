"""Levels of sound: one measuring pass (EBU R128, true peak, waveform), and the fixed gain that follows from it."""

import math
import re
from array import array
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from media_assets import checkup, ffmpeg

COLUMNS = 200
SILENT = -50.0  # LUFS; below this nobody hears anything
TOLERANCE = 0.4  # LU around the target; the ruler itself is read to 0.1
DEEPEST = 8.0  # dB that the limiter may take off before quality counts more than loudness
_PEAK_RATE = 8000  # Hz of the stream the waveform is drawn from
_WINDOW = 400  # samples of it, 50 ms
_WAVE = ["-map", "0:a:0", "-ac", "1", "-ar", str(_PEAK_RATE), "-f", "s16le", "pipe:1"]
_LAYOUTS = {1: "mono", 2: "stereo"}

Progress = Callable[[float], None]


@dataclass(frozen=True)
class Level:
    """Integrated loudness (LUFS), loudness range (LU), true peak (dBTP)."""

    lufs: float
    range: float
    peak: float


@dataclass(frozen=True)
class Measurement:
    """What one pass over a file tells: decoded length in seconds, level by number of channels, waveform 0–100, and
    the facts of its `checkup`."""

    length: float
    levels: Mapping[int, Level]
    peaks: list[int]
    facts: Mapping[str, Any]


@dataclass(frozen=True)
class Gain:
    """A fixed gain in dB and, where the peaks need it, a limiter at `limit` dBTP."""

    db: float
    limit: float | None = None


def measure(path: Path, *, expected: float = 0, on_progress: Progress = lambda done: None) -> Measurement:
    """Loudness as stereo and as mono (each file is levelled as it will be heard), side by side; length, waveform."""
    wave = _Waveform(expected, on_progress)
    with ThreadPoolExecutor(1) as pool:
        mono = pool.submit(measure_file, path, "mono")
        log = ffmpeg.run(_measuring(path, "stereo", checkup.FILTERS) + _WAVE, on_output=wave.take)
        levels = {1: mono.result(), 2: read_level(log)}
    heard = levels[2]
    said = {"lufs": heard.lufs, "mono": levels[1].lufs, "range": heard.range, "peak": heard.peak}
    facts = {key: checkup.finite(number) for key, number in said.items()} | {"floor": wave.floor()}
    return Measurement(wave.length, levels, wave.columns(), facts | checkup.facts(log, wave.length))


def listen(path: Path) -> tuple[float, float]:
    """Decode once, quickly: true length in seconds and integrated loudness."""
    wave = _Counter()
    meter = f"{_mix_down('stereo')},ebur128=framelog=quiet"
    arguments = ["-loglevel", "info", *ffmpeg.source(path), "-map", "0:a:0", "-af", meter, "-f", "null", "-"]
    log = ffmpeg.run(arguments + _WAVE, on_output=wave.take)
    return wave.length, _number(_summary(log), "I")


def measure_file(path: Path, layout: str = "") -> Level:
    """The level of a file as it decodes, as it is or mixed down to a layout."""
    return read_level(ffmpeg.run(_measuring(path, layout)))


def _measuring(path: Path, layout: str, more: str = "") -> list[str]:
    mix = "".join(f"{chain}," for chain in (_mix_down(layout) if layout else "", more) if chain)
    meter = f"{mix}ebur128=peak=true:framelog=quiet"
    return ["-loglevel", "info", *ffmpeg.source(path), "-map", "0:a:0", "-af", meter, "-f", "null", "-"]


def _mix_down(layout: str) -> str:
    """In floating point: of whole numbers ffmpeg would turn the sum of many channels down, here but not there."""
    return f"aformat=sample_fmts=fltp:channel_layouts={layout}"


def read_level(log: str) -> Level:
    """What ffmpeg's meter has logged at the end."""
    summary = _summary(log)
    return Level(_number(summary, "I"), _number(summary, "LRA"), _number(summary, "Peak"))


def _summary(log: str) -> str:
    return log.split("[Parsed_ebur128_")[-1]


def _number(summary: str, key: str) -> float:
    found = re.search(rf"{key}:\s+(-?inf|-?[\d.]+) ", summary)
    if not found:
        raise ffmpeg.Failed(ffmpeg.cause(summary), summary)
    return float(found[1])


def plan(level: Level, target: float | None, ceiling: float) -> Gain:
    """The gain that brings `level` to `target`; without a target only what the ceiling demands."""
    if target is None:
        return Gain(min(0.0, ceiling - level.peak))
    db = target - level.lufs
    return Gain(db, ceiling if level.peak + db > ceiling else None)


def better(gain: Gain, got: Level, target: float | None, ceiling: float) -> Gain | None:
    """The next gain to try when a finished file's level is not right, or None when it is (or no more can be had)."""
    over = max(0.0, got.peak - ceiling)
    if target is None:
        return Gain(gain.db - over - 0.1) if over else None
    short = target - got.lufs
    if abs(short) <= TOLERANCE or abs(short) >= DEEPEST:
        short = 0.0
    if not (over or short):
        return None
    limit = ceiling if gain.limit is None and got.peak + short > ceiling else gain.limit
    return Gain(gain.db + short, (ceiling if limit is None else limit) - 1.5 * over - 0.1 if over else limit)


def moved(level: Level, db: float) -> Level:
    """What a level becomes by a plain gain."""
    return Level(round(level.lufs + db, 1), level.range, round(level.peak + db, 1))


def filters(gain: Gain, *, channels: int, rate: int, dither: bool) -> str:
    """The filter chain: mix down, fixed gain, limit at twice the rate, convert. At four times the rate the limiter
    would see true peaks to 0.1 dB at twice the cost; what it misses here, reading the file back finds."""
    chain = [_mix_down(_LAYOUTS[channels])]
    if gain.db:
        chain.append(f"volume={gain.db:.2f}dB:precision=double")
    if gain.limit is not None:
        level = 10 ** (gain.limit / 20)
        chain.append(f"aresample={rate * 2},alimiter=limit={level:.5f}:level=0:attack=5:release=80:latency=1")
    chain.append(f"aresample={rate}" + (":out_sample_fmt=s16:dither_method=triangular" if dither else ""))
    return ",".join(chain)


class _Counter:
    """Counts the samples of a stream; its length is the file's true length."""

    taken = 0  # bytes

    @property
    def length(self) -> float:
        return self.taken / 2 / _PEAK_RATE

    def take(self, piece: bytes) -> None:
        self.taken += len(piece)


class _Waveform(_Counter):
    """Keeps the loudest sample of every 50 ms of a stream, however it is cut."""

    def __init__(self, expected: float, on_progress: Progress) -> None:
        self.expected, self.on_progress = expected, on_progress
        self.rest = b""
        self.loudest = array("H")

    def take(self, piece: bytes) -> None:
        data = self.rest + piece
        whole = len(data) // (2 * _WINDOW) * 2 * _WINDOW
        self.rest = data[whole:]
        super().take(piece)
        self._note(data[:whole])
        if self.expected:
            self.on_progress(min(1.0, self.length / self.expected))

    def _note(self, data: bytes) -> None:
        samples = array("h", data)
        for start in range(0, len(samples), _WINDOW):
            window = samples[start : start + _WINDOW]
            self.loudest.append(max(max(window), -min(window)))

    def floor(self) -> float:
        """In dBFS, of the moments of 50 ms: the quietest hundredth left out."""
        lowest = sorted(self.loudest)[len(self.loudest) // 100] if self.loudest else 0
        return checkup.finite(20 * math.log10(lowest / 32768)) if lowest else checkup.QUIETEST

    def columns(self) -> list[int]:
        """The waveform in about 200 columns, 0–100 of its own loudest."""
        self._note(self.rest[: len(self.rest) // 2 * 2])
        self.rest = b""
        count = min(COLUMNS, len(self.loudest))
        edges = [len(self.loudest) * column // count for column in range(count + 1)] if count else []
        tops = [max(self.loudest[a:b]) for a, b in pairwise(edges)]
        highest = max(tops, default=0) or 1
        return [round(100 * top / highest) for top in tops]
