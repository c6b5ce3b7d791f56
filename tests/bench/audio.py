"""A four-minute master to every rendition against bare ffmpeg making the same files, and the memory of an hour."""

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import django
import imageio_ffmpeg

from tests.bench.server import ROOT

FFMPEG = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-y"]
TAKE = ROOT / "cms" / "demo" / "audio" / "ubat.opus"
TURNS = 5


def song(folder: Path, length: int) -> Path:
    """A take of the demo, voice and music by turns, repeated to `length` seconds: 48 kHz stereo, 16 bit."""
    path = folder / f"lagu-{length}.wav"
    loop = ["-stream_loop", "-1", "-i", str(TAKE), "-t", str(length), "-ar", "48000", "-ac", "2"]
    subprocess.run([*FFMPEG, *loop, str(path)], check=True)
    return path


def ours(path: Path, out: Path) -> None:
    """As the worker does it: check, measure, make, read back, correct, tag."""
    from media_assets import rendering

    rendering.render_file(path, out)


def bare(path: Path, out: Path) -> None:
    """As a careful hand does it: one measuring pass, then one process with the same filters and encoders."""
    measure(path)
    from media_assets import loudness, recipes

    levels = {1: loudness.Level(-15.6, 2, -3.9), 2: loudness.Level(-15.8, 2, -4.5)}
    outputs = []
    for recipe in recipes.ALL:
        gain = loudness.plan(levels[recipe.channels], recipe.aim, recipe.ceiling - recipe.headroom)
        chain = loudness.filters(gain, channels=recipe.channels, rate=recipe.rate, dither=recipe.lossless)
        outputs += ["-af", chain, *recipe.codec, str(out / f"{recipe.name}.{recipe.suffix}")]
    subprocess.run([*FFMPEG, "-i", str(path), *outputs], check=True)


def measure(path: Path) -> None:
    subprocess.run([*FFMPEG, "-i", str(path), "-af", "ebur128=peak=true:framelog=quiet", "-f", "null", "-"], check=True)


def checked(path: Path, out: Path) -> None:
    """As a careful hand does it who also hears what came out before anybody else does."""
    bare(path, out)
    for file in sorted(out.iterdir()):
        measure(file)


def seconds(make: Callable[[Path, Path], None], path: Path, out: Path) -> float:
    out.mkdir()
    started = time.monotonic()
    make(path, out)
    return time.monotonic() - started


def ratios(path: Path, folder: Path) -> tuple[str, str]:
    """Our time over that of both hands, medians with their spread; the three take turns."""
    took: dict[str, list[float]] = {"ours": [], "bare": [], "checked": []}
    for turn in range(TURNS):
        for make in (ours, bare, checked):
            took[make.__name__].append(seconds(make, path, folder / f"{path.stem}-{make.__name__}-{turn}"))
    return told(took["ours"], took["bare"]), told(took["ours"], took["checked"])


def told(times: list[float], others: list[float]) -> str:
    each = sorted(mine / theirs for mine, theirs in zip(times, others, strict=True))
    return f"{each[TURNS // 2]:.2f} × ({each[0]:.2f}–{each[-1]:.2f})"


def rows() -> list[tuple[str, str, str]]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.test")
    django.setup()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        to_bare, to_checked = ratios(song(folder, 240), folder)
        command = [sys.executable, "manage.py", "make_renditions", str(song(folder, 3600)), "--out", str(folder)]
        subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return [
        ("4-minute master to all renditions, against bare ffmpeg that measures its files too", to_checked, "≤ 1.15 ×"),
        ("the same, against bare ffmpeg that trusts its files unheard", to_bare, "–"),
        ("memory for an hour of audio (largest process)", f"{peak:.0f} MB", "≤ 150 MB"),
    ]
