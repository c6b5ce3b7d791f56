"""The segments of a take are checked, kept version upon version, and never written over."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from cms.office import generation
from cms.office.append_only import HistoryIsFixed
from cms.office.models import Role, Trail
from media_assets import segmenting
from media_assets.models import Timeline
from tests import factories

pytestmark = pytest.mark.django_db


def stretch(start, end, kind="syair", part="", stanza=None):
    return {"start": start, "end": end, "kind": kind, "part": part, "stanza": stanza}


SOUND = [stretch(0.5, 8.0, "musik"), stretch(9.0, 25.0, part="pembuka", stanza=1), stretch(26.0, 32.0, "musik")]


@pytest.fixture
def master():
    return factories.RecordingFactory(label="Rekaman pagi", heard=True).master


def test_segments_are_kept_in_order_with_who_saved_them(master, staff):
    timeline = segmenting.save(master, SOUND[::-1], based_on=0, by=staff)

    assert (timeline.version, timeline.by_name, timeline.suggested) == (1, "Sari Wulandari", False)
    assert timeline.segments == SOUND
    text = "Menyimpan garis waktu rekaman “Rekaman pagi”, versi 1: 3 segmen."
    assert Trail.objects.get(verb="recording.timeline").text == text


def test_the_second_of_two_is_told_and_nothing_is_written_over(master, staff, other):
    segmenting.save(master, SOUND, based_on=0, by=staff)

    with pytest.raises(ValidationError, match="Sari Wulandari sudah menyimpan versi 1"):
        segmenting.save(master, SOUND[:1], based_on=0, by=other)

    assert [one.segments for one in Timeline.objects.all()] == [SOUND]


def test_the_same_sent_twice_is_one_version(master, staff):
    first = segmenting.save(master, SOUND, based_on=0, by=staff)

    assert segmenting.save(master, SOUND, based_on=0, by=staff) == first
    assert Trail.objects.filter(verb="recording.timeline").count() == 1


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (stretch(9.0, 8.0), "berakhir sebelum mulai"),
        (stretch(150.0, 170.0), "keluar dari rekaman"),
        (stretch(5.0, 10.0), "tumpang tindih"),
        (stretch(40.0, 50.0, part="isi", stanza=9), "Bait 9 pada 0.40,0 tidak ada: bagian isi punya 1 bait"),
        (stretch(40.0, 50.0, part="tengah"), "Bagian pada 0.40,0 tidak dikenal"),
        (stretch(40.0, 50.0, stanza=1), "Pilih bagian untuk bait 1"),
        (stretch(40.0, 50.0, "musik", part="isi"), "Musik pada 0.40,0 tidak punya bagian"),
        (stretch(40.0, 50.0, "tepuk"), "Pilih jenis"),
        (stretch(40.0, float("nan")), "menit:detik"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_kept(master, staff, wrong, words):
    with pytest.raises(ValidationError, match=words):
        segmenting.save(master, [*SOUND, wrong], based_on=0, by=staff)

    assert not Timeline.objects.exists()


def test_more_segments_than_any_take_has_are_refused(master, staff):
    with pytest.raises(ValidationError, match="Paling banyak 400 segmen"):
        segmenting.save(master, SOUND * 200, based_on=0, by=staff)


def test_two_verses_without_music_are_pointed_out_and_may_be_saved(master, staff):
    verses = [stretch(9.0, 15.0), stretch(16.0, 25.0)]

    segmenting.save(master, verses, based_on=0, by=staff)

    assert [problem.grade for problem in segmenting.problems(verses, master)] == ["warning"]


def test_a_suggestion_stands_as_such_until_a_person_saves_it(master, staff):
    suggestion = segmenting.keep_suggestion(master, SOUND)
    saved = segmenting.save(master, SOUND, based_on=1, by=staff)

    assert [(one.version, one.by_name, one.suggested) for one in (suggestion, saved)] == [
        (1, "Bersenjang", True),
        (2, "Sari Wulandari", False),
    ]
    assert Timeline.objects.looked_at().newest_of(master) == saved


def test_a_suggestion_on_top_of_a_persons_work_leaves_that_in_use(master, staff):
    saved = segmenting.save(master, SOUND, based_on=0, by=staff)

    segmenting.keep_suggestion(master, SOUND[:2])

    assert Timeline.objects.looked_at().newest_of(master) == saved
    assert Timeline.objects.newest_of(master).suggested


def test_an_older_version_comes_back_as_the_newest(master, staff, other):
    old = segmenting.save(master, SOUND, based_on=0, by=staff)
    segmenting.save(master, SOUND[:1], based_on=1, by=staff)

    restored = segmenting.restore(master, old, based_on=2, by=other)

    assert (restored.version, restored.by_name, restored.segments) == (3, "Fikri", SOUND)


def test_the_segments_of_an_older_take_can_be_carried_over_and_those_of_another_recording_not(master, staff):
    old = segmenting.save(master, SOUND, based_on=0, by=staff)
    newer = factories.add_take(master.recording)
    foreign = factories.RecordingFactory(heard=True).master

    assert segmenting.restore(newer, old, based_on=0, by=staff).master == newer
    with pytest.raises(ValidationError, match="rekaman lain"):
        segmenting.restore(foreign, old, based_on=0, by=staff)


@pytest.mark.parametrize("role", [Role.RADIO, Role.COUNCIL, Role.HEAD, Role.FRONT_DESK])
def test_only_who_may_change_recordings_saves(master, user_in, role):
    with pytest.raises(PermissionDenied):
        segmenting.save(master, SOUND, based_on=0, by=user_in(role))

    assert not Timeline.objects.exists()


def test_versions_are_only_added_and_visitors_pages_are_drawn_anew(master, staff):
    before = generation.current()
    timeline = segmenting.save(master, SOUND, based_on=0, by=staff)
    timeline.version = 7

    assert generation.current() > before
    with pytest.raises(HistoryIsFixed):
        timeline.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        Timeline.objects.create(master=master, version=1, by_name="x")
