"""A master becomes its files: levelled, tagged, addressed by content, made once, and made again after a kill."""

import struct
from datetime import timedelta
from pathlib import Path

import mutagen
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.utils import timezone

from cms.office import generation
from cms.office.models import Notice, OfficeSettings, Role
from media_assets import broadcast_wave, recordings, renditions, tasks
from media_assets.models import Recording, Rendition, SenjangCredit
from media_assets.recipes import ALL
from performers.models import Person
from tests import factories

pytestmark = pytest.mark.django_db
READY, QUEUED, WORKING, FAILED = (Rendition.State[name] for name in ("READY", "QUEUED", "WORKING", "FAILED"))


@pytest.fixture
def staff(user_in):
    return user_in(Role.COMMUNICATIONS)


@pytest.fixture
def recording(staff, take):
    """Taken in, its files still queued."""
    senjang = factories.SenjangPageFactory(published=True, title="Izin Usaha")
    SenjangCredit.objects.create(senjang=senjang, person=factories.PersonFactory(name="Pak Mahmud"))
    singer = factories.PersonFactory(name="Siti", role=Person.Role.SINGER)
    return recordings.add(senjang, take(), by=staff, label="Studio", credits=[(singer, "pesenjang")])


@pytest.fixture
def ready(recording):
    renditions.make(recording.master.pk)
    return recording


def states(recording):
    return set(recording.master.renditions.values_list("state", flat=True))


def test_an_upload_becomes_every_file_once_it_is_committed(staff, take, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        recording = recordings.add(factories.SenjangPageFactory(), take(), by=staff)

    assert states(recording) == {READY}
    assert len(recording.master.peaks) == 60


def test_files_have_their_level_their_length_and_an_address_of_their_content(ready):
    files = ready.files()

    assert sorted(files) == sorted(recipe.name for recipe in ALL)
    for recipe in ALL:
        file = files[recipe.name]
        assert (file.progress, file.error, file.recipe_version) == (100, "", recipe.version)
        assert file.duration == pytest.approx(3, abs=0.01)
        assert file.true_peak <= -1.0
        assert recipe.target is None or file.lufs == pytest.approx(recipe.target, abs=0.5)
        assert file.size == file.file.size > 0
        assert file.file.url.startswith("/media/suara/")
        assert file.file.url.endswith(f"/izin-usaha-{recipe.name}.{recipe.suffix}")


def test_files_say_what_they_are(ready):
    files = ready.files()

    mp3 = mutagen.File(files["web-mp3"].file.path).tags
    opus = mutagen.File(files["low-opus"].file.path)
    wav = mutagen.File(files["radio-wav"].file.path).tags

    assert mp3.version == (2, 4, 0)
    for tags in (mp3, wav):
        assert (str(tags["TIT2"]), str(tags["TPE1"]), str(tags["TEXT"])) == ("Izin Usaha", "Siti", "Pak Mahmud")
        assert tags.getall("USLT")[0].text.startswith("Assalamualaikum kami ucapke\nNumpang betanyo")
        assert tags.getall("WXXX")[0].url == "https://bersenjang.example/senjang/" + ready.senjang.slug + "/"
    assert (opus["title"], opus["artist"], opus["lyricist"]) == (["Izin Usaha"], ["Siti"], ["Pak Mahmud"])
    assert "kami pamit" in opus["lyrics"][0]


def test_the_radios_file_names_its_origin_and_its_own_loudness_for_the_studio(ready):
    files = ready.files()

    chunk = broadcast_wave.read(Path(files["radio-wav"].file.path))["bext"]

    fields = [chunk[a:b].rstrip(b"\0").decode() for a, b in ((0, 256), (256, 288), (288, 320))]
    assert fields == ["Izin Usaha - Siti", OfficeSettings.load().short_name, f"BSJ-R{ready.pk}-1"]
    assert chunk[320:338].decode() == f"{timezone.localtime(ready.master.uploaded_at):%Y-%m-%d%H:%M:%S}"
    lufs, _range, peak = struct.unpack_from("<3h", chunk, 412)
    assert (lufs / 100, peak / 100) == (files["radio-wav"].lufs, files["radio-wav"].true_peak)
    assert broadcast_wave.read(Path(files["cd-wav"].file.path)) == {}


def test_making_again_makes_nothing_twice(ready):
    before = list(Rendition.objects.order_by("pk").values())

    renditions.make(ready.master.pk)
    tasks.make_renditions(ready.master.pk)

    assert list(Rendition.objects.order_by("pk").values()) == before


def test_the_same_take_made_anew_has_the_same_address(ready):
    before = {name: file.file.name for name, file in ready.files().items()}
    Rendition.objects.update(state=QUEUED)

    renditions.make(ready.master.pk)

    assert {name: file.file.name for name, file in ready.files().items()} == before


def test_a_half_written_file_of_a_killed_job_is_written_anew(ready):
    file = ready.files()["web-mp3"]
    whole = file.size
    with Path(file.file.path).open("r+b") as half:
        half.truncate(100)
    Rendition.objects.update(state=QUEUED)

    renditions.make(ready.master.pk)

    assert ready.files()["web-mp3"].file.size == whole


def test_a_job_without_sign_of_life_is_queued_again(recording):
    Rendition.objects.update(state=WORKING, claim="dead", attempts=1, touched_at=timezone.now() - timedelta(minutes=11))

    renditions.resume_stuck()

    assert states(recording) == {QUEUED}
    renditions.make(recording.master.pk)
    assert states(recording) == {READY}


@pytest.mark.parametrize(("state", "again"), [(QUEUED, True), (WORKING, False)])
def test_what_waits_is_lost_sooner_than_what_is_worked_on(recording, state, again):
    before = timezone.now() - timedelta(minutes=3)
    Rendition.objects.update(state=state, claim="at work", touched_at=before)

    renditions.resume_stuck()

    assert Rendition.objects.exclude(touched_at=before).exists() == again
    assert states(recording) == {state}


def test_a_job_that_lives_is_left_alone(recording):
    Rendition.objects.update(state=WORKING, claim="alive", attempts=1)

    renditions.resume_stuck()
    renditions.make(recording.master.pk)

    assert states(recording) == {WORKING}


def test_after_many_deaths_it_gives_up_in_words(recording):
    old = timezone.now() - timedelta(minutes=11)
    Rendition.objects.update(state=WORKING, claim="dead", attempts=renditions.MAX_ATTEMPTS, touched_at=old)

    renditions.resume_stuck()

    assert states(recording) == {FAILED}
    assert recording.master.renditions.first().error.startswith("Pembuatan berkas berkali-kali terputus.")
    assert Notice.objects.get().role == Role.COMMUNICATIONS


def test_a_job_that_lost_its_claim_writes_nothing_more(recording):
    claim = renditions._Claim(recording.master.pk)
    Rendition.objects.update(claim="somebody else")
    claim.beaten -= 2

    with pytest.raises(renditions.ClaimLost):
        claim.beat(50)
    claim.fail("kalah")

    assert states(recording) == {WORKING}
    assert set(Rendition.objects.values_list("progress", flat=True)) == {0}


def test_a_failure_says_why_and_can_be_tried_again(recording, staff):
    master = recording.master
    name, storage = master.file.name, master.file.storage
    with storage.open(name) as file:
        content = file.read()
    storage.delete(name)

    renditions.make(master.pk)

    assert states(recording) == {FAILED}
    assert set(master.renditions.values_list("error", flat=True)) == {
        "Berkas asli rekaman tidak ditemukan di tempat penyimpanan. Unggah lagi berkasnya."
    }
    storage.save(name, ContentFile(content))
    renditions.retry(master.renditions.first(), by=staff)
    assert states(recording) == {QUEUED}
    renditions.make(master.pk)
    assert states(recording) == {READY}
    assert not Notice.objects.filter(done_at=None).exists()


def test_only_staff_try_again_and_only_what_failed(ready, staff, user_in):
    file = ready.files()["web-mp3"]

    with pytest.raises(PermissionDenied):
        renditions.retry(file, by=user_in(Role.HEAD))
    with pytest.raises(ValidationError, match="tidak sedang gagal"):
        renditions.retry(file, by=staff)

    assert states(ready) == {READY}


def test_the_old_master_plays_until_the_new_files_are_ready(ready, staff, take):
    old = {name: file.file.url for name, file in ready.files().items()}

    master = recordings.replace_master(ready, take(2), by=staff)

    assert {name: file.file.url for name, file in ready.files().items()} == old
    renditions.make(master.pk)
    assert {file.master for file in ready.files().values()} == {master}


def test_a_recording_is_audible_while_its_words_stand_approved(ready):
    page = ready.senjang

    assert list(Recording.objects.audible_for(page)) == [ready]
    Recording.objects.update(digest="1:other")
    assert list(Recording.objects.audible_for(page)) == []


def test_without_ready_files_nothing_is_audible(recording):
    assert list(Recording.objects.audible_for(recording.senjang)) == []
    assert recording.files() == {}


def test_progress_leaves_visitors_caches_alone_and_a_ready_file_does_not(recording):
    before = generation.current()

    Rendition.objects.update(progress=10, touched_at=timezone.now())
    beaten = generation.current()
    renditions.make(recording.master.pk)

    assert (beaten, generation.current() > before) == (before, True)


def test_all_files_of_a_recording_are_read_in_one_query(ready, django_assert_num_queries):
    with django_assert_num_queries(1):
        [file.file.url for file in ready.files().values()]
