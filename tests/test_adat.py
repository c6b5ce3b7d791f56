"""The council's pages: read large, decide in two steps, by log-in or by secret link."""

import re

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from campaigns.models import LicencePage
from cms.office import links, trail
from cms.office.models import Role, SecretLink
from media_assets import invitations, review, submitting
from media_assets.models import Approval, Decision, Ruling, SenjangCredit, Submission
from tests import factories
from tests.test_review import complete, reword

pytestmark = pytest.mark.django_db


@pytest.fixture
def submission(staff):
    return submitting.submit(complete(title="Izin Mudah"), by=staff)


def path_of(address):
    return address.removeprefix("https://bersenjang.example")


def shown(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def rows():
    return (Decision.objects.of_members().count(), Ruling.objects.count(), Approval.objects.count())


def test_the_list_shows_what_waits_and_what_was_decided(elders_browser, elder, staff, submission):
    done = submitting.submit(complete(title="Sudah Beres"), by=staff)
    review.agree(done, member=elder, by=elder.person.user)

    page = shown(elders_browser.get("/adat/"))

    assert page.index("Menunggu putusan Anda") < page.index("Izin Mudah") < page.index("Yang sudah Anda putuskan")
    assert page.index("Yang sudah Anda putuskan") < page.index("Sudah Beres") < page.index("Disetujui")


def test_the_empty_list_says_so(elders_browser):
    assert "Tidak ada senjang yang menunggu putusan Anda" in shown(elders_browser.get("/adat/"))


def test_a_text_of_ones_own_does_not_wait_for_one(elders_browser, elder, staff):
    page = complete(title="Karangan Sendiri")
    page.credits.add(SenjangCredit(person=elder.person, role=SenjangCredit.Role.AUTHOR))
    page.save()
    page.save_revision()
    own = submitting.submit(page, by=staff)

    assert "Karangan Sendiri" not in shown(elders_browser.get("/adat/"))
    assert "Anggota lain memutuskan" in shown(elders_browser.get(f"/adat/{own.pk}/"))


def test_the_text_is_read_line_by_line_with_meaning_credits_and_services(elders_browser, submission):
    licence = LicencePage.objects.get(pk__in=submission.about["licences"])

    answer = elders_browser.get(f"/adat/{submission.pk}/")

    page = shown(answer)
    for words in (
        "1 Assalamualaikum kami ucapke arti Assalamualaikum kami ucapke",
        "3 Ngurus izin idak lah saro",
        "6 Mohon maaf kami pamit",
        "Penulis lirik Penulis",
        licence.title,
        "Setuju seluruhnya",
        "Minta perbaikan",
        "Semua bagian disetujui dan staf boleh menerbitkannya.",
    ):
        assert words in page
    assert page.index("Pembuka") < page.index("Isi ") < page.index("Penutup")
    assert 'lang="mui"' in answer.content.decode()


def test_the_frozen_text_is_shown_even_when_the_revision_was_overwritten(elders_browser, submission):
    reword(submission.page, "isi", "Diubah diam-diam", "lewat pintu belakang")

    page = shown(elders_browser.get(f"/adat/{submission.pk}/"))

    assert "Ngurus izin idak lah saro" in page
    assert "Diubah diam-diam" not in page
    assert "Staf sedang mengubah teks ini" in page
    assert "Setuju seluruhnya" not in page


def test_agreeing_asks_once_more_before_it_counts(elders_browser, submission):
    address = f"/adat/{submission.pk}/"

    asked = elders_browser.post(address, {"verdict": "setuju"})
    before = rows()
    answer = elders_browser.post(address, {"verdict": "setuju", "step": "catat"})

    assert "Periksa putusan Anda" in shown(asked)
    assert (before, rows()) == ((0, 0, 0), (9, 1, 1))
    assert answer.url == address
    after = shown(elders_browser.get(address))
    assert "Putusan Anda sudah tercatat. Terima kasih." in after
    assert "Staf sekarang boleh menerbitkan senjang ini." in after
    assert "tidak berubah" not in after


def test_a_send_back_shows_part_and_reason_before_it_counts_and_can_be_changed(elders_browser, submission):
    address = f"/adat/{submission.pk}/"
    verdict = {"verdict": "perbaiki", "part": "isi", "reason": "Baris 3 terlalu kasar"}

    asked = shown(elders_browser.post(address, verdict))
    back = elders_browser.post(address, verdict | {"step": "ubah"}).content.decode()
    before = rows()
    elders_browser.post(address, verdict | {"step": "catat"})

    assert "Bagian Isi Alasan Baris 3 terlalu kasar" in asked
    assert "Baris 3 terlalu kasar</textarea>" in back
    assert (before, rows()) == ((0, 0, 0), (3, 1, 0))
    assert "Diminta perbaikan oleh Pak Mahmud: Baris 3 terlalu kasar" in shown(elders_browser.get(address))


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"verdict": "perbaiki", "reason": " "}, "Tulis alasannya"),
        ({"verdict": "perbaiki", "reason": " ", "step": "catat"}, "Tulis alasannya"),
        ({"verdict": "mungkin", "step": "catat"}, "Putusan Anda"),
        ({"verdict": "perbaiki", "reason": "x", "part": "refrein", "step": "catat"}, "Putusan Anda"),
        ({"step": "catat"}, "Putusan Anda"),
        ({}, "Putusan Anda"),
    ],
)
def test_unfinished_answers_are_sent_back_to_the_page_and_record_nothing(sent, sentence, elders_browser, submission):
    answer = elders_browser.post(f"/adat/{submission.pk}/", sent)

    assert (answer.status_code, rows()) == (400, (0, 0, 0))
    assert sentence in shown(answer)


def test_deciding_twice_is_refused_in_words(elders_browser, submission):
    decide = {"verdict": "setuju", "step": "catat"}
    elders_browser.post(f"/adat/{submission.pk}/", decide)

    answer = elders_browser.post(f"/adat/{submission.pk}/", decide)

    assert (answer.status_code, rows()) == (409, (9, 1, 1))
    assert "Pengajuan ini sudah selesai: disetujui." in shown(answer)


@pytest.mark.parametrize("move", ["recall", "edit", "delete"])
def test_a_submission_that_is_over_gives_a_helpful_page(move, elders_browser, submission, staff):
    if move == "recall":
        submitting.recall(submission, by=staff)
    elif move == "edit":
        reword(submission.page, "isi", "Lain", "lagi")
    else:
        submission.page.delete()

    read = elders_browser.get(f"/adat/{submission.pk}/")
    decided = elders_browser.post(f"/adat/{submission.pk}/", {"verdict": "setuju", "step": "catat"})

    assert (read.status_code, "Setuju seluruhnya" in shown(read)) == (200, False)
    assert (decided.status_code, rows()[::2]) == (409, (0, 0))


def test_parts_already_agreed_and_unchanged_are_marked(elders_browser, elder, staff, submission):
    review.agree(submission, member=elder, by=elder.person.user)
    again = submitting.submit(reword(submission.page, "isi", "Isi yang lain", "dan barisnya"), by=staff)

    page = shown(elders_browser.get(f"/adat/{again.pk}/"))

    assert page.count("Kata-kata bagian ini sudah disetujui") == 2


def test_who_has_no_seat_sees_no_text(client, user_in, submission):
    for role in (Role.RADIO, Role.FRONT_DESK, Role.COUNCIL):
        client.force_login(user_in(role))
        assert client.get(f"/adat/{submission.pk}/").status_code == 404
        assert client.post(f"/adat/{submission.pk}/", {"verdict": "setuju", "step": "catat"}).status_code == 404
    assert client.get("/adat/999999/").status_code == 404
    assert "belum terhubung" in shown(client.get("/adat/"))
    client.force_login(user_in(Role.RADIO))
    assert client.get("/adat/").status_code == 403


def test_staff_read_but_cannot_decide(client, staff, submission):
    client.force_login(staff)

    assert "Setuju seluruhnya" not in shown(client.get(f"/adat/{submission.pk}/"))
    assert client.post(f"/adat/{submission.pk}/", {"verdict": "setuju", "step": "catat"}).status_code == 403
    assert rows() == (0, 0, 0)


def test_visitors_are_asked_to_log_in(client, submission):
    assert client.get("/adat/").url == "/masuk/?next=/adat/"
    assert client.get(f"/adat/{submission.pk}/").url == f"/masuk/?next=/adat/{submission.pk}/"


def test_a_link_opens_the_text_and_decides_for_its_member_only(client, staff, submission):
    member = factories.CouncilMemberFactory(person__name="Bu Aisyah", person__user=None)
    address = path_of(invitations.invite(submission, member=member, by=staff))

    read = client.get(address)
    asked = client.post(address, {"verdict": "setuju"})
    before = rows()
    client.post(address, {"verdict": "setuju", "step": "catat"})

    assert "Setuju seluruhnya" in shown(read)
    assert "Anggota Bu Aisyah" in shown(asked)
    assert (before, rows()) == ((0, 0, 0), (9, 1, 1))
    assert {d.member for d in Decision.objects.of_members()} == {member}
    assert "Staf sekarang boleh menerbitkan" in shown(client.get(address))


def test_opening_a_link_a_hundred_times_decides_nothing_but_notes_the_use(client, staff, submission, elder):
    address = path_of(invitations.invite(submission, member=elder, by=staff))

    for method in (client.get, client.head, client.options, client.put):
        method(address, headers={"user-agent": "Mozilla/5.0 (Linux; Android 10) Chrome/120.0 Mobile Safari/537.36"})

    assert rows() == (0, 0, 0)
    assert SecretLink.objects.get().last_used_at is not None


def test_a_links_address_is_kept_from_others(client, staff, submission, elder):
    answer = client.get(path_of(invitations.invite(submission, member=elder, by=staff)))

    assert {name: answer[name] for name in ("Referrer-Policy", "Cache-Control", "X-Robots-Tag")} == {
        "Referrer-Policy": "same-origin",
        "Cache-Control": "private, no-store",
        "X-Robots-Tag": "noindex, nofollow",
    }


def test_a_link_decides_only_from_its_own_page(staff, submission, elder):
    browser = Client(enforce_csrf_checks=True)
    address = path_of(invitations.invite(submission, member=elder, by=staff))
    decide = {"verdict": "setuju", "step": "catat"}
    token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', browser.get(address).content.decode())[1]

    refused = browser.post(address, decide)
    done = browser.post(address, decide | {"csrfmiddlewaretoken": token}, headers={"origin": "http://testserver"})

    assert (refused.status_code, done.status_code) == (403, 302)


@pytest.mark.parametrize("kind", ["unknown", "truncated", "revoked", "expired", "replaced", "other purpose"])
def test_a_link_that_no_longer_holds_gets_a_helpful_page_and_no_text(kind, client, staff, submission, elder):
    address = path_of(invitations.invite(submission, member=elder, by=staff))
    if kind == "unknown":
        address = "/adat/t/tidak-ada/"
    elif kind == "truncated":
        address = address[:-4] + "/"
    elif kind == "revoked":
        invitations.revoke(submission.invitations.get(), by=staff)
    elif kind == "expired":
        SecretLink.objects.update(expires_at=timezone.now())
    elif kind == "replaced":
        invitations.invite(submission, member=elder, by=staff)
    else:
        address = f"/adat/t/{links.issue('radio', submission, holder='Radio', by=staff)}/"

    answers = [client.get(address), client.post(address, {"verdict": "setuju", "step": "catat"})]

    for answer in answers:
        assert (answer.status_code, "Minta tautan baru" in shown(answer)) == (404, True)
        assert "Izin Mudah" not in shown(answer)
    assert rows() == (0, 0, 0)


def test_a_link_of_a_member_who_has_left_reads_but_decides_nothing(client, staff, submission, elder):
    address = path_of(invitations.invite(submission, member=elder, by=staff))
    elder.until = timezone.localdate()
    elder.save()

    answer = client.post(address, {"verdict": "setuju", "step": "catat"})

    assert (answer.status_code, rows()) == (403, (0, 0, 0))
    page = shown(client.get(address))
    assert "Anda sedang tidak bertugas" in page
    assert "ikut menulis" not in page


def test_a_link_does_not_vote_from_the_browser_of_somebody_elses_account(client, staff, submission, elder):
    address = path_of(invitations.invite(submission, member=elder, by=staff))
    client.force_login(staff)

    answers = [client.post(address, {"verdict": "setuju"} | step) for step in ({}, {"step": "catat"})]

    for answer in answers:
        assert (answer.status_code, "Tautan ini hanya untuk Pak Mahmud" in shown(answer)) == (403, True)
    assert rows() == (0, 0, 0)
    client.force_login(elder.person.user)
    assert client.post(address, {"verdict": "setuju", "step": "catat"}).status_code == 302


def test_a_vote_by_link_tells_who_made_the_link(client, staff, submission, elder):
    client.post(path_of(invitations.invite(submission, member=elder, by=staff)), {"verdict": "setuju", "step": "catat"})

    voted = trail.of(submission.page).get(verb="setujui")
    assert voted.actor_name == f"Pak Mahmud, lewat tautan yang dibuat {staff.get_full_name()}"


def test_an_invitation_is_refused_for_authors_and_finished_submissions_and_to_outsiders(
    staff, submission, elder, user_in
):
    author = factories.CouncilMemberFactory(
        person=submission.page.get_latest_revision_as_object().credits.all()[0].person
    )

    with pytest.raises(ValidationError, match="ikut menulisnya"):
        invitations.invite(submission, member=author, by=staff)
    with pytest.raises(PermissionDenied):
        invitations.invite(submission, member=elder, by=user_in(Role.RADIO))
    submitting.recall(submission, by=staff)
    with pytest.raises(ValidationError, match="sudah selesai"):
        invitations.invite(submission, member=elder, by=staff)

    assert SecretLink.objects.count() == 0


def test_the_whatsapp_text_names_member_title_address_and_last_day(submission, elder):
    text = invitations.whatsapp(submission, member=elder, address="https://bersenjang.example/adat/t/abc/")

    assert text.startswith("https://wa.me/?text=Yth.%20Pak%20Mahmud")
    assert "adat/t/abc/" in text


def test_contacts_never_show_on_the_councils_pages(elders_browser, elder, submission):
    elder.person.contact = "0812 7777 8888"
    elder.person.save()

    for address in ("/adat/", f"/adat/{submission.pk}/"):
        assert "0812 7777 8888" not in elders_browser.get(address).content.decode()


def test_the_list_asks_the_database_as_often_for_three_as_for_one(elders_browser, elder, staff, submission):
    def one_more():
        submitting.submit(complete(), by=staff)
        review.agree(submitting.submit(complete(), by=staff), member=elder, by=elder.person.user)

    one_more()
    elders_browser.get("/adat/")
    few = count(lambda: elders_browser.get("/adat/"))
    one_more()
    one_more()

    assert count(lambda: elders_browser.get("/adat/")) == few


def count(act):
    with CaptureQueriesContext(connection) as queries:
        act()
    return len(queries)


def test_the_sheet_asks_the_database_as_often_for_three_stanzas_credits_and_services_as_for_one(elders_browser, staff):
    small = submitting.submit(complete(), by=staff)
    page = complete(isi=[*factories.stanza("a", "b"), *factories.stanza("c", "d"), *factories.stanza("e", "f")])
    page.credits.add(*[SenjangCredit(person=factories.PersonFactory(), role="penggubah") for _ in range(2)])
    page.save_revision()
    large = submitting.submit(page, by=staff)
    elders_browser.get(f"/adat/{small.pk}/")

    assert count(lambda: elders_browser.get(f"/adat/{large.pk}/")) == count(
        lambda: elders_browser.get(f"/adat/{small.pk}/")
    )


def test_nothing_waits_after_the_whole_flow(elders_browser, submission):
    elders_browser.post(f"/adat/{submission.pk}/", {"verdict": "setuju", "step": "catat"})

    assert list(Submission.objects.waiting()) == []
    page = submission.page
    page.get_latest_revision().publish()
    page.refresh_from_db()
    assert page.is_public


def test_a_page_that_turns_somebody_away_offers_the_way_out_once(client, user_in, staff, submission):
    member = factories.CouncilMemberFactory(person__name="Bu Aisyah", person__user=None)
    address = path_of(invitations.invite(submission, member=member, by=staff))
    client.force_login(user_in(Role.COUNCIL))

    pages = [client.get("/adat/"), client.post(address, {"verdict": "setuju"})]

    assert [page.content.decode().count('action="/keluar/"') for page in pages] == [1, 1]
