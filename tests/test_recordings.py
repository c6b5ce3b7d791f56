"""Recordings are taken in whole or not at all, kept privately, once, with the words they sing."""

import hashlib
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import storages

from cms.office import trail
from cms.office.models import Role
from media_assets import recordings
from media_assets.models import Master, Recording, Rendition
from performers.models import Person
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(user_in):
    return user_in(Role.COMMUNICATIONS)


def stored(kind="private"):
    root = storages[kind].location
    return sorted(str(path) for path in Path(root).rglob("*") if path.is_file())


def test_a_recording_keeps_its_file_privately_with_all_that_is_known_of_it(staff, take):
    senjang = factories.SenjangPageFactory(published=True)
    singer = factories.PersonFactory(role=Person.Role.SINGER)

    recording = recordings.add(senjang, take(), by=staff, label=" Rekaman  studio ", credits=[(singer, "pesenjang")])

    master = recording.master
    assert (recording.label, recording.created_by, recording.digest) == ("Rekaman studio", staff, senjang.digest)
    assert recording.words == {"title": senjang.title, "language": "mui", "parts": senjang.parts}
    assert [(credit.person, credit.role) for credit in recording.credits.all()] == [(singer, "pesenjang")]
    with master.file.open() as stream:
        content = stream.read()
    assert master.sha256 == hashlib.sha256(content).hexdigest()
    assert (master.version, master.size, master.codec, master.sample_rate, master.channels) == (
        1, len(content), "pcm_s16le", 44_100, 2,
    )  # fmt: skip
    assert master.duration == pytest.approx(3, abs=0.01)
    assert "lagu" not in master.file.name
    assert {rendition.state for rendition in master.renditions.all()} == {Rendition.State.QUEUED}
    assert trail.of(recording).get().actor == staff
    assert stored("default") == []


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd.wav", "passwd.wav"),
        ("C:\\Rekaman\\lagu.wav", "lagu.wav"),
        ("🎤 senjang\x00\x1b\u202e.wav", "🎤 senjang.wav"),
        ("a" * 400, "a" * 300),
        ("", "tanpa nama"),
    ],
)
def test_the_name_of_an_upload_is_only_shown_and_never_trusted(name, shown):
    assert recordings.display_name(name) == shown


def test_the_same_file_is_known_wherever_it_is(staff, take):
    first = recordings.add(factories.SenjangPageFactory(title="Izin Usaha"), take(), by=staff, label="Studio")
    before = stored()

    with pytest.raises(ValidationError) as refusal:
        recordings.add(factories.SenjangPageFactory(), take(), by=staff)

    assert refusal.value.message_dict == {"file": ["Berkas ini sudah ada: rekaman “Studio” pada senjang Izin Usaha."]}
    assert refusal.value.error_dict["file"][0].params["recording"] == first.pk
    assert (Recording.objects.count(), stored()) == (1, before)


def test_a_file_that_is_too_large_is_refused_unread(staff, settings, upload):
    settings.MAX_UPLOAD_BYTES = 500_000

    with pytest.raises(ValidationError) as refusal:
        recordings.add(factories.SenjangPageFactory(), upload(b"x" * 600_000), by=staff)

    assert refusal.value.message_dict == {"file": ["Berkas ini terlalu besar: paling banyak 500 KB."]}
    assert (Recording.objects.count(), stored()) == (0, [])


def test_nothing_stays_when_the_rows_cannot_be_written(staff, take):
    person = Person(name="Tidak tersimpan")

    with pytest.raises(ValueError):
        recordings.add(factories.SenjangPageFactory(), take(), by=staff, credits=[(person, "pesenjang")])

    assert (Recording.objects.count(), Master.objects.count(), stored()) == (0, 0, [])


def test_a_queue_that_is_down_takes_nothing_back(staff, take, monkeypatch, django_capture_on_commit_callbacks):
    monkeypatch.setattr(recordings, "async_task", lambda *task: 1 / 0)

    with django_capture_on_commit_callbacks(execute=True):
        recording = recordings.add(factories.SenjangPageFactory(), take(), by=staff)

    assert [Path(recording.master.file.path).name] == [Path(path).name for path in stored()]


def test_what_fails_after_the_row_is_written_leaves_its_file(staff, take):
    recording = recordings.add(factories.SenjangPageFactory(), take(), by=staff)

    with pytest.raises(KeyboardInterrupt), recordings._kept(take(2)) as facts:
        recordings._add_master(recording, 2, facts, by=staff)
        raise KeyboardInterrupt

    assert len(stored()) == Master.objects.count() == 2


@pytest.mark.parametrize("role", [Role.COUNCIL, Role.RADIO, Role.FRONT_DESK, Role.HEAD])
def test_others_may_not_add_or_replace(user_in, staff, role, take):
    recording = recordings.add(factories.SenjangPageFactory(), take(), by=staff)
    other = user_in(role)

    with pytest.raises(PermissionDenied):
        recordings.add(recording.senjang, take(2), by=other)
    with pytest.raises(PermissionDenied):
        recordings.replace_master(recording, take(2), by=other)
    with pytest.raises(PermissionDenied):
        recordings.choose_words(recording, "latest", by=other)

    assert Master.objects.count() == 1


def test_a_better_take_is_the_next_version_and_the_old_one_is_kept(staff, take):
    recording = recordings.add(factories.SenjangPageFactory(), take(), by=staff)
    old = recording.master

    new = recordings.replace_master(recording, take(2), by=staff)

    assert (recording.master, new.version, list(recording.masters.all())) == (new, 2, [new, old])
    assert old.file.name != new.file.name
    assert len(stored()) == 2


def test_it_sings_the_approved_words_unless_told_otherwise(staff, take):
    senjang = factories.SenjangPageFactory(published=True)
    approved = senjang.digest
    senjang.isi = factories.stanza("Kate baru belum disetujui", "Masih ditulis oleh staf")
    senjang.save_revision()

    sung = recordings.add(senjang, take(), by=staff)
    drafted = recordings.add(senjang, take(2), by=staff, words="latest")

    assert sung.digest == approved
    assert drafted.digest == senjang.get_latest_revision_as_object().digest != approved
    assert recordings.choose_words(drafted, "approved", by=staff).digest == approved


def test_without_approval_it_sings_the_latest_draft(staff, take):
    senjang = factories.SenjangPageFactory()

    assert recordings.add(senjang, take(), by=staff).digest == senjang.digest
    with pytest.raises(ValidationError, match="belum punya lirik yang disetujui"):
        recordings.add(senjang, take(2), by=staff, words="approved")


def test_an_unfinished_lyric_takes_no_recording(staff, take):
    senjang = factories.SenjangPageFactory(penutup=[])

    with pytest.raises(ValidationError, match="belum lengkap"):
        recordings.add(senjang, take(), by=staff)

    assert stored() == []
