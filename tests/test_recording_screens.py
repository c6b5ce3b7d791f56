"""The desk for recordings: staff upload, watch, hear, retry and replace; others do not get in."""

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.office.models import Role
from media_assets import recordings, renditions
from media_assets.models import Recording, Rendition
from performers.models import Person
from tests import factories, sounds

pytestmark = pytest.mark.django_db
INDEX, UPLOAD = "/admin/rekaman/", "/admin/rekaman/unggah/"
JSON = {"accept": "application/json"}


@pytest.fixture(autouse=True)
def _door(settings):
    settings.LOGIN_URL = settings.WAGTAILADMIN_LOGIN_URL = "/masuk/"


@pytest.fixture
def user(user_in):
    return user_in(Role.COMMUNICATIONS)


@pytest.fixture
def staff(client, user):
    client.force_login(user)
    return client


@pytest.fixture
def recording(user, take):
    return recordings.add(factories.SenjangPageFactory(approved=True), take(), by=user, label="Studio")


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def test_an_upload_leads_to_its_recording(staff, take, user):
    senjang = factories.SenjangPageFactory(title="Izin Usaha")
    singer = factories.PersonFactory(role=Person.Role.SINGER)
    data = {"senjang": senjang.pk, "file": take(), "label": "", "singers": [singer.pk], "words": ""}

    response = staff.post(UPLOAD, data)

    recording = Recording.objects.get()
    assert response.url == f"/admin/rekaman/{recording.pk}/"
    assert (recording.senjang, recording.label, recording.created_by) == (senjang, "Rekaman 1", user)
    assert [credit.person for credit in recording.credits.all()] == [singer]
    assert recording.master.original_name == "lagu.wav"


def test_a_script_that_shows_progress_is_told_where_to_go(staff, take):
    senjang = factories.SenjangPageFactory()

    response = staff.post(UPLOAD, {"senjang": senjang.pk, "file": take()}, headers=JSON)

    assert response.json() == {"url": f"/admin/rekaman/{Recording.objects.get().pk}/"}


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "Berkas ini kosong (0 bita)."),
        (b"Assalamualaikum " * 50, "Isinya bukan suara"),
        (sounds.SONG.encode(), "Isinya bukan suara"),
    ],
)
def test_a_refusal_stands_at_the_field(staff, upload, content, says):
    data = {"senjang": factories.SenjangPageFactory().pk}

    page = staff.post(UPLOAD, data | {"file": upload(content, "../🎤.mp3")})
    scripted = staff.post(UPLOAD, data | {"file": upload(content, "a" * 300 + ".mp3")}, headers=JSON)

    assert (page.status_code, scripted.status_code) == (422, 422)
    assert says in page.content.decode()
    assert says in scripted.json()["errors"]["file"][0]
    assert not Recording.objects.exists()


def test_without_a_file_or_a_senjang_the_form_asks_for_them(staff):
    response = staff.post(UPLOAD, {}, headers=JSON)

    assert set(response.json()["errors"]) == {"senjang", "file"}


def test_a_twin_is_linked(staff, recording, take):
    data = {"senjang": recording.senjang.pk}

    page = staff.post(UPLOAD, data | {"file": take()})
    scripted = staff.post(UPLOAD, data | {"file": take()}, headers=JSON)

    assert f'href="/admin/rekaman/{recording.pk}/"' in page.content.decode()
    assert scripted.json()["twin"] == f"/admin/rekaman/{recording.pk}/"


def test_what_is_too_large_is_not_even_written(staff, take, settings):
    settings.MAX_UPLOAD_BYTES = 1000 - 1024**2

    response = staff.post(UPLOAD, {"senjang": factories.SenjangPageFactory().pk, "file": take()}, headers=JSON)

    assert response.json()["errors"] == {"file": ["Berkas ini terlalu besar: paling banyak 1 KB."]}


@pytest.mark.parametrize(
    ("path", "size", "refused"), [("/masuk/", 12, True), ("/masuk/", 10, False), (UPLOAD, 12, False)]
)
def test_only_recordings_may_be_large(rf, user, path, size, refused):
    request = rf.post(path, {"file": SimpleUploadedFile("lagu.wav", b"x" * size * 1024**2)})
    request.user = user

    assert ("file" not in request.FILES) == refused
    request.close()


def test_the_upload_form_knows_the_senjang_it_came_from(staff):
    senjang = factories.SenjangPageFactory()

    response = staff.get(UPLOAD, {"senjang": senjang.pk})

    assert f'<option value="{senjang.pk}" selected>' in response.content.decode()
    assert (
        f"/admin/rekaman/unggah/?senjang={senjang.pk}" in staff.get(f"/admin/pages/{senjang.pk}/edit/").content.decode()
    )


def test_the_list_shows_each_recording_with_its_state(staff, recording, user, take):
    factories.CodeFactory(page=recording.senjang)
    other = recordings.add(factories.SenjangPageFactory(title="Lagu Kedua"), take(2), by=user)
    Rendition.objects.filter(master=other.master, recipe="cd-wav").update(state="gagal", error="Sebab")

    text = staff.get(INDEX).content.decode()

    for word in ("Studio", "3 detik", "menunggu giliran", "1 kode QR", "Lagu Kedua", "gagal", "belum dipakai"):
        assert word in text
    assert "Lagu Kedua" not in staff.get(INDEX, {"q": "Studio"}).content.decode()


def test_an_empty_list_says_what_to_do(staff):
    assert "Unggah yang pertama" in staff.get(INDEX).content.decode()


def count(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as seen:
        client.get(address)
    return len(seen)


def test_the_list_asks_the_database_as_often_for_three_as_for_one(staff, user, take):
    counts = []
    for numbers in ((1,), (2, 3)):
        for number in numbers:
            recordings.add(factories.SenjangPageFactory(), take(number), by=user)
        counts.append(count(staff, INDEX))

    assert counts[0] == counts[1]


def test_a_recording_with_older_takes_asks_as_often(staff, recording, user, take):
    address = f"/admin/rekaman/{recording.pk}/"
    before = count(staff, address)

    for number in (2, 3):
        recordings.replace_master(recording, take(number), by=user)

    assert count(staff, address) == before


def test_a_recording_shows_its_files_words_takes_and_history(staff, recording, user, take):
    renditions.make(recording.master.pk)
    recordings.replace_master(recording, take(2), by=user)
    renditions.make(Recording.objects.get().master.pk)

    text = staff.get(f"/admin/rekaman/{recording.pk}/").content.decode()

    for word in (
        "Hemat kuota (Opus)", "Radio (WAV)", "LUFS", "disetujui Lembaga Adat", "Numpang betanyo kami di sini",
        "Versi 2", "Versi 1", recording.master.sha256, "Mengunggah rekaman “Studio”", "<path d=",
    ):  # fmt: skip
        assert word in text
    assert "sudah berubah" not in text


def test_it_says_when_the_text_has_moved_on(staff, recording):
    senjang = recording.senjang
    senjang.isi = factories.stanza("Baris lain", "Baris lagi")
    senjang.save_revision()

    assert "teks senjang sudah berubah" in staff.get(f"/admin/rekaman/{recording.pk}/").content.decode()
    response = staff.post(f"/admin/rekaman/{recording.pk}/lirik/", {"words": "latest"})
    assert said(response) == ["Lirik yang dinyanyikan sudah ditetapkan."]
    assert "belum disetujui" in staff.get(f"/admin/rekaman/{recording.pk}/").content.decode()


def test_the_page_watches_until_all_is_made(staff, recording):
    address = f"/admin/rekaman/{recording.pk}/keadaan/"
    Rendition.objects.update(state="proses", progress=40)

    assert staff.get(address).json()["busy"] is True
    assert 'value="40"' in staff.get(address).json()["html"]
    Rendition.objects.update(state="antre")
    renditions.make(recording.master.pk)
    assert staff.get(address).json()["busy"] is False


def test_a_failure_shows_its_cause_and_a_retry(staff, recording):
    Rendition.objects.update(state="gagal", error="Ruang simpan penuh.")
    failed = recording.master.renditions.first()
    page = f"/admin/rekaman/{recording.pk}/"

    assert "Ruang simpan penuh." in staff.get(page).content.decode()
    again = staff.post(f"{page}coba-lagi/{failed.pk}/")
    twice = staff.post(f"{page}coba-lagi/{failed.pk}/")

    assert (again.url, said(again)) == (page, ["Berkas yang gagal dibuat lagi."])
    assert said(twice)[-1].startswith("Berkas ini tidak sedang gagal")


def test_a_master_is_heard_in_ranges_by_those_who_may(staff, recording):
    response = staff.get(f"/admin/rekaman/{recording.pk}/dengar/1/", headers={"range": "bytes=0-3"})

    assert (response.status_code, b"".join(response.streaming_content)) == (206, b"RIFF")
    assert response["Content-Type"] == "audio/wav"
    assert response["Cache-Control"].startswith("private, no-store")
    assert staff.get(f"/admin/rekaman/{recording.pk}/dengar/9/").status_code == 404


def test_a_better_take_replaces(staff, recording, take):
    response = staff.post(f"/admin/rekaman/{recording.pk}/ganti/", {"file": take(2)})

    assert response.url == f"/admin/rekaman/{recording.pk}/"
    assert Recording.objects.get().master.version == 2


MAY = {
    Role.ADMINISTRATOR: {"list", "detail", "state", "hear", "add", "replace", "words", "retry"},
    Role.COMMUNICATIONS: {"list", "detail", "state", "hear", "add", "replace", "words", "retry"},
    Role.HEAD: {"list", "detail", "state"},
    Role.COUNCIL: set(),
    Role.RADIO: set(),
    Role.FRONT_DESK: set(),
}


@pytest.mark.parametrize("role", MAY)
def test_who_may_do_what(client, user_in, recording, role):
    client.force_login(user_in(role))
    own = f"/admin/rekaman/{recording.pk}/"
    failed = recording.master.renditions.first().pk
    asked = {
        "list": client.get(INDEX),
        "detail": client.get(own),
        "state": client.get(f"{own}keadaan/"),
        "hear": client.get(f"{own}dengar/1/"),
        "add": client.get(UPLOAD),
        "replace": client.get(f"{own}ganti/"),
        "words": client.post(f"{own}lirik/"),
        "retry": client.post(f"{own}coba-lagi/{failed}/"),
    }
    for response in asked.values():
        if response.streaming:
            b"".join(response.streaming_content)

    let_in = {
        name for name, response in asked.items() if response.status_code == 200 or own == response.get("Location")
    }

    assert let_in == MAY[role]


def test_the_menu_shows_the_desk_to_those_who_may(client, user_in):
    shown = {}
    for role in (Role.COMMUNICATIONS, Role.HEAD):
        client.force_login(user_in(role))
        shown[role] = INDEX in client.get("/admin/").content.decode()

    assert shown == {Role.COMMUNICATIONS: True, Role.HEAD: True}


def test_a_recording_whose_file_never_came_has_its_page_and_a_way_to_send_it(staff, recording):
    Rendition.objects.all().delete()
    recording.masters.all().delete()
    page = f"{INDEX}{recording.pk}/"

    assert "belum punya berkas" in staff.get(page).content.decode()
    assert staff.get(f"{page}keadaan/").json()["busy"] is False
    assert [staff.get(address).status_code for address in (INDEX, f"{page}ganti/")] == [200, 200]


@pytest.mark.parametrize("field", ["senjang", "singers", "musicians"])
def test_a_number_that_no_row_can_have_is_no_choice(staff, take, field):
    data = {"senjang": factories.SenjangPageFactory().pk, "file": take()} | {field: "9" * 20}

    response = staff.post(UPLOAD, data, headers=JSON)

    assert (response.status_code, list(response.json()["errors"])) == (422, [field])
    assert Recording.objects.count() == 0
