"""Tags of finished files: title, performers, author, lyric, licence link and cover, in each format's own way."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import mutagen
from mutagen import id3
from mutagen.flac import Picture
from mutagen.mp3 import MP3
from mutagen.wave import WAVE

from media_assets import lyrics


@dataclass(frozen=True)
class Tags:
    title: str
    performers: Sequence[str] = ()
    authors: Sequence[str] = ()
    album: str = ""
    lyric: str = ""
    language: str = "und"  # ISO 639-2/3
    comment: str = ""
    url: str = ""
    cover: bytes = b""  # JPEG


def write(path: Path, tags: Tags) -> None:
    """Replace whatever tags the file has by these."""
    file = mutagen.File(path)
    if isinstance(file, (MP3, WAVE)):
        _write_id3(file, tags)
    else:
        _write_vorbis(file, tags)


def _write_id3(file: MP3 | WAVE, tags: Tags) -> None:
    if file.tags is None:
        file.add_tags()
    held: Any = file.tags
    held.clear()
    frames = [
        id3.TIT2(text=_clean(tags.title)),
        id3.TPE1(text=[_clean(name) for name in tags.performers]),
        id3.TEXT(text=[_clean(name) for name in tags.authors]),
        id3.TALB(text=_clean(tags.album)),
        id3.TLAN(text=tags.language),
        id3.COMM(lang=tags.language, desc="", text=_clean(tags.comment)),
        id3.USLT(lang=tags.language, desc="", text=tags.lyric),
        id3.WXXX(desc="Bersenjang", url=tags.url),
    ]
    for frame in frames:
        if getattr(frame, "url", "") or any(getattr(frame, "text", [])):
            held.add(frame)
    if tags.cover:
        held.add(id3.APIC(mime="image/jpeg", type=id3.PictureType.COVER_FRONT, data=tags.cover))
    file.save()  # ID3v2.4


def _write_vorbis(file: mutagen.FileType, tags: Tags) -> None:
    comments = {
        "title": [_clean(tags.title)],
        "artist": [_clean(name) for name in tags.performers],
        "lyricist": [_clean(name) for name in tags.authors],
        "album": [_clean(tags.album)],
        "language": [tags.language],
        "comment": [_clean(tags.comment)],
        "lyrics": [tags.lyric],
        "contact": [tags.url],
    }
    if tags.cover:
        comments["metadata_block_picture"] = [_picture(tags.cover)]
    file.delete()
    file.update({key: values for key, values in comments.items() if any(values)})
    file.save()


def _picture(cover: bytes) -> str:
    picture = Picture()
    picture.data, picture.mime, picture.type = cover, "image/jpeg", id3.PictureType.COVER_FRONT
    return base64.b64encode(picture.write()).decode("ascii")


def _clean(text: str) -> str:
    return lyrics.tidy(text)[:250]
