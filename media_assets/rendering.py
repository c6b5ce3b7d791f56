"""From one master to all its files, side by side: encode, read the result back, correct what is off. No database."""

import os
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from threading import Event

from media_assets import broadcast_wave, ffmpeg, loudness, probe, recipes, tags
from media_assets.broadcast_wave import PRODUCER, Origin
from media_assets.loudness import Gain, Level, Measurement
from media_assets.recipes import Recipe
from media_assets.tags import Tags

TRIES = 4
ENCODING_SHARE = 0.7  # of a file's time; the rest is reading it back
TELL_EVERY = 0.5  # seconds

Progress = Callable[[float], None]


class Stopped(Exception):
    """Another file failed, or the caller wants no more; this one need not be finished."""


@dataclass(frozen=True)
class Made:
    """A finished file with what it measures when decoded."""

    recipe: Recipe
    path: Path
    duration: float
    lufs: float
    range: float
    true_peak: float

    @property
    def on_target(self) -> bool:
        """Within half a unit of its recipe's loudness; where not, the peaks forbade it."""
        return self.recipe.target is None or abs(self.lufs - self.recipe.target) <= 0.5


def render(
    source: Path,
    measured: Measurement,
    wanted: Sequence[Recipe],
    folder: Path,
    *,
    on_progress: Progress = lambda done: None,
) -> list[Made]:
    """Make every recipe's file in `folder`; `on_progress` gets 0–1. Levels are those of the files, not of the plan."""
    work = _Work(source, measured, folder)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        jobs = [pool.submit(work.make, recipe) for recipe in wanted]
        try:
            while wait(jobs, TELL_EVERY, FIRST_EXCEPTION).not_done:
                _raise_first(jobs)
                on_progress(min(0.99, sum(work.done.values()) / len(jobs)))
        finally:
            work.stop.set()
            pool.shutdown(cancel_futures=True)
    on_progress(1.0)
    return [job.result() for job in jobs]


def _raise_first(jobs: Sequence[Future[Made]]) -> None:
    for job in jobs:
        if job.done():
            job.result()


def render_file(source: Path, out: Path) -> list[Made]:
    """Check a plain file and make all its files in `out`: all of them or, if anything is wrong, none."""
    facts = probe.look(source)
    measured = loudness.measure(source)
    probe.judge(facts, source, length=measured.length, lufs=measured.levels[2].lufs)
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out, prefix=".") as folder:
        files = render(source, measured, recipes.ALL, Path(folder))
        for made in files:
            tags.write(made.path, Tags(title=source.stem))
            sign(made, title=source.stem, originator=PRODUCER, made_at=_changed_at(source))
        return [_move(made, out / f"{source.stem[:80]}-{made.path.name}") for made in files]


def sign(made: Made, *, title: str, originator: str, made_at: datetime, reference: str = "") -> None:
    """Where the recipe is for broadcast: what the file is, who made it from what, and how loud it is."""
    if made.recipe.broadcast:
        levels = {"lufs": made.lufs, "range": made.range, "true_peak": made.true_peak}
        history = f"A=PCM,F={made.recipe.rate},W=16,M=stereo,T={PRODUCER} {made.recipe.name} {made.recipe.version}"
        broadcast_wave.write(made.path, Origin(title, originator, reference, made_at, history=history, **levels))


def _changed_at(source: Path) -> datetime:
    return datetime.fromtimestamp(source.stat().st_mtime, UTC)


def _move(made: Made, target: Path) -> Made:
    return replace(made, path=made.path.replace(target))


def place(folder: Path, recipe: Recipe) -> Path:
    return folder / f"{recipe.name}.{recipe.suffix}"


class _Work:
    """One master's files in the making; every file's thread writes its own share of `done` (0-1) and nothing else."""

    def __init__(self, source: Path, measured: Measurement, folder: Path) -> None:
        self.source, self.measured, self.folder = source, measured, folder
        self.done: dict[str, float] = {}
        self.stop = Event()

    def make(self, recipe: Recipe) -> Made:
        heard = self.measured.levels[recipe.channels]
        gain: Gain | None = loudness.plan(heard, recipe.aim, recipe.ceiling - recipe.headroom)
        for _attempt in range(TRIES):
            if gain is None:
                break
            self._encode(recipe, gain)
            level = self._level(recipe, heard, gain)
            gain = loudness.better(gain, level, recipe.target, recipe.ceiling)
        self.done[recipe.name] = 1.0
        return Made(recipe, place(self.folder, recipe), self.measured.length, level.lufs, level.range, level.peak)

    def _encode(self, recipe: Recipe, gain: Gain) -> None:
        """Bit-exact, so that the same take has the same address."""
        chain = loudness.filters(gain, channels=recipe.channels, rate=recipe.rate, dither=recipe.lossless)
        arguments = ["-y", "-loglevel", "warning", "-progress", "pipe:1", *ffmpeg.source(self.source)]
        arguments += ["-map", "0:a:0", "-map_metadata", "-1", "-map_chapters", "-1", "-af", chain, *recipe.codec]
        arguments += ["-flags:a", "+bitexact", "-fflags", "+bitexact", f"file:{place(self.folder, recipe)}"]
        ffmpeg.run(arguments, on_output=partial(self._note, recipe))

    def _note(self, recipe: Recipe, piece: bytes) -> None:
        if self.stop.is_set():
            raise Stopped
        share = ENCODING_SHARE * (ffmpeg.progress_of(piece) or 0) / max(self.measured.length, 0.001)
        self.done[recipe.name] = max(share, self.done.get(recipe.name, 0.0))

    def _level(self, recipe: Recipe, heard: Level, gain: Gain) -> Level:
        """Of the file as it decodes; where samples were only multiplied, the multiplication tells."""
        if recipe.lossless and gain.limit is None:
            return loudness.moved(heard, gain.db)
        return loudness.measure_file(place(self.folder, recipe))
