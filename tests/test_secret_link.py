"""A member's secret link: torn, copied, replayed, ended, and texts that are long or written from the right."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from cms.office.models import OfficeSettings, SecretLink
from media_assets import invitations, review, submitting
from media_assets.models import Decision
from tests import factories
from tests.test_adat import count, path_of, rows, shown
from tests.test_reading import BY_HAND
from tests.test_review import complete, reword

pytestmark = pytest.mark.django_db
DECIDE = {"verdict": "setuju", "step": "catat"}
PAGE = "/admin/adat/pengajuan/inspect/{}/"


@pytest.fixture
def submission(staff):
    return submitting.submit(complete(title="Izin Mudah"), by=staff)


@pytest.fixture
def member():
    return factories.CouncilMemberFactory(person__name="Bu Aisyah", person__user=None)


@pytest.fixture
def link(submission, member, staff):
    return path_of(invitations.invite(submission, member=member, by=staff))


@pytest.mark.parametrize("tail", ["", ".", "/.", ")/", "/Tautan", "?fbclid=x"])
def test_a_link_with_something_stuck_to_its_end_still_opens(tail, client, link):
    answer = client.get(link.rstrip("/") + tail, follow=True)

    assert (answer.status_code, "Setuju seluruhnya" in shown(answer)) == (200, True)


@pytest.mark.parametrize("torn", ["/adat/t/", "/adat/t", "/adat/t/abc", "/adat/t/abc/def/", "/adat/t/%00%E2%80%8F/"])
def test_a_torn_link_says_what_to_do(torn, client, submission):
    answer = client.get(torn, follow=True)

    assert (answer.status_code, "Minta tautan baru" in shown(answer)) == (404, True)


def test_a_dead_link_leads_to_the_offices_whatsapp(client):
    office = OfficeSettings.load()
    office.whatsapp_lines.create(label="Umum", number="0812 0000 0000")
    office.save()

    page = client.get("/adat/t/abc/").content.decode()

    assert "https://wa.me/6281200000000?text=Tautan%20saya" in page


def test_a_verdict_sent_again_is_refused_in_words_and_counts_once(client, link):
    client.post(link, DECIDE)

    again = client.post(link, DECIDE)

    assert (again.status_code, rows()) == (409, (9, 1, 1))
    assert "Pengajuan ini sudah selesai: disetujui." in shown(again)


def test_a_link_opened_on_another_device_names_whose_vote_it_is_before_it_counts(client, link):
    """It cannot be told from its owner's own second phone; so it says whose it is, asks, and staff can revoke it."""
    asked = client.post(link, {"verdict": "setuju"})

    assert "Anggota Bu Aisyah" in shown(asked)
    assert rows() == (0, 0, 0)


def test_a_revoked_link_decides_nothing_though_its_page_is_still_open(client, submission, link, staff):
    client.get(link)
    invitations.revoke(submission.invitations.get(), by=staff)

    answer = client.post(link, DECIDE)

    assert (answer.status_code, "Minta tautan baru" in shown(answer), rows()) == (404, True, (0, 0, 0))


def test_no_link_is_needed_for_anothers_text(client, link, staff):
    other = submitting.submit(complete(title="Lain"), by=staff)

    assert client.get(f"/adat/{other.pk}/").url.startswith("/masuk/")


@pytest.mark.parametrize("end", ["revoked", "expired", "open"])
def test_staff_see_when_a_link_was_last_used_also_after_its_end(end, client, desk, submission, link, staff):
    client.get(link, **BY_HAND)
    if end == "revoked":
        invitations.revoke(submission.invitations.get(), by=staff)
    elif end == "expired":
        SecretLink.objects.update(expires_at=timezone.now() - timedelta(hours=1))
    used = timezone.localtime(SecretLink.objects.get().last_used_at).strftime("%H.%M WIB")

    page = shown(desk.get(PAGE.format(submission.pk)))

    assert used in page
    told = {"revoked": "Tidak berlaku lagi: dicabut", "expired": "Tidak berlaku lagi: berakhir", "open": "Cabut tautan"}
    assert [word for word in told.values() if word in page] == [told[end]]


def test_a_version_that_changed_meanwhile_is_not_approved_and_the_change_is_shown(
    elders_browser, submission, staff, elder
):
    elders_browser.get(f"/adat/{submission.pk}/")
    submitting.recall(submission, by=staff)
    submitting.submit(reword(submission.page, "isi", "Ngurus izin idak lah saro", "Datang ke loket bae"), by=staff)

    answer = elders_browser.post(f"/adat/{submission.pk}/", DECIDE)

    page = answer.content.decode()
    assert (answer.status_code, rows()) == (409, (0, 1, 0))
    assert "Pengajuan ini sudah selesai: ditarik staf." in page
    assert "<details open>\n<summary>Yang berubah sejak versi ini" in page
    assert "<ins>Datang ke loket bae</ins>" in page
    assert re.search(r"Yang berubah.*Pembuka</h2>\s*<p", page) is None


def test_a_draft_that_changed_under_review_is_not_approved_and_says_so(client, link, submission):
    reword(submission.page, "isi", "Diubah", "diam-diam")

    answer = client.post(link, DECIDE)

    assert (answer.status_code, rows()) == (409, (0, 0, 0))
    assert "Teks berubah sejak diajukan" in shown(answer)
    assert "diam-diam" not in shown(answer)


@pytest.fixture
def long_one(staff):
    """Two hundred stanzas of four lines."""
    isi = [
        bait for number in range(198) for bait in factories.stanza(*(f"Baris {number} {n} dirantau" for n in range(4)))
    ]
    return submitting.submit(complete(title="Panjang", isi=isi), by=staff)


def test_two_hundred_stanzas_are_read_decided_and_compared(elders_browser, long_one, submission, staff, member):
    elders_browser.get(f"/adat/{submission.pk}/")
    few = count(lambda: elders_browser.get(f"/adat/{submission.pk}/"))

    assert count(lambda: elders_browser.get(f"/adat/{long_one.pk}/")) == few
    link = path_of(invitations.invite(long_one, member=member, by=staff))
    assert "796 Mohon maaf kami pamit" in shown(elders_browser.get(link))
    submitting.recall(long_one, by=staff)
    again = submitting.submit(reword(long_one.page, "penutup", "Kalu ado salah", "Mohon maaf"), by=staff)
    assert "Yang berubah sejak itu: Penutup." in shown(elders_browser.get(f"/adat/{again.pk}/?beda=1"))
    assert elders_browser.post(f"/adat/{again.pk}/", DECIDE).status_code == 302


@pytest.mark.parametrize(
    "words",
    ["ورهت كبائيقن علم", "é̃̇ o̱̊ kato", "\u202eterbalik\u202c bae", "Kato 👩‍👩‍👧 kito", "ꦱꦼꦤ꧀ꦗꦁ"],
)
def test_words_from_the_right_and_stacked_marks_are_shown_as_written_and_decided(words, client, staff, member):
    page = complete(isi=factories.stanza(words, "Datang ke kantor"))
    submission = submitting.submit(page, by=staff)
    link = path_of(invitations.invite(submission, member=member, by=staff))

    shows = client.get(link).content.decode()
    client.post(link, DECIDE)

    assert f'dir="auto">{submission.text["isi"][0][0]["text"]}</span>' in shows
    assert Decision.objects.filter(part="isi", part_digest=page.part_digests["isi"]).count() == 3


def test_a_reason_with_control_and_bidi_signs_is_kept_or_refused_never_broken(client, link):
    answer = client.post(link, {"verdict": "perbaiki", "reason": "Baris \u202e3\u0000 kasar", "step": "catat"})

    assert answer.status_code in (302, 400)
    assert Decision.objects.count() == (9 if answer.status_code == 302 else 0)


def test_what_was_agreed_by_link_stands_after_the_link_has_ended(client, link, submission, staff):
    client.post(link, {"verdict": "setuju", "parts": ["isi"], "step": "catat"})
    invitations.revoke(submission.invitations.get(), by=staff)

    assert Decision.objects.filter(part="isi").count() == 3
    elder = factories.CouncilMemberFactory(person__user=None)
    review.agree(submission, member=elder, through="x", parts=["pembuka", "penutup"])
    assert rows()[1:] == (1, 1)
