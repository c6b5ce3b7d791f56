"""The desks for licences, campaigns, facts, import and coverage: who gets in, what they show, what they refuse."""

import csv
import io
from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from campaigns import coverage, facts
from campaigns.licence_admin import CampaignListing, LicenceListing
from campaigns.models import CampaignPage, Code, FactKey, Kecamatan, LicenceFact, LicenceIndexPage, LicencePage
from cms.office import holding, tables
from cms.office.models import Role
from media_assets.models import SenjangLicence
from tests import factories

pytestmark = pytest.mark.django_db

START = date(2026, 1, 1)
KEEPERS = {Role.ADMINISTRATOR, Role.COMMUNICATIONS}
READERS = KEEPERS | {Role.HEAD}
DOORS = {
    "layanan:index": KEEPERS,
    "kampanye:index": KEEPERS,
    "fakta:index": READERS,
    "fakta:index_results": READERS,
    "fakta:add": KEEPERS,
    "impor_layanan:upload": KEEPERS,
    "impor_layanan:report": KEEPERS,
    "impor_layanan:template_csv": KEEPERS,
    "impor_layanan:template_xlsx": KEEPERS,
    "coverage_report": READERS,
    "coverage_report_results": READERS,
}


@pytest.fixture
def staff(user_in, client):
    user = user_in(Role.COMMUNICATIONS, first_name="Ani")
    client.force_login(user)
    return user


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("role", Role)
def test_each_door_opens_to_its_roles_only(client, user_in, role, door):
    client.force_login(user_in(role))

    response = client.get(reverse(door))

    opened = response.status_code == 200 or response.headers.get("Location") == reverse("impor_layanan:upload")
    assert opened is (role in DOORS[door])


@pytest.mark.parametrize("role", sorted(set(Role) - KEEPERS))
def test_nobody_else_writes_by_sending_the_form_alone(client, user_in, role):
    licence = factories.LicencePageFactory()
    client.force_login(user_in(role))
    fact = {"licence": licence.pk, "key": "biaya", "value": "Gratis", "valid_from": "2026-01-01", "source": "x"}

    client.post(reverse("fakta:add"), fact)
    client.post(reverse("impor_layanan:upload"), {"file": SimpleUploadedFile("a.csv", b"kode\n1")})
    client.post(reverse("impor_layanan:write"), {"fingerprint": ""})

    assert not LicenceFact.objects.exists()
    assert LicencePage.objects.count() == 1


def count_queries(client, url):
    cache.clear()
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


@pytest.mark.parametrize("door", ["layanan:index", "kampanye:index", "fakta:index", "coverage_report"])
def test_each_list_takes_as_many_queries_for_one_row_as_for_three(client, staff, door):
    def grow():
        licence = factories.LicencePageFactory()
        factories.CampaignPageFactory(licences=[licence])
        facts.record(licence, FactKey.FEE, "Gratis", START, "Perda 1", by=staff)

    grow()
    one = count_queries(client, reverse(door))
    grow()
    grow()

    assert count_queries(client, reverse(door)) == one


def exported(client, door, **params):
    response = client.get(reverse(door), {"export": "csv"} | params)
    return list(csv.reader(io.StringIO(b"".join(response).decode())))


def test_licences_are_listed_filtered_searched_and_exported(client, staff):
    factories.LicencePageFactory(title="Izin Apotek", code="IZ-31", sector="Kesehatan", risk="tinggi")
    factories.LicencePageFactory(title="Izin Gangguan", code="IZ-19", sector="Umum", status="dicabut")

    page = client.get(reverse("layanan:index"), {"sector": "Kesehatan"}).content.decode()

    assert "IZ-31" in page
    assert "IZ-19" not in page
    assert exported(client, "layanan:index", status="dicabut") == [
        ["Kode", "Nama", "Jenis", "Sektor", "Status", "Risiko", "Alamat OSS"],
        ["IZ-19", "Izin Gangguan", "izin", "Umum", "dicabut", "", ""],
    ]


@pytest.mark.parametrize(
    ("door", "key"),
    [
        (f"{listing.name}:index", column.sort_key)
        for listing in (LicenceListing, CampaignListing)
        for column in listing.columns
        if column.sort_key
    ],
)
def test_what_was_searched_for_can_be_sorted_by_every_column(client, staff, door, key):
    sought = {
        "layanan:index": lambda: factories.LicencePageFactory(title="Izin Apotek"),
        "kampanye:index": lambda: factories.CampaignPageFactory(title="Izin Apotek"),
    }[door]()

    response = client.get(reverse(door), {"q": "apotek", "ordering": f"-{key}"})

    assert [page.pk for page in response.context["object_list"]] == [sought.pk]


def test_a_fact_is_recorded_from_the_licences_page_and_leads_back_to_it(client, staff):
    licence = factories.LicencePageFactory(title="Izin Apotek")
    facts.record(licence, FactKey.FEE, "Gratis", START, "Perda 1", by=staff)
    address = f"{reverse('fakta:add')}?layanan={licence.pk}&unsur=biaya"
    edit = reverse("wagtailadmin_pages:edit", args=[licence.pk])
    assert f"{reverse('fakta:add')}?layanan={licence.pk}&amp;unsur=biaya" in client.get(edit).content.decode()

    form = client.get(address).context["form"]
    sent = form.initial | {"licence": licence.pk, "value": "Rp50.000", "valid_from": "2027-01-01", "source": "Perda 2"}
    response = client.post(address, sent)

    assert (response.status_code, response.url) == (302, edit)
    assert form.initial["value"] == "Gratis"
    assert list(licence.facts.order_by("pk").values_list("value", "valid_from", "recorded_by")) == [
        ("Gratis", START, staff.pk),
        ("Rp50.000", date(2027, 1, 1), staff.pk),
    ]
    assert "Mulai 1 Januari 2027:" in client.get(edit).content.decode()


def test_two_forms_open_at_once_the_second_is_asked_to_look_again(client, staff):
    licence = factories.LicencePageFactory()
    address = f"{reverse('fakta:add')}?layanan={licence.pk}&unsur=biaya"
    initial = client.get(address).context["form"].initial
    facts.record(licence, FactKey.FEE, "Rp1.000", START, "Perda 1", by=staff)

    sent = initial | {"licence": licence.pk, "value": "Rp2.000", "valid_from": "2026-01-01", "source": "Perda 2"}
    response = client.post(address, sent)

    assert response.status_code == 200
    assert "mencatat “Rp1.000” mulai 1 Januari 2026" in response.content.decode()
    assert licence.facts.count() == 1
    again = {name: response.context["form"][name].value() for name in sent}
    assert client.post(address, again).status_code == 302
    assert licence.facts.count() == 2


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"value": "Gratis"}, "sama dengan yang berlaku"),
        ({"source": " "}, "Isi dulu bagian ini."),
        ({"valid_from": "besok"}, "tanggal"),
        ({"licence": "0"}, "Pilih salah satu yang ada."),
        ({"value": "a\0b"}, "Ada tanda yang tidak terbaca di sini."),
    ],
)
def test_a_fact_that_cannot_be_is_refused_in_the_form(client, staff, change, words):
    licence = factories.LicencePageFactory()
    facts.record(licence, FactKey.FEE, "Gratis", START, "Perda 1", by=staff)
    sent = {"licence": licence.pk, "key": "biaya", "value": "Rp1", "valid_from": "2026-05-01", "source": "Perda 2"}

    response = client.post(reverse("fakta:add"), sent | change)

    assert response.status_code == 200
    assert words.lower() in response.content.decode().lower()
    assert licence.facts.count() == 1


@pytest.mark.parametrize("query", ["layanan=%00", "layanan=99999999999999", "layanan=-1&unsur=x", "unsur=ongkos"])
def test_an_odd_address_opens_an_empty_form(client, staff, query):
    assert client.get(reverse("fakta:add"), QUERY_STRING=query).status_code == 200


def test_facts_are_filtered_by_time_and_exported_and_none_can_be_edited(client, staff):
    licence = factories.LicencePageFactory(title="Izin Apotek", code="IZ-31")
    ahead = timezone.localdate() + timedelta(30)
    facts.record(licence, FactKey.FEE, "Gratis", START, "Perda 1", by=staff)
    facts.record(licence, FactKey.FEE, "Rp1", ahead, "Perda 2", by=staff)

    rows = exported(client, "fakta:index", when="depan")

    assert rows[0] == ["Kode", "Layanan", "Unsur", "Isi", "Berlaku mulai", "Sumber", "Dicatat"]
    assert [row[:6] for row in rows[1:]] == [["IZ-31", "Izin Apotek", "biaya", "Rp1", ahead.isoformat(), "Perda 2"]]
    assert [row[3] for row in exported(client, "fakta:index", when="sekarang")[1:]] == ["Gratis"]
    assert "hapus" not in client.get(reverse("fakta:index_results")).content.decode().lower()


def test_the_panel_shows_what_holds_what_changes_and_what_held(client, staff):
    licence = factories.LicencePageFactory()
    for value, day in (("Rp3", date(2024, 1, 1)), ("Rp2", date(2025, 1, 1)), ("Gratis", START)):
        facts.record(licence, FactKey.FEE, value, day, "Perda 1", by=staff)

    page = client.get(reverse("wagtailadmin_pages:edit", args=[licence.pk])).content.decode()

    assert "sejak 1 Januari 2026 · Perda 1" in page
    assert "2 catatan lama" in page


def test_a_new_licence_is_saved_before_it_gets_facts(client, staff):
    index = LicenceIndexPage.objects.get()

    page = client.get(reverse("wagtailadmin_pages:add", args=["campaigns", "licencepage", index.pk])).content.decode()

    assert "Simpan halaman ini dahulu" in page


def test_the_campaign_form_offers_boxes_to_tick(client, staff):
    factories.LicencePageFactory(title="Izin Apotek", code="IZ-31", sector="Kesehatan")
    campaign = factories.CampaignPageFactory(kecamatan=Kecamatan.objects.filter(name="Sekayu"))

    page = client.get(reverse("wagtailadmin_pages:edit", args=[campaign.pk])).content.decode()

    assert "IZ-31 · Izin Apotek · Kesehatan" in page
    assert "data-searchable-checkboxes" in page
    assert "campaigns/searchable-checkboxes.js" in page
    assert page.count('name="kecamatan"') == 15
    assert CampaignPage.objects.get().kecamatan.get().name == "Sekayu"


GOOD = (
    b"kode;nama;jenis;sektor;biaya;berlaku_mulai;sumber\nIZ-31;Izin Apotek;izin;Kesehatan;Gratis;2026-01-01;Perda 1\n"
)


def send(client, content, name="layanan.csv"):
    return client.post(reverse("impor_layanan:upload"), {"file": SimpleUploadedFile(name, content)}, follow=True)


def waiting():
    storage = storages["private"]
    return storage.listdir(holding.FOLDER)[1] if storage.exists(holding.FOLDER) else []


def test_an_import_is_checked_read_and_then_written(client, staff):
    report = send(client, GOOD)

    assert "1 baru, 0 berubah, 0 tetap." in report.content.decode()
    assert not LicencePage.objects.exists()
    done = client.post(
        reverse("impor_layanan:write"), {"fingerprint": report.context["report"].fingerprint}, follow=True
    )

    assert "Sudah ditulis: 1 baru, 0 berubah, 0 tetap." in done.content.decode()
    assert LicenceFact.objects.get().recorded_by == staff
    assert waiting() == []
    assert "sudah sama dengan katalog" in send(client, GOOD).content.decode()


def test_a_report_shows_every_fault_and_offers_nothing_to_write(client, staff):
    page = send(client, GOOD + b"IZ-32;;ijin;Kesehatan;;;\n").content.decode()

    assert "2 hal perlu diperbaiki" in page
    assert "“ijin” tidak dikenal. Pakai: izin, non_izin." in page
    assert reverse("impor_layanan:write") not in page


def test_what_was_read_is_what_is_written(client, staff):
    report = send(client, GOOD)
    factories.LicencePageFactory(code="IZ-31", title="Dari orang lain", sector="Umum")

    answer = client.post(reverse("impor_layanan:write"), {"fingerprint": report.context["report"].fingerprint})

    assert "Katalog berubah sejak berkas diperiksa" in answer.content.decode()
    assert LicencePage.objects.get().title == "Dari orang lain"


def test_the_client_cannot_name_the_file_that_is_written(client, staff):
    answer = client.post(reverse("impor_layanan:write"), {"fingerprint": "x", "path": "../../etc/passwd"}, follow=True)

    assert "Tidak ada berkas yang menunggu" in answer.content.decode()


def test_a_second_file_takes_the_place_of_the_first(client, staff):
    send(client, GOOD)
    send(client, GOOD.replace(b"Apotek", b"Optik"))

    assert len(waiting()) == 1
    assert "Izin Optik" in client.get(reverse("impor_layanan:report")).content.decode()


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "a.csv", "kosong"),
        (b"x" * (tables.MAX_BYTES + 1), "a.csv", "lebih besar dari 5 MB"),
        (b"PK\x03\x04rusak", "a.xlsx", "rusak"),
        (b"kode,nama", "a.xlsx", "isinya bukan XLSX"),
        (b"\x89PNG\0", "../../😀" + "x" * 300 + ".csv", "bukan tabel"),
    ],
)
def test_a_hostile_upload_is_a_sentence(client, staff, content, name, words):
    response = send(client, content, name)

    assert response.status_code == 200
    assert words in response.content.decode()


def test_no_file_at_all_is_a_sentence(client, staff):
    assert client.post(reverse("impor_layanan:upload"), {}).status_code == 200


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_template_downloads_and_passes_the_check(client, staff, form):
    content = client.get(reverse(f"impor_layanan:template_{form}")).content

    assert "1 baru, 0 berubah, 0 tetap." in send(client, content, f"contoh.{form}").content.decode()


@pytest.fixture
def covered():
    busy = factories.LicencePageFactory(code="IZ-01", title="Izin Ramai", sector="Umum")
    factories.LicencePageFactory(code="IZ-02", title="Izin Sepi", sector="Umum")
    factories.LicencePageFactory(code="IZ-03", title="Izin Cabut", sector="Umum", status="dicabut")
    for _ in range(2):
        factories.CampaignPageFactory(licences=[busy])
    factories.CampaignPageFactory(licences=[busy], live=False)
    song = factories.SenjangPageFactory(published=True)
    for page in (song, factories.SenjangPageFactory()):
        SenjangLicence.objects.create(senjang=page, licence=busy)
    factories.CodeFactory(page=song).licences.add(busy)
    factories.CodeFactory(page=song, state=Code.State.RETIRED).licences.add(busy)
    return busy


def test_coverage_counts_what_promotes_today_and_names_what_nothing_promotes(covered):
    found = coverage.matrix().values_list("code", "in_kampanye", "in_senjang", "in_kode", "promoted")

    assert list(found) == [("IZ-01", 2, 1, 1, 4), ("IZ-02", 0, 0, 0, 0), ("IZ-03", 0, 0, 0, 0)]
    assert [licence.code for licence in coverage.unpromoted()] == ["IZ-02"]


def test_the_report_on_coverage_exports_what_it_shows(client, user_in, covered):
    client.force_login(user_in(Role.HEAD))

    assert exported(client, "coverage_report") == [
        ["Kode", "Layanan", "Sektor", "Status", "Kampanye", "Kode QR", "Senjang", "Jumlah"],
        ["IZ-01", "Izin Ramai", "Umum", "berlaku", "2", "1", "1", "4"],
        ["IZ-02", "Izin Sepi", "Umum", "berlaku", "0", "0", "0", "0"],
        ["IZ-03", "Izin Cabut", "Umum", "dicabut", "0", "0", "0", "0"],
    ]
    assert [row[0] for row in exported(client, "coverage_report", promoted="belum", status="berlaku")[1:]] == ["IZ-02"]
    assert client.get(reverse("coverage_report"), {"export": "xlsx"}).status_code == 200


def refusal_of(client, page):
    response = client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]), follow=True)
    return response.status_code, "tidak dapat dihapus karena menyimpan riwayat" in response.content.decode()


def test_a_licence_that_is_named_somewhere_is_not_deleted(client, staff, user_in):
    client.force_login(user_in(Role.ADMINISTRATOR))
    with_fact, in_campaign, with_code, with_song, succeeds = (factories.LicencePageFactory() for _ in range(5))
    facts.record(with_fact, FactKey.FEE, "Gratis", START, "Perda 1", by=staff)
    factories.CampaignPageFactory(licences=[in_campaign])
    code = factories.CodeFactory()
    code.licences.add(with_code)
    SenjangLicence.objects.create(senjang=code.page.specific, licence=with_song)
    factories.LicencePageFactory(status="diganti", successor=succeeds)
    named = [with_fact, in_campaign, with_code, with_song, succeeds]

    assert [refusal_of(client, page) for page in named] == [(200, True)] * 5

    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    client.post(f"{bulk}?" + "&".join(f"id={page.pk}" for page in named))
    assert LicencePage.objects.count() == 6


def test_a_licence_that_nothing_names_can_be_deleted(client, user_in):
    client.force_login(user_in(Role.ADMINISTRATOR))
    licence = factories.LicencePageFactory()

    assert refusal_of(client, licence) == (200, False)
    assert not LicencePage.objects.exists()
