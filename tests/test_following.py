"""What follows a song as it plays: lines with their times on the visitor's page, and files for players."""

import re
from datetime import timedelta
from io import StringIO

import pytest
import webvtt
from django.utils import timezone

from media_assets import guides, labelling, line_timing, protocol, segmenting
from media_assets.models import Approval, RecordingCredit
from tests import factories
from tests.test_line_timing import STARTS, marks_of
from tests.test_segmenting import stretch

pytestmark = pytest.mark.django_db


@pytest.fixture
def recording(staff):
    page = factories.SenjangPageFactory(published=True, title="Ngurus Izin")
    recording = factories.RecordingFactory(senjang=page, heard=True)
    line_timing.save(recording.master, marks_of(recording, *STARTS), based_on=0, by=staff)
    segmenting.save(recording.master, [stretch(9.0, 15.0), stretch(40.0, 47.0)], based_on=0, by=staff)
    return recording


def address(recording, name="lirik.vtt"):
    return f"/lirik/{recording.pk}/{name}"


def test_each_line_of_the_page_says_when_it_begins_and_when_it_stops_before_the_next(client, recording):
    text = client.get(recording.senjang.get_url()).text

    assert re.findall(r'<p data-s="([\d.]+)"(?: data-e="([\d.]+)")?>', text) == [
        ("9", ""),
        ("12.5", "15"),
        ("40", ""),
        ("44", "47"),
        ("80", ""),
        ("84", "96"),
    ]
    assert (f'href="{address(recording)}"' in text, "Ketuk sebuah baris" in text) == (True, True)


def test_a_song_that_nobody_has_timed_is_shown_as_before(client):
    recording = factories.RecordingFactory(heard=True)

    text = client.get(recording.senjang.get_url()).text

    assert ("data-s=" in text, "/lirik/" in text, "Ketuk sebuah baris" in text) == (False, False, False)
    assert client.get(address(recording)).status_code == 404


@pytest.mark.parametrize(
    ("name", "cues"),
    [
        ("lirik.vtt", [("00:00:09.000", "Assalamualaikum kami ucapke")]),
        ("arti.vtt", [("00:00:09.000", "arti Assalamualaikum kami ucapke")]),
        ("bagian.vtt", [("00:00:09.000", "Pembuka"), ("00:00:40.000", "Isi"), ("00:01:20.000", "Penutup")]),
    ],
)
def test_players_read_what_is_sung_what_it_means_and_where_the_parts_begin(client, recording, name, cues):
    answer = client.get(address(recording, name))

    assert (answer.status_code, answer["Content-Type"]) == (200, "text/vtt; charset=utf-8")
    assert answer["Cache-Control"] == "public, max-age=86400"
    read = [(cue.start, cue.text) for cue in webvtt.from_buffer(StringIO(answer.text))]
    assert read[: len(cues)] == cues


def test_lrc_names_song_and_singer(client, recording):
    RecordingCredit.objects.create(recording=recording, person=factories.PersonFactory(name="Kupek Ayu"))

    answer = client.get(address(recording, "lirik.lrc"))

    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.text.splitlines()[:4] == [
        "[ti:Ngurus Izin]",
        "[ar:Kupek Ayu]",
        "[length:02:41]",
        "[00:09.00]Assalamualaikum kami ucapke",
    ]


def test_a_take_that_is_not_for_the_public_shows_its_files_to_staff_alone(client, recording, staff, elder):
    Approval.objects.all().delete()

    answers = [client.get(address(recording)).status_code]
    client.force_login(staff)
    answers += [(answer := client.get(address(recording))).status_code, answer["Cache-Control"]]

    assert answers == [404, 200, "private, no-cache"]


def test_what_keeps_the_audio_back_keeps_its_lines_back(client, recording, elder, staff):
    labelling.put_on(recording.senjang, protocol.COUNCIL_ONLY, by=elder.person.user, reason="Permintaan tetua.")
    assert client.get(address(recording)).status_code == 404

    labelling.take_off(recording.senjang, protocol.COUNCIL_ONLY, by=elder.person.user, reason="Sudah boleh.")
    guides.mark(recording, by=staff)
    assert client.get(address(recording)).status_code == 404


def test_lines_of_a_song_whose_season_ends_today_are_kept_until_midnight_at_most(client, recording, elder):
    today = timezone.localdate()
    season = protocol.Season(f"{today - timedelta(days=1):%m-%d}", f"{today:%m-%d}")
    labelling.put_on(recording.senjang, protocol.SEASONAL, by=elder.person.user, reason="Musim.", season=season)

    kept = int(client.get(address(recording))["Cache-Control"].removeprefix("public, max-age="))

    now = timezone.localtime()
    assert kept <= 86_400 - now.hour * 3600 - now.minute * 60


@pytest.mark.parametrize("name", ["lain.vtt", "lirik.txt", "..vtt"])
def test_another_name_is_not_found(client, recording, name):
    assert client.get(address(recording, name)).status_code == 404
    assert client.get(f"/lirik/999999/{name}").status_code == 404
