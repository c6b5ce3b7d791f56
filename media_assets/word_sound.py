"""How a word is said: a short upload made into one small MP3 that every phone plays."""

import hashlib
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.core.files import File
from django.utils.translation import gettext as _

from media_assets import ffmpeg, probe, recordings

LONGEST = 15.0  # seconds
LARGEST = 5_000_000  # bytes
LEVEL = "loudnorm=I=-16:TP=-1.5"  # one pass is near enough for a word


class Made(NamedTuple):
    """`name` holds the content's digest, so that nobody guesses it."""

    name: str
    content: bytes


def make(upload: File) -> Made:
    if (upload.size or 0) > LARGEST:
        raise ValidationError({"sound": _("Suaranya terlalu besar: paling banyak 5 MB.")})
    with recordings.on_disk(upload) as (source, _sha256), TemporaryDirectory(dir=recordings.work_folder()) as folder:
        spoken = Path(folder) / "kata.mp3"
        try:
            _facts, length = probe.examine(source)
        except ValidationError as refused:
            raise ValidationError({"sound": refused.messages}) from refused
        if length > LONGEST:
            raise ValidationError({"sound": _("Suaranya terlalu panjang: paling lama 15 detik, cukup katanya saja.")})
        _encode(source, spoken)
        content = spoken.read_bytes()
    return Made(f"{hashlib.sha256(content).hexdigest()[:32]}/kata.mp3", content)


def _encode(source: Path, spoken: Path) -> None:
    sound = [
        "-vn",
        "-map_metadata",
        "-1",
        "-ac",
        "1",
        "-ar",
        "44100",
        "-af",
        LEVEL,
        "-c:a",
        "libmp3lame",
        "-b:a",
        "64k",
    ]
    try:
        ffmpeg.run(["-loglevel", "error", *ffmpeg.source(source), *sound, f"file:{spoken}"], seconds=60)
    except ffmpeg.Failed as failure:
        raise ValidationError({"sound": str(failure)}) from failure
