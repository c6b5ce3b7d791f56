"""What lies where on an audio CD, as the two texts that burners read: a CUE sheet and cdrdao's TOC, with CD-TEXT. Pure.

Lengths are in CD frames (1/75 s, 588 stereo samples; IEC 60908). All tracks lie in one WAV, each after its gap.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.translation import gettext as _

from media_assets.transliteration import to_ascii

RATE = 75  # frames a second
SAMPLES = 588  # of each channel in a frame
LONGEST = (79 * 60 + 30) * RATE
LEAD = 2 * RATE  # the silence before the first track, which the burner makes
MOST_TRACKS = 99
SHORTEST_TRACK = 4 * RATE
WIDEST = 80  # characters of a text in a CUE sheet
CD_TEXT_ROOM = 256 * 12  # bytes that one language of CD-TEXT holds (MMC-3 annex J)
ISRC = re.compile(r"[A-Z]{2}[A-Z0-9]{3}\d{7}")  # ISO 3901
CATALOG = re.compile(r"\d{13}")


class Track(NamedTuple):
    """`length` without its gap; `gap` is the silence before it, 0 for the first."""

    title: str
    performer: str
    songwriter: str
    length: int
    gap: int
    isrc: str = ""


@dataclass(frozen=True)
class Disc:
    title: str
    performer: str
    tracks: Sequence[Track]
    catalog: str = ""

    @property
    def length(self) -> int:
        return sum(track.gap + track.length for track in self.tracks)


def frames(samples: int) -> int:
    """Whole frames that so many samples of a channel take up."""
    return -(-samples // SAMPLES)


def msf(frame: int) -> str:
    """mm:ss:ff."""
    return f"{frame // (60 * RATE):02d}:{frame // RATE % 60:02d}:{frame % RATE:02d}"


def flaws(disc: Disc) -> list[str]:
    """Why this disc cannot be pressed, each as a sentence; [] when it can."""
    found = []
    if not disc.tracks:
        found.append(_("Cakram ini belum berisi lagu. Pilih sedikitnya satu rekaman."))
    if len(disc.tracks) > MOST_TRACKS:
        found.append(_("Sebuah CD memuat paling banyak 99 lagu; di sini ada %d.") % len(disc.tracks))
    if disc.length > LONGEST:
        found.append(
            _("Isi cakram %(length)s, lebih panjang dari 79.30 menit. Keluarkan satu lagu atau perpendek jedanya.")
            % {"length": _minutes(disc.length)}
        )
    if disc.catalog and not CATALOG.fullmatch(disc.catalog):
        found.append(_("Nomor katalog terdiri dari 13 angka."))
    for number, track in enumerate(disc.tracks, 1):
        found += [text % {"number": number, "title": track.title} for text in _track_flaws(track)]
    if (size := _cd_text_size(disc)) > CD_TEXT_ROOM:
        text = _("Judul dan nama pada cakram ini terlalu panjang untuk CD-TEXT: %(size)d dari %(room)d bita.")
        found.append(text % {"size": size, "room": CD_TEXT_ROOM})
    return found


def _track_flaws(track: Track) -> list[str]:
    found = []
    if track.length < SHORTEST_TRACK:
        found.append(_("Lagu %(number)d “%(title)s” lebih pendek dari empat detik."))
    if track.isrc and not ISRC.fullmatch(track.isrc):
        found.append(_("ISRC lagu %(number)d “%(title)s” tidak benar. Contoh yang benar: IDA012600001."))
    return found


def _minutes(length: int) -> str:
    return _("%(minutes)d.%(seconds)02d menit") % {"minutes": length // RATE // 60, "seconds": length // RATE % 60}


def _cd_text_size(disc: Disc) -> int:
    """Each text with its closing nought, codes of 13 bytes; titles and performers of the disc stand in front."""
    rows = [(disc.title, disc.performer, ""), *((t.title, t.performer, t.songwriter) for t in disc.tracks)]
    kinds = zip(*rows, strict=True)
    packs = [-(-sum(len(_text(text)) + 1 for text in kind) // 12) for kind in kinds if any(kind)]
    codes = sum(1 for track in disc.tracks if track.isrc) + bool(disc.catalog)
    return 12 * (sum(packs) + -(-13 * codes // 12) + 3)  # and three packs of sizes


def _text(text: str) -> str:
    """As CUE and CD-TEXT can hold it: ASCII, no double quotes, which no escape exists for, at most 80 characters."""
    return to_ascii(text).replace('"', "'").replace("\\", "/")[:WIDEST].strip()


def cue(disc: Disc, file: str) -> str:
    """The CUE sheet of a disc whose sound is `file`, a name in the same folder."""
    rows = [f"CATALOG {disc.catalog}"] if disc.catalog else []
    rows += [f'TITLE "{_text(disc.title)}"', f'PERFORMER "{_text(disc.performer)}"', f'FILE "{_text(file)}" WAVE']
    place = 0
    for number, track in enumerate(disc.tracks, 1):
        rows.append(f"  TRACK {number:02d} AUDIO")
        words = (("TITLE", track.title), ("PERFORMER", track.performer), ("SONGWRITER", track.songwriter))
        rows += [f'    {name} "{_text(text)}"' for name, text in words if _text(text)]
        rows += [f"    ISRC {track.isrc}"] if track.isrc else []
        rows += [f"    INDEX 00 {msf(place)}"] if track.gap else []
        rows.append(f"    INDEX 01 {msf(place + track.gap)}")
        place += track.gap + track.length
    return "\r\n".join(rows) + "\r\n"


def toc(disc: Disc, file: str) -> str:
    """The same as cdrdao's own TOC file, which carries CD-TEXT to every burner that can write it."""
    head = ["CD_DA", *([f'CATALOG "{disc.catalog}"'] if disc.catalog else [])]
    words = _toc_words(disc.title, disc.performer, "")
    rows = [*head, f"CD_TEXT {{ LANGUAGE_MAP {{ 0 : EN }} LANGUAGE 0 {{ {words} }} }}"]
    place = 0
    for track in disc.tracks:
        rows += ["", "TRACK AUDIO", *([f'ISRC "{track.isrc}"'] if track.isrc else [])]
        rows.append(f"CD_TEXT {{ LANGUAGE 0 {{ {_toc_words(track.title, track.performer, track.songwriter)} }} }}")
        rows.append(f'FILE "{_text(file)}" {msf(place)} {msf(track.gap + track.length)}')
        rows += [f"START {msf(track.gap)}"] if track.gap else []
        place += track.gap + track.length
    return "\n".join(rows) + "\n"


def _toc_words(title: str, performer: str, songwriter: str) -> str:
    words = (("TITLE", title), ("PERFORMER", performer), ("SONGWRITER", songwriter))
    return " ".join(f'{name} "{_text(text)}"' for name, text in words if text or name != "SONGWRITER")
