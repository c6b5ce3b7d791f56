"""A lyric as a plain text file: parts under `# pembuka`, `# isi`, `# penutup`, stanzas apart by blank lines.

A line is `words | meaning | how it is sung`, the last two only where wanted; `@` before it marks a formula line.
"""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from media_assets.lyrics import PARTS, tidy
from media_assets.prosody.forms import Line, Stanza

HEADING = re.compile(r"#+\s*(.*?)\s*:?")
FORMULA = "@"
MAX_BYTES = 1_000_000


class Unreadable(ValueError):
    """Not a lyric; the message says why and what to do."""


def decode(content: bytes) -> str:
    if len(content) > MAX_BYTES:
        raise Unreadable(_("Berkas ini lebih besar dari 1 MB, jadi bukan satu lirik. Periksa berkasnya."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable(_("Berkas ini bukan teks UTF-8. Simpan ulang sebagai teks biasa (UTF-8).")) from error
    if "\0" in text:
        raise Unreadable(_("Berkas ini bukan teks. Simpan liriknya sebagai teks biasa (UTF-8)."))
    return text


def parse(text: str) -> list[Stanza]:
    """The stanzas in the order of the file; raises Unreadable where there is none or a heading is missing."""
    stanzas = [Stanza(part, tuple(lines)) for part, lines in _blocks(text) if lines]
    if not stanzas:
        raise Unreadable(_("Belum ada lirik di berkas ini. Tulis baitnya di bawah # pembuka, # isi atau # penutup."))
    return stanzas


def _blocks(text: str) -> Iterator[tuple[str, list[Line]]]:
    part = ""
    block: list[Line] = []
    for no, row in enumerate([*map(tidy, text.splitlines()), ""], 1):
        if row and not row.startswith("#"):
            if not part:
                raise Unreadable(
                    _(
                        "Baris %(no)d belum berada di bawah judul bagian. Tulis # pembuka, # isi atau # penutup "
                        "di atasnya."
                    )
                    % {"no": no}
                )
            block += [line for line in [_line(row)] if line.text]
            continue
        yield part, block
        block = []
        if row:
            part = _heading(no, row)


def _heading(no: int, row: str) -> str:
    found = HEADING.fullmatch(row)
    name = found[1].casefold() if found else ""
    if name not in PARTS:
        raise Unreadable(
            _("Baris %(no)d: bagian “%(name)s” tidak dikenal. Pakailah # pembuka, # isi atau # penutup.")
            % {"no": no, "name": name[:40]}
        )
    return name


def _line(row: str) -> Line:
    text, _bar, rest = row.removeprefix(FORMULA).partition("|")
    _gloss, _bar, spoken = rest.partition("|")
    return Line(text.strip(), spoken.strip(), row.startswith(FORMULA))
