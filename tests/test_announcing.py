"""A campaign as visitors read it."""

from datetime import date

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from campaigns import announcing
from campaigns.announcing import CampaignCard, Song
from campaigns.models import CampaignPage, Kecamatan
from media_assets.models import CampaignSenjang
from tests import factories

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 22)


def test_a_campaign_names_its_public_songs_licences_and_places():
    licence, hidden = factories.LicencePageFactory(title="Izin Optik"), factories.LicencePageFactory(live=False)
    places = list(Kecamatan.objects.filter(name__in=["Sekayu", "Lais"]))
    campaign = factories.CampaignPageFactory(licences=[licence, hidden], kecamatan=places)
    song = factories.SenjangPageFactory(title="Senjang Optik", slug="senjang-optik", published=True)
    for page in (song, factories.SenjangPageFactory()):
        CampaignSenjang.objects.create(campaign=campaign, senjang=page)

    words = announcing.announce(CampaignPage.objects.get(), DAY)

    assert words["songs"] == [Song("Senjang Optik", "/senjang/senjang-optik/", is_heard=False)]
    assert [need.title for need in words["needs"]] == ["Izin Optik"]
    assert words["kecamatan"] == ["Sekayu", "Lais"]
    assert (words["dates"], words["state"]) == ("1 Januari 2026 sampai 1 Januari 2027", "Sedang berjalan")


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2026, 11, 1), date(2026, 11, 1), "1 November 2026"),
        (date(2026, 11, 1), date(2026, 11, 30), "1 sampai 30 November 2026"),
        (date(2026, 11, 1), date(2026, 12, 31), "1 November sampai 31 Desember 2026"),
        (date(2026, 11, 1), date(2027, 11, 30), "1 November 2026 sampai 30 November 2027"),
    ],
)
def test_days_are_said_as_one_says_them(first, last, words):
    assert announcing.span(first, last) == words


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (date(2025, 12, 31), ("Akan datang", "tag-wait")),
        (date(2026, 1, 1), ("Sedang berjalan", "tag-ok")),
        (date(2027, 1, 1), ("Sedang berjalan", "tag-ok")),
        (date(2027, 1, 2), ("Sudah selesai", "tag-stop")),
    ],
)
def test_a_card_says_whether_the_campaign_runs(day, state):
    page = factories.CampaignPageFactory(title="Usaha Rakyat", slug="usaha-rakyat")

    assert announcing.cards([page], day) == [
        CampaignCard(
            "Usaha Rakyat",
            "/kampanye/usaha-rakyat/",
            "Warga mengenal izin usaha.",
            "1 Januari 2026 sampai 1 Januari 2027",
            *state,
        )
    ]


def queries_of(client, url):
    cache.clear()
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def test_campaign_pages_take_as_many_queries_for_one_of_everything_as_for_three(client):
    def grow(times):
        for _ in range(times):
            licence = factories.LicencePageFactory()
            licence.facts.create(key="biaya", value="Gratis", valid_from=date(2026, 1, 1), source="contoh")
            campaign.licences.add(licence)
            song = factories.SenjangPageFactory(published=True)
            CampaignSenjang.objects.create(campaign=CampaignPage.objects.get(pk=campaign.pk), senjang=song)
        campaign.save()

    campaign = factories.CampaignPageFactory(slug="kampanye-uji")
    grow(1)
    one = queries_of(client, "/kampanye/kampanye-uji/"), queries_of(client, "/kampanye/")
    grow(2)
    factories.CampaignPageFactory()

    assert (queries_of(client, "/kampanye/kampanye-uji/"), queries_of(client, "/kampanye/")) == one
