"""Hears a made take as a file would be heard, and counts how many of its boundaries were found."""

import wave
from pathlib import Path

import numpy as np

from media_assets import proposing
from media_assets.activity import Ear
from media_assets.segments import Segment
from tests.takes.mixing import RATE

Truth = list[tuple[float, float, str]]
WITHIN = 0.3  # seconds


def pcm(samples: np.ndarray) -> bytes:
    """16 bit; turned down where it would clip."""
    return (samples / max(1.0, np.abs(samples).max()) * 32767).astype("<i2").tobytes()


def write(path: Path, samples: np.ndarray) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, RATE, 0, "NONE", ""))
        file.writeframes(pcm(samples))
    return path


def proposed(samples: np.ndarray) -> list[Segment]:
    ear = Ear()
    ear.take(pcm(samples))
    return proposing.propose(ear.activity())


def found(segments: list[Segment], truth: Truth) -> tuple[int, int, int]:
    """Boundaries found within the tolerance (same end of the same kind), true ones, proposed ones."""
    claims = [(end, segment.kind, at) for segment in segments for end, at in ((0, segment.start), (1, segment.end))]
    hits, free = 0, list(claims)
    for start, stop, kind in truth:
        for end, moment in ((0, start), (1, stop)):
            near = [claim for claim in free if claim[:2] == (end, kind) and abs(claim[2] - moment) <= WITHIN]
            if near:
                free.remove(min(near, key=lambda claim: abs(claim[2] - moment)))
                hits += 1
    return hits, 2 * len(truth), len(claims)
