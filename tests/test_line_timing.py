"""When each line is sung is checked, kept version upon version, and follows the words that are sung."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from cms.office.append_only import HistoryIsFixed
from cms.office.models import Role, Trail
from media_assets import following, line_timing, recordings, segmenting, timed_text
from media_assets.models import LyricTiming
from media_assets.timed_text import Chapter
from tests import factories
from tests.test_facts import at_once
from tests.test_segmenting import stretch

pytestmark = pytest.mark.django_db


@pytest.fixture
def recording():
    return factories.RecordingFactory(label="Rekaman pagi", heard=True)


def uids(recording):
    return [line["uid"] for line in timed_text.lines_of(recording.words["parts"])]


def marks_of(recording, *starts):
    return dict(zip(uids(recording), starts, strict=False))


STARTS = (9.0, 12.5, 40.0, 44.0, 80.0, 84.0)


def test_marks_are_kept_in_the_order_of_the_lines(recording, staff):
    marks = marks_of(recording, *STARTS)

    timing = line_timing.save(recording.master, dict(reversed(marks.items())), based_on=0, by=staff)

    assert (timing.version, timing.by_name, timing.digest) == (1, "Sari Wulandari", recording.digest)
    assert list(timing.marks.items()) == list(marks.items())
    text = "Menyimpan waktu lirik rekaman “Rekaman pagi”, versi 1: 6 baris."
    assert Trail.objects.get(verb="recording.timing").text == text


@pytest.mark.parametrize(
    ("starts", "words"),
    [
        ((9.0, 8.0), "Baris 2 mulai pada 00:08.00, padahal baris 1 baru mulai pada 00:09.00"),
        ((9.0, 500.0), "Baris 2: 08:20.00 berada di luar rekaman"),
        ((9.0, float("inf")), "menit:detik"),
    ],
)
def test_a_mark_out_of_order_or_outside_names_its_line_and_nothing_is_kept(recording, staff, starts, words):
    with pytest.raises(ValidationError, match=words):
        line_timing.save(recording.master, marks_of(recording, *starts), based_on=0, by=staff)

    assert not LyricTiming.objects.exists()


def test_a_line_that_is_not_sung_is_refused(recording, staff):
    with pytest.raises(ValidationError, match="sudah diganti"):
        line_timing.save(recording.master, {"00000000": 1.0}, based_on=0, by=staff)


def test_the_second_of_two_is_told(recording, staff, other):
    line_timing.save(recording.master, marks_of(recording, 9.0), based_on=0, by=staff)

    with pytest.raises(ValidationError, match="Sari Wulandari sudah menyimpan versi 1"):
        line_timing.save(recording.master, marks_of(recording, 10.0), based_on=0, by=other)


def test_versions_are_only_added_and_an_older_one_comes_back(recording, staff):
    old = line_timing.save(recording.master, marks_of(recording, 9.0), based_on=0, by=staff)
    line_timing.save(recording.master, marks_of(recording, 10.0), based_on=1, by=staff)

    restored = line_timing.restore(recording.master, old, based_on=2, by=staff)

    assert (restored.version, restored.marks) == (3, old.marks)
    with pytest.raises(HistoryIsFixed):
        old.delete()


@pytest.mark.parametrize("role", [Role.RADIO, Role.COUNCIL, Role.HEAD, Role.FRONT_DESK])
def test_only_who_may_change_recordings_saves(recording, user_in, role):
    with pytest.raises(PermissionDenied):
        line_timing.save(recording.master, marks_of(recording, 9.0), based_on=0, by=user_in(role))


def test_what_follows_a_take_knows_where_the_singing_stops(recording, staff):
    line_timing.save(recording.master, marks_of(recording, *STARTS), based_on=0, by=staff)
    segmenting.save(recording.master, [stretch(9.0, 15.0), stretch(40.0, 47.0)], based_on=0, by=staff)
    segmenting.keep_suggestion(recording.master, [stretch(9.0, 20.0)])

    found = following.of(recording, recording.master)

    assert [(cue.start, cue.end) for cue in found.cues[:4]] == [(9.0, 12.5), (12.5, 15.0), (40.0, 44.0), (44.0, 47.0)]
    assert found.chapters == [
        Chapter(9.0, 40.0, "Pembuka"),
        Chapter(40.0, 80.0, "Isi"),
        Chapter(80.0, 161.2, "Penutup"),
    ]


def test_without_a_mark_nothing_follows(recording):
    assert following.of(recording, recording.master) is None


def test_other_words_keep_the_marks_of_lines_that_are_still_sung(recording, staff):
    line_timing.save(recording.master, marks_of(recording, *STARTS), based_on=0, by=staff)
    page, kept = recording.senjang, uids(recording)
    first = recording.words["parts"]["isi"][0][1]
    page.isi = [("bait", [first, factories.line("Baris baru"), factories.line("Lagi baru")])]
    page.save_revision()

    recordings.choose_words(recording, "latest", by=staff)

    marks = following.standing(recording, LyricTiming.objects.newest_of(recording.master))
    assert list(marks) == [kept[0], kept[1], kept[3], kept[4], kept[5]]
    assert line_timing.left_to_time(recording) == "Waktu 5 baris tetap berlaku; 2 baris belum ditandai."


def test_lines_that_changed_places_lose_the_mark_that_is_out_of_order(recording, staff):
    line_timing.save(recording.master, marks_of(recording, *STARTS), based_on=0, by=staff)
    page, kept = recording.senjang, uids(recording)
    page.isi = [("bait", recording.words["parts"]["isi"][0][::-1])]
    page.save_revision()

    recordings.choose_words(recording, "latest", by=staff)

    marks = following.standing(recording, LyricTiming.objects.newest_of(recording.master))
    assert list(marks) == [kept[0], kept[1], kept[3], kept[4], kept[5]]


def test_an_older_timing_restored_leaves_out_lines_that_are_gone(recording, staff):
    old = line_timing.save(recording.master, marks_of(recording, *STARTS), based_on=0, by=staff)
    page = recording.senjang
    page.isi = factories.stanza("Baris baru")
    page.save_revision()
    recordings.choose_words(recording, "latest", by=staff)

    restored = line_timing.restore(recording.master, old, based_on=1, by=staff)

    assert (len(restored.marks), restored.digest) == (4, recording.digest)


def test_what_is_sung_and_when_is_told_anew_by_the_files(recording, staff, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as queued:
        line_timing.save(recording.master, marks_of(recording, 9.0), based_on=0, by=staff)
    assert len(queued) == 1

    with django_capture_on_commit_callbacks() as queued:
        recordings.choose_words(recording, "latest", by=staff)
    assert len(queued) == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(
    "not __import__('django.db').db.connection.vendor == 'postgresql'", reason="races are tested on PostgreSQL"
)
def test_of_two_who_save_at_once_one_is_told(staff, other):
    recording = factories.RecordingFactory(senjang=factories.SenjangPageFactory(), heard=True)

    def save(by, *starts):
        return lambda: line_timing.save(recording.master, marks_of(recording, *starts), based_on=0, by=by)

    raised = at_once(save(staff, 9.0), save(other, 10.0))

    assert sorted(type(error) for error in raised if error) == [ValidationError]
    assert LyricTiming.objects.count() == 1
