"""Staff answer the council's notes on the submission's page, take suggestions over, and see notes in the editor."""

import pytest
from django.urls import reverse

from cms.office.models import Role
from media_assets import answering, invitations, lyrics, submitting
from media_assets.models import LineNote, NoteClosing, Submission
from tests import factories
from tests.test_adat import count, path_of, shown
from tests.test_noting import next_version, note, uid
from tests.test_review import complete

pytestmark = pytest.mark.django_db
SOFTER = lyrics.Wording("Ngurus izin dak saro", "Mengurus izin tidak susah")


@pytest.fixture
def submission(staff):
    return submitting.submit(complete(title="Izin Mudah"), by=staff)


def desk_of(submission):
    return reverse("submissions:inspect", args=[submission.pk])


def post(browser, name, *keys, **what):
    return browser.post(reverse(f"submissions:{name}", args=keys), what, follow=True)


def test_the_desk_shows_each_note_with_its_line_and_what_can_be_done(desk, submission, elder):
    note(submission, elder, suggestion=SOFTER)

    page = shown(desk.get(desk_of(submission)))

    for words in (
        "Menunggu jawaban staf atas 1 catatan.",
        "Baris 3: Ngurus izin idak lah saro",
        "Terlalu kasar",
        "Usul: Ngurus izin dak saro ( Mengurus izin tidak susah )",
        "Terima usul yang ditandai",
        "Usul tidak dipakai",
    ):
        assert words in page


def test_an_answer_is_kept_and_shown(desk, submission, elder):
    written = note(submission, elder)

    after = shown(post(desk, "answer", submission.pk, written.pk, words="Sudah kami tanyakan"))

    assert "Jawaban tersimpan." in after
    assert "dijawab, Sudah kami tanyakan" in after
    assert "Menunggu jawaban staf" not in after


def test_a_suggestion_is_declined_with_a_reason(desk, submission, elder):
    written = note(submission, elder, suggestion=SOFTER)

    refused = shown(post(desk, "answer", submission.pk, written.pk, words="", decline="1"))
    before = NoteClosing.objects.count()
    post(desk, "answer", submission.pk, written.pk, words="Tidak bersajak", decline="1")

    assert ("Tulis jawabannya" in refused, before) == (True, 0)
    assert NoteClosing.objects.get().kind == NoteClosing.Kind.DECLINED


@pytest.mark.parametrize(
    ("what", "sentence"),
    [
        ({"words": "a\0b"}, "Ada tanda yang tidak terbaca di sini."),
        ({"words": "a" * 2001}, "2000"),
        ({"words": "Tidak", "decline": "1"}, "tidak mengusulkan kata lain"),
    ],
)
def test_an_answer_that_cannot_be_kept_is_refused_in_words(what, sentence, desk, submission, elder):
    written = note(submission, elder)

    refused = shown(post(desk, "answer", submission.pk, written.pk, **what))

    assert (sentence in refused, NoteClosing.objects.count()) == (True, 0)


def test_ticked_suggestions_make_a_new_version_and_its_page_says_so(desk, submission, elder):
    notes = [note(submission, elder, suggestion=SOFTER), note(submission, elder, uid=uid(submission, at=1))]

    after = post(desk, "accept", submission.pk, note=[notes[0].pk])

    newer = Submission.objects.waiting().get()
    assert after.redirect_chain == [(desk_of(newer), 302)]
    assert "Usul diterima. Ini versi barunya" in shown(after)
    assert "Menunggu jawaban staf atas 1 catatan." in shown(after)
    assert "Ada versi yang lebih baru." in shown(desk.get(desk_of(submission)))


@pytest.mark.parametrize("sent", [[], ["x"], ["999999"], ["9" * 40]])
def test_what_cannot_be_accepted_is_told_and_changes_nothing(desk, submission, elder, sent):
    note(submission, elder, suggestion=SOFTER)

    answer = post(desk, "accept", submission.pk, note=sent)

    assert (answer.status_code, Submission.objects.count(), NoteClosing.objects.count()) == (200, 1, 0)
    assert "Tandai dulu" in shown(answer) or "Muat ulang" in shown(answer)


def test_a_suggestion_whose_line_changed_offers_no_tick(desk, submission, elder, staff):
    note(submission, elder, suggestion=SOFTER)
    again = next_version(submission, elder, staff, lambda lines: [{**lines[0], "text": "Lain"}, lines[1]])

    page = shown(desk.get(desk_of(again)))

    assert "Barisnya sudah berubah sejak itu." in page
    assert "Terima usul ini" not in page


def test_a_note_on_a_line_that_is_gone_is_answered_too(desk, submission, elder, staff):
    written = note(submission, elder)
    again = next_version(submission, elder, staff, lambda lines: lines[1:])

    assert "Barisnya sudah dihapus: Ngurus izin idak lah saro" in shown(desk.get(desk_of(again)))
    post(desk, "answer", again.pk, written.pk, words="Barisnya kami hapus")
    assert NoteClosing.objects.get().note == written


def test_only_whoever_hands_texts_in_answers(client, user_in, submission, elder):
    written = note(submission, elder, suggestion=SOFTER)
    client.force_login(user_in(Role.HEAD))

    page = shown(client.get(desk_of(submission)))
    answers = [
        client.post(reverse("submissions:answer", args=[submission.pk, written.pk]), {"words": "x"}),
        client.post(reverse("submissions:accept", args=[submission.pk]), {"note": [written.pk]}),
    ]

    assert ("Terlalu kasar" in page, "Usul tidak dipakai" in page) == (True, False)
    assert [answer.status_code for answer in answers] == [302, 302]
    assert not NoteClosing.objects.exists()


def test_a_note_of_another_senjang_is_not_found(desk, submission, staff, elder):
    other = note(submitting.submit(complete(), by=staff), elder)

    assert desk.post(reverse("submissions:answer", args=[submission.pk, other.pk])).status_code == 404


def test_the_editors_panel_tells_of_open_notes(desk, submission, elder, staff):
    address = reverse("wagtailadmin_pages:edit", args=[submission.page_id])
    written = note(submission, elder, suggestion=SOFTER)

    before = shown(desk.get(address))
    answering.answer(written, words="Baik", by=staff)
    after = shown(desk.get(address))

    assert "“Ngurus izin idak lah saro” , Pak Mahmud: Terlalu kasar Usul: Ngurus izin dak saro" in before
    assert ("Jawab catatan" in before, "Jawab catatan" in after) == (True, False)


def test_the_desk_tells_which_link_opens_a_carried_invitation(desk, client, submission, elder, staff):
    member = factories.CouncilMemberFactory(person__name="Bu Aisyah", person__user=None)
    address = path_of(invitations.invite(submission, member=member, by=staff))
    newer = answering.accept(submission, notes=[note(submission, elder, suggestion=SOFTER).pk], by=staff)
    offered = shown(desk.get(desk_of(newer)))

    desk.post(reverse("submissions:revoke", args=[newer.pk, newer.invitations.get().pk]))

    assert "Cabut tautan" in offered
    assert client.get(address).status_code == 404


def test_the_desk_asks_as_often_for_three_notes_as_for_one(desk, submission, elder, staff):
    note(submission, elder)
    desk.get(desk_of(submission))
    few = count(lambda: desk.get(desk_of(submission)))
    for at in (0, 1):
        note(submission, elder, words="Lagi", uid=uid(submission, "penutup", at))
    answering.answer(LineNote.objects.last(), words="Baik", by=staff)

    assert count(lambda: desk.get(desk_of(submission))) == few
