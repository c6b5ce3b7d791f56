"""The desk for discs: put together, ordered without scripts, pressed, watched and fetched by those who may."""

import io
import json
import zipfile
from pathlib import Path

import pytest
from django.contrib.messages import get_messages
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.office.models import Role
from media_assets import discs, pressing, recordings, renditions
from media_assets.models import Approval, Disc, DiscEdition, DiscPressing
from tests import factories, sounds

pytestmark = pytest.mark.django_db
INDEX = "/admin/cakram/"


@pytest.fixture(autouse=True)
def _door(settings):
    settings.LOGIN_URL = settings.WAGTAILADMIN_LOGIN_URL = "/masuk/"


@pytest.fixture
def disc(staff):
    return discs.create("Bersenjang di Pasar", by=staff, performer="DPMPTSP Muba")


@pytest.fixture
def tracks(disc, staff):
    """Three songs whose files stand in the table only."""
    pages = [factories.SenjangPageFactory(published=True, title=f"Senjang {name}") for name in "ABC"]
    return [discs.add(disc, factories.RecordingFactory(senjang=page, heard=True), by=staff) for page in pages]


@pytest.fixture
def pressed(disc, staff, upload, tmp_path):
    path = sounds.make(tmp_path, "lagu.wav", seconds=5)
    recording = recordings.add(
        factories.SenjangPageFactory(published=True, title="Izin Usaha"), upload(path.read_bytes()), by=staff
    )
    renditions.make(recording.master.pk)
    discs.add(disc, recording, by=staff)
    pressing.make(pressing.press(disc, by=staff).pk)
    return disc.editions.get()


def own(disc):
    return f"{INDEX}{disc.pk}/"


def typed(tracks, **changed):
    """The form as the page shows it, with some fields typed over: `order_2="1"` of the second song."""
    data = {}
    for number, track in enumerate(tracks, 1):
        row = {"order": str(number), "gap": "2", "isrc": ""}
        row |= {key[:-2]: value for key, value in changed.items() if key.endswith(f"_{number}")}
        data |= {f"t{track.pk}-{key}": value for key, value in row.items()}
    return data


def titles(disc):
    return [track.recording.words["title"][-1] for track in disc.tracks.all()]


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def test_a_disc_begins_with_its_title(desk):
    response = desk.post(f"{INDEX}baru/", {"title": "Bersenjang di Pasar", "catalog": "899 1234 567890"})

    disc = Disc.objects.get()
    assert response.url == own(disc)
    assert (disc.title, disc.catalog) == ("Bersenjang di Pasar", "8991234567890")
    assert "masih kosong" in desk.get(own(disc)).content.decode()


@pytest.mark.parametrize(
    ("data", "says"),
    [({}, "Isi judul"), ({"title": "A", "catalog": "12"}, "13 angka"), ({"title": "A", "campaign": "9" * 20}, "valid")],
)
def test_a_refused_disc_says_why_at_its_field(desk, data, says):
    response = desk.post(f"{INDEX}baru/", data)

    assert (response.status_code, Disc.objects.exists()) == (422, False)
    assert says in response.content.decode()


def test_its_facts_can_be_changed(desk, disc):
    assert 'value="Bersenjang di Pasar"' in desk.get(f"{own(disc)}ubah/").content.decode()

    desk.post(f"{own(disc)}ubah/", {"title": "Lain"})

    assert Disc.objects.get().title == "Lain"


def test_a_recording_is_added_and_then_no_longer_offered(desk, disc):
    recording = factories.RecordingFactory(heard=True)

    added = desk.post(f"{own(disc)}tambah/", {"recording": recording.pk})
    twice = desk.post(f"{own(disc)}tambah/", {"recording": recording.pk})
    none = desk.post(f"{own(disc)}tambah/", {})

    assert said(added) == [f"Lagu “{recording.words['title']}” ditambahkan."]
    assert (twice.status_code, none.status_code, disc.tracks.count()) == (422, 422, 1)
    assert "Pilih dulu rekamannya." in none.content.decode()


@pytest.mark.parametrize(
    ("changed", "order"),
    [
        ({"order_3": "1"}, "CAB"),
        ({"order_1": "3"}, "BCA"),
        ({"off_2": "on"}, "AC"),
        ({"order_1": "2", "order_2": "1"}, "BAC"),
    ],
)
def test_typed_numbers_order_the_songs(desk, disc, tracks, changed, order):
    desk.post(f"{own(disc)}urutan/", typed(tracks, **changed))

    assert "".join(titles(disc)) == order


@pytest.mark.parametrize(("button", "number", "order"), [("up", 2, "BAC"), ("down", 2, "ACB"), ("up", 1, "ABC")])
def test_a_button_moves_a_song_one_step_without_scripts(desk, disc, tracks, button, number, order):
    desk.post(f"{own(disc)}urutan/", typed(tracks) | {button: tracks[number - 1].pk})

    assert "".join(titles(disc)) == order


def test_gaps_are_typed_in_seconds_with_a_comma(desk, disc, tracks):
    desk.post(f"{own(disc)}urutan/", typed(tracks, gap_2="3,5", isrc_2="id-a01-26-00001"))

    track = disc.tracks.get(order=2)
    assert (track.gap, track.isrc) == (262, "IDA012600001")
    assert 'value="3,49"' in desk.get(own(disc)).content.decode()


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"gap_2": "9999999"}, "60"),
        ({"gap_2": "NaN"}, "Jeda"),
        ({"order_1": "0"}, "Urutan"),
        ({"order_1": "9" * 30}, "Urutan"),
        ({"isrc_3": "bukan"}, "ISRC “bukan” tidak benar"),
    ],
)
def test_what_cannot_be_is_told_and_changes_nothing(desk, disc, tracks, changed, says):
    response = desk.post(f"{own(disc)}urutan/", typed(tracks, **changed))

    assert (response.status_code, "".join(titles(disc))) == (422, "ABC")
    assert says in response.content.decode()


def test_a_form_that_misses_a_song_changes_nothing(desk, disc, tracks):
    response = desk.post(f"{own(disc)}urutan/", typed(tracks[:2]))

    assert (response.status_code, disc.tracks.count()) == (422, 3)


def test_reasons_stand_beside_each_song_and_take_the_button_away(desk, disc, tracks):
    assert "Buat edisi baru" in desk.get(own(disc)).content.decode()
    Approval.objects.filter(pk=tracks[1].recording.digest).delete()

    page = desk.get(own(disc)).content.decode()
    forced = desk.post(f"{own(disc)}tekan/")

    assert "△ Kata-kata yang dinyanyikan tidak disetujui Lembaga Adat" in page
    assert "Buat edisi baru" not in page
    assert said(forced)[0].startswith("Lagu 2 “Senjang B”: Kata-kata")
    assert not DiscPressing.objects.exists()


def test_an_edition_is_asked_for_and_watched(desk, disc, tracks):
    desk.post(f"{own(disc)}tekan/")
    twice = desk.post(f"{own(disc)}tekan/")
    DiscPressing.objects.update(state="proses", progress=40)

    answer = desk.get(f"{own(disc)}keadaan/").json()

    assert said(twice)[-1] == "Edisi cakram ini sedang dibuat. Tunggu sampai selesai."
    assert (answer["busy"], 'value="40"' in answer["html"]) == (True, True)
    assert "sedang dibuat" in desk.get(INDEX).content.decode()


def test_an_edition_shows_its_contents_and_is_fetched_in_ranges(desk, disc, pressed):
    page = desk.get(own(disc)).content.decode()
    whole = b"".join(desk.get(f"{own(disc)}edisi/1/").streaming_content)
    part = desk.get(f"{own(disc)}edisi/1/", headers={"range": "bytes=0-3"})

    for words in ("Edisi 1", pressed.sha256, "Izin Usaha · 00:05:00", pressed.contents["tracks"][0]["master"]):
        assert words in page
    assert "sama dengan edisi 1" in page
    assert "Buat edisi baru" not in page
    assert zipfile.ZipFile(io.BytesIO(whole)).testzip() is None
    assert (part.status_code, b"".join(part.streaming_content)) == (206, b"PK\x03\x04")
    assert part["Content-Disposition"] == 'attachment; filename="bersenjang-di-pasar-edisi-1.zip"'
    assert desk.get(f"{own(disc)}edisi/2/").status_code == 404


def test_an_edition_warns_when_a_song_on_it_may_not_be_given_away_any_more(desk, disc, pressed):
    assert "Jangan digandakan" not in desk.get(own(disc)).content.decode()

    Approval.objects.all().delete()

    assert "Jangan digandakan" in desk.get(own(disc)).content.decode()


MAY = {
    Role.ADMINISTRATOR: {"list", "detail", "state", "fetch", "new", "change", "add", "arrange", "press"},
    Role.COMMUNICATIONS: {"list", "detail", "state", "fetch", "new", "change", "add", "arrange", "press"},
    Role.HEAD: {"list", "detail", "state"},
    Role.COUNCIL: set(),
    Role.RADIO: set(),
    Role.FRONT_DESK: set(),
}


def test_who_may_do_what(client, user_in, disc, pressed):
    allowed = {}
    for role in MAY:
        client.force_login(user_in(role))
        asked = {
            "list": client.get(INDEX),
            "detail": client.get(own(disc)),
            "state": client.get(f"{own(disc)}keadaan/"),
            "fetch": client.get(f"{own(disc)}edisi/1/"),
            "new": client.get(f"{INDEX}baru/"),
            "change": client.get(f"{own(disc)}ubah/"),
            "add": client.post(f"{own(disc)}tambah/"),
            "arrange": client.post(f"{own(disc)}urutan/"),
            "press": client.post(f"{own(disc)}tekan/"),
        }
        for response in asked.values():
            if response.streaming:
                b"".join(response.streaming_content)
        allowed[role] = {
            name
            for name, response in asked.items()
            if response.status_code in (200, 422) or own(disc) == response.get("Location")
        }

    assert allowed == MAY


def test_an_empty_list_says_what_to_do(desk):
    assert "Susun yang pertama" in desk.get(INDEX).content.decode()


def test_the_list_asks_the_database_as_often_for_three_as_for_one(desk, staff):
    counts = []
    for titles_ in (("Satu",), ("Dua", "Tiga")):
        for title in titles_:
            disc = discs.create(title, by=staff)
            discs.add(disc, factories.RecordingFactory(heard=True), by=staff)
            pressing.press(disc, by=staff)
        desk.get(INDEX)
        with CaptureQueriesContext(connection) as seen:
            desk.get(INDEX)
        counts.append(len(seen))

    assert counts[0] == counts[1]


def export(tmp_path, capsys, *arguments):
    call_command("export_disc", *arguments, "--out", tmp_path / "cakram.zip", "--json")
    return json.loads(capsys.readouterr().out)


def test_the_command_writes_the_newest_edition(disc, pressed, tmp_path, capsys):
    facts = export(tmp_path, capsys, disc.title)

    assert (facts["edition"], facts["sha256"], facts["length"]) == (1, pressed.sha256, 5.0)
    assert facts["tracks"][0]["title"] == "Izin Usaha"
    assert (tmp_path / "cakram.zip").read_bytes() == Path(pressed.file.path).read_bytes()


def test_without_an_edition_the_command_makes_a_trial_and_keeps_none(disc, pressed, staff, tmp_path, capsys):
    other = discs.create("Coba", by=staff)
    discs.add(other, disc.tracks.get().recording, by=staff)

    facts = export(tmp_path, capsys, str(other.pk))

    assert (facts["edition"], facts["tracks"][0]["length"]) == (None, 375)
    assert "coba-coba.cue" in zipfile.ZipFile(tmp_path / "cakram.zip").namelist()
    assert DiscEdition.objects.count() == 1


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["Tidak ada"], "Tidak ada cakram"),
        (["9" * 30], "Tidak ada cakram"),
        (["Bersenjang di Pasar"], "belum berisi lagu"),
        (["Bersenjang di Pasar", "--edition", "7"], "tidak punya edisi 7"),
    ],
)
def test_the_command_refuses_in_a_sentence_and_leaves_nothing(disc, tmp_path, capsys, arguments, says):
    with pytest.raises(CommandError, match=says):
        export(tmp_path / "", capsys, *arguments)

    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == []
