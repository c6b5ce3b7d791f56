"""The catalogue: what a visitor reads about a licence, on the day they read it."""

from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from campaigns import catalogue
from campaigns.catalogue import Component, LicenceNeeds
from campaigns.models import Code, FactKey, KbliCode, LicencePage
from campaigns.promotion import Promotion
from cms.office.models import OfficeSettings, WhatsAppLine
from media_assets.models import SenjangLicence
from tests import factories

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 22)


def fact(licence, key, value, **fields):
    return factories.LicenceFactFactory(licence=licence, key=key, value=value, **fields)


@pytest.fixture
def siup():
    """Replaced twice over: SIUP, then TDP, then NIB."""
    nib = factories.LicencePageFactory(title="Pendampingan NIB", code="NI-09", slug="nib")
    tdp = factories.LicencePageFactory(title="TDP", code="IZ-05", slug="tdp", status="diganti", successor=nib)
    return factories.LicencePageFactory(title="SIUP", code="IZ-04", slug="siup", status="diganti", successor=tdp)


def test_needs_are_the_facts_in_force_on_the_day():
    licence = factories.LicencePageFactory(title="Izin Apotek", code="IZ-31", slug="izin-apotek")
    fact(licence, FactKey.REQUIREMENTS, "KTP pemilik\n\nSTRA apoteker")
    fact(licence, FactKey.STEPS, "Datang ke loket")
    fact(licence, FactKey.TIME, "7 hari kerja")
    fact(licence, FactKey.FEE, "Rp50.000")
    fact(licence, FactKey.FEE, "Gratis", valid_from=date(2026, 6, 1))
    fact(licence, FactKey.FEE, "Rp100.000", valid_from=date(2027, 1, 1))
    fact(licence, FactKey.WHATSAPP, "0812 3456 7890")

    found = catalogue.needs([licence], DAY)

    assert found == [
        LicenceNeeds(
            code="IZ-31",
            title="Izin Apotek",
            url="/layanan/izin-apotek/",
            requirements=("KTP pemilik", "STRA apoteker"),
            steps=("Datang ke loket",),
            time="7 hari kerja",
            fee="Gratis",
            whatsapp="6281234567890",
            as_of=DAY,
            note="",
        )
    ]


def test_a_licence_without_facts_needs_nothing_known():
    licence = factories.LicencePageFactory(title="Izin Baru", code="IZ-99", slug="izin-baru")

    assert catalogue.needs([licence], DAY) == [
        LicenceNeeds("IZ-99", "Izin Baru", "/layanan/izin-baru/", (), (), "", "", "", DAY, "")
    ]


def test_a_replaced_licence_needs_what_its_successor_in_force_needs(siup):
    fact(siup, FactKey.FEE, "Rp500.000")
    fact(LicencePage.objects.get(code="NI-09"), FactKey.FEE, "Gratis")

    (found,) = catalogue.needs([siup], DAY)

    assert (found.code, found.title, found.url, found.fee) == ("IZ-04", "SIUP", "/layanan/nib/", "Gratis")
    assert found.note == "SIUP sudah diganti. Sekarang Anda mengurus Pendampingan NIB."


def test_a_successor_that_is_still_a_draft_is_named_to_nobody(client, siup):
    fact(siup, FactKey.FEE, "Rp500.000")
    fact(LicencePage.objects.get(code="NI-09"), FactKey.FEE, "Gratis")
    LicencePage.objects.filter(code__in=["IZ-05", "NI-09"]).update(live=False)

    (found,) = catalogue.needs([siup], DAY)
    page = client.get(siup.url).content.decode()

    assert (found.url, found.fee) == ("/layanan/siup/", "Rp500.000")
    assert found.note == "SIUP sudah diganti. Tanyakan penggantinya ke kantor."
    assert found.note in page
    assert [name for name in ("Pendampingan NIB", "TDP", "/layanan/nib/") if name in page] == []


@pytest.mark.parametrize(("hidden", "url"), [("IZ-05", "/layanan/nib/"), ("NI-09", "/layanan/tdp/")])
def test_of_a_chain_the_last_public_one_counts(siup, hidden, url):
    LicencePage.objects.filter(code=hidden).update(live=False)

    assert catalogue.needs([siup], DAY)[0].url == url


def test_a_revoked_licence_says_so():
    licence = factories.LicencePageFactory(title="Izin Gangguan", status="dicabut")

    (found,) = catalogue.needs([licence], DAY)

    assert found.note == "Izin Gangguan sudah dicabut. Anda tidak perlu mengurusnya lagi."


def test_a_circle_of_successors_ends_where_it_closes(siup):
    nib = LicencePage.objects.get(code="NI-09")
    LicencePage.objects.filter(pk=nib.pk).update(status="diganti", successor=siup)

    (found,) = catalogue.needs([LicencePage.objects.get(pk=siup.pk)], DAY)

    assert found.url == "/layanan/nib/"


def test_needs_take_two_queries_for_one_licence_or_thirty(siup, django_assert_num_queries):
    many = [siup, *(factories.LicencePageFactory() for _ in range(29))]
    for licence in many:
        fact(licence, FactKey.TIME, "1 hari")
    siup.get_url()  # the site's root paths are kept in the cache

    with django_assert_num_queries(2):
        catalogue.needs([siup], DAY)
    with django_assert_num_queries(2):
        catalogue.needs(many, DAY)


def test_a_description_shows_the_six_components_in_order_and_what_changes_ahead():
    licence = factories.LicencePageFactory(risk="menengah_tinggi")
    fact(licence, FactKey.REQUIREMENTS, "KTP\nNPWP")
    fact(licence, FactKey.FEE, "Gratis")
    fact(licence, FactKey.FEE, "Rp10.000", valid_from=date(2027, 1, 1), source="Perda 1/2027")
    fact(licence, FactKey.LEGAL_BASIS, "PP 28/2025\nPerbup 1/2026")
    for edition, code in ((2025, "10711"), (2020, "10710"), (2020, "10790")):
        KbliCode.objects.create(licence=licence, edition=edition, code=code)

    words = catalogue.describe(licence, DAY)

    since = date(2026, 1, 1)
    assert words["components"] == [
        Component("persyaratan", "persyaratan", ("KTP", "NPWP"), since, "Perda contoh"),
        Component("prosedur", "prosedur", (), None, ""),
        Component("waktu", "waktu", (), None, ""),
        Component("biaya", "biaya", ("Gratis",), since, "Perda contoh"),
        Component("produk", "produk", (), None, ""),
        Component("pengaduan", "pengaduan", (), None, ""),
    ]
    assert words["ahead"] == [Component("biaya", "biaya", ("Rp10.000",), date(2027, 1, 1), "Perda 1/2027")]
    assert words["legal_basis"] == ("PP 28/2025", "Perbup 1/2026")
    assert words["kbli"] == [("KBLI 2020", ("10710", "10790")), ("KBLI 2025", ("10711",))]
    assert (words["risk"], words["status"], words["status_tag"]) == ("menengah tinggi", "berlaku", "tag-ok")
    assert words["as_of_words"] == "Berlaku per Minggu, 22 November 2026"
    assert (words["status_note"], words["successor"]) == ("", None)


def test_a_visitor_asks_the_licences_own_number_or_the_offices():
    WhatsAppLine.objects.create(office=OfficeSettings.load(), number="0811 1111 111")
    plain, own = factories.LicencePageFactory(title="Izin Optik"), factories.LicencePageFactory()
    fact(own, FactKey.WHATSAPP, "0812 2222 222")

    assert catalogue.describe(own, DAY)["whatsapp"] == "628122222222"
    words = catalogue.describe(plain, DAY)
    assert words["whatsapp"] == "628111111111"
    assert words["ask_url"].startswith("https://wa.me/628111111111?text=Halo%2C%20saya%20ingin%20bertanya")
    assert words["ask_url"].endswith("Izin%20Optik.")


def test_a_licence_shows_the_public_pages_that_promote_it():
    licence = factories.LicencePageFactory()
    campaign = factories.CampaignPageFactory(title="Usaha Rakyat", slug="usaha-rakyat", licences=[licence])
    draft = factories.CampaignPageFactory(licences=[licence], live=False)
    song = factories.SenjangPageFactory(title="Senjang Apotek", slug="senjang-apotek", published=True)
    unapproved = factories.SenjangPageFactory()
    for page in (song, unapproved):
        SenjangLicence.objects.create(senjang=page, licence=licence)
    code = factories.CodeFactory(page=song)
    code.licences.add(licence)

    assert catalogue.describe(licence, DAY)["promoted_by"] == [
        Promotion("Kampanye", campaign.title, "/kampanye/usaha-rakyat/"),
        Promotion("Senjang", "Senjang Apotek", "/senjang/senjang-apotek/"),
    ]
    assert draft.licences.get() == licence


def queries_of(client, url):
    cache.clear()
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        response = client.get(url)
    assert response.status_code == 200
    return len(queries)


def test_the_page_of_a_replaced_licence_leads_to_its_successor(client, siup):
    html = client.get("/layanan/siup/").content.decode()

    assert "SIUP sudah diganti. Sekarang Anda mengurus Pendampingan NIB." in html
    assert 'href="/layanan/nib/"' in html


def test_the_licence_page_takes_as_many_queries_for_one_promoter_as_for_three(client):
    licence = factories.LicencePageFactory(slug="izin-optik")
    factories.CampaignPageFactory(licences=[licence])
    fact(licence, FactKey.FEE, "Gratis")
    one = queries_of(client, "/layanan/izin-optik/")

    for key in (FactKey.TIME, FactKey.STEPS):
        factories.CampaignPageFactory(licences=[licence])
        fact(licence, key, "Satu\nDua", valid_from=timezone.localdate() + timedelta(1))

    assert queries_of(client, "/layanan/izin-optik/") == one


def test_a_retired_code_promotes_nothing():
    code = factories.CodeFactory(state=Code.State.RETIRED)

    assert list(Code.objects.active()) == []
    assert code.pk
