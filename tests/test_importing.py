"""The catalogue from a table: matched by code, all or nothing, a second time without effect."""

import io
import json
from datetime import date

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command

from campaigns import importing
from campaigns.licence_table import template
from campaigns.models import KbliCode, LicenceFact, LicencePage
from cms.office import tables, trail
from cms.office.models import Role, Trail
from tests import factories

pytestmark = pytest.mark.django_db

HEAD = "kode;nama;jenis;sektor;status;pengganti;risiko;kbli;contoh;persyaratan;biaya;berlaku_mulai;sumber\n"
APOTEK = "IZ-31;Izin Apotek;izin;Kesehatan;berlaku;;tinggi;2020:47721;ya;KTP | STRA;Gratis;2026-01-01;Perda 1\n"
SIUP = "IZ-04;SIUP;izin;Perdagangan;diganti;NI-09;;;ya;;;;\n"
NIB = "NI-09;Pendampingan NIB;non_izin;Penanaman modal;;;;;ya;KTP;Gratis;2026-01-01;Perda 1\n"


def file(*rows, head=HEAD):
    return io.BytesIO((head + "".join(rows)).encode())


def take_in(*rows, by=None, **options):
    return importing.take_in(file(*rows, **options), "layanan.csv", by=by)


def faults(*rows, **options):
    return [(fault.row, fault.column, fault.text) for fault in take_in(*rows, **options).faults]


def counts(report):
    return report.new, report.changed, report.same


def everything():
    return LicencePage.objects.count(), LicenceFact.objects.count(), Trail.objects.count()


def test_licences_and_their_facts_come_in_and_are_public(user_in):
    user = user_in(Role.COMMUNICATIONS)

    report = take_in(SIUP, NIB, APOTEK, by=user)

    assert (counts(report), report.faults) == ((3, 0, 0), [])
    apotek = LicencePage.objects.get(code="IZ-31")
    assert (apotek.title, apotek.slug, apotek.kind, apotek.sector, apotek.risk, apotek.is_example, apotek.live) == (
        "Izin Apotek",
        "izin-apotek",
        "izin",
        "Kesehatan",
        "tinggi",
        True,
        True,
    )
    assert [str(code) for code in apotek.kbli_codes.all()] == ["47721 (KBLI 2020)"]
    assert list(apotek.facts.values_list("key", "value", "valid_from", "source", "recorded_by")) == [
        ("biaya", "Gratis", date(2026, 1, 1), "Perda 1", user.pk),
        ("persyaratan", "KTP\nSTRA", date(2026, 1, 1), "Perda 1", user.pk),
    ]
    assert LicencePage.objects.get(code="IZ-04").successor.code == "NI-09"
    assert trail.of(apotek.get_parent().specific).first().text == (
        "Katalog layanan diimpor: 3 baru, 0 berubah, 0 tetap."
    )


def test_the_same_file_again_writes_nothing():
    take_in(SIUP, NIB, APOTEK)
    before = everything(), list(LicencePage.objects.values_list("latest_revision", flat=True))

    report = take_in(SIUP, NIB, APOTEK)

    assert (counts(report), report.faults) == ((0, 0, 3), [])
    assert (everything(), list(LicencePage.objects.values_list("latest_revision", flat=True))) == before


def test_a_dry_run_writes_nothing_and_tells_what_would_change():
    take_in(SIUP, NIB, APOTEK)
    before = everything()

    changed = (
        APOTEK.replace("Izin Apotek", "Izin Usaha Apotek").replace("Gratis", "Rp50.000").replace("2020:4", "2025:4")
    )
    report = importing.check(file(NIB, changed), "layanan.csv")

    assert everything() == before
    assert [(entry.code, str(entry.state), entry.changes) for entry in report.entries] == [
        ("NI-09", "tetap", []),
        ("IZ-31", "berubah", ["nama: Izin Usaha Apotek", "kbli: 2025:47721", "biaya: Rp50.000"]),
    ]


def test_a_changed_row_changes_the_page_its_history_and_only_the_fact_that_differs():
    take_in(NIB, APOTEK)
    page = LicencePage.objects.get(code="IZ-31")

    take_in(APOTEK.replace("Apotek", "Toko Obat").replace("Gratis", "Rp5.000").replace("2020:47721", "2025:47722"))

    changed = LicencePage.objects.get(code="IZ-31")
    assert (changed.pk, changed.title, changed.slug) == (page.pk, "Izin Toko Obat", "izin-apotek")
    assert changed.get_latest_revision_as_object().title == "Izin Toko Obat"
    assert list(KbliCode.objects.filter(licence=changed).values_list("edition", "code")) == [(2025, "47722")]
    assert list(changed.facts.order_by("pk").values_list("key", "value")) == [
        ("persyaratan", "KTP\nSTRA"),
        ("biaya", "Gratis"),
        ("biaya", "Rp5.000"),
    ]


def test_columns_that_are_absent_and_empty_fact_cells_change_nothing():
    take_in(SIUP, NIB, APOTEK)

    report = take_in("IZ-31;Izin Apotek;izin;Kesehatan;\n", head="kode;nama;jenis;sektor;biaya\n")

    assert (counts(report), report.faults) == ((0, 0, 1), [])


def test_a_licence_becomes_replaced_and_in_force_again():
    take_in(NIB, APOTEK)
    replaced = APOTEK.replace("berlaku;;", "diganti;ni-09;")

    take_in(replaced)
    assert LicencePage.objects.get(code="IZ-31").successor.code == "NI-09"
    take_in(APOTEK)
    assert LicencePage.objects.get(code="IZ-31").successor is None


def test_successors_may_stand_anywhere_in_the_file_and_form_chains():
    chain = [f"A-{n};Izin {n};izin;Umum;diganti;A-{n + 1};;;;;;;\n" for n in range(5)]

    report = take_in(*chain, "A-5;Izin 5;izin;Umum;berlaku;;;;;;;;\n")

    assert counts(report) == (6, 0, 0)
    assert LicencePage.objects.get(code="A-0").current.code == "A-5"


def test_two_licences_of_one_name_get_two_addresses():
    take_in(APOTEK, APOTEK.replace("IZ-31", "IZ-32"))

    assert list(LicencePage.objects.order_by("code").values_list("slug", flat=True)) == ["izin-apotek", "izin-apotek-2"]


def test_every_fault_of_the_file_is_named_and_nothing_is_written():
    found = faults(
        "IZ-31;Izin Apotek;ijin;Kesehatan;berlaku;;sedang;2020-47721;ya;;;;\n",
        "IZ-32;;izin;Kesehatan;berlaku;;;;;;;;\n",
        "IZ-33;Izin Optik;izin;Kesehatan;diganti;IZ-99;;;;;;;\n",
        "IZ-34;Izin Klinik;izin;Kesehatan;diganti;;;;;;;;\n",
        "IZ-35;Izin Lab;izin;Kesehatan;berlaku;IZ-33;;;;;;;\n",
        "IZ-36;Izin Gizi;izin;Kesehatan;diganti;IZ-31;;;;KTP;;;\n",
        "IZ-35;Izin Dua;izin;Kesehatan;;;;;;;;1026-01-01;\n",
        "IZ 37;Izin Spasi;izin;Kesehatan;;;;;;;;;\n",
        f"IZ-38;Izin Panjang;izin;Kesehatan;diganti;{'izin-optik-' * 5};;;;;;;\n",
    )

    assert found == [
        (2, "jenis", "“ijin” tidak dikenal. Pakai: izin, non_izin."),
        (2, "kbli", "“2020-47721” bukan KBLI. Tulis edisi dan kode, misalnya 2020:10710;2025:10711."),
        (2, "risiko", "“sedang” tidak dikenal. Pakai: rendah, menengah_rendah, menengah_tinggi, tinggi."),
        (3, "nama", "Sel ini wajib diisi."),
        (4, "pengganti", "Kode IZ-99 tidak ada, baik di berkas ini maupun di katalog."),
        (5, "pengganti", "Isi pengganti bila status “diganti”, dan hanya bila begitu."),
        (6, "pengganti", "Isi pengganti bila status “diganti”, dan hanya bila begitu."),
        (7, "sumber", "Tulis sumbernya, karena baris ini memuat isi layanan."),
        (8, "kode", "“IZ-35” sudah ada di baris 6. Hapus salah satunya."),
        (9, "kode", "Kode memakai huruf besar, angka dan tanda hubung."),
        (10, "pengganti", f"Kode {('IZIN-OPTIK-' * 5)[:40]} tidak ada, baik di berkas ini maupun di katalog."),
    ]
    assert everything() == (0, 0, 0)


@pytest.mark.parametrize(("heading", "likely"), [("kodee", " Mungkin maksud Anda “kode”."), ("nomor", "")])
def test_a_file_whose_codes_have_no_column_is_refused_in_words(heading, likely):
    report = take_in(NIB, SIUP, head=HEAD.replace("kode", heading))

    assert {(fault.row, fault.column) for fault in report.faults} == {(1, heading), (1, "kode")}
    assert any(likely in fault.text for fault in report.faults)
    assert (report.entries, LicencePage.objects.count()) == ([], 0)


def test_the_report_shows_yes_and_no_as_they_are_typed():
    take_in(NIB)

    assert take_in(NIB.replace(";ya;", ";tidak;")).entries[0].changes == ["contoh: tidak"]


def test_circles_of_successors_are_named_within_a_file_and_across_the_catalogue():
    row = "{0};Izin {0};izin;Umum;diganti;{1};;;;;;;\n".format
    take_in(row("A", "B"), "B;Izin B;izin;Umum;berlaku;;;;;;;;\n")

    assert faults(row("C", "D"), row("D", "C"), row("E", "E")) == [
        (2, "pengganti", "Pengganti berputar kembali ke layanan ini: C → D → C."),
        (3, "pengganti", "Pengganti berputar kembali ke layanan ini: D → C → D."),
        (4, "pengganti", "Pengganti berputar kembali ke layanan ini: E → E."),
    ]
    assert faults(row("B", "A")) == [(2, "pengganti", "Pengganti berputar kembali ke layanan ini: B → A → B.")]
    assert LicencePage.objects.get(code="B").successor is None


def test_a_draft_that_somebody_is_writing_is_not_overwritten():
    take_in(NIB, APOTEK)
    page = LicencePage.objects.get(code="IZ-31")
    page.title = "Draf"
    page.save_revision()
    locked = LicencePage.objects.get(code="NI-09")
    locked.locked = True
    locked.save()

    found = faults(NIB.replace("NIB", "OSS"), APOTEK.replace("Apotek", "Toko"))

    assert found == [
        (2, "", "Halaman layanan ini dikunci. Buka kuncinya dahulu, lalu impor lagi."),
        (3, "", "Layanan ini sedang disunting: ada draf yang belum diterbitkan. Terbitkan dahulu, lalu impor lagi."),
    ]
    assert faults(APOTEK.replace("Gratis", "Rp1")) == []


def test_what_fails_half_way_leaves_nothing_behind():
    may_import_only = factories.UserFactory()
    may_import_only.user_permissions.add(Permission.objects.get(codename="import_licences"))

    with pytest.raises(PermissionDenied):  # after the pages, at the first fact
        take_in(SIUP, NIB, APOTEK, by=may_import_only)

    assert everything() == (0, 0, 0)


@pytest.mark.parametrize("role", Role)
def test_only_those_who_keep_the_catalogue_import(user_in, role):
    user = user_in(role)

    if role in (Role.ADMINISTRATOR, Role.COMMUNICATIONS):
        take_in(NIB, by=user)
    else:
        with pytest.raises(PermissionDenied):
            take_in(NIB, by=user)

    assert LicencePage.objects.exists() is (role in (Role.ADMINISTRATOR, Role.COMMUNICATIONS))


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_template_can_be_taken_in_as_it_is(form):
    content = tables.as_csv(template()) if form == "csv" else tables.as_xlsx(template(), "Layanan")

    report = importing.take_in(io.BytesIO(content), f"contoh.{form}", by=None)

    assert (counts(report), report.faults) == ((1, 0, 0), [])


def run(path, *options):
    out = io.StringIO()
    code = 0
    try:
        call_command("import_licences", str(path), *options, stdout=out)
    except SystemExit as error:
        code = error.code
    return code, out.getvalue()


def test_the_command_reports_writes_and_fails_loudly(tmp_path):
    good, bad = tmp_path / "baik.csv", tmp_path / "salah.csv"
    good.write_bytes(file(SIUP, NIB).getvalue())
    bad.write_bytes(file(SIUP).getvalue())

    assert run(good, "--dry-run") == (0, "2 baru, 0 berubah, 0 tetap. Belum ditulis (uji coba).\n")
    assert LicencePage.objects.count() == 0
    assert run(good) == (0, "2 baru, 0 berubah, 0 tetap. Sudah ditulis.\n")
    assert run(good)[1] == "0 baru, 0 berubah, 2 tetap. Sudah ditulis.\n"
    bad.write_bytes(file(SIUP.replace("NI-09", "XX")).getvalue())
    code, words = run(bad)
    assert (code, words.splitlines()[1]) == (
        1,
        "  Baris 2, kolom pengganti: Kode XX tidak ada, baik di berkas ini maupun di katalog.",
    )


def test_the_command_speaks_json(tmp_path):
    path = tmp_path / "salah.csv"
    path.write_bytes(file(SIUP).getvalue())

    code, words = run(path, "--json")

    assert (code, json.loads(words)) == (
        1,
        {
            "written": False,
            "new": 1,
            "changed": 0,
            "same": 0,
            "faults": [
                {
                    "row": 2,
                    "column": "pengganti",
                    "text": "Kode NI-09 tidak ada, baik di berkas ini maupun di katalog.",
                }
            ],
            "entries": [{"row": 2, "code": "IZ-04", "title": "SIUP", "state": "baru"}],
        },
    )


def test_a_file_that_is_not_there_is_a_sentence(tmp_path):
    with pytest.raises(CommandError, match="tidak dapat dibuka"):
        run(tmp_path / "tiada.csv")


def test_a_page_may_not_be_edited_into_a_circle():
    take_in(SIUP, NIB)
    nib = LicencePage.objects.get(code="NI-09")
    nib.status, nib.successor = "diganti", LicencePage.objects.get(code="IZ-04")

    with pytest.raises(Exception, match="akhirnya kembali ke layanan ini"):
        nib.full_clean()


def test_a_plain_new_licence_needs_no_facts():
    licence = factories.LicencePageFactory(code="IZ-50", title="Lama", sector="Umum")

    report = take_in("IZ-50;Lama;izin;Umum;;;;;;;;;\n")

    assert (counts(report), licence.facts.count()) == ((0, 0, 1), 0)
