"""A song that the council keeps off the web on a day is named in no list of that day, and is back by itself."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from campaigns import announcing, codes, promotion
from cms import home, sitemap
from media_assets import labelling, protocol, songbook, takedowns, visitor
from media_assets.models import CampaignSenjang, SenjangCredit, SenjangLicence, SenjangPage
from tests import factories
from tests.test_label_screens import a_season

pytestmark = pytest.mark.django_db
WHY, TITLE = "Permintaan tetua.", "Musim Beumo"
HIDING = [protocol.COUNCIL_ONLY, protocol.SEASONAL, protocol.NAME_AUTHOR, "held", "taken back"]
RAINS = protocol.Season("11-01", "02-15")


@pytest.fixture
def member(elder):
    return elder.person.user


@pytest.fixture
def song():
    return factories.SenjangPageFactory(published=True, title=TITLE)


@pytest.fixture
def other(song):
    """Another song of the same campaign and licence; both have a leaflet, that of the song is the newer one."""
    other = factories.SenjangPageFactory(published=True, title="Badagang Tenang")
    campaign, licence = factories.CampaignPageFactory(), factories.LicencePageFactory()
    for page in (other, song):
        CampaignSenjang.objects.create(campaign=campaign, senjang=page)
        SenjangLicence.objects.create(senjang=page, licence=licence)
        codes.place(page, label="Meja", licences=[licence], by=None)
    return other


def hide(song, how, by):
    if how == "held":
        takedowns.ask(song, relation="keluarga", reason="Kakek saya tidak pernah mengizinkan rekaman ini.")
    elif how == "taken back":
        author = factories.PersonFactory(consented=False)
        factories.ConsentFactory(person=author, capacity="penulis", withdrawn=True)
        SenjangCredit.objects.create(senjang=song, person=author)
    else:
        season = a_season(is_open=False) if how == protocol.SEASONAL else None
        labelling.put_on(song, how, season=season, by=by, reason=WHY)


def places(other):
    """By place, the titles or addresses that it names today."""
    day, choice = timezone.localdate(), other.choices.get()
    licence = other.licence_links.get().licence
    words = home.words()
    return {
        "campaign": [song.title for song in announcing.announce(choice.campaign, day)["songs"]],
        "home": [card.title for card in words["songs"]],
        "leaflet": [words["leaflet"].title] if words["leaflet"] else [],
        "songbook": [card.title for card in songbook.cards(SenjangPage.objects.listed())],
        "next": [page.title for page in visitor.visit_context(other, day)["next_songs"]],
        "licence": [page.title for page in promotion.public_pages(licence, day)],
        "sitemap": [SenjangPage.objects.get(slug=slug).title for slug in slugs()],
    }


def slugs():
    found = [entry.address.partition("/senjang/")[2].strip("/") for entry in sitemap.entries()]
    return [slug for slug in found if slug]


def naming(other, title=TITLE):
    return {place for place, titles in places(other).items() if title in titles}


EVERYWHERE = {"campaign", "home", "leaflet", "songbook", "next", "licence", "sitemap"}


@pytest.mark.parametrize("how", HIDING)
def test_a_song_kept_off_the_web_today_is_named_nowhere_and_another_still_is(song, other, member, how):
    assert naming(other) == EVERYWHERE

    hide(song, how, member)

    assert naming(other) == set()
    assert naming(other, other.title) == EVERYWHERE - {"next"}  # its own page does not name it as the next


@pytest.mark.parametrize("how", HIDING)
def test_no_page_tells_title_or_address_of_a_song_kept_off_the_web(client, song, other, member, how):
    hide(song, how, member)
    licence, campaign = other.licence_links.get().licence, other.choices.get().campaign

    for address in ("/", "/senjang/", "/sitemap.xml", campaign.url, licence.url, other.url):
        answer = client.get(address)

        assert (answer.status_code, TITLE in answer.text, song.url in answer.text) == (200, False, False), address


@pytest.mark.parametrize("how", HIDING)
def test_a_copy_of_a_song_kept_off_the_web_is_named_as_little(song, other, member, how):
    hide(song, how, member)
    copy = song.copy(update_attrs={"slug": "salin"}, user=member)
    CampaignSenjang.objects.create(campaign=other.choices.get().campaign, senjang=copy)

    assert (copy.is_public, naming(other), "salin" in slugs()) == (True, set(), False)


def test_what_keeps_a_song_off_no_page_leaves_it_named(song, other, member):
    SenjangCredit.objects.create(senjang=song, person=factories.PersonFactory())
    for key in (protocol.NOT_BROADCAST, protocol.NOT_SOLD, protocol.UNALTERED, protocol.NAME_AUTHOR):
        labelling.put_on(song, key, by=member, reason=WHY)
    labelling.put_on(song, protocol.SEASONAL, season=a_season(is_open=True), by=member, reason=WHY)

    assert naming(other) == EVERYWHERE


def test_the_day_decides_which_songs_are_shown(song, member):
    labelling.put_on(song, protocol.SEASONAL, season=RAINS, by=member, reason=WHY)
    days = [date(2026, 10, 31), date(2026, 11, 1), date(2027, 2, 15), date(2027, 2, 16)]

    assert [song in SenjangPage.objects.shown_on(day) for day in days] == [False, True, True, False]


def test_a_visitor_page_kept_ready_names_the_next_song_from_midnight_of_its_season_on(song, other, member):
    labelling.put_on(song, protocol.SEASONAL, season=RAINS, by=member, reason=WHY)
    days = [date(2026, 10, 31), date(2026, 11, 1), date(2026, 10, 31)]

    kept = [visitor._kept(other.pk, day, 1, "id").html.decode() for day in days]

    assert [TITLE in html for html in kept] == [False, True, False]


def test_the_home_page_fills_the_place_of_a_song_out_of_season(song, other, member):
    others = [other, *(factories.SenjangPageFactory(published=True) for _number in range(2))]
    hide(song, protocol.SEASONAL, member)

    assert {card.title for card in home.words()["songs"]} == {page.title for page in others}


def test_three_labelled_songs_ask_no_more_of_the_database_than_one(song, other, member):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            assert naming(other) == set()
        return len(queries)

    hide(song, protocol.SEASONAL, member)
    one = asked()
    choice, link = other.choices.get(), other.licence_links.get()
    for _number in range(3):
        page = factories.SenjangPageFactory(published=True)
        CampaignSenjang.objects.create(campaign=choice.campaign, senjang=page)
        SenjangLicence.objects.create(senjang=page, licence=link.licence)
        hide(page, protocol.SEASONAL, member)

    assert asked() == one
