"""How many boundaries of made takes are proposed where they are, and what an hour costs in time and memory."""

import os
import subprocess
import sys
import tempfile
import time
from multiprocessing import Pool
from pathlib import Path

import django
import numpy as np

from tests.bench.audio import song
from tests.bench.server import ROOT

TAKES = 15  # of each maker


def _judge(case: tuple[str, int]) -> tuple[int, int, int]:
    from tests.takes import judging, studio, village, workshop

    maker = {"studio": studio, "village": village, "workshop": workshop}[case[0]]
    samples, truth = maker.take(case[1])
    return judging.found(judging.proposed(samples), truth)


def accuracy(maker: str) -> tuple[str, str, str]:
    with Pool(os.cpu_count()) as pool:
        hits, true, claimed = np.sum(pool.map(_judge, [(maker, seed) for seed in range(TAKES)], 1), 0)
    figure = f"{hits / true:.0%} of {true} found, {hits / claimed:.0%} of {claimed} proposed are right"
    return f"segments: boundaries within 0.3 s, {TAKES} takes of {maker}", figure, "≥ 90 %"


def rows() -> list[tuple[str, str, str]]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.test")
    django.setup()
    scores = [accuracy(maker) for maker in ("workshop", "studio", "village")]
    with tempfile.TemporaryDirectory() as name:
        took, peak = _hour(song(Path(name), 3600))
    return [
        *scores,
        ("segments: work for a minute of audio, in an hour's take", f"{took / 60:.2f} s", "–"),
        ("segments: memory for an hour of audio (largest process)", f"{peak:.0f} MB", "≤ 150 MB"),
    ]


def _hour(file: Path) -> tuple[float, float]:
    """Seconds it takes and megabytes at the most, of the largest process of the command."""
    started = time.monotonic()
    command = [sys.executable, "manage.py", "propose_segments", str(file)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL) as process:
        _pid, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError("propose_segments failed")
    return time.monotonic() - started, usage.ru_maxrss / 1024
