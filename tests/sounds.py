"""Small sound files, made by ffmpeg itself."""

from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from media_assets import ffmpeg

SONG = "aevalsrc=0.25*sin(2*PI*220*t)*(0.6+0.4*sin(2*PI*3*t))|0.2*sin(2*PI*331*t):s={rate}:d={seconds}"
HOT = "anoisesrc=d={seconds}:c=pink:r={rate}:a=1:seed=7,volume=14dB,alimiter=level=0:limit=0.99"
SILENCE = "anullsrc=r={rate}:cl=stereo:d={seconds}"


def make(folder: Path, name: str, *options: str, sound: str = SONG, seconds: float = 3, rate: int = 44_100) -> Path:
    """A file of this name in `folder`, its format by its suffix unless `options` say otherwise."""
    path = folder / name
    lavfi = sound.format(seconds=seconds, rate=rate)
    ffmpeg.run(["-y", "-loglevel", "error", "-f", "lavfi", "-i", lavfi, *options, "-t", str(seconds), f"file:{path}"])
    return path


@cache
def song(number: int = 1) -> bytes:
    """Three seconds of a song as a WAV, made once; the number makes it a file of its own."""
    if number == 1:
        return make(Path(mkdtemp()), "lagu.wav").read_bytes()
    return song() + b"LIST\x04\x00\x00\x00" + number.to_bytes(4, "little")
