"""A leaflet goes out only with approved words, a code that leads there and licences to prepare for."""

import hashlib
import json
from datetime import date
from io import BytesIO
from itertools import product

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command

from campaigns import qr
from campaigns.models import Code, FactKey
from cms.office.models import OfficeSettings, Role
from media_assets import leaflets
from media_assets.models import Approval, SenjangCredit
from tests import factories

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 21)


def fact(licence, key, value, **fields):
    return factories.LicenceFactFactory(licence=licence, key=key, value=value, **fields)


@pytest.fixture
def licence():
    licence = factories.LicencePageFactory(title="Nomor Induk Berusaha")
    fact(licence, FactKey.REQUIREMENTS, "KTP elektronik\nNPWP")
    fact(licence, FactKey.STEPS, "Buat akun OSS\nIsi data usaha")
    fact(licence, FactKey.TIME, "1 hari kerja")
    fact(licence, FactKey.FEE, "Gratis")
    return licence


@pytest.fixture
def code(licence):
    code = factories.CodeFactory(code="7K3F9M", page=factories.SenjangPageFactory(title="Ngurus Izin", published=True))
    code.licences.add(licence)
    return code


@pytest.fixture
def senjang(code):
    return code.page.specific


@pytest.fixture
def office():
    office = OfficeSettings.load()
    office.address = "Jalan Kolonel Wahid Udin\nSekayu"
    office.hours.create(weekday=1, opens="07:30", closes="16:00")
    office.whatsapp_lines.create(number="0812 3456 7890")
    office.save()
    return office


def words(file):
    document = pypdfium2.PdfDocument(file)
    text = [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]
    document.close()
    return text


def refusals(senjang, code, **options):
    with pytest.raises(ValidationError) as refusal:
        leaflets.render(senjang, code, by=None, **options)
    return refusal.value.messages


def test_the_front_invites_and_the_back_says_what_is_needed(senjang, code, office):
    senjang.credits.add(SenjangCredit(person=factories.PersonFactory(name="Rusdi Hamid"), role="penulis"))

    front, back = words(leaflets.render(senjang, code, by=None, day=DAY))

    told = ["Ngurus Izin", "Ngurus izin idak lah saro Datang ke kantor disambut rami", "arti Ngurus izin idak lah saro"]
    assert [line for line in [*told, "7K3F9M", "bersenjang.example/q/7K3F9M"] if line not in front] == []
    needed = ["Berlaku per Sabtu, 21 November 2026", "Nomor Induk Berusaha", "KTP elektronik", "NPWP", "Buat akun OSS"]
    needed += ["Waktu 1 hari kerja", "Biaya Gratis", "Jalan Kolonel Wahid Udin, Sekayu", "Senin 07.30–16.00 WIB"]
    needed += ["WhatsApp 0812 3456 7890", "Lirik: Rusdi Hamid.", "Lirik disetujui Lembaga Adat pada"]
    assert [line for line in needed if line not in back] == []


def test_the_facts_are_those_in_force_on_the_day(senjang, code, licence):
    fact(licence, FactKey.FEE, "Rp50.000", valid_from=date(2027, 1, 1))

    before, after = (words(leaflets.render(senjang, code, by=None, day=day))[1] for day in (DAY, date(2027, 1, 1)))

    assert ["Biaya Gratis" in before, "Biaya Rp50.000" in after] == [True, True]


def test_the_paper_is_a5_with_three_millimetres_of_bleed_and_tags(senjang, code):
    with pikepdf.open(BytesIO(leaflets.render(senjang, code, by=None))) as document:
        boxes = [
            [round((float(box[2]) - float(box[0])) * 25.4 / 72), round((float(box[3]) - float(box[1])) * 25.4 / 72)]
            for page in document.pages
            for box in (page.mediabox, page.bleedbox, page.trimbox)
        ]

        assert boxes == [[154, 216], [154, 216], [148, 210]] * 2
        assert (bool(document.Root.MarkInfo.Marked), str(document.Root.Lang)) == (True, "id")
        assert "/StructTreeRoot" in document.Root
        assert document.open_metadata()["pdfuaid:part"] == "1"


def test_the_printed_code_reads_as_its_address_and_is_large_enough(senjang, code):
    document = pypdfium2.PdfDocument(leaflets.render(senjang, code, by=None))
    picture = document[0].render(scale=150 / 72).to_pil()
    document.close()

    found = zxingcpp.read_barcodes(picture)

    assert [barcode.text for barcode in found] == [qr.address(code.code)]
    corners = found[0].position
    modules = qr.side(code.code) - 2 * qr.QUIET
    assert (corners.top_right.x - corners.top_left.x) / 150 * 25.4 / modules > leaflets.MODULE_MM


def line_of(letters):
    return ("Bait yang panjang sekali isinya " * 40)[:letters]


@pytest.mark.parametrize(("lines", "letters"), [*product((1, 6, 10, 24), (12, 80, 400))])
def test_no_stanza_is_too_much_for_the_page(licence, lines, letters):
    stanza = factories.stanza(*[line_of(letters)] * lines)
    senjang = factories.SenjangPageFactory(title=line_of(min(letters, 250)), isi=stanza, published=True)
    code = factories.CodeFactory(page=senjang)
    code.licences.add(licence)

    text = words(leaflets.render(senjang, code, by=None))

    assert len(text) == 2
    assert code.code in text[0]
    assert "Lirik disetujui" in text[1]


@pytest.mark.parametrize(("count", "requirements", "letters"), [*product((1, 5, 12), (1, 9, 30), (20, 300))])
def test_no_licence_is_too_much_for_the_back(senjang, code, count, requirements, letters):
    code.licences.clear()
    for _n in range(count):
        licence = factories.LicencePageFactory(title=line_of(min(letters, 200)))
        fact(licence, FactKey.REQUIREMENTS, "\n".join([line_of(letters)] * requirements))
        fact(licence, FactKey.FEE, line_of(letters))
        code.licences.add(licence)

    text = words(leaflets.render(senjang, code, by=None))

    assert len(text) == 2
    assert "Lirik disetujui" in text[1]
    if (count, requirements) == (12, 30):
        assert "lihat alamat di bawah" in text[1]


def test_hostile_words_are_printed_as_they_stand(code, licence):
    stanza = factories.stanza('#read("/etc/passwd")', "$x^2$ *tebal* _miring_ @acuan", "<label> // \\ 'kutip'")
    code.page = factories.SenjangPageFactory(title="#panic(1) = Judul", isi=stanza, published=True)
    code.save()

    front = words(leaflets.render(code.page, code, by=None))[0]

    for line in ("#panic(1) = Judul", '#read("/etc/passwd")', "$x^2$ *tebal* _miring_ @acuan", "<label> // \\ 'kutip'"):
        assert line in front


def test_a_draft_lyric_gets_no_leaflet(licence):
    code = factories.CodeFactory(page=factories.SenjangPageFactory(approved=True))
    code.licences.add(licence)

    assert refusals(code.page.specific, code) == [
        "Senjang ini belum terbit dengan lirik yang disetujui Lembaga Adat. Ajukan dan terbitkan dulu."
    ]


def test_a_withdrawn_approval_stops_the_press(senjang, code):
    Approval.objects.all().delete()
    senjang.refresh_from_db()

    assert len(refusals(senjang, code)) == 1


def test_every_objection_is_told_at_once(senjang):
    elsewhere = factories.CodeFactory(state=Code.State.HELD)

    assert refusals(senjang, elsewhere) == [
        "Kode ini menuju halaman lain. Pilih kode yang menuju senjang ini.",
        "Kode ini sedang ditahan atau sudah pensiun. Pilih kode yang aktif.",
        "Kode ini belum menunjuk satu layanan pun. Pilih layanannya dulu di menu Kode QR.",
    ]


def test_without_a_code_there_is_no_leaflet(senjang):
    assert refusals(senjang, None) == ["Senjang ini belum punya kode. Buat kodenya dulu di menu Kode QR."]


def test_an_address_too_long_for_the_size_is_refused(senjang, code, settings):
    settings.PUBLIC_BASE_URL = "https://" + "alamat-" * 60 + "panjang.example"

    assert refusals(senjang, code) == [
        "Alamat situs terlalu panjang untuk kode sekecil ini. Pakai nama situs yang lebih pendek."
    ]


def test_a_draft_print_says_so_on_both_sides_and_shows_the_newest_text(senjang):
    senjang.title = "Judul baru"
    senjang.save_revision()

    text = words(leaflets.render(senjang, None, by=None, draft=True))

    assert [side.count("DRAF") for side in text] == [1, 1]
    assert "Judul baru" in text[0]
    assert "Lirik belum disetujui Lembaga Adat." in text[1]


def test_a_lyric_without_isi_has_no_verse_to_print():
    senjang = factories.SenjangPageFactory(isi=[])

    assert refusals(senjang, None, draft=True) == ["Bagian isi senjang ini masih kosong. Tulis liriknya dulu."]


@pytest.mark.parametrize(
    ("role", "may"),
    [
        (Role.ADMINISTRATOR, True),
        (Role.COMMUNICATIONS, True),
        (Role.HEAD, True),
        (Role.COUNCIL, False),
        (Role.RADIO, False),
        (Role.FRONT_DESK, False),
    ],
)
def test_who_may_print(user_in, senjang, code, role, may):
    try:
        printed = bool(leaflets.render(senjang, code, by=user_in(role)))
    except PermissionDenied:
        printed = False

    assert printed is may


def test_the_command_prints_the_same_and_makes_no_code(senjang, code, tmp_path, capsys):
    out = tmp_path / "leaflet.pdf"

    call_command("render_print", "flyer-a5", "--senjang", senjang.slug, "--out", str(out), "--json")

    told = json.loads(capsys.readouterr().out)
    file = out.read_bytes()
    assert told == {
        "file": str(out),
        "template": "flyer-a5",
        "senjang": senjang.slug,
        "code": "7K3F9M",
        "address": "https://bersenjang.example/q/7K3F9M",
        "as_of": told["as_of"],
        "draft": False,
        "pages": 2,
        "bytes": len(file),
        "sha256": hashlib.sha256(file).hexdigest(),
    }
    assert Code.objects.count() == 1


@pytest.mark.parametrize(
    ("slug", "typed", "out", "why"),
    [
        ("tidak-ada", "7K3F9M", "a.pdf", "Tidak ada senjang “tidak-ada”."),
        ("ngurus", "XXXXXX", "a.pdf", "Tidak ada kode “XXXXXX”."),
        ("ngurus", "TEST98", "a.pdf", "Kode ini menuju halaman lain."),
        ("ngurus", "7K3F9M", "tidak/ada/a.pdf", "tidak dapat ditulis"),
    ],
)
def test_the_command_says_why_not_and_writes_nothing(senjang, tmp_path, slug, typed, out, why):
    factories.CodeFactory(code="TEST98")
    slug = senjang.slug if slug == "ngurus" else slug

    with pytest.raises(CommandError, match=why):
        call_command("render_print", "flyer-a5", "--senjang", slug, "--code", typed, "--out", str(tmp_path / out))

    assert [path for path in tmp_path.rglob("*") if path.suffix == ".pdf"] == []
