"""The council's home: what waits and until when, what a member decided, and what became of it."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.formats import date_format

from media_assets import invitations, review, submitting, turns
from media_assets.models import CouncilMember, CouncilRule, Decision
from tests import factories
from tests.test_adat import count, path_of, shown
from tests.test_review import complete, reword

pytestmark = pytest.mark.django_db


def submitted(staff, title="Izin Mudah"):
    return submitting.submit(complete(title=title, slug=title.lower().replace(" ", "-")), by=staff)


def agree(submission, member):
    return review.agree(submission, member=member, through=str(member))


@pytest.fixture
def home(elders_browser):
    return lambda query="": shown(elders_browser.get(f"/adat/{query}"))


def test_what_waits_says_until_when(home, staff):
    CouncilRule.objects.update_or_create(defaults={"days": 1})
    submitted(staff)

    page = home()

    assert "Dibaca paling lambat" in page
    assert "Lewat" not in page
    assert "Ketuk untuk membaca dan memutuskan." in page


def test_a_day_that_has_passed_is_told_in_words_and_stands_first(home, staff, monkeypatch):
    submitted(staff, "Masih Lama")
    late = submitted(staff, "Sudah Lewat")
    monkeypatch.setattr(timezone, "localdate", lambda *args: late.due_on + timedelta(days=3))
    submitted(staff, "Baru Masuk")

    page = home()

    assert page.count("Lewat 3 hari") == 2
    assert page.index("Sudah Lewat") < page.index("Baru Masuk")


def test_more_time_given_by_the_chair_counts(home, staff):
    submission = submitted(staff)
    chair = factories.CouncilMemberFactory(is_chair=True)
    until = submission.due_on + timedelta(days=40)
    turns.extend(submission, member=chair, until=until, reason="Panen", through="x")

    assert f"Dibaca paling lambat {date_format(until, 'l, j F Y')}" in home()


def test_a_text_opened_before_says_so(home, elders_browser, staff):
    submission = submitted(staff)
    elders_browser.get(f"/adat/{submission.pk}/", headers={"user-agent": "Mozilla/5.0 (Linux; Android 5.1) Chrome/44"})

    assert "Sudah Anda buka. Ketuk untuk meneruskan dan memutuskan." in home()


def test_before_the_first_verdict_the_page_says_what_will_stand_there(home):
    assert "Belum ada. Setelah Anda memutuskan sebuah senjang" in home()


def test_an_approved_text_is_told_and_once_published_leads_to_its_page(home, elders_browser, elder, staff):
    submission = submitted(staff)
    agree(submission, elder)
    before = home()

    submission.page.get_latest_revision().publish()

    assert "Disetujui sejak" in before
    assert "Lihat halamannya" not in before
    answer = elders_browser.get("/adat/")
    assert "Terbit sejak" in shown(answer)
    assert 'href="/senjang/izin-mudah/"' in answer.content.decode()
    assert elders_browser.get("/senjang/izin-mudah/").status_code == 200


def test_a_text_sent_back_names_the_reason_and_leads_to_the_newer_version(home, elders_browser, elder, staff):
    submission = submitted(staff)
    review.send_back(submission, member=elder, reason="Baris 3 kasar", through="x")
    again = submitting.submit(reword(submission.page, "isi", "Ngurus izin", "Datang bae"), by=staff)

    answer = elders_browser.get("/adat/")

    page = shown(answer)
    assert "minta perbaikan: Baris 3 kasar." in page
    assert "Versi yang lebih baru sudah diajukan." in page
    assert f'href="/adat/{again.pk}/">Buka versi yang baru' in answer.content.decode()


def test_a_reason_that_ends_with_a_full_stop_is_told_with_one(home, elder, staff):
    review.send_back(submitted(staff), member=elder, reason="Baris dua keliru.", through="x")

    page = home()

    assert ("Baris dua keliru." in page, "keliru.." in page) == (True, False)


def test_an_approval_taken_back_tells_why_and_since_when(home, elder, staff):
    submission = submitted(staff)
    agree(submission, elder)
    review.withdraw(submission.page, reason="Ada keberatan ahli waris", by=staff)

    page = home()

    assert "Persetujuan dicabut sejak" in page
    assert "Ada keberatan ahli waris" in page
    assert "Lihat halamannya" not in page


def test_what_still_waits_for_others_and_what_was_left_to_them_is_told(home, elder, staff):
    CouncilRule.objects.update_or_create(defaults={"quorum": 2})
    factories.CouncilMemberFactory()
    agree(submitted(staff, "Menunggu Yang Lain"), elder)
    turns.recuse(submitted(staff, "Karya Keponakan"), member=elder, reason="Keponakan saya", through="x")
    review.agree(submitted(staff, "Sebagian Dulu"), member=elder, parts=["isi"], through="x")

    page = home()

    assert "setuju seluruhnya. Masih dibahas" in page
    assert "diserahkan kepada anggota lain: Keponakan saya." in page
    assert "setuju sebagian." in page


def test_a_text_whose_page_was_deleted_is_still_told(home, elder, staff):
    submission = submitted(staff)
    review.agree(submission, member=elder, parts=["isi"], through="x")
    submission.page.delete()

    assert "Tidak berlaku lagi" in home()


@pytest.fixture
def seven(elder, staff, monkeypatch):
    monkeypatch.setattr("media_assets.council_home.PER_PAGE", 3)
    for number in range(7):
        agree(submitted(staff, f"Senjang Lama {number}"), elder)


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", [6, 5, 4]),
        ("?halaman=2", [3, 2, 1]),
        ("?halaman=3", [0]),
        ("?halaman=99", [0]),
        ("?halaman=-1", [0]),
        ("?halaman=abc", [6, 5, 4]),
    ],
)
def test_past_texts_stand_on_pages_newest_first(query, titles, home, seven):
    page = home(query)

    assert [number for number in range(7) if f"Senjang Lama {number}" in page] == sorted(titles)
    assert "dari 3" in page


def test_the_home_asks_the_database_as_often_for_many_as_for_one(home, elder, staff):
    def one_more(number):
        submission = submitted(staff, f"Nomor {number}")
        agree(submission, elder)
        submission.page.get_latest_revision().publish()
        review.send_back(submitted(staff, f"Balik {number}"), member=elder, reason="x", through="x")
        submitted(staff, f"Tunggu {number}")

    one_more(1)
    home()
    few = count(home)
    for number in (2, 3):
        one_more(number)

    assert count(home) == few


def test_a_members_link_shows_what_became_of_their_verdict(client, staff):
    submission = submitted(staff)
    member = factories.CouncilMemberFactory(person__user=None)
    link = path_of(invitations.invite(submission, member=member, by=staff))
    client.post(link, {"verdict": "setuju", "step": "catat"})
    approved = shown(client.get(link))
    submission.page.get_latest_revision().publish()

    published = client.get(link)

    assert "setuju seluruhnya. Disetujui sejak" in approved
    assert "Kelanjutan putusan Anda" in shown(published)
    assert 'href="/senjang/izin-mudah/"' in published.content.decode()


def test_by_link_a_newer_version_is_told_of_but_not_opened(client, staff):
    submission = submitted(staff)
    member = factories.CouncilMemberFactory(person__user=None)
    link = path_of(invitations.invite(submission, member=member, by=staff))
    client.post(link, {"verdict": "perbaiki", "reason": "Kasar", "step": "catat"})
    again = submitting.submit(reword(submission.page, "isi", "Ngurus izin", "Datang bae"), by=staff)

    answer = client.get(link)

    assert "Versi yang lebih baru sudah diajukan." in shown(answer)
    assert f"/adat/{again.pk}/" not in answer.content.decode()


def test_who_sat_once_reads_what_they_decided_and_nothing_else(client, elder, staff):
    mine, other = submitted(staff, "Yang Kuputuskan"), submitted(staff, "Yang Lain")
    agree(mine, elder)
    CouncilMember.objects.filter(pk=elder.pk).update(until=timezone.localdate())
    client.force_login(elder.person.user)

    page = shown(client.get("/adat/"))

    assert ("Anda sedang tidak bertugas" in page, "Yang Kuputuskan" in page, "Yang Lain" in page) == (True, True, False)
    assert client.get(f"/adat/{mine.pk}/").status_code == 200
    assert client.get(f"/adat/{other.pk}/").status_code == 404
    refused = client.post(f"/adat/{mine.pk}/", {"verdict": "perbaiki", "reason": "Lain lagi", "step": "catat"})
    assert refused.status_code in (403, 409)
    assert Decision.objects.filter(verdict=Decision.Verdict.SEND_BACK).count() == 0


def test_ones_own_reason_is_not_told_twice(home, elder, staff):
    review.send_back(submitted(staff), member=elder, reason="Baris dua keliru", through="x")

    assert home().count("Baris dua keliru") == 1
