"""The public form for taking a song down, its code, and the page on which the council answers."""

import re

import pytest
from django.core.cache import cache
from django.test import Client

from campaigns import codes
from campaigns.models import Scan
from cms.office.models import Role
from media_assets import labelling, protocol, review, submitting, takedowns
from media_assets.models import TakedownContact, TakedownRequest
from tests import factories
from tests.test_review import complete

pytestmark = pytest.mark.django_db
WHY = "Kakek saya tidak pernah mengizinkan rekaman ini."
SENT = {"relation": "keluarga", "reason": WHY}
WORDS = "Ngurus izin idak lah saro"
PHONE = {"User-Agent": "Mozilla/5.0 (Linux; Android 10) Chrome/120.0 Mobile Safari/537.36"}


@pytest.fixture(autouse=True)
def _no_requests_so_far():
    cache.clear()


@pytest.fixture
def song():
    return factories.SenjangPageFactory(published=True, title="Tepung Tawar")


@pytest.fixture
def request_sent(song):
    return takedowns.ask(song, relation="keluarga", reason=WHY, contact="0812")


def shown(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def form_of(song):
    return f"/turunkan/{song.pk}/"


def test_the_way_from_the_song_to_the_decision(client, song, elders_browser):
    stranger = Client()
    assert f'href="{form_of(song)}"' in stranger.get(song.get_url()).text

    sent = stranger.post(form_of(song), SENT | {"contact": "0812"})
    code = re.search(r"code-input\">([0-9A-Z ]+)<", sent.text)[1]
    waits = shown(stranger.get("/turunkan/", {"kode": code}))
    off = stranger.get(song.get_url()).text
    request = TakedownRequest.objects.get()
    listed = shown(elders_browser.get("/adat/"))
    read = shown(elders_browser.get(f"/adat/permohonan/{request.pk}/"))
    done = elders_browser.post(
        f"/adat/permohonan/{request.pk}/", {"putusan": "tolak", "reason": "Penulisnya mengizinkan."}, follow=True
    )
    told = shown(stranger.get("/turunkan/", {"kode": code.lower()}))

    assert ("sekarang ditahan" in shown(sent), "Menunggu Lembaga Adat" in waits) == (True, True)
    assert (WORDS in off, "permohonan penurunan" in off) == (False, True)
    assert listed.index("Menunggu putusan Anda") < listed.index("Tepung Tawar") < listed.index("Tidak ada senjang")
    assert (WHY in read, "0812" in read, "0812" in shown(done)) == (True, True, False)
    assert "Tidak dikabulkan" in told
    assert "Penulisnya mengizinkan." in told
    assert WORDS in stranger.get(song.get_url()).text


def test_the_councils_home_is_headed_before_what_waits_on_it(elders_browser, request_sent):
    page = elders_browser.get("/adat/").text

    assert re.findall(r"<(h[1-3])", page)[:3] == ["h1", "h2", "h3"]


def test_upheld_it_says_what_label_it_bears(elders_browser, song, request_sent):
    elders_browser.post(f"/adat/permohonan/{request_sent.pk}/", {"putusan": "kabulkan", "reason": "Keluarga berhak."})

    assert "hanya untuk kalangan adat" in elders_browser.get(song.get_url()).text


def test_a_held_song_behind_a_code_is_a_kind_page_and_still_counted(client, song, request_sent):
    code = codes.place(song, label="Meja", licences=[factories.LicencePageFactory(title="Izin Toko")], by=None)

    answer = client.get(code.path, headers=PHONE)

    assert (answer.status_code, "Izin Toko" in answer.text, WORDS in answer.text) == (200, True, False)
    assert Scan.objects.get().code_id == code.pk


def test_the_home_of_whoever_approved_it_says_that_it_is_held(elders_browser, elder, staff):
    page = complete(title="Tepung Tawar")
    submission = submitting.submit(page, by=staff)
    review.agree(submission, member=elder, by=elder.person.user)
    page.get_latest_revision().publish()
    page.refresh_from_db()
    before = shown(elders_browser.get("/adat/"))

    takedowns.ask(page, relation="lain", reason=WHY)

    assert "Terbit, tidak ditampilkan" not in before
    assert "Terbit, tidak ditampilkan" in shown(elders_browser.get("/adat/"))


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"reason": ""}, "Tulis alasannya"),
        ({"reason": "hapus"}, "Jelaskan sedikit lagi"),
        ({"reason": "x" * 2001}, "2000"),
        ({"reason": "alasan\x00 dengan nol"}, "Ada tanda yang tidak terbaca"),
        ({"relation": ""}, "Pilih salah satu"),
        ({"relation": "raja"}, "raja"),
        ({"contact": "8" * 121}, "120"),
        ({"website": "https://spam.example"}, "Biarkan kosong"),
    ],
)
def test_what_cannot_be_is_answered_in_words_and_holds_nothing(client, song, wrong, says):
    answer = client.post(form_of(song), SENT | wrong)

    assert (answer.status_code, says in shown(answer), TakedownRequest.objects.count()) == (400, True, 0)


def test_a_forged_form_from_another_site_is_refused(song):
    browser = Client(enforce_csrf_checks=True)

    assert browser.post(form_of(song), SENT).status_code == 403
    assert not TakedownRequest.objects.exists()


def test_a_second_request_is_told_of_the_first(client, song, request_sent):
    read, sent = client.get(form_of(song)), client.post(form_of(song), SENT | {"reason": "Alasan lain sama sekali."})

    assert ("Sudah ada permohonan" in shown(read), "<form method" in read.text) == (True, False)
    assert (sent.status_code, "Sudah ada permohonan" in shown(sent)) == (400, True)


def test_there_is_no_form_for_what_is_not_public(client, song, elder):
    labelling.put_on(song, protocol.COUNCIL_ONLY, by=elder.person.user, reason=WHY)
    paths = [form_of(factories.SenjangPageFactory()), form_of(song), "/turunkan/99999/"]

    assert [client.get(path).status_code for path in paths] == [404, 404, 404]


@pytest.mark.parametrize(
    "path",
    [
        "turunkan/{}/",
        "adat/permohonan/{}/",
        "adat/label/{}/",
        "label/{}/suara/",
        "adat/{}/",
        "adat/1/catatan/{}/tarik/",
        "admin/saran-bentuk/{}/",
    ],
)
def test_a_number_no_row_can_have_is_not_found(admin_client, path):
    assert admin_client.get("/" + path.format("9" * 30)).status_code == 404


@pytest.mark.parametrize("typed", ["ABC", "0" * 9, "x" * 500, "\x00"])
def test_an_unknown_code_is_answered_in_words(client, request_sent, typed):
    answer = client.get("/turunkan/", {"kode": typed})

    assert (answer.status_code, "Tepung Tawar" in answer.text) == (404, False)
    assert "tidak kami kenal" in shown(answer)


def test_who_has_no_code_is_told_what_the_page_is_for_and_where_a_code_comes_from(client):
    told = shown(client.get("/turunkan/"))

    assert "Di sini Anda melihat putusan atas permohonan Anda." in told
    assert "Kodenya tampil sekali, sesudah permohonan dikirim." in told


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        ("a\0" + "b" * 20, "Ada tanda yang tidak terbaca di sini."),
        ("x" * 2001, "Terlalu panjang: paling banyak 2000 huruf"),
    ],
)
def test_what_cannot_be_taken_in_is_refused_in_plain_words(client, song, reason, told):
    answer = client.post(form_of(song), {"relation": "keluarga", "reason": reason})

    assert (answer.status_code, told in answer.text) == (400, True)
    assert not TakedownRequest.objects.exists()


def test_the_pages_are_kept_nowhere_and_indexed_by_nobody(client, song, request_sent):
    for path in (form_of(song), "/turunkan/"):
        answer = client.get(path)
        assert ("no-store" in answer["Cache-Control"], answer["X-Robots-Tag"]) == (True, "noindex, nofollow")


def test_who_may_not_answer_sees_neither_contact_nor_button(client, user_in, request_sent):
    path = f"/adat/permohonan/{request_sent.pk}/"
    statuses = {}
    for role in Role:
        client.force_login(user_in(role))
        statuses[role] = client.get(path).status_code
        assert "0812" not in client.get(path).text
        assert client.post(path, {"putusan": "tolak", "reason": WHY}).status_code == 403

    assert {role for role, status in statuses.items() if status == 200} == {
        Role.ADMINISTRATOR,
        Role.COMMUNICATIONS,
        Role.HEAD,
    }
    assert (TakedownContact.objects.count(), TakedownRequest.objects.open().count()) == (1, 1)


@pytest.mark.parametrize("sent", [{}, {"putusan": "tolak"}, {"putusan": "bakar", "reason": WHY}, {"reason": WHY}])
def test_an_answer_without_verdict_or_reason_decides_nothing(elders_browser, request_sent, sent):
    answer = elders_browser.post(f"/adat/permohonan/{request_sent.pk}/", sent)

    assert (answer.status_code, TakedownRequest.objects.open().count()) == (400, 1)


def test_an_answer_that_came_second_is_told_so(elders_browser, elder, request_sent):
    takedowns.dismiss(request_sent, reason="Sudah.", by=elder.person.user)

    answer = elders_browser.post(f"/adat/permohonan/{request_sent.pk}/", {"putusan": "kabulkan", "reason": WHY})

    assert (answer.status_code, request_sent.answer.verdict) == (400, "ditolak")
