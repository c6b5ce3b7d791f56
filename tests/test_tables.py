"""Tables that people send: whatever they hold, rows or a sentence come out."""

import io
import zipfile
from datetime import date, datetime

import openpyxl
import pytest

from cms.office import tables
from cms.office.exports import plain
from cms.office.tables import RawRow, UnreadableTable

KNOWN = ("kode", "nama", "biaya")


def read(content, name="layanan.csv", **limits):
    return tables.read(io.BytesIO(content), name, KNOWN, **limits)


def refusal(content, name="layanan.csv", **limits):
    with pytest.raises(UnreadableTable) as error:
        read(content, name, **limits)
    return str(error.value), error.value.row


def xlsx(*rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("times", [1, 2])
def test_the_mark_that_some_programs_put_first_is_no_part_of_a_name(times):
    assert read(b"\xef\xbb\xbf" * times + b"kode,nama\nIZ-01,a")[0].cells == ("kode", "nama")


def repacked(content, **changes):
    """The same XLSX with some of its parts replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, changes.get(part.rsplit("/")[-1].split(".")[0], old.read(part)))
    return out.getvalue()


ROWS = [RawRow(1, ("kode", "nama")), RawRow(2, ("IZ-01", "Izin Usaha, Kecil"))]


@pytest.mark.parametrize(
    "content",
    [
        b'kode,nama\nIZ-01,"Izin Usaha, Kecil"\n',
        b"kode;nama\r\nIZ-01;Izin Usaha, Kecil\r\n",
        b"kode\tnama\nIZ-01\tIzin Usaha, Kecil",
        b"\xef\xbb\xbfkode;nama\nIZ-01;Izin Usaha, Kecil\n",
        b"kode;nama;;\nIZ-01;Izin Usaha, Kecil;;\n",
        xlsx(["kode", "nama"], ["IZ-01", "Izin Usaha, Kecil"]),
    ],
    ids=["comma", "semicolon", "tab", "bom", "trailing", "xlsx"],
)
def test_every_common_form_gives_the_same_rows(content):
    assert read(content) == ROWS


def test_the_sep_line_of_excel_names_the_delimiter_and_counts_as_a_row():
    assert read(b"sep=;\nkode;nama\nIZ-01;a\n") == [RawRow(2, ("kode", "nama")), RawRow(3, ("IZ-01", "a"))]


def test_empty_rows_are_passed_over_and_numbers_stay_those_of_the_spreadsheet():
    assert [row.number for row in read(b"kode,nama\n\n,,\nIZ-01,a\n")] == [1, 4]
    assert [row.number for row in read(xlsx(["kode", "nama"], [], [None, " "], ["IZ-01", "a"]))] == [1, 4]


def test_a_cell_may_hold_lines():
    assert read(b'kode,nama\n1,"satu\r\ndua"\n2,x\n')[1:] == [RawRow(2, ("1", "satu\ndua")), RawRow(3, ("2", "x"))]


def test_cells_of_a_spreadsheet_become_text():
    moment = datetime(2026, 1, 2, 3)  # noqa: DTZ001  spreadsheets know no time zones
    content = xlsx(["kode", "nama", "biaya"], [10710, 2.5, True], [10710.0, date(2026, 11, 22), moment])

    assert [row.cells for row in read(content)[1:]] == [("10710", "2.5", "ya"), ("10710", "2026-11-22", "2026-01-02")]


def test_a_formula_is_not_computed():
    assert [row.cells for row in read(xlsx(["kode", "nama"], ["IZ-01", "=1+1"]))[1:]] == [("IZ-01",)]


def test_invisible_control_characters_are_dropped():
    assert read(b"kode,nama\nIZ\x07-01,a\tb\n")[1].cells == ("IZ-01", "a b")


@pytest.mark.parametrize(
    ("content", "name", "words", "row"),
    [
        (b"", "a.csv", "kosong", None),
        (b" \n\n", "a.csv", "kosong", None),
        (b"x" * (tables.MAX_BYTES + 1), "a.csv", "lebih besar dari 5 MB", None),
        (b"kode|nama\nIZ-01|a", "a.csv", "dipisahkan koma, titik koma atau tab", 1),
        (b"satu,dua\n1,2", "a.csv", "Nama kolom: biaya, kode, nama", 1),
        ("kode,nama\nIZ-01,a\nIZ-02,café".encode("cp1252"), "a.csv", "Windows-1252", 3),
        ("kode,nama\nIZ-01,a".encode("utf-16"), "a.csv", "UTF-16", None),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "a.csv", "bukan tabel", None),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.xls", "Excel lama", None),
        (b"kode,nama\nIZ-01,a", "a.xlsx", "isinya bukan XLSX", None),
        (b'kode,nama\nIZ-01,"tak ditutup\nIZ-02,a\n', "a.csv", "tanda petik", 2),
        (b"kode,nama\nIZ-01," + b"x" * 10_001, "a.csv", "lebih dari 10000 huruf", 2),
        (b"kode,nama\nIZ-01," + b"x" * 140_000, "a.csv", "tidak terbaca", 2),
        (b"kode,nama\nIZ-01" + b",x" * 101, "a.csv", "lebih dari 100 kolom", 2),
        (b"PK\x03\x04 rusak", "a.xlsx", "rusak", None),
        (xlsx(["kode", "nama"])[:500], "a.xlsx", "rusak", None),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_explained(content, name, words, row):
    text, where = refusal(content, name)

    assert words in text
    assert where == row


def test_too_many_rows_are_refused_also_where_the_rows_between_are_empty():
    body = "\n".join(f"IZ-{number},a" for number in range(11))

    assert "lebih dari 10 baris" in refusal(f"kode,nama\n{body}".encode(), max_rows=10)[0]
    assert "lebih dari 10 baris" in refusal(xlsx(["kode"], *[["x"]] * 11), max_rows=10)[0]
    assert len(read(f"kode,nama\n{body}".encode(), max_rows=11)) == 12


def test_a_zip_bomb_is_refused_before_it_is_unpacked():
    bomb = repacked(xlsx(["kode"]), sheet1=b"0" * (tables.MAX_UNPACKED + 1))

    assert len(bomb) < 100_000
    assert "terlalu besar" in refusal(bomb)[0]


def test_a_file_of_very_many_parts_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number in range(tables.MAX_PARTS + 1):
            archive.writestr(f"xl/{number}.xml", b"")

    assert "terlalu besar" in refusal(out.getvalue())[0]


LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&c;</t></is></c></row></sheetData></worksheet>"""


@pytest.mark.parametrize(
    "changes",
    [
        {"sheet1": LAUGHS},
        {"sheet1": b"<worksheet><sheetData><row r='x'>"},
        {"sheet1": b"bukan xml"},
        {"workbook": b"<workbook/>"},
        {"[Content_Types]": b""},
        {"styles": b"<styleSheet>"},
    ],
    ids=["entities", "cut", "no-xml", "no-sheets", "no-types", "styles"],
)
def test_a_hostile_or_broken_workbook_is_explained(changes):
    assert "rusak" in refusal(repacked(xlsx(["kode"], ["IZ-01"]), **changes))[0]


def test_an_ordinary_zip_is_no_table():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("surat.txt", "halo")

    assert "rusak" in refusal(out.getvalue())[0]


def test_a_cell_at_the_end_of_the_sheet_costs_nothing_and_is_refused():
    sheet = b"""<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>
    <row r="1"><c r="A1" t="inlineStr"><is><t>kode</t></is></c><c r="XFD1" t="inlineStr"><is><t>x</t></is></c></row>
    <row r="1048576"><c r="A1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData></worksheet>"""

    assert read(repacked(xlsx(["kode"]), sheet1=sheet), max_rows=10)[0].cells == ("kode",)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_what_we_write_we_read_and_nothing_becomes_a_formula(form):
    rows = [("kode", "nama"), ("0071", "=cmd|' /C calc'!A0"), ("IZ-02", "satu\ndua; tiga")]
    content = tables.as_csv(rows) if form == "csv" else tables.as_xlsx(rows, "Layanan")

    guard = "'" if form == "csv" else ""
    assert [row.cells for row in read(content)] == [rows[0], ("0071", f"{guard}=cmd|' /C calc'!A0"), rows[2]]


@pytest.mark.parametrize(
    ("cell", "written"),
    [("@SUM(A1)", "'@SUM(A1)"), ("-2+3", "'-2+3"), ("\tx", "'\tx"), ("-12,5", "-12,5"), (-3, -3), ("Gratis", "Gratis")],
)
def test_an_apostrophe_keeps_words_words_and_numbers_numbers(cell, written):
    assert plain(cell) == written


def test_a_heading_too_long_for_any_cell_is_refused():
    assert "Satu sel di baris ini" in refusal(b"kode,nama" + b"a" * 140_000)[0]
