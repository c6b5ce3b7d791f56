"""A disc is put together, pressed once for what is on it, and its editions stay as they are."""

import threading
import zipfile
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_q.conf import Conf

from cms.office.append_only import HistoryIsFixed
from cms.office.models import Notice, Role, Trail
from media_assets import disc_contents, discs, pressing, recordings, renditions, sweep, tasks
from media_assets.discs import Place
from media_assets.models import Approval, Disc, DiscEdition, DiscPressing, SenjangCredit
from performers.models import Person
from tests import factories, sounds

pytestmark = pytest.mark.django_db


@pytest.fixture
def disc(staff):
    return discs.create("Bersenjang di Pasar", by=staff, performer="DPMPTSP Muba")


def place(track, gap=150, isrc=""):
    return Place(track.pk, gap, isrc)


def filled(disc, staff, count=2):
    """Songs whose files stand in the table only."""
    return [discs.add(disc, factories.RecordingFactory(heard=True), by=staff) for _ in range(count)]


@pytest.fixture
def pressable(disc, staff, upload, tmp_path):
    """Two real takes of five seconds whose files are made."""
    for number in (1, 2):
        path = sounds.make(tmp_path, f"{number}.wav", "-metadata", f"title={number}", seconds=5)
        senjang = factories.SenjangPageFactory(published=True, title=f"Senjang {number}")
        SenjangCredit.objects.create(senjang=senjang, person=factories.PersonFactory(name="Pak Mahmud"))
        singer = factories.PersonFactory(name=f"Siti {number}", role=Person.Role.SINGER)
        take = upload(path.read_bytes() + b"LIST\x04\0\0\0" + number.to_bytes(4, "little"))
        recording = recordings.add(senjang, take, by=staff, credits=[(singer, "pesenjang")])
        renditions.make(recording.master.pk)
        discs.add(disc, recording, by=staff)
    return disc


@pytest.fixture
def pressed(pressable, staff):
    pressing.make(pressing.press(pressable, by=staff).pk)
    return pressable.editions.get()


def test_a_disc_is_put_together_and_its_trail_tells(disc, staff):
    first, second = filled(disc, staff)

    discs.arrange(disc, [place(second, 0), place(first, 225, "id-a01-26-00001")], by=staff)

    rows = list(disc.tracks.values_list("recording", "order", "gap", "isrc"))
    assert rows == [(second.recording_id, 1, 0, ""), (first.recording_id, 2, 225, "IDA012600001")]
    assert list(Trail.objects.filter(subject_id=disc.pk).order_by("pk").values_list("verb", flat=True)) == [
        "buat cakram", "isi cakram", "isi cakram", "atur cakram",
    ]  # fmt: skip


def test_what_is_not_named_any_more_comes_off(disc, staff):
    first, _second, third = filled(disc, staff, 3)

    discs.arrange(disc, [place(third), place(first)], by=staff)

    assert list(disc.tracks.values_list("pk", "order")) == [(third.pk, 1), (first.pk, 2)]


def test_two_tracks_may_exchange_their_isrc(disc, staff):
    first, second = filled(disc, staff)
    discs.arrange(disc, [place(first, 0, "IDA012600001"), place(second, 0, "IDA012600002")], by=staff)

    discs.arrange(disc, [place(first, 0, "IDA012600002"), place(second, 0, "IDA012600001")], by=staff)

    assert list(disc.tracks.values_list("isrc", flat=True)) == ["IDA012600002", "IDA012600001"]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"isrc": "IDA01260000"}, "ISRC “IDA01260000” tidak benar"),
        ({"isrc": "🎵" * 200}, "tidak benar"),
        ({"gap": -1}, "0 sampai 60 detik"),
        ({"gap": 4501}, "0 sampai 60 detik"),
        ({"track": 999}, "baru saja diubah orang lain"),
    ],
)
def test_a_place_that_cannot_be_changes_nothing(disc, staff, change, sentence):
    first, second = filled(disc, staff)

    with pytest.raises(ValidationError, match=sentence):
        discs.arrange(disc, [place(second, 0), place(first)._replace(**change)], by=staff)

    assert list(disc.tracks.values_list("pk", "order", "gap")) == [(first.pk, 1, 150), (second.pk, 2, 150)]


def test_one_isrc_is_one_recordings(disc, staff):
    first, second = filled(disc, staff)

    with pytest.raises(ValidationError, match="dipakai dua kali"):
        discs.arrange(disc, [place(first, 0, "IDA012600001"), place(second, 0, "IDA012600001")], by=staff)


def test_a_recording_stands_on_a_disc_once(disc, staff):
    (track,) = filled(disc, staff, 1)

    with pytest.raises(ValidationError, match="sudah ada di cakram ini"):
        discs.add(disc, track.recording, by=staff)

    assert disc.tracks.count() == 1


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"title": " \u200b "}, "title"),
        ({"title": "a" * 81}, "title"),
        ({"title": "Cakram", "performer": "a" * 81}, "performer"),
        ({"title": "Cakram", "catalog": "12345"}, "catalog"),
    ],
)
def test_facts_that_fit_on_no_cd_make_no_disc(staff, facts, field):
    with pytest.raises(ValidationError) as refused:
        discs.create(**facts, by=staff)

    assert list(refused.value.error_dict) == [field]
    assert not Disc.objects.exists()


def test_a_catalogue_number_may_be_typed_with_blanks(disc, staff):
    assert discs.change(disc, "Lain", catalog="899 1234-567890", by=staff).catalog == "8991234567890"


@pytest.mark.parametrize("role", [Role.HEAD, Role.COUNCIL, Role.RADIO, Role.FRONT_DESK])
def test_others_change_and_press_nothing(disc, staff, user_in, role):
    (track,) = filled(disc, staff, 1)
    user = user_in(role)

    for deed in (
        lambda: discs.create("Baru", by=user),
        lambda: discs.change(disc, "Baru", by=user),
        lambda: discs.add(disc, track.recording, by=user),
        lambda: discs.arrange(disc, [], by=user),
        lambda: pressing.press(disc, by=user),
    ):
        with pytest.raises(PermissionDenied):
            deed()

    assert (Disc.objects.get().title, disc.tracks.count(), DiscPressing.objects.count()) == (disc.title, 1, 0)


def test_an_empty_disc_is_not_pressed(disc, staff):
    with pytest.raises(ValidationError, match="belum berisi lagu"):
        pressing.press(disc, by=staff)


def test_all_that_speaks_against_an_edition_is_said_together(disc, staff):
    first, second = filled(disc, staff)
    discs.add(disc, factories.RecordingFactory(), by=staff)
    long = second.recording.masters.get()
    long.duration = 80 * 60
    long.save()
    Approval.objects.filter(pk=first.recording.digest).delete()

    with pytest.raises(ValidationError) as refused:
        pressing.press(disc, by=staff)

    said = refused.value.messages
    assert said[0].startswith("Isi cakram 82.4")
    assert [text.split("”: ")[1] for text in said[1:]] == [
        "Kata-kata yang dinyanyikan tidak disetujui Lembaga Adat, atau persetujuannya sudah dicabut.",
        "Berkas rekamannya belum diunggah.",
        "Berkas untuk saluran ini belum siap. Tunggu sampai selesai dibuat, atau buat ulang.",
    ]
    assert not DiscPressing.objects.exists()


def test_a_pressed_edition_keeps_words_takes_and_lengths(pressed, pressable, staff):
    track = pressed.contents["tracks"][0]

    assert (pressed.number, pressed.by, pressed.pressing.state) == (1, staff, "siap")
    assert [track[key] for key in ("title", "performer", "songwriter", "length", "gap")] == [
        "Senjang 1", "Siti 1", "Pak Mahmud", 375, 0,
    ]  # fmt: skip
    assert track["master"] == pressable.tracks.first().recording.master.sha256
    assert pressed.length == 375 + 150 + 375
    assert (pressed.size, pressed.true_peak) == (pressed.file.size, pytest.approx(-1.0, abs=0.2))
    with zipfile.ZipFile(pressed.file.path) as packed:
        assert "bersenjang-di-pasar-edisi-1.toc" in packed.namelist()
    assert Trail.objects.filter(verb="edisi cakram").exists()


def test_an_edition_never_changes(pressed, pressable, staff):
    discs.change(pressable, "Judul baru", by=staff)
    discs.arrange(pressable, [], by=staff)

    assert DiscEdition.objects.get().contents["title"] == "Bersenjang di Pasar"
    with pytest.raises(HistoryIsFixed):
        DiscEdition.objects.update(number=9)
    with pytest.raises(HistoryIsFixed):
        pressed.delete()


def test_the_same_contents_are_not_pressed_twice_but_changed_ones_are(pressed, pressable, staff):
    with pytest.raises(ValidationError, match="sama dengan edisi 1"):
        pressing.press(pressable, by=staff)
    discs.change(pressable, "Judul baru", by=staff)

    pressing.make(pressing.press(pressable, by=staff).pk)

    assert list(DiscEdition.objects.values_list("number", "contents__title")) == [
        (2, "Judul baru"), (1, "Bersenjang di Pasar"),
    ]  # fmt: skip


def test_while_one_is_in_work_no_other_is_asked_for(disc, staff):
    filled(disc, staff)
    pressing.press(disc, by=staff)

    with pytest.raises(ValidationError, match="sedang dibuat"):
        pressing.press(disc, by=staff)

    assert DiscPressing.objects.count() == 1


def test_the_database_lets_one_of_two_presses_pass(disc, staff):
    filled(disc, staff)
    first = pressing.press(disc, by=staff)

    with pytest.raises(IntegrityError), transaction.atomic():
        DiscPressing.objects.create(disc=disc, contents={}, digest="x", asked_by=staff)

    assert list(DiscPressing.objects.all()) == [first]


def test_a_job_called_twice_makes_one_edition(pressed):
    tasks.press_disc(pressed.pressing_id)

    assert DiscEdition.objects.count() == 1


def test_what_a_killed_job_left_is_made_by_the_next_and_once(pressable, staff):
    asked = pressing.press(pressable, by=staff)
    old = timezone.now() - timedelta(minutes=11)
    DiscPressing.objects.update(state="proses", claim="dead", attempts=1, touched_at=old)

    tasks.resume_pressings()
    pressing.make(asked.pk)

    assert DiscPressing.objects.get().state == "siap"
    assert DiscEdition.objects.get().number == 1
    assert len(list(pressing.private_storage().listdir("cakram")[0])) == 1


def test_a_job_that_lost_its_claim_leaves_no_row_and_no_file(pressable, staff, monkeypatch):
    asked = pressing.press(pressable, by=staff)
    store = recordings.store

    def taken_over(*arguments):
        DiscPressing.objects.update(claim="somebody else")
        return store(*arguments)

    monkeypatch.setattr(recordings, "store", taken_over)

    pressing.make(asked.pk)

    assert not DiscEdition.objects.exists()
    assert DiscPressing.objects.get().state == "proses"
    folder = pressing.private_storage().path("cakram")
    assert [path for path in sweep.Path(folder).rglob("*") if path.is_file()] == []


def test_after_many_deaths_it_gives_up_in_words(disc, staff):
    filled(disc, staff)
    pressing.press(disc, by=staff)
    old = timezone.now() - timedelta(minutes=11)
    DiscPressing.objects.update(state="proses", claim="dead", attempts=pressing.MAX_ATTEMPTS, touched_at=old)

    tasks.resume_pressings()

    assert DiscPressing.objects.get().error.startswith("Pembuatan edisi berkali-kali terputus.")
    assert Notice.objects.get().role == Role.COMMUNICATIONS


def test_a_failure_says_why_and_another_press_may_follow(disc, staff):
    filled(disc, staff)  # their masters stand in the table only

    pressing.make(pressing.press(disc, by=staff).pk)

    assert DiscPressing.objects.get().error.startswith("Berkas asli salah satu rekaman tidak ditemukan")
    assert pressing.press(disc, by=staff).state == "antre"


def test_a_disc_of_many_songs_is_looked_up_as_often(disc, staff):
    filled(disc, staff, 1)
    disc_contents.entries(disc, timezone.localdate())
    counted = len(_asked(disc))

    filled(disc, staff, 3)

    assert len(_asked(disc)) == counted


def _asked(disc):
    with CaptureQueriesContext(connection) as seen:
        disc_contents.entries(disc, timezone.localdate())
    return seen


@pytest.mark.skipif("not __import__('django.db').db.connection.vendor == 'postgresql'", reason="needs real threads")
@pytest.mark.django_db(transaction=True)
def test_of_two_presses_at_once_one_is_taken(disc, staff, other, monkeypatch):
    monkeypatch.setattr(Conf, "SYNC", False)  # the job waits in the queue, so that the first is still in work
    filled(disc, staff)
    gate, refused = threading.Barrier(2), []

    def ask(officer):
        try:
            gate.wait(5)
            pressing.press(disc, by=officer)
        except ValidationError as error:
            refused.append(error.messages[0])
        finally:
            connection.close()

    threads = [threading.Thread(target=ask, args=[officer]) for officer in (staff, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)

    assert (DiscPressing.objects.count(), refused) == (1, ["Edisi cakram ini sedang dibuat. Tunggu sampai selesai."])
