"""From takes to the master of an audio CD: one WAV at one gain, its CUE sheet and TOC, all in one ZIP. No database.

Everything is streamed, so that memory does not grow with the disc, and the same takes give the same bytes.
"""

import hashlib
import math
import shutil
import wave
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import IO

from django.utils.translation import gettext as _

from media_assets import cue_sheet, disc_papers, ffmpeg, loudness
from media_assets.cue_sheet import Disc
from media_assets.disc_papers import Imprint
from media_assets.loudness import Gain, Level

SPEED, CHANNELS, DEPTH = 44_100, 2, 2  # Red Book: samples a second, channels, bytes a sample
FRAME = cue_sheet.SAMPLES * CHANNELS * DEPTH  # bytes
CEILING = -1.0  # dBTP that the loudest track may reach
HIGHEST = -0.5  # dBTP that the finished disc must keep below
MOST_GAIN = 12.0  # dB; more would lift the room's noise with the voice
PIECE = 1 << 20
MEASURED, WRITTEN, CHECKED = 0.3, 0.6, 0.85  # how far each stretch of the work leads
NO_TIME = (1980, 1, 1, 0, 0, 0)  # the earliest that a ZIP can name

Progress = Callable[[float], None]


@dataclass(frozen=True)
class Master:
    """The finished ZIP, with the lengths that the tracks really have, and what its sound decodes to."""

    path: Path
    disc: Disc
    gain_db: float
    true_peak: float
    sha256: str


def make(
    disc: Disc, takes: Sequence[Path], imprint: Imprint, folder: Path, *, on_progress: Progress = lambda done: None
) -> Master:
    """The master of a disc in `folder`; the lengths in `disc` are only expected, those of the takes count."""
    sound = folder / f"{imprint.name}.wav"
    gain = plan([_level(take, partial(on_progress, MEASURED * n / len(takes))) for n, take in enumerate(takes)])
    lengths = _write(sound, disc, takes, gain, lambda done: on_progress(MEASURED + (WRITTEN - MEASURED) * done))
    disc = replace(disc, tracks=[t._replace(length=n) for t, n in zip(disc.tracks, lengths, strict=True)])
    if flaws := cue_sheet.flaws(disc):
        raise ffmpeg.Failed(" ".join(flaws))
    peak = _check(sound, disc)
    on_progress(CHECKED)
    path = _pack(folder / f"{imprint.name}.zip", sound, disc_papers.write(disc, imprint, sound.name, gain))
    on_progress(1.0)
    return Master(path, disc, gain, peak, digest(path))


def plan(levels: Sequence[Level]) -> float:
    """One gain for the whole disc (dB), so that the songs keep their places beside one another."""
    highest = max((level.peak for level in levels), default=-math.inf)
    return round(min(MOST_GAIN, CEILING - highest), 2)


def _level(take: Path, sign_of_life: Callable[[], None]) -> Level:
    """Of a take as it will stand on the disc: what converting does to its peaks is in it."""
    chain = loudness.filters(Gain(0.0), channels=CHANNELS, rate=SPEED, dither=False)
    meter = ["-af", f"{chain},ebur128=peak=true:framelog=quiet", "-f", "null", "-"]
    arguments = ["-loglevel", "info", "-progress", "pipe:1", *ffmpeg.source(take), "-map", "0:a:0", *meter]
    return loudness.read_level(ffmpeg.run(arguments, on_output=lambda piece: sign_of_life()))


def _write(sound: Path, disc: Disc, takes: Sequence[Path], gain: float, on_progress: Progress) -> list[int]:
    """All tracks one after another, each filled up to whole frames; returns their lengths in frames."""
    lengths = []
    with wave.open(str(sound), "wb") as target:
        target.setnchannels(CHANNELS)
        target.setsampwidth(DEPTH)
        target.setframerate(SPEED)
        for number, (track, take) in enumerate(zip(disc.tracks, takes, strict=True)):
            on_progress(number / len(takes))
            _silence(target, track.gap * FRAME)
            lengths.append(_convert(target, take, gain, partial(on_progress, number / len(takes))))
            if target.tell() > cue_sheet.LONGEST * cue_sheet.SAMPLES:
                raise ffmpeg.Failed(_("Isi cakram lebih panjang dari 79.30 menit. Keluarkan satu lagu."))
    return lengths


def _convert(target: wave.Wave_write, take: Path, gain: float, sign_of_life: Callable[[], None]) -> int:
    before = target.tell()

    def put(piece: bytes) -> None:
        target.writeframesraw(piece)
        sign_of_life()

    chain = loudness.filters(Gain(gain), channels=CHANNELS, rate=SPEED, dither=True)
    raw = ["-map", "0:a:0", "-af", chain, "-flags:a", "+bitexact", "-c:a", "pcm_s16le", "-f", "s16le", "pipe:1"]
    ffmpeg.run(["-loglevel", "warning", *ffmpeg.source(take), *raw], on_output=_whole(put))
    samples = target.tell() - before
    length = cue_sheet.frames(samples)
    _silence(target, length * FRAME - samples * CHANNELS * DEPTH)
    return length


def _whole(put: Callable[[bytes], None]) -> Callable[[bytes], None]:
    """Hands on whole samples only: a pipe is cut anywhere."""
    rest = b""

    def take(piece: bytes) -> None:
        nonlocal rest
        data = rest + piece
        end = len(data) - len(data) % (CHANNELS * DEPTH)
        rest = data[end:]
        put(data[:end])

    return take


def _silence(target: wave.Wave_write, count: int) -> None:
    for start in range(0, count, PIECE):
        target.writeframesraw(bytes(min(PIECE, count - start)))


def _check(sound: Path, disc: Disc) -> float:
    """Read back what was written: its length in frames, and its true peak as it decodes."""
    with wave.open(str(sound), "rb") as file:
        kept = (file.getnframes(), file.getframerate(), file.getnchannels(), file.getsampwidth())
    peak = loudness.measure_file(sound).peak
    if kept != (disc.length * cue_sheet.SAMPLES, SPEED, CHANNELS, DEPTH) or peak > HIGHEST:
        raise ffmpeg.Failed(_("Master cakram tidak lulus pemeriksaan: panjang atau puncak suaranya tidak benar."))
    return peak


def _pack(path: Path, sound: Path, papers: dict[str, str]) -> Path:
    """Sound and papers as one ZIP, stored as they are and without times; then read through once."""
    content = {name: text.encode() for name, text in papers.items()}
    sums = {sound.name: digest(sound)} | {name: hashlib.sha256(data).hexdigest() for name, data in content.items()}
    content["SHA256SUMS"] = "".join(f"{sum_}  {name}\n" for name, sum_ in sums.items()).encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as target:
        for name, data in content.items():
            target.writestr(_entry(name, len(data)), data)
        with sound.open("rb") as source, target.open(_entry(sound.name, sound.stat().st_size), "w") as held:
            shutil.copyfileobj(source, held, PIECE)
    with zipfile.ZipFile(path) as packed, packed.open(sound.name) as held:
        if _sum(held) != sums[sound.name]:
            raise ffmpeg.Failed(_("Berkas ZIP cakram rusak sewaktu ditulis. Coba lagi."))
    sound.unlink()
    return path


def _entry(name: str, size: int) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, NO_TIME)
    entry.external_attr, entry.create_system, entry.file_size = 0o644 << 16, 3, size
    return entry


def digest(path: Path) -> str:
    with path.open("rb") as file:
        return _sum(file)


def _sum(file: IO[bytes]) -> str:
    found = hashlib.sha256()
    for piece in iter(partial(file.read, PIECE), b""):
        found.update(piece)
    return found.hexdigest()
