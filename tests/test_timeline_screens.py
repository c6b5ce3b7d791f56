"""The desk's screens on time: tables that work without script, faults beside their rows, versions that come back."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.office.models import Role
from media_assets import line_timing, segmenting
from media_assets.models import LyricTiming, Timeline
from tests import factories
from tests.test_line_timing import STARTS, marks_of, uids
from tests.test_segmenting import SOUND, stretch

pytestmark = pytest.mark.django_db


@pytest.fixture
def recording():
    return factories.RecordingFactory(heard=True)


def segments_url(recording):
    return f"/admin/rekaman/{recording.pk}/garis-waktu/"


def lines_url(recording):
    return f"/admin/rekaman/{recording.pk}/waktu-lirik/"


def table(*rows, based_on=0, **more):
    start, end, kind, place = zip(*rows, strict=True)
    return {"start": start, "end": end, "kind": kind, "place": place, "based_on": based_on} | more


TYPED = (("0,5", "8", "musik", ""), ("00:09.00", "0.25,0", "syair", "pembuka:1"), ("26.0", "0:32", "musik", ""))


def test_segments_are_typed_in_a_table_whose_empty_rows_do_not_count(desk, recording):
    answer = desk.post(segments_url(recording), table(*TYPED, ("", "", "syair", ""), ("40", "50", "", "")))

    assert answer.status_code == 302
    assert Timeline.objects.get().segments == SOUND


def test_the_table_shows_what_was_saved_and_the_picture_has_a_shape_for_each(desk, recording, staff):
    segmenting.save(recording.master, SOUND, based_on=0, by=staff)

    text = desk.get(segments_url(recording)).text

    assert re.findall(r'name="start" value="([^"]+)"', text) == ["00:00.50", "00:09.00", "00:26.00"]
    assert len(re.findall(r'<rect class="is-(?:syair|musik)"', text)) == 3
    assert 'value="pembuka:1" selected' in text


def test_what_is_wrong_stands_beside_its_row_and_what_was_typed_stays(desk, recording):
    rows = (("9", "25", "syair", ""), ("20", "x", "musik", ""), ("24", "30", "musik", ""))

    answer = desk.post(segments_url(recording), table(*rows))
    cells = re.findall(r'<td class="waktu-problems">(.*?)</td>', answer.text, flags=re.DOTALL)

    assert answer.status_code == 422
    assert ["✕" in cell for cell in cells[:3]] == [False, True, True]
    assert ("menit:detik" in cells[1], "tidak bertemu" in cells[2], 'value="x"' in answer.text) == (True, True, True)
    assert not Timeline.objects.exists()


def test_two_verses_without_music_are_saved_and_pointed_out(desk, recording):
    answer = desk.post(segments_url(recording), table(("9", "15", "syair", ""), ("16", "25", "syair", "")), follow=True)

    assert "Garis waktu tersimpan. 1 hal perlu Anda lihat di bawah." in answer.text
    assert "△ <strong>Periksa:</strong> Tidak ada musik antara" in answer.text
    assert Timeline.objects.count() == 1


def test_segments_can_be_checked_without_saving(desk, recording):
    answer = desk.post(segments_url(recording), table(*TYPED, check=""))

    assert (answer.status_code, Timeline.objects.exists()) == (200, False)


def test_whoever_was_slower_keeps_what_they_typed_and_may_save_it_on_top(desk, recording, other):
    segmenting.save(recording.master, SOUND[:1], based_on=0, by=other)

    answer = desk.post(segments_url(recording), table(*TYPED))
    assert (answer.status_code, "Fikri sudah menyimpan versi 1" in answer.text) == (422, True)
    assert 'name="based_on" value="1"' in answer.text

    desk.post(segments_url(recording), table(*TYPED, based_on=1))
    assert Timeline.objects.newest_of(recording.master).segments == SOUND


def test_a_suggestion_says_that_it_is_one(desk, recording):
    segmenting.keep_suggestion(recording.master, SOUND)

    text = desk.get(segments_url(recording)).text

    assert ("Usulan otomatis." in text, "○ usulan otomatis" in text) == (True, True)


def test_an_older_version_is_used_again_as_the_newest(desk, recording, staff):
    old = segmenting.save(recording.master, SOUND, based_on=0, by=staff)
    segmenting.save(recording.master, SOUND[:1], based_on=1, by=staff)

    desk.post(f"{segments_url(recording)}{old.pk}/", {"based_on": 2})

    assert Timeline.objects.newest_of(recording.master).version == 3
    assert "Pakai versi 1 lagi" in desk.get(segments_url(recording)).text


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"based_on": "x" * 9999, "start": ["1"] * 9, "end": ["2"]},
        table(("9" * 99, "-", "tepuk", "isi:²"), ("1", "5", "syair", "atas:1")),
        table(("1", "5", "syair", "isi:99999"), based_on="٣"),
        table(*[("1", "2", "musik", "")] * 300),
    ],
)
def test_nothing_that_is_sent_breaks_the_table(desk, recording, sent):
    assert desk.post(segments_url(recording), sent).status_code in (302, 422)


def typed(recording, *times, **more):
    fields = {f"line-{uid}": time for uid, time in zip(uids(recording), times, strict=False)}
    return fields | {"based_on": 0} | more


def test_lines_are_timed_in_a_table_without_script(desk, recording):
    answer = desk.post(lines_url(recording), typed(recording, "00:09.00", "12,5", "0:40", "", "1.20,0", "84.00"))

    assert answer.status_code == 302
    assert sorted(LyricTiming.objects.get().marks.values()) == [9.0, 12.5, 40.0, 80.0, 84.0]


def test_a_line_that_is_out_of_order_says_so_beside_itself(desk, recording):
    answer = desk.post(lines_url(recording), typed(recording, "9", "8", "tadi"))
    faults = re.findall(r'id="salah-(\d)">✕ ([^<]+)<', answer.text)

    assert answer.status_code == 422
    assert faults == [
        ("2", "Baris 2 mulai pada 00:08.00, padahal baris 1 baru mulai pada 00:09.00."),
        ("3", "Tulis waktu sebagai menit:detik, misalnya 01:23.45."),
    ]
    assert not LyricTiming.objects.exists()


def test_staff_download_the_files_that_players_follow(desk, recording, staff):
    line_timing.save(recording.master, marks_of(recording, *STARTS), based_on=0, by=staff)

    addresses = re.findall(r'href="(/lirik/[^"]+)"', desk.get(lines_url(recording)).text)

    assert [address.rpartition("/")[2] for address in addresses] == [
        "lirik.vtt",
        "arti.vtt",
        "bagian.vtt",
        "lirik.lrc",
    ]
    assert {desk.get(address).status_code for address in addresses} == {200}


def test_an_older_timing_is_used_again(desk, recording, staff):
    old = line_timing.save(recording.master, marks_of(recording, 9.0), based_on=0, by=staff)
    line_timing.save(recording.master, marks_of(recording, 10.0), based_on=1, by=staff)

    desk.post(f"{lines_url(recording)}{old.pk}/", {"based_on": 2})

    assert LyricTiming.objects.newest_of(recording.master).marks == old.marks


@pytest.mark.parametrize("role", [Role.RADIO, Role.COUNCIL, Role.HEAD, Role.FRONT_DESK])
def test_only_who_may_change_recordings_opens_these_screens(client, recording, user_in, role):
    old = Timeline.objects.create(master=recording.master, version=1, by_name="Sari", segments=[stretch(1.0, 5.0)])
    client.force_login(user_in(role))

    answers = [client.get(url(recording)) for url in (segments_url, lines_url)]
    answers += [client.post(segments_url(recording), table(*TYPED)), client.post(lines_url(recording), {})]
    answers.append(client.post(f"{segments_url(recording)}{old.pk}/", {"based_on": 1}))

    assert {answer.status_code for answer in answers} <= {302, 403}
    assert (Timeline.objects.count(), LyricTiming.objects.count()) == (1, 0)


def test_a_recording_without_a_file_leads_back_to_itself(desk):
    recording = factories.RecordingFactory()

    answers = [desk.get(url(recording)) for url in (segments_url, lines_url)]

    assert [answer.url for answer in answers] == [f"/admin/rekaman/{recording.pk}/"] * 2


def test_the_screens_ask_the_database_as_often_for_many_versions_as_for_one(desk, recording, staff):
    segmenting.save(recording.master, SOUND, based_on=0, by=staff)
    with CaptureQueriesContext(connection) as few:
        desk.get(segments_url(recording))
    for version in (1, 2, 3):
        segmenting.save(recording.master, SOUND[: version % 3 + 1][::-1], based_on=version, by=staff)

    with CaptureQueriesContext(connection) as many:
        desk.get(segments_url(recording))

    assert len(few) == len(many)


def test_a_suggestion_is_asked_for_and_the_answer_says_when_to_look(
    desk, recording, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks() as queued:
        answer = desk.post(f"{segments_url(recording)}usulkan/", follow=True)

    assert (len(queued), "Usulan sedang dibuat" in answer.text) == (1, True)
