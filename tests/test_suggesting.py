"""Segments are proposed in the background: kept as a suggestion, or told as a failure."""

import pytest
from django.core.exceptions import PermissionDenied

from cms.office.models import Notice, Role
from media_assets import recordings, suggesting, tasks
from media_assets.models import Timeline
from media_assets.segments import Kind, Segment
from tests import factories

pytestmark = pytest.mark.django_db
TAKE = [Segment(0.5, 8.0, Kind.MUSIK), Segment(9.0, 25.0, Kind.SYAIR), Segment(26.0, 32.0, Kind.MUSIK)]


@pytest.fixture
def recording(staff, take):
    return recordings.add(factories.SenjangPageFactory(approved=True), take(), by=staff, label="Studio")


def places(stretches):
    return [(one["part"], one["stanza"]) for one in stretches]


def test_as_many_verses_as_stanzas_are_named_in_their_order():
    parts = {"pembuka": [["a"]], "isi": [["b"], ["c"]], "penutup": [["d"]]}
    sung = [Segment(10.0 * n, 10.0 * n + 8, Kind.SYAIR) for n in range(4)]

    named = suggesting.placed([TAKE[0], *sung], parts)

    assert places(named) == [("", None), ("pembuka", 1), ("isi", 1), ("isi", 2), ("penutup", 1)]
    assert places(suggesting.placed(sung[:3], parts)) == [("", None)] * 3


def test_what_is_heard_is_kept_as_a_suggestion_that_asking_twice_does_not_double(recording):
    for _time in range(2):
        tasks.propose_segments(recording.master.pk)

    assert [(one.version, one.suggested, one.by_name) for one in Timeline.objects.all()] == [(1, True, "Bersenjang")]


def test_whoever_waits_is_told_when_nothing_could_be_heard(recording):
    recording.master.file.storage.delete(str(recording.master.file))

    tasks.propose_segments(recording.master.pk)

    assert "“Studio” tidak dapat diusulkan" in Notice.objects.get().text
    assert not Timeline.objects.exists()


@pytest.mark.parametrize(("role", "may"), [(Role.COMMUNICATIONS, True), (Role.HEAD, False), (Role.RADIO, False)])
def test_only_who_may_change_recordings_asks_for_a_suggestion(
    recording, user_in, role, may, django_capture_on_commit_callbacks
):
    user = user_in(role)

    with django_capture_on_commit_callbacks() as queued:
        if may:
            suggesting.ask(recording.master, by=user)
        else:
            with pytest.raises(PermissionDenied):
                suggesting.ask(recording.master, by=user)

    assert len(queued) == may
