"""The columns of a licence table: how a licence is written in a CSV or XLSX file."""

import re
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from campaigns import facts
from campaigns.models import FactKey, KbliCode, LicencePage
from cms.office.imports import Column, Schema, as_field, day, items, one_of, yes_no

MAX_ROWS = 500
CODE, TITLE, STATUS, SUCCESSOR, KBLI = "kode", "nama", "status", "pengganti", "kbli"
VALID_FROM, SOURCE = "berlaku_mulai", "sumber"
FIELDS = {TITLE: "title", "jenis": "kind", "sektor": "sector", STATUS: "status", "risiko": "risk"}
FIELDS |= {"alamat_oss": "oss_url", "contoh": "is_example"}
Kbli = tuple[tuple[int, str], ...]


def _field(name: str) -> Callable[[str], Any]:
    return as_field(LicencePage._meta.get_field(name))


def _code(text: str) -> str:
    return str(_field("code")(text.upper()))


def kbli(text: str) -> Kbli:
    """ "2020:10710;2025:10711" → ((2020, "10710"), (2025, "10711")), sorted, each once."""
    found = set()
    for part in re.split(r"[;,\n]", text):
        if not part.strip():
            continue
        match = re.fullmatch(r"(\d{4})\s*:\s*(\d{5})", part.strip())
        if not match or int(match[1]) not in KbliCode.Edition.values:
            wrong = {"part": part.strip()[:40]}
            raise ValidationError(
                _("“%(part)s” bukan KBLI. Tulis edisi dan kode, misalnya 2020:10710;2025:10711.") % wrong
            )
        found.add((int(match[1]), match[2]))
    return tuple(sorted(found))


def _fact(key: str) -> Callable[[str], str]:
    return lambda text: facts.tidy(key, items(text))


_FACT_HELP = _("Pisahkan butir dengan “ | ” atau baris baru; sel kosong tidak mengubah apa pun.")
SCHEMA = Schema(
    (
        Column(CODE, _code, required=True, help=_("Misalnya IZ-01. Baris dicocokkan dengan katalog lewat kode ini.")),
        Column(TITLE, _field("title"), required=True, help=_("Nama layanan.")),
        Column("jenis", one_of(LicencePage.Kind), required=True, help=_("izin atau non_izin.")),
        Column("sektor", _field("sector"), required=True, help=_("Misalnya Kesehatan.")),
        Column(
            STATUS,
            one_of(LicencePage.Status),
            empty=LicencePage.Status.IN_FORCE.value,
            help=_("berlaku, diganti atau dicabut; kosong berarti berlaku."),
        ),
        Column(SUCCESSOR, str.upper, help=_("Kode pengganti; hanya untuk layanan yang diganti.")),
        Column(
            "risiko",
            one_of(LicencePage.Risk),
            help=_("rendah, menengah_rendah, menengah_tinggi atau tinggi."),
        ),
        Column("alamat_oss", _field("oss_url"), help=_("Alamat lengkap di OSS, mulai dari https://.")),
        Column(KBLI, kbli, empty=(), help=_("Edisi dan kode, misalnya 2020:10710;2025:10711.")),
        Column("contoh", yes_no, empty=False, help=_("ya untuk data contoh.")),
        *(Column(key.value, _fact(key.value), help=_FACT_HELP) for key in FactKey),
        Column(VALID_FROM, day, empty=None, help=_("Tanggal isi mulai berlaku; kosong berarti hari ini.")),
        Column(SOURCE, help=_("Peraturan atau keputusan; wajib bila ada isi layanan.")),
    ),
    max_rows=MAX_ROWS,
)

EXAMPLE = {
    CODE: "IZ-01",
    TITLE: "Izin Apotek",
    "jenis": "izin",
    "sektor": "Kesehatan",
    STATUS: "berlaku",
    "risiko": "menengah_tinggi",
    KBLI: "2020:47721;2025:47721",
    "persyaratan": "KTP pemilik | STRA apoteker | Denah bangunan",
    "prosedur": "Ajukan lewat OSS | Petugas memeriksa lokasi | Izin terbit",
    "waktu": "7 hari kerja",
    "biaya": "Gratis",
    "produk": "Sertifikat Standar terverifikasi",
    "pengaduan": "Datang ke loket pengaduan atau kirim WhatsApp",
    VALID_FROM: "2026-01-01",
    SOURCE: "SK standar pelayanan",
}


def template() -> list[list[str]]:
    """The file to start from: the column names and one example row."""
    return [SCHEMA.names, [EXAMPLE.get(name, "") for name in SCHEMA.names]]
