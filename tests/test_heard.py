"""A list offers a song to listen to only where its page can play it; else it offers the words."""

import pytest
from django.utils import timezone

from campaigns import announcing
from cms import home
from media_assets import songbook, visitor
from media_assets.models import CampaignSenjang, Guide, SenjangPage
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def song():
    song = factories.SenjangPageFactory(published=True)
    CampaignSenjang.objects.create(campaign=factories.CampaignPageFactory(), senjang=song)
    return song


def offers(song):
    """Whether the page plays, then what the songbook, the campaign and the home page promise."""
    today, words = timezone.localdate(), home.words()
    told = announcing.announce(song.choices.get().campaign, today)["songs"]
    (card,) = songbook.cards(SenjangPage.objects.listed())
    plays = visitor.choose(song, today) is not None
    return [plays, card.is_heard, told[0].is_heard, words["songs"][0].is_heard]


def test_a_song_with_a_recording_is_offered_to_listen_to(client, song):
    factories.RecordingFactory(senjang=song, heard=True)

    pages = [client.get(url).text for url in ("/", "/senjang/", song.choices.get().campaign.url)]

    assert offers(song) == [True] * 4
    assert [("Dengarkan</span>" in page, "Baca liriknya</span>" in page) for page in pages] == [(True, False)] * 3


def test_a_song_without_a_recording_is_offered_to_read(client, song):
    pages = [client.get(url).text for url in ("/", "/senjang/", song.choices.get().campaign.url)]

    assert offers(song) == [False] * 4
    assert [("Dengarkan</span>" in page, "Baca liriknya</span>" in page) for page in pages] == [(False, True)] * 3


@pytest.mark.parametrize("why", ["no file", "file in work", "other words", "council only"])
def test_a_recording_that_may_not_be_heard_is_not_offered(song, why):
    recording = factories.RecordingFactory(senjang=song, digest="1:lain" if why == "other words" else song.digest)
    if why != "no file":
        factories.add_take(recording, ready=() if why == "file in work" else ("web-mp3", "low-opus"))
    if why == "council only":
        Guide.objects.create(senjang=song, recording=recording, council_only=True)

    assert offers(song) == [False] * 4
