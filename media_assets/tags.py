"""Tags of finished files: title, performers, author, lyric, licence link and cover, in each format's own way."""

import base64
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import mutagen
from mutagen import id3
from mutagen.flac import Picture
from mutagen.mp3 import MP3
from mutagen.wave import WAVE

from media_assets import lyrics, timed_text
from media_assets.timed_text import Chapter, Cue

_MS, _LYRIC = 2, 1  # ID3v2.4: times in milliseconds; text is a lyric
_NO_OFFSET = 0xFFFFFFFF  # players go by the time


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
    lines: Sequence[Cue] = ()  # against the clock
    chapters: Sequence[Chapter] = ()


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
    for frame in _timed_frames(tags):
        held.add(frame)
    if tags.cover:
        held.add(id3.APIC(mime="image/jpeg", type=id3.PictureType.COVER_FRONT, data=tags.cover))
    file.save()  # ID3v2.4


def _timed_frames(tags: Tags) -> Iterator[Any]:
    """SYLT, in which an empty line clears the screen, and the parts as chapters under one contents."""
    if tags.lines:
        rows = [(_clean(text), round(start * 1000)) for start, text in timed_text.shown(tags.lines)]
        yield id3.SYLT(encoding=id3.Encoding.UTF8, lang=tags.language, format=_MS, type=_LYRIC, desc="", text=rows)
    names = [f"bagian{number}" for number, _chapter in enumerate(tags.chapters, 1)]
    for name, chapter in zip(names, tags.chapters, strict=True):
        yield id3.CHAP(
            element_id=name,
            start_time=round(chapter.start * 1000),
            end_time=round(chapter.end * 1000),
            start_offset=_NO_OFFSET,
            end_offset=_NO_OFFSET,
            sub_frames=[id3.TIT2(text=_clean(chapter.title))],
        )
    if names:
        flags = id3.CTOCFlags.TOP_LEVEL | id3.CTOCFlags.ORDERED
        yield id3.CTOC(element_id="isi", flags=flags, child_element_ids=names, sub_frames=[])


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
    for number, chapter in enumerate(tags.chapters, 1):
        comments[f"chapter{number:03}"] = [timed_text.stamp(chapter.start)]
        comments[f"chapter{number:03}name"] = [_clean(chapter.title)]
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
