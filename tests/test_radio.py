"""The station takes what is fit for air today, and nothing else."""

from datetime import date

import pytest
from django.contrib.messages import get_messages
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cms.office.models import Role
from media_assets import fitness, labelling, protocol
from media_assets.models import Approval, RecordingCredit, Rendition
from radio_schedule import lineup, permissions
from radio_schedule.models import Station
from tests import factories

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 21)
PORTAL = "/siaran/"
WORDS = "Kata-kata yang dinyanyikan tidak disetujui Lembaga Adat, atau persetujuannya sudah dicabut."


@pytest.fixture(autouse=True)
def _door(settings):
    settings.LOGIN_URL = "/masuk/"


@pytest.fixture
def station(client, user_in):
    client.force_login(user_in(Role.RADIO))
    return client


@pytest.fixture
def recording():
    """A take whose file for air is there, down to its bytes."""
    recording = factories.RecordingFactory(
        senjang__title="Ngurus Izin “Dak Saro”", senjang__published=True, label="Studio é 1", heard=True
    )
    file = Rendition.objects.get(master__recording=recording, recipe="radio-wav")
    file.file = storages["default"].save(file.file.name, ContentFile(b"RIFF0123456789"))
    file.lufs, file.duration = -23.0, 161.2
    file.save()
    return recording


def address(recording):
    return reverse("siaran_berkas", args=[recording.pk])


def body(response):
    return b"".join(response.streaming_content)


def test_what_is_fit_is_shown_with_all_that_a_station_asks(recording):
    singer = factories.PersonFactory(name="Rusdi Hamid")
    RecordingCredit.objects.create(recording=recording, person=singer, role=RecordingCredit.Role.SINGER)

    assert lineup.on(DAY) == (
        [
            lineup.Item(
                pk=recording.pk,
                title="Ngurus Izin “Dak Saro”",
                label="Studio é 1",
                performers="Rusdi Hamid",
                length="2 menit 41 detik",
                size="28 MB",
                loudness="−23,0 LUFS",
                file_name=f"ngurus-izin-dak-saro-studio-e-1-{recording.pk}.wav",
                objections=[],
                is_kept_back=False,
            )
        ],
        [],
    )


def test_the_page_lists_it_with_a_button(station, recording):
    Station.objects.create(name="Radio Gema Randik", frequency="97 FM")

    page = station.get(PORTAL).content.decode()

    wanted = [
        "Radio Gema Randik · 97 FM",
        "Ngurus Izin “Dak Saro”",
        "2 menit 41 detik",
        "−23,0 LUFS",
        "Unduh WAV (28 MB)",
    ]
    assert [words for words in [*wanted, address(recording)] if words not in page] == []


@pytest.mark.parametrize(
    ("label", "shown", "name"),
    [
        ("ngurus izin (suara contoh)", "suara contoh", "ngurus-izin-suara-contoh"),
        ("Ngurus Izin", "", "ngurus-izin"),
        ("Studio", "Studio", "ngurus-izin-studio"),
    ],
)
def test_the_title_stands_once_in_label_and_file_name(label, shown, name):
    recording = factories.RecordingFactory(
        senjang__title="Ngurus Izin", senjang__published=True, label=label, heard=True
    )

    assert [(item.label, item.file_name) for item in lineup.on(DAY)[0]] == [(shown, f"{name}-{recording.pk}.wav")]


def test_an_empty_portal_says_so(station):
    assert "Belum ada rekaman yang siap disiarkan hari ini." in station.get(PORTAL).content.decode()


def test_a_portal_that_is_empty_because_of_the_council_says_so(station, recording, elder):
    labelling.put_on(recording.senjang, protocol.NOT_BROADCAST, by=elder.person.user, reason="Permintaan tetua.")
    factories.RecordingFactory()

    page = station.get(PORTAL).text

    assert "yang sudah siap sedang ditahan atau dibatasi Lembaga Adat" in page
    assert "Belum ada rekaman yang siap" not in page


def test_the_file_comes_with_an_ascii_name_and_in_pieces(station, recording):
    whole = station.get(address(recording))
    piece = station.get(address(recording), headers={"Range": "bytes=4-7"})

    assert (whole.status_code, body(whole)) == (200, b"RIFF0123456789")
    assert whole["Content-Disposition"] == (
        f'attachment; filename="ngurus-izin-dak-saro-studio-e-1-{recording.pk}.wav"'
    )
    assert (piece.status_code, piece["Content-Range"], body(piece)) == (206, "bytes 4-7/14", b"0123")


def test_what_is_not_fit_cannot_be_taken(station, recording):
    Approval.objects.all().delete()

    response = station.get(address(recording))

    assert (response.status_code, response["Location"]) == (302, PORTAL)
    assert [str(message) for message in get_messages(response.wsgi_request)] == [WORDS]
    assert WORDS not in station.get(PORTAL).content.decode().split("Belum ada rekaman")[1]


def test_staff_read_every_reason_why_not(client, user_in, recording):
    Approval.objects.all().delete()
    bare = factories.RecordingFactory(senjang=recording.senjang)
    client.force_login(user_in(Role.COMMUNICATIONS))

    page = client.get(PORTAL).content.decode()

    assert lineup.on(DAY)[1][0].objections == [
        WORDS,
        "Berkas rekamannya belum diunggah.",
        "Berkas untuk saluran ini belum siap. Tunggu sampai selesai dibuat, atau buat ulang.",
    ]
    assert page.count(WORDS) == 2
    assert bare.label in page


@pytest.mark.parametrize(
    ("role", "page", "file"),
    [
        (Role.RADIO, 200, 200),
        (Role.COMMUNICATIONS, 200, 200),
        (Role.ADMINISTRATOR, 200, 200),
        (Role.HEAD, 403, 403),
        (Role.COUNCIL, 403, 403),
        (Role.FRONT_DESK, 403, 403),
        (None, 302, 302),
    ],
)
def test_who_may_enter_and_download(client, user_in, recording, role, page, file):
    if role:
        client.force_login(user_in(role))

    answers = [client.get(PORTAL), client.get(address(recording))]

    assert [answer.status_code for answer in answers] == [page, file]
    if file == 200:
        body(answers[1])


def test_reasons_are_the_offices_business(user_in):
    told = {role: permissions.can_read_reasons(user_in(role)) for role in Role}

    assert {role for role, may in told.items() if may} == {Role.ADMINISTRATOR, Role.COMMUNICATIONS}


def test_an_unknown_recording_is_not_found(station):
    assert station.get(reverse("siaran_berkas", args=[4040])).status_code == 404


def test_three_recordings_ask_the_database_as_often_as_one(client, user_in):
    client.force_login(user_in(Role.COMMUNICATIONS))
    counts = []
    for more in (1, 2):
        for _n in range(more):
            recording = factories.RecordingFactory(heard=True)
            RecordingCredit.objects.create(recording=recording, person=factories.PersonFactory())
            factories.RecordingFactory()
        client.get(PORTAL)
        with CaptureQueriesContext(connection) as seen:
            client.get(PORTAL)
        counts.append(len(seen))

    assert counts[0] == counts[1]


def test_the_reasons_of_many_are_those_of_each(recording):
    others = [factories.RecordingFactory(heard=True), factories.RecordingFactory()]
    revoked = factories.LicencePageFactory(status="dicabut")
    others[0].senjang.licence_links.create(licence=revoked, role="utama")

    together = lineup.on(DAY)

    told = {item.pk: item.objections for items in together for item in items}
    alone = {one.pk: fitness.objections(one, "radio", DAY) for one in [recording, *others]}
    assert told == alone


def test_staff_keep_the_stations(client, user_in):
    client.force_login(user_in(Role.COMMUNICATIONS))

    made = client.post(
        "/admin/siaran/stasiun/new/", {"name": "Radio Gema Randik", "frequency": "97 FM", "contact": "0714 321"}
    )

    assert made.status_code == 302
    assert list(Station.objects.values_list("name", "frequency", "contact")) == [
        ("Radio Gema Randik", "97 FM", "0714 321")
    ]
    assert "Radio Gema Randik" in client.get("/admin/siaran/stasiun/").content.decode()


def test_the_station_does_not_get_into_the_admin(station, settings):
    settings.WAGTAILADMIN_LOGIN_URL = "/masuk/"

    assert station.get("/admin/siaran/stasiun/").status_code == 302
