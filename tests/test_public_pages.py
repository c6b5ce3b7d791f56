"""What anybody may read: every page answers, in one frame, with few questions to the database and nothing inline."""

import re
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from campaigns.models import LicencePage
from cms import home
from cms.office.models import Generation, Role
from media_assets.models import Approval, CampaignSenjang, SenjangLicence
from tests import factories

pytestmark = pytest.mark.django_db

FIXED = ["/", "/kampanye/", "/layanan/", "/senjang/", "/tentang/"]
MISCHIEF = ["'", '"><script>', "%00", "%F0%9F%8E%B5", "%25", "a" * 5000, "%E2%80%AE", "\\", "*", "OR 1=1", "%ff%fe"]


def fill(number):
    """A campaign with `number` senjang and services, each with its facts and a printed code."""
    campaign = factories.CampaignPageFactory()
    for place in range(number):
        licence = factories.LicencePageFactory()
        factories.LicenceFactFactory(licence=licence)
        song = factories.SenjangPageFactory(published=True)
        SenjangLicence.objects.create(senjang=song, licence=licence)
        CampaignSenjang.objects.create(campaign=campaign, senjang=song, sort_order=place)
        code = factories.CodeFactory(page=song)
        code.licences.add(licence)
        campaign.licences.add(licence)
    campaign.save()
    return campaign


def addresses(campaign):
    return [*FIXED, campaign.url, campaign.licences.first().url]


def queries(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_every_page_has_one_frame(client):
    for address in addresses(fill(1)):
        page = client.get(address).content.decode()

        assert '<html lang="id">' in page, address
        assert len(re.findall(r"<h1[ >]", page)) == 1, address
        assert re.search(r"<title>\s*[^<·]+ · Bersenjang</title>", page), address
        assert re.search(r'<meta name="description" content="[^"]{20,}">', page), address
        assert f'<link rel="canonical" href="https://bersenjang.example{address}">' in page, address
        assert all(mark in page for mark in ("<header", '<main id="isi"', "<footer", 'href="#isi"')), address


def test_no_page_holds_anything_inline(client):
    for address in [*addresses(fill(1)), "/tidak-ada/"]:
        page = client.get(address).content.decode()

        assert not re.search(r"<script(?![^>]* src=)|<style|\sstyle=|\son\w+=|javascript:", page), address


def test_headings_never_skip_a_level(client):
    for address in addresses(fill(2)):
        levels = [int(n) for n in re.findall(r"<h([1-6])[ >]", client.get(address).content.decode())]

        assert levels[0] == 1, address
        assert all(after <= before + 1 for before, after in pairwise(levels)), address


def test_three_rows_ask_no_more_of_the_database_than_one(client):
    campaign = fill(1)
    few = {address: queries(client, address) for address in addresses(campaign)}
    fill(2)
    for link in CampaignSenjang.objects.exclude(campaign=campaign):
        CampaignSenjang.objects.create(campaign=campaign, senjang=link.senjang, sort_order=9)
    campaign.licences.set(LicencePage.objects.all())
    campaign.save()

    many = {address: queries(client, address) for address in addresses(campaign)}

    assert many == few
    assert max(many.values()) <= 22


@pytest.mark.parametrize(("address", "status"), [("/tidak-ada/", 404), ("/q/", 200), ("/q/TAKADA", 404)])
def test_who_is_lost_finds_menu_search_and_code_form(client, address, status):
    answer = client.get(address)
    ways = ('id="menu"', 'action="/layanan/"', 'action="/q/"', "Enam huruf atau angka, misalnya 7K3 F10.")

    assert answer.status_code == status
    assert [answer.text.count(way) for way in ways] == [1, 1, 1, 1]
    assert ("noindex" in answer.text, "canonical" in answer.text) == (status == 404, status == 200)


def test_who_is_logged_in_sees_so_and_can_leave(client, user_in):
    code = factories.CodeFactory(page=factories.SenjangPageFactory(published=True))
    user = user_in(Role.FRONT_DESK)
    anonymous = client.get("/layanan/").text
    client.force_login(user)

    page, kept = client.get("/layanan/").text, client.get(code.path).text

    words = (f"<b>{user.get_full_name() or user.get_username()}</b>", 'action="/keluar/"', "Masuk untuk petugas")
    assert [word in page for word in words] == [True, True, False]
    assert [word in anonymous for word in words] == [False, False, True]
    assert [word in kept for word in words] == [False, False, False]


def test_pages_answer_before_anything_has_been_written(client):
    for address in FIXED:
        assert client.get(address).status_code == 200, address


def test_the_home_page_shows_the_newest_leaflet_with_its_code_as_a_link(client):
    code = factories.CodeFactory()

    page = client.get("/").content.decode()

    leaflet = home.words()["leaflet"]
    assert leaflet.code == code.pk
    assert f'href="{code.path}"' in page
    assert f'd="{leaflet.picture}"' in page


def test_a_retired_leaflet_is_not_shown(client):
    factories.CodeFactory(state="pensiun")

    assert home.words()["leaflet"] is None
    assert "paper-code" not in client.get("/").content.decode()


def test_a_senjang_whose_approval_is_gone_vanishes_from_every_list(client):
    song = factories.SenjangPageFactory(published=True)
    assert song.title in client.get("/senjang/").content.decode()

    Approval.objects.filter(pk=song.approval_id).delete()

    for address in ("/", "/senjang/", "/sitemap.xml"):
        assert song.title not in client.get(address).content.decode()
        assert song.url not in client.get(address).content.decode()


@pytest.mark.parametrize("words", MISCHIEF)
def test_the_search_takes_any_input(client, words):
    factories.LicencePageFactory()

    response = client.get(f"/layanan/?q={words}&jenis={words}&sektor={words}&status={words}&halaman={words}")

    assert response.status_code == 200
    assert "<script>" not in response.content.decode()


def test_an_unknown_address_helps_to_go_on(client):
    response = client.get("/tidak-ada/")

    page = response.content.decode()
    assert response.status_code == 404
    assert 'action="/layanan/"' in page
    assert 'action="/q/"' in page


@pytest.mark.parametrize("path", ["/%00/", "/a%00b", "/'%22/", "/" + "a" * 3000 + "/", "/%ff/"])
def test_an_unreadable_address_is_not_found_and_nothing_worse(client, path):
    assert client.get(path).status_code in {301, 400, 404}


def test_an_expired_form_says_what_to_do(client, settings):
    from django.test import Client

    response = Client(enforce_csrf_checks=True).post("/admin/")

    assert response.status_code == 403
    assert "sudah kedaluwarsa" in response.content.decode()


def test_the_page_for_our_own_failure_needs_no_database(rf, django_assert_num_queries):
    from cms.views import server_error

    with django_assert_num_queries(0):
        response = server_error(rf.get("/"))

    assert response.status_code == 500
    assert "gangguan" in response.content.decode()


def test_search_engines_find_public_pages_only(client):
    draft = factories.SenjangPageFactory()
    campaign = fill(1)

    found = re.findall("<loc>https://bersenjang.example([^<]*)</loc>", client.get("/sitemap.xml").content.decode())

    assert set(addresses(campaign)) <= set(found)
    assert draft.url not in found
    assert "Disallow: /admin/" in client.get("/robots.txt").content.decode()


def test_reading_changes_nothing(client):
    fill(1)
    client.get("/")  # the office's settings are born with the first visit
    before = Generation.objects.values_list("value", flat=True).first()

    for address in FIXED:
        client.get(address)

    assert Generation.objects.values_list("value", flat=True).first() == before
