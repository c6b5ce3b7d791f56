"""The papers that lie beside the sound of a disc's master: CUE sheet, TOC, ISRC, read-me in Indonesian. Pure."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils import formats, translation
from django.utils.text import slugify
from django.utils.translation import gettext as _

from media_assets import cue_sheet
from media_assets.cue_sheet import Disc


@dataclass(frozen=True)
class Imprint:
    """Which disc this is: its title, the edition's number (0: a trial, kept nowhere), the day, the office."""

    title: str
    edition: int
    day: date
    office: str

    @property
    def name(self) -> str:
        """Of the files, without suffix."""
        return f"{slugify(self.title)[:40] or 'cakram'}-{f'edisi-{self.edition}' if self.edition else 'coba'}"


def write(disc: Disc, imprint: Imprint, sound: str, gain: float) -> dict[str, str]:
    """Name and content of each."""
    with translation.override(settings.LANGUAGE_CODE):
        return {
            "BACA-SAYA.txt": _read_me(disc, imprint, gain),
            f"{imprint.name}.cue": cue_sheet.cue(disc, sound),
            f"{imprint.name}.toc": cue_sheet.toc(disc, sound),
            "ISRC.txt": "".join(
                f"{number:02d}\t{track.isrc or '-'}\t{track.title}\n" for number, track in enumerate(disc.tracks, 1)
            ),
        }


def _read_me(disc: Disc, imprint: Imprint, gain: float) -> str:
    edition = _("Edisi %d") % imprint.edition if imprint.edition else _("Berkas coba, bukan edisi")
    rows = [
        disc.title,
        *([disc.performer] if disc.performer else []),
        f"{edition}, {formats.date_format(imprint.day, 'j F Y')}",
        imprint.office,
        "",
        *_tracks(disc),
        "",
        _("Panjang seluruhnya %(length)s (menit:detik:bingkai; 75 bingkai sedetik).")
        % {"length": cue_sheet.msf(disc.length)},
        _("Semua lagu dinaikkan atau diturunkan sama besar: %(gain)s dB. Jangan diubah lagi waktu membakar.")
        % {"gain": formats.number_format(gain, 1)},
        "",
        _("Periksa berkasnya dulu:  sha256sum -c SHA256SUMS"),
        _("Membakar dengan cdrdao:  cdrdao write %(name)s.toc") % {"name": imprint.name},
        _("Dengan program lain: buka %(name)s.cue, pilih “disc-at-once”, tanpa menambah jeda.")
        % {"name": imprint.name},
        _("Pakai CD-R, bukan CD-RW, supaya dapat diputar di pemutar lama."),
    ]
    return "\r\n".join(rows) + "\r\n"


def _tracks(disc: Disc) -> list[str]:
    rows = []
    for number, track in enumerate(disc.tracks, 1):
        people = f" ({track.performer})" if track.performer else ""
        rows.append(f"{number:02d}  {cue_sheet.msf(track.length)}  {track.title}{people}")
    return rows
