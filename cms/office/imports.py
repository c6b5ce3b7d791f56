"""Table import for every app: a declared schema, every fault with its row and column, nothing half-read.

An app declares a `Schema`, calls `read`, and writes only if `Table.faults` stays empty after its own checks.
"""

import difflib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, BinaryIO

from django.core.exceptions import ValidationError
from django.db.models import Choices, Field
from django.utils.dates import MONTHS
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from cms.office import tables

YES_NO = {"ya": True, "y": True, "1": True, "tidak": False, "t": False, "0": False}


@dataclass(frozen=True, order=True)
class Fault:
    """What is wrong, where, and what to do; row 0 is the file as a whole, column "" the row as a whole."""

    row: int
    column: str
    text: str

    def __str__(self) -> str:
        if not self.row:
            return self.text
        if not self.column:
            return _("Baris %(row)d: %(text)s") % {"row": self.row, "text": self.text}
        return _("Baris %(row)d, kolom %(column)s: %(text)s") % vars(self)


@dataclass(frozen=True)
class Column:
    """`required`: the column must be there and every cell filled. `convert` takes the text of a filled cell and raises
    ValidationError or ValueError with a sentence; an empty cell gives `empty`."""

    name: str
    convert: Callable[[str], Any] = str
    required: bool = False
    empty: Any = ""
    help: str | Promise = ""


@dataclass(frozen=True)
class Row:
    """The values of the columns that the file has; `number` as the spreadsheet counts."""

    number: int
    values: Mapping[str, Any]


@dataclass
class Table:
    """`broken` are the rows with a faulty cell, holding the values that could be read."""

    columns: list[str] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    broken: list[Row] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def blame(self, row: int, column: str, text: str) -> None:
        self.faults.append(Fault(row, column, text))


@dataclass(frozen=True)
class Schema:
    columns: tuple[Column, ...]
    max_rows: int = tables.MAX_ROWS

    @property
    def names(self) -> list[str]:
        return [column.name for column in self.columns]


def read(file: BinaryIO, name: str, schema: Schema) -> Table:
    """All rows that could be read, and every fault; rows with a faulty cell are in `broken`."""
    table = Table()
    try:
        head, *body = tables.read(file, name, schema.names, max_rows=schema.max_rows)
    except tables.UnreadableTable as error:
        table.blame(error.row or 0, "", str(error))
        return table
    columns = _columns(head, schema, table)
    if not body:
        table.blame(0, "", _("Berkas ini hanya berisi nama kolom. Tambahkan barisnya, lalu coba lagi."))
    for raw in body:
        _read_row(raw, columns, table)
    if not {column.name for column in schema.columns if column.required} <= set(table.columns):
        table.broken, table.rows = [*table.broken, *table.rows], []  # nobody can work with what lacks its key
    table.faults.sort()
    return table


def _columns(head: tables.RawRow, schema: Schema, table: Table) -> list[Column | None]:
    """For each place in a row its column; None for places that are unknown and already blamed."""
    known = {column.name: column for column in schema.columns}
    found: list[Column | None] = []
    for place, text in enumerate(head.cells, 1):
        name = tables.heading(text)
        if not name:
            table.blame(head.number, "", _("Kolom ke-%(place)d tidak bernama.") % {"place": place})
        elif name not in known:
            table.blame(head.number, text[:60], _unknown(name, known))
        elif name in table.columns:
            table.blame(head.number, name, _("Kolom ini ada dua kali. Hapus salah satunya."))
        else:
            table.columns.append(name)
            found.append(known[name])
            continue
        found.append(None)
    for column in schema.columns:
        if column.required and column.name not in table.columns:
            table.blame(head.number, column.name, _("Kolom ini tidak ada, padahal wajib."))
    return found


def _unknown(name: str, known: Mapping[str, Column]) -> str:
    alike = difflib.get_close_matches(name[:60], known, n=1)
    if alike:
        return _("Kolom ini tidak dikenal. Mungkin maksud Anda “%(name)s”.") % {"name": alike[0]}
    return _("Kolom ini tidak dikenal. Hapus, atau pakai nama dari berkas contoh.")


def _read_row(raw: tables.RawRow, columns: list[Column | None], table: Table) -> None:
    if len(raw.cells) > len(columns):
        table.blame(
            raw.number, "", _("Baris ini berisi lebih banyak sel daripada kolom. Periksa pemisah dan petiknya.")
        )
        return
    cells = raw.cells + ("",) * (len(columns) - len(raw.cells))
    values, faulty = {}, False
    for column, text in zip(columns, cells, strict=True):
        if column is None:
            continue
        try:
            values[column.name] = _value(column, text)
        except ValidationError as error:
            faulty = True
            table.blame(raw.number, column.name, " ".join(error.messages))
        except ValueError as error:
            faulty = True
            table.blame(raw.number, column.name, str(error))
    (table.broken if faulty else table.rows).append(Row(raw.number, values))


def _value(column: Column, text: str) -> Any:
    if text:
        return column.convert(text)
    if column.required:
        raise ValidationError(_("Sel ini wajib diisi."))
    return column.empty


def duplicates(table: Table, column: str) -> None:
    """Blame every row that repeats a value of this column, naming the row that had it first."""
    first: dict[Any, int] = {}
    for row in table.rows:
        value = row.values.get(column)
        if value in first:
            words = {"value": value, "row": first[value]}
            table.blame(row.number, column, _("“%(value)s” sudah ada di baris %(row)d. Hapus salah satunya.") % words)
        else:
            first[value] = row.number


# Converters: text of a filled cell in, value out; each raises a sentence.


def as_field(field: Field) -> Callable[[str], Any]:
    """Whatever the model's own field takes, length and validators included."""

    def convert(text: str) -> Any:
        return field.clean(text, None)

    return convert


def one_of(choices: type[Choices]) -> Callable[[str], Any]:
    """A choice by its value or by its words, in any case."""
    words = {tables.heading(str(key)): value for value, label in choices.choices for key in (value, label)}

    def convert(text: str) -> Any:
        value = words.get(tables.heading(text))
        if value is None:
            raise ValidationError(
                _("“%(text)s” tidak dikenal. Pakai: %(all)s.") % {"text": text[:40], "all": ", ".join(choices.values)}
            )
        return value

    return convert


def yes_no(text: str) -> bool:
    if text.casefold() not in YES_NO:
        raise ValidationError(_("Tulis “ya” atau “tidak”."))
    return YES_NO[text.casefold()]


def items(text: str) -> str:
    """Items split by line or by " | ", one a line."""
    return "\n".join(part.strip() for line in text.split("\n") for part in line.split(" | ") if part.strip())


def day(text: str) -> date:
    """2026-11-22, 22/11/2026, 22-11-2026, 22.11.2026 or 22 November 2026."""
    wrong = ValidationError(
        _("“%(text)s” bukan tanggal. Tulis seperti 2026-11-22 atau 22/11/2026.") % {"text": text[:40]}
    )
    if match := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text):
        year, month, number = map(int, match.groups())
    elif match := re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", text):
        number, month, year = map(int, match.groups())
    elif match := re.fullmatch(r"(\d{1,2}) ([^\W\d]+) (\d{4})", text):
        months = {str(words).casefold(): place for place, words in MONTHS.items()}
        number, month, year = int(match[1]), months.get(match[2].casefold(), 0), int(match[3])
    else:
        raise wrong
    try:
        return date(year, month, number)
    except ValueError as error:
        raise wrong from error
