"""Whether a recording may be used: every reason at once, for each channel."""

from datetime import date

import pytest

from campaigns.models import LicencePage
from media_assets import fitness
from media_assets.models import Approval, SenjangLicence
from tests import factories

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 21)
WORDS, _GUIDE, MASTER, FILE, _SOUND, LICENCE = (str(rule.words) for rule in fitness.RULES)


@pytest.fixture
def recording():
    return factories.RecordingFactory(heard=True)


def everywhere(recording):
    return {channel: fitness.objections(recording, channel, DAY) for channel in fitness.CHANNELS}


def test_an_approved_recording_with_its_files_is_fit_for_every_channel(recording):
    assert everywhere(recording) == {"web": [], "low": [], "radio": [], "cd": [], "print": []}


def test_all_reasons_are_told_together():
    recording = factories.RecordingFactory(senjang=factories.SenjangPageFactory())

    assert everywhere(recording) == {key: [WORDS, MASTER, FILE] for key in fitness.FILE_OF} | {"print": [WORDS]}


def test_a_new_draft_takes_nothing_off_the_air(recording):
    page = recording.senjang
    page.isi = factories.stanza("Kate yang baru", "Belum dibace")
    page.save_revision()

    assert fitness.objections(recording, "radio", DAY) == []


def test_a_withdrawn_approval_does(recording):
    Approval.objects.filter(pk=recording.digest).delete()

    assert set(map(tuple, everywhere(recording).values())) == {(WORDS,)}


def test_a_channel_waits_for_its_own_file():
    recording = factories.RecordingFactory()
    factories.add_take(recording, ready=["web-mp3"])

    assert everywhere(recording) == {"web": [], "low": [FILE], "radio": [FILE], "cd": [FILE], "print": []}


def test_while_a_new_take_is_in_the_works_the_one_before_it_is_used(recording):
    factories.add_take(recording, ready=[])

    assert everywhere(recording) == {channel: [] for channel in fitness.CHANNELS}
    assert {file.master.version for file in fitness.Case(recording, DAY).files.values()} == {1}


@pytest.mark.parametrize(
    ("statuses", "expected"), [(["dicabut"], [LICENCE]), (["dicabut", "berlaku"], []), (["berlaku"], [])]
)
def test_a_song_for_a_revoked_licence_is_neither_aired_nor_printed_but_still_heard(recording, statuses, expected):
    for status in statuses:
        licence = factories.LicencePageFactory()
        LicencePage.objects.filter(pk=licence.pk).update(status=status)
        SenjangLicence.objects.create(senjang=recording.senjang, licence=licence)

    assert everywhere(recording) == {"web": [], "low": [], "radio": expected, "cd": expected, "print": expected}


def test_every_channel_together_costs_eight_queries(django_assert_num_queries, recording):
    case = fitness.Case(recording, DAY)

    with django_assert_num_queries(8):
        answers = [case.objections(channel) for channel in fitness.CHANNELS]

    assert answers == [[]] * 5
