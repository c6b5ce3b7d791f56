"""The desk for consents: list, filter and file, one person's, giving with an upload, withdrawing after a look."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cms.office import scans
from cms.office.models import Role
from media_assets.models import RecordingCredit
from performers.models import Consent, ConsentWithdrawal, Person
from tests import factories
from tests.paper import picture

pytestmark = pytest.mark.django_db
LIST = "/admin/izin/"


@pytest.fixture
def singer():
    return factories.PersonFactory(name="Kupek Ayu", role=Person.Role.SINGER, consented=False)


def scan(content=None, name="izin.jpg"):
    return SimpleUploadedFile(name, picture().read() if content is None else content)


def filled(**fields):
    return {
        "capacity": "penampil",
        "channels": ["web", "radio"],
        "valid_from": "2026-01-01",
        "until": "",
        "scan": scan(),
    } | fields


def of(person, act=""):
    return f"{LIST}orang/{person.pk}/{act}"


def test_staff_record_a_form_from_the_persons_page(desk, singer):
    page = desk.get(f"/admin/orang/edit/{singer.pk}/").text

    answer = desk.post(of(singer, "catat/"), filled(), follow=True)

    consent = Consent.objects.get()
    assert ("Belum ada izin." in page, of(singer, "catat/") in page) == (True, True)
    assert answer.redirect_chain == [(of(singer), 302)]
    assert ([str(one) for one in consent.channels], consent.valid_from.isoformat()) == (["radio", "web"], "2026-01-01")
    assert "Penampil: radio, halaman web" in answer.text
    assert "Mulai 1 Januari 2026, tanpa batas akhir" in answer.text


def test_a_child_is_recorded_with_who_signed(desk, singer):
    child = {"minor": "on", "guardian_name": "Fatimah", "guardian_relation": "ibu"}

    answer = desk.post(of(singer, "catat/"), filled(**child), follow=True)

    assert "wali: Fatimah (ibu)" in answer.text


def test_it_may_be_for_some_songs(desk, singer):
    song = factories.SenjangPageFactory(title="Musim Beumo")

    answer = desk.post(of(singer, "catat/"), filled(limited_to=[song.pk]), follow=True)

    assert "hanya Musim Beumo" in answer.text


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"scan": ""}, "Unggah pindaian atau foto formulirnya."),
        ({"scan": scan(b"MZ" + b"\0" * 500, "izin.pdf")}, "bukan PDF, JPG atau PNG"),
        ({"scan": scan(b"")}, "kosong"),
        ({"channels": []}, "Pilih sedikitnya satu saluran"),
        ({"capacity": ""}, "Pilih apakah izin ini"),
        ({"valid_from": ""}, "Isi hari mulai berlakunya."),
        ({"until": "2025-01-01"}, "tidak boleh sebelum hari mulainya"),
        ({"minor": "on"}, "Tulis nama walinya."),
        ({"limited_to": ["9999"]}, "9999"),
    ],
)
def test_what_is_missing_or_wrong_is_said_and_nothing_is_kept(desk, singer, fields, says):
    factories.SenjangPageFactory()

    answer = desk.post(of(singer, "catat/"), filled(**fields))

    assert (answer.status_code, says in answer.text) == (400, True)
    assert (Consent.objects.count(), scans.storage().exists("izin")) == (0, False)


def test_a_form_over_ten_megabytes_is_told_so(desk, singer):
    answer = desk.post(of(singer, "catat/"), filled(scan=scan(b"%PDF-" + b"0" * (12 * 1024**2))))

    assert (answer.status_code, "lebih besar dari 10 MB" in answer.text) == (400, True)


def test_the_form_itself_opens_only_for_whoever_keeps_consents(client, user_in, singer, desk):
    desk.post(of(singer, "catat/"), filled())
    address = f"{LIST}{Consent.objects.get().pk}/formulir/"
    opened = {}
    for role in Role:
        client.force_login(user_in(role))
        opened[role] = client.get(address).status_code

    assert {role for role, status in opened.items() if status == 200} == {Role.ADMINISTRATOR, Role.COMMUNICATIONS}
    client.logout()
    assert client.get(address).status_code == 302


def test_the_head_of_office_reads_and_is_offered_no_more(client, user_in, singer):
    consent = factories.ConsentFactory(person=singer)
    client.force_login(user_in(Role.HEAD))

    pages = [client.get(address) for address in (LIST, of(singer), consent.address)]
    shut = of(singer, "catat/"), f"{consent.address}cabut/"
    doors = [*map(client.get, shut), *map(client.post, shut)]

    assert [page.status_code for page in pages] == [200] * 3
    assert [word for word in ("catat/", "cabut/", "formulir/") for page in pages if word in page.text] == []
    assert all(door.status_code in (302, 403) for door in doors)
    assert not ConsentWithdrawal.objects.exists()


def test_a_withdrawal_says_first_what_it_takes(desk, singer):
    recording = factories.RecordingFactory(heard=True, label="Studio", senjang__title="Musim Beumo")
    RecordingCredit.objects.create(recording=recording, person=singer)
    consent = factories.ConsentFactory(person=singer)

    asked = desk.get(f"{consent.address}cabut/").text
    silent = desk.post(f"{consent.address}cabut/", {"reason": " "})
    done = desk.post(f"{consent.address}cabut/", {"reason": "Diminta orangnya."}, follow=True)
    again = desk.post(f"{consent.address}cabut/", {"reason": "Lagi."}, follow=True)

    assert ("Rekaman yang turun dari halaman web" in asked, "Musim Beumo: Studio" in asked) == (True, True)
    assert (silent.status_code, "Tulis alasannya" in silent.text) == (400, True)
    assert ("Diminta orangnya." in done.text, "dicabut" in done.text) == (True, True)
    assert "sudah dicabut" in again.text
    assert ConsentWithdrawal.objects.count() == 1


@pytest.fixture
def one_of_each(singer):
    today = timezone.localdate()
    factories.ConsentFactory(person=singer, guardian_name="Fatimah", guardian_relation="ibu", minor=True)
    factories.ConsentFactory(person=singer, until=today, only_for=[factories.SenjangPageFactory(title="Musim Beumo")])
    factories.ConsentFactory(person=singer, ended=True)
    factories.ConsentFactory(person=singer, withdrawn=True)


@pytest.mark.parametrize(
    ("state", "count"), [("", 4), ("berlaku", 2), ("segera", 1), ("nanti", 0), ("berakhir", 1), ("dicabut", 1)]
)
def test_the_list_is_filtered_by_state_in_words(desk, one_of_each, state, count):
    answer = desk.get(f"{LIST}?state={state}")

    assert len(answer.context["object_list"]) == count


def test_an_empty_list_says_where_to_begin(desk):
    assert "Belum ada izin. Buka orangnya" in desk.get(LIST).text


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_list_is_downloaded(desk, one_of_each, kind):
    answer = desk.get(f"{LIST}?export={kind}")

    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert answer.status_code == 200
    if kind == "csv":
        rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
        assert [row["Keadaan"] for row in rows] == ["dicabut", "berakhir", "segera berakhir", "berlaku"]
        assert [row["Hanya untuk senjang"] for row in rows] == ["", "", "Musim Beumo", ""]
        assert rows[3]["Nama wali"] == "Fatimah"


def queries(client, address):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_list_page_and_file_ask_as_often_for_six_as_for_two(desk, singer):
    counts = []
    for _round in range(2):
        for _number in range(1 + 2 * len(counts)):
            factories.ConsentFactory(person=singer, only_for=[factories.SenjangPageFactory()])
            factories.ConsentFactory(person=singer, withdrawn=True)
        desk.get(LIST)
        counts.append([queries(desk, one) for one in (LIST, of(singer), f"{LIST}?export=csv")])

    assert counts[0] == counts[1]
