"""Table import: a schema is declared, and every fault is named with its row and column."""

import io
from datetime import date

import pytest
from django.db.models import TextChoices

from cms.office import imports
from cms.office.imports import Column, Fault, Row, Schema


class Colour(TextChoices):
    RED = "merah", "Merah tua"
    BLUE = "biru", "Biru"


SCHEMA = Schema(
    (
        Column("kode", required=True),
        Column("warna", imports.one_of(Colour), empty=Colour.RED),
        Column("mulai", imports.day, empty=None),
        Column("contoh", imports.yes_no, empty=False),
        Column("isi", imports.items),
    )
)


def read(text):
    return imports.read(io.BytesIO(text.encode()), "a.csv", SCHEMA)


def test_cells_become_values_and_empty_cells_their_default():
    table = read("Kode;Warna;Mulai;Contoh;Isi\nA;Biru;22/11/2026;ya;satu | dua\nB;;;;\n")

    assert table.faults == []
    assert table.columns == ["kode", "warna", "mulai", "contoh", "isi"]
    assert table.rows == [
        Row(2, {"kode": "A", "warna": "biru", "mulai": date(2026, 11, 22), "contoh": True, "isi": "satu\ndua"}),
        Row(3, {"kode": "B", "warna": "merah", "mulai": None, "contoh": False, "isi": ""}),
    ]


def test_every_fault_is_named_with_its_row_and_column():
    table = read(
        "kode,warna,mulai,contoh\n,hijau,31/02/2026,mungkin\nB,biru,2026-01-01,ya\nC,biru,besok,ya\nD,1,2,3,4\n"
    )

    assert table.faults == [
        Fault(2, "contoh", "Tulis “ya” atau “tidak”."),
        Fault(2, "kode", "Sel ini wajib diisi."),
        Fault(2, "mulai", "“31/02/2026” bukan tanggal. Tulis seperti 2026-11-22 atau 22/11/2026."),
        Fault(2, "warna", "“hijau” tidak dikenal. Pakai: merah, biru."),
        Fault(4, "mulai", "“besok” bukan tanggal. Tulis seperti 2026-11-22 atau 22/11/2026."),
        Fault(5, "", "Baris ini berisi lebih banyak sel daripada kolom. Periksa pemisah dan petiknya."),
    ]
    assert [row.number for row in table.rows] == [3]


def test_missing_unknown_doubled_and_nameless_columns_are_named():
    table = read("warna,wrna,warna,,lain sekali\nbiru,x,y,z,1\n")

    assert [str(fault) for fault in table.faults] == [
        "Baris 1: Kolom ke-4 tidak bernama.",
        "Baris 1, kolom kode: Kolom ini tidak ada, padahal wajib.",
        "Baris 1, kolom lain sekali: Kolom ini tidak dikenal. Hapus, atau pakai nama dari berkas contoh.",
        "Baris 1, kolom warna: Kolom ini ada dua kali. Hapus salah satunya.",
        "Baris 1, kolom wrna: Kolom ini tidak dikenal. Mungkin maksud Anda “warna”.",
    ]


def test_a_file_that_cannot_be_read_is_one_fault():
    table = read("")

    assert [str(fault) for fault in table.faults] == [
        "Berkas ini kosong. Isi dahulu, dengan nama kolom di baris pertama."
    ]
    assert table.rows == []


def test_a_file_of_headings_only_says_so():
    assert [str(fault) for fault in read("kode,warna\n").faults] == [
        "Berkas ini hanya berisi nama kolom. Tambahkan barisnya, lalu coba lagi."
    ]


def test_a_repeated_value_names_the_row_that_had_it_first():
    table = read("kode,warna\nA,biru\nB,biru\nA,merah\nA,biru\n")

    imports.duplicates(table, "kode")

    assert table.faults == [
        Fault(4, "kode", "“A” sudah ada di baris 2. Hapus salah satunya."),
        Fault(5, "kode", "“A” sudah ada di baris 2. Hapus salah satunya."),
    ]


@pytest.mark.parametrize(
    "text", ["2026-11-02", "2026-11-2", "2/11/2026", "02-11-2026", "2.11.2026", "2 November 2026", "2 november 2026"]
)
def test_days_are_read_as_people_write_them(text):
    assert imports.day(text) == date(2026, 11, 2)
