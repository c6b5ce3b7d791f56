"""Reads CSV and XLSX files from people into rows of text, and explains in a sentence what stands in the way."""

import csv
import io
import unicodedata
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

from cms.office.exports import plain

MAX_BYTES = 5_000_000
MAX_ROWS = 5_000
MAX_COLUMNS = 100
MAX_CELL = 10_000
MAX_UNPACKED = 20 * 1024 * 1024
MAX_PARTS = 500
DELIMITERS = (",", ";", "\t")


class UnreadableTable(ValueError):
    """The file as a whole cannot be read; the message says why and what to do. `row` where one row is to blame."""

    def __init__(self, text: str, row: int | None = None) -> None:
        super().__init__(text)
        self.row = row


@dataclass(frozen=True)
class RawRow:
    """`number` as the spreadsheet counts, the heading being row 1; `cells` are stripped text, "" where empty."""

    number: int
    cells: tuple[str, ...]


def read(file: BinaryIO, name: str, known: Iterable[str], *, max_rows: int = MAX_ROWS) -> list[RawRow]:
    """The rows that hold anything, the heading first. `known` column names help to find a CSV file's delimiter."""
    content = file.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise UnreadableTable(_("Berkas ini lebih besar dari 5 MB. Bagi menjadi beberapa berkas, lalu coba lagi."))
    if not content.strip():
        raise UnreadableTable(_("Berkas ini kosong. Isi dahulu, dengan nama kolom di baris pertama."))
    if content.startswith(b"PK"):
        rows = _read_xlsx(content, max_rows)
    else:
        _refuse_what_is_no_text(content, name)
        rows = _read_csv(_decode(content), known)
    return list(_tidied(rows, max_rows))


def _refuse_what_is_no_text(content: bytes, name: str) -> None:
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableTable(_("Ini berkas Excel lama (.xls) atau berkas terkunci. Simpan sebagai .xlsx tanpa sandi."))
    if name.lower().endswith((".xlsx", ".xlsm")):
        raise UnreadableTable(
            _("Berkas ini bernama .xlsx, tetapi isinya bukan XLSX. Simpan ulang dari Excel atau LibreOffice.")
        )
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnreadableTable(_("Berkas ini memakai UTF-16. Simpan ulang sebagai “CSV UTF-8”, lalu coba lagi."))
    if b"\0" in content:
        raise UnreadableTable(_("Berkas ini bukan tabel. Pakai CSV atau XLSX."))


def _decode(content: bytes) -> str:
    try:
        return content.decode("utf-8").lstrip("\ufeff")  # some programs add a mark each time they save
    except UnicodeDecodeError as error:
        row = content[: error.start].count(b"\n") + 1
        raise UnreadableTable(
            _("Huruf di baris ini bukan UTF-8; mungkin Windows-1252. Simpan ulang sebagai “CSV UTF-8”."),
            row,
        ) from error


def _read_csv(text: str, known: Iterable[str]) -> Iterator[tuple[int, Sequence[str]]]:
    delimiter, skipped, text = _delimiter(text, set(known))
    number = skipped
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True), 1):
            yield number + skipped, cells
    except csv.Error as error:
        raise UnreadableTable(
            _("Baris ini atau baris di bawahnya tidak terbaca; biasanya ada tanda petik yang tidak ditutup."),
            number + skipped + 1,
        ) from error


def _delimiter(text: str, known: set[str]) -> tuple[str, int, str]:
    """Delimiter, rows to skip (Excel's "sep=;" line) and the rest: the delimiter that shows most known columns."""
    head, _newline, rest = text.partition("\n")
    if head.strip().lower().startswith("sep=") and head.strip()[4:5] in DELIMITERS:
        return head.strip()[4], 1, rest
    first = next((line for line in text.splitlines() if line.strip(" ,;\t")), "")
    seen = {sign: len(known & {heading(cell) for cell in _split(first, sign)}) for sign in DELIMITERS}
    best = max(DELIMITERS, key=lambda sign: seen[sign])
    if seen[best] >= min(2, len(known)) or (seen[best] and not any(sign in first for sign in "|:")):
        return best, 0, text
    raise UnreadableTable(
        _("Baris pertama harus memuat nama kolom, dipisahkan koma, titik koma atau tab. Nama kolom: %(names)s.")
        % {"names": ", ".join(sorted(known))},
        1,
    )


def _split(line: str, sign: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=sign), [])
    except csv.Error as error:
        text = _("Satu sel di baris ini berisi lebih dari %(most)d huruf.")
        raise UnreadableTable(text % {"most": MAX_CELL}, 1) from error


def heading(text: str) -> str:
    """A column's name as we compare it: "Berlaku Mulai" is `berlaku_mulai`."""
    return "_".join(text.strip().casefold().replace("-", " ").replace("_", " ").split())


def _read_xlsx(content: bytes, max_rows: int) -> Iterator[tuple[int, Sequence[Any]]]:
    broken = _("Berkas XLSX ini rusak atau bukan tabel. Simpan ulang dari Excel atau LibreOffice, lalu coba lagi.")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except zipfile.BadZipFile as error:
        raise UnreadableTable(broken) from error
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise UnreadableTable(_("Isi berkas XLSX ini terlalu besar. Sisakan satu lembar tanpa gambar, lalu coba lagi."))
    import openpyxl  # here and not above: it brings numpy along, which no start of the web should carry

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of styles and extensions that we do not read
            book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
            sheet = book.worksheets[0]
            sheet.reset_dimensions()  # the file may state any size; the limits are ours
            rows = list(sheet.iter_rows(max_row=max_rows + 2, max_col=MAX_COLUMNS + 1, values_only=True))
    except Exception as error:  # a hostile file can make openpyxl and its parsers raise anything
        raise UnreadableTable(broken) from error
    yield from enumerate(rows, 1)


def _tidied(rows: Iterable[tuple[int, Sequence[Any]]], max_rows: int) -> Iterator[RawRow]:
    for number, cells in rows:
        words = [_words(cell, number) for cell in cells]
        while words and not words[-1]:
            words.pop()
        if not words:
            continue
        if number > max_rows + 1:
            raise UnreadableTable(
                _("Berkas ini berisi lebih dari %(most)d baris. Bagi menjadi beberapa berkas.") % {"most": max_rows}
            )
        if len(words) > MAX_COLUMNS:
            raise UnreadableTable(_("Baris ini berisi lebih dari %(most)d kolom.") % {"most": MAX_COLUMNS}, number)
        yield RawRow(number, tuple(words))


def _words(cell: Any, number: int) -> str:
    """A cell as text: dates as 2026-11-22, whole numbers without a point, no invisible control characters."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "ya" if cell else "tidak"
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = str(cell)
    if len(text) > MAX_CELL:
        raise UnreadableTable(_("Satu sel di baris ini berisi lebih dari %(most)d huruf.") % {"most": MAX_CELL}, number)
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))
    return "".join(c for c in text if c == "\n" or unicodedata.category(c) not in ("Cc", "Cs")).strip()


def as_csv(rows: Iterable[Sequence[str]]) -> bytes:
    """With a BOM, so that Excel reads it as UTF-8, and semicolons, as Excel in Indonesian wants."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";").writerows([plain(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(rows: Iterable[Sequence[str]], title: str) -> bytes:
    """Every cell as text: nothing that starts with "=" becomes a formula, no code loses its leading zero."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    for row in rows:
        sheet.append([_text_cell(sheet, text) for text in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _text_cell(sheet: Any, text: str) -> Any:
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, value=text)
    cell.data_type = "s"
    cell.number_format = "@"
    return cell
