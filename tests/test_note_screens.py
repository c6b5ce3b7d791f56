"""Notes on the council's pages: by log-in and by link, with and without a script, on the next version as well."""

import pytest
from django.urls import reverse

from cms.office.models import Role, SecretLink
from media_assets import answering, invitations, lyrics, noting, submitting
from media_assets.models import CouncilRule, Decision, LineNote, NoteClosing
from tests import factories
from tests.effort import effort
from tests.test_adat import count, path_of, shown
from tests.test_noting import next_version, note, uid
from tests.test_review import complete

pytestmark = pytest.mark.django_db
SOFTER = {"new_text": "Ngurus izin dak saro", "new_gloss": "Mengurus izin tidak susah"}


@pytest.fixture
def submission(staff):
    return submitting.submit(complete(title="Izin Mudah"), by=staff)


@pytest.fixture
def sent_link(submission, staff):
    """The address that was sent to a member without an account, and the member."""
    member = factories.CouncilMemberFactory(person__name="Bu Aisyah", person__user=None)
    return path_of(invitations.invite(submission, member=member, by=staff)), member


def home(submission):
    return reverse("adat_submission", args=[submission.pk])


def send(browser, address, submission, **what):
    return browser.post(f"{address}catatan/", {"baris": uid(submission)} | what, follow=True)


def test_a_line_leads_to_its_form_and_the_note_stands_beside_it(elders_browser, submission):
    address, line = home(submission), uid(submission)

    read = elders_browser.get(address).content.decode()
    form = shown(elders_browser.get(f"{address}catatan/?baris={line}"))
    after = send(elders_browser, address, submission, words="Terlalu kasar", **SOFTER)

    assert f'href="{address}catatan/?baris={line}"' in read
    assert "Ngurus izin idak lah saro" in form
    assert after.redirect_chain == [(f"{address}#baris-{line}", 302)]
    page = shown(after)
    assert "Catatan Anda tersimpan" in page
    assert "Menunggu jawaban Pak Mahmud" in page
    assert "Terlalu kasar Usul: Ngurus izin dak saro Mengurus izin tidak susah" in page
    assert "Menunggu jawaban staf atas 1 catatan." in page
    assert f'data-recorded="catatan-{line}"' in after.content.decode()


def test_right_to_left_words_are_isolated(elders_browser, submission):
    send(elders_browser, home(submission), submission, words="سلام")

    assert "<bdi>سلام</bdi>" in elders_browser.get(home(submission)).content.decode()


def test_the_wording_sent_as_it_was_is_no_suggestion(elders_browser, submission):
    line = submission.text["isi"][0][0]

    send(elders_browser, home(submission), submission, words="x", new_text=line["text"], new_gloss=line["gloss"])

    assert LineNote.objects.get().suggestion is None


@pytest.mark.parametrize(
    ("sent", "status", "sentence"),
    [
        ({"words": " "}, 409, "Tulis catatannya"),
        ({"words": "a" * 2001}, 400, "2000"),
        ({"new_text": "a" * 201}, 409, "paling panjang 200 huruf"),
        ({"baris": "00000000", "words": "x"}, 409, "Baris itu tidak ada"),
        ({"baris": "", "words": "x"}, 409, "Baris itu tidak ada"),
    ],
)
def test_what_cannot_be_a_note_is_told_at_its_form(sent, status, sentence, elders_browser, submission):
    answer = send(elders_browser, home(submission), submission, **sent)

    assert (answer.status_code, LineNote.objects.count()) == (status, 0)
    assert sentence in shown(answer)


def test_what_was_typed_stays_in_a_refused_form(elders_browser, submission):
    answer = send(elders_browser, home(submission), submission, words="Simpan ini", new_text="a" * 201)

    assert "Simpan ini</textarea>" in answer.content.decode()


def test_by_link_a_member_notes_and_takes_back(client, submission, sent_link):
    address, member = sent_link

    after = shown(send(client, address, submission, words="Terlalu kasar"))
    written = LineNote.objects.get()
    back = shown(client.post(f"{address}catatan/{written.pk}/tarik/", follow=True))

    assert (written.member, "Tarik catatan ini" in after) == (member, True)
    assert "Catatan Anda ditarik." in back
    assert NoteClosing.objects.get().kind == NoteClosing.Kind.TAKEN_BACK


def test_opening_the_addresses_writes_nothing(client, submission, sent_link, elder):
    address, written = sent_link[0], note(submission, elder)

    for path in (f"catatan/?baris={uid(submission)}", f"catatan/{written.pk}/tarik/", "catatan/"):
        client.get(address + path)

    assert (LineNote.objects.count(), NoteClosing.objects.count()) == (1, 0)


def test_who_may_not_decide_is_shown_no_form_and_cannot_send_one(client, desk, user_in, submission, sent_link):
    address = sent_link[0]

    as_staff = send(desk, home(submission), submission, words="x")
    outsider = send(desk, address, submission, words="x")
    client.force_login(user_in(Role.RADIO))
    stranger = send(client, home(submission), submission, words="x")

    assert [answer.status_code for answer in (as_staff, outsider, stranger)] == [403, 403, 404]
    assert not LineNote.objects.exists()
    desk.force_login(submission.submitted_by)
    assert "line-number" in desk.get(home(submission)).content.decode()
    assert "catatan/?baris" not in desk.get(home(submission)).content.decode()


def test_another_members_note_cannot_be_taken_back(client, submission, sent_link, elder):
    written = note(submission, elder)

    answer = client.post(f"{sent_link[0]}catatan/{written.pk}/tarik/")

    assert (answer.status_code, NoteClosing.objects.count()) == (403, 0)
    assert client.post(f"{sent_link[0]}catatan/999999/tarik/").status_code == 404


def test_a_note_after_the_ruling_is_refused_in_words(elders_browser, submission, staff):
    submitting.recall(submission, by=staff)

    answer = send(elders_browser, home(submission), submission, words="x")

    assert (answer.status_code, LineNote.objects.count()) == (409, 0)
    assert "Pengajuan ini sudah selesai: ditarik staf." in shown(answer)


def test_answered_notes_are_folded_with_their_answer(elders_browser, submission, elder, staff):
    written = note(submission, elder)
    answering.answer(written, words="Kami tanyakan kepada penulisnya", by=staff)

    page = shown(elders_browser.get(home(submission)))

    assert "Pak Mahmud: dijawab" in page
    assert "Kami tanyakan kepada penulisnya" in page
    assert "Menunggu jawaban staf" not in page


def test_a_note_on_a_line_that_is_gone_is_shown_apart(elders_browser, submission, elder, staff):
    note(submission, elder)
    again = next_version(submission, elder, staff, lambda lines: lines[1:])

    page = shown(elders_browser.get(home(again)))

    assert "Catatan untuk baris yang sudah dihapus" in page
    assert "Waktu itu barisnya berbunyi: “Ngurus izin idak lah saro” Terlalu kasar" in page


def test_notes_stand_beside_their_lines_in_the_comparison_too(elders_browser, submission, elder, staff):
    note(submission, elder)
    again = next_version(submission, elder, staff, lambda lines: [{**lines[0], "text": "Lain"}, lines[1]])

    answer = elders_browser.get(f"{home(again)}?beda=1")

    assert "Terlalu kasar" in shown(answer)
    assert answer.content.decode().count(f"catatan/?baris={uid(again)}") == 1


def test_agreeing_with_ones_own_suggestion(elders_browser, submission, elder, staff):
    before = shown(elders_browser.get(home(submission)))
    written = noting.write(
        submission, member=elder, uid=uid(submission), suggestion=lyrics.Wording(*SOFTER.values()), by=elder.person.user
    )
    verdict = {"verdict": "usul", "reason": "Lebih halus"}

    offered = shown(elders_browser.get(home(submission)))
    asked = shown(elders_browser.post(home(submission), verdict))
    elders_browser.post(home(submission), verdict | {"step": "catat"})
    newer = answering.accept(submission, notes=[written.pk], by=staff)

    assert ("Setuju dengan usul saya" in before, "Setuju dengan usul saya" in offered) == (False, True)
    assert "Usul Anda Ngurus izin dak saro" in asked
    assert Decision.objects.filter(verdict="usul").count() == 3
    assert "Disetujui" in shown(elders_browser.get(home(newer)))


def test_it_is_refused_without_a_reason_or_a_suggestion(elders_browser, submission):
    answers = [
        elders_browser.post(home(submission), {"verdict": "usul", "step": "catat"} | reason)
        for reason in ({}, {"reason": "Lebih halus"})
    ]

    assert [answer.status_code for answer in answers] == [400, 409]
    assert "Tulis dulu usul Anda" in shown(answers[1])
    assert not Decision.objects.exists()


def test_an_older_link_leads_on_to_the_version_made_of_suggestions(client, submission, sent_link, elder, staff):
    CouncilRule.objects.update_or_create(defaults={"quorum": 2})
    address, member = sent_link
    newer = answering.accept(
        submission, notes=[note(submission, elder, suggestion=lyrics.Wording("Lain")).pk], by=staff
    )
    leads_to = f"{address}{newer.pk}/"

    old = client.get(address)
    late = client.post(address, {"verdict": "setuju", "step": "catat"})
    changed = shown(client.get(f"{leads_to}?beda=1"))
    client.post(leads_to, {"verdict": "setuju", "step": "catat"})

    assert f'href="{leads_to}?beda=1"' in old.content.decode()
    assert (late.status_code, "diperbarui dengan usul anggota" in shown(late)) == (409, True)
    assert "dulu 3 Ngurus izin idak lah saro" in changed
    assert {d.submission for d in Decision.objects.filter(member=member)} == {newer}


@pytest.mark.parametrize("how", ["revoked", "replaced", "not carried", "unknown"])
def test_an_older_link_leads_nowhere_else(how, client, submission, sent_link, elder, staff):
    address, member = sent_link
    written = note(submission, elder, suggestion=lyrics.Wording("Lain"))
    newer = answering.accept(submission, notes=[written.pk], by=staff)
    if how == "revoked":
        invitations.revoke(newer.invitations.get(), by=staff)
    elif how == "replaced":
        invitations.invite(newer, member=member, by=staff)
    elif how == "not carried":
        newer = next_version(newer, elder, staff, lambda lines: lines[::-1])
    else:
        newer.pk = 999_999

    assert client.get(f"{address}{newer.pk}/").status_code == 404
    assert SecretLink.objects.filter(revoked_at=None).count() == (0 if how == "revoked" else 1)


def test_the_page_asks_as_often_for_three_notes_and_many_stanzas_as_for_one(elders_browser, staff, elder):
    small = submitting.submit(complete(), by=staff)
    note(small, elder)
    large = submitting.submit(complete(isi=factories.stanza("a", "b") * 30), by=staff)
    for at in (0, 1):
        note(large, elder, uid=uid(large, at=at))
    answering.answer(note(large, elder, words="Lagi", uid=uid(large, "pembuka")), words="Ya", by=staff)
    elders_browser.get(home(small))

    assert count(lambda: elders_browser.get(home(large))) == count(lambda: elders_browser.get(home(small)))


def test_work_grows_with_the_lines_and_not_faster(elders_browser, staff, elder):
    def read(stanzas):
        page = complete()
        submission = submitting.submit(page, by=staff)
        submission.text["isi"] = [value for _name, value in factories.stanza("a", "b") * stanzas]
        return effort(lambda: noting.margin.of(submission, elder))

    few, many = read(20), read(200)

    assert many < 12 * few
