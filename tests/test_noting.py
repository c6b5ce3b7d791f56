"""Notes in the margin: who may write them, with which line they stay, and that they hold an approval up."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from cms.office import trail
from cms.office.append_only import HistoryIsFixed
from cms.office.models import Notice, Role
from media_assets import lyrics, margin, noting, review, submitting, turns
from media_assets.models import Approval, LineNote, NoteClosing, Ruling, SenjangCredit, SenjangPage
from tests import factories
from tests.test_review import complete

pytestmark = pytest.mark.django_db


@pytest.fixture
def submission(staff):
    return submitting.submit(complete(title="Izin Mudah"), by=staff)


def uid(submission, part="isi", at=0):
    return submission.text[part][0][at]["uid"]


def note(submission, member, words="Terlalu kasar", **what):
    what = {"uid": uid(submission)} | what
    return noting.write(submission, member=member, words=words, by=member.person.user, **what)


def next_version(submission, elder, staff, change):
    """Sent back, changed by staff, handed in again; `change` gets the lines of isi and returns them."""
    review.send_back(submission, member=elder, reason="Perbaiki", by=elder.person.user)
    page = SenjangPage.objects.get(pk=submission.page_id).get_latest_revision_as_object()
    page.isi = [("bait", change(list(page.isi[0].value)))]
    page.save_revision(user=staff)
    return submitting.submit(page, by=staff)


def test_a_note_keeps_the_line_as_it_was_shown_and_is_told_of(submission, elder):
    written = note(submission, elder, words="  Terlalu  kasar \r\n\r\n untuk tamu ")

    assert (written.part, written.text, written.words) == (
        "isi",
        "Ngurus izin idak lah saro",
        "Terlalu kasar\nuntuk tamu",
    )
    assert trail.of(submission.page).first().verb == "catat"
    assert [n.text for n in Notice.objects.filter(role=Role.COMMUNICATIONS, done_at=None)] == [
        "Senjang “Izin Mudah”: 1 catatan anggota Lembaga Adat menunggu jawaban."
    ]


def test_many_notes_are_one_notice(submission, elder):
    for at in (0, 1):
        note(submission, elder, uid=uid(submission, at=at))

    notices = Notice.objects.filter(role=Role.COMMUNICATIONS, done_at=None)
    assert [n.text for n in notices] == ["Senjang “Izin Mudah”: 2 catatan anggota Lembaga Adat menunggu jawaban."]


def test_a_suggestion_changes_what_is_typed_and_leaves_the_rest(submission, elder):
    written = note(submission, elder, words="", suggestion=lyrics.Wording(" Ngurus  izin dak saro ", ""))

    assert written.suggestion == lyrics.Wording("Ngurus izin dak saro", "arti Ngurus izin idak lah saro", "")


def test_right_to_left_and_combining_characters_stay(submission, elder):
    written = note(submission, elder, words="سلام — e\u0301lok", suggestion=lyrics.Wording("\u202eسلام", "salam"))

    assert (written.words, written.new_text) == ("سلام — élok", "سلام")


@pytest.mark.parametrize("words", ["Terlalu kasar", " Terlalu kasar\n"])
def test_the_same_note_twice_is_one(submission, elder, words):
    first = note(submission, elder)

    assert note(submission, elder, words=words) == first
    assert trail.of(submission.page).filter(verb="catat").count() == 1


def test_a_new_suggestion_for_a_line_takes_the_place_of_the_members_older_one(submission, elder):
    first = note(submission, elder, suggestion=lyrics.Wording("Satu"))
    remark = note(submission, elder, words="Dan lagi")
    second = note(submission, elder, suggestion=lyrics.Wording("Dua"))

    assert list(LineNote.objects.on(submission).open()) == [remark, second]
    assert first.closing.kind == NoteClosing.Kind.TAKEN_BACK


@pytest.mark.parametrize(
    ("what", "sentence"),
    [
        ({"uid": "00000000"}, "Baris itu tidak ada"),
        ({"uid": ""}, "Baris itu tidak ada"),
        ({"words": " \u200b "}, "Tulis catatannya"),
        ({"words": "", "suggestion": lyrics.Wording("Ngurus izin idak lah saro ", "")}, "Tulis catatannya"),
        ({"words": "a" * 2001}, "paling panjang 2000 huruf"),
        ({"suggestion": lyrics.Wording("a" * 201)}, "paling panjang 200 huruf"),
    ],
)
def test_what_cannot_be_a_note_is_refused_in_words(submission, elder, what, sentence):
    with pytest.raises(ValidationError, match=sentence):
        note(submission, elder, **what)

    assert not LineNote.objects.exists()


@pytest.mark.parametrize("tie", ["author", "recused", "former", "other account", "staff"])
def test_who_may_not_decide_may_not_note(tie, submission, elder, staff, user_in):
    by = elder.person.user
    if tie == "author":
        submission.page.credits.add(SenjangCredit(person=elder.person, role=SenjangCredit.Role.AUTHOR))
        submission.page.save()
    elif tie == "recused":
        turns.recuse(submission, member=elder, reason="Sepupu", by=by)
    elif tie == "former":
        elder.until = "2021-01-01"
        elder.save()
    else:
        by = staff if tie == "staff" else user_in(Role.COUNCIL)

    with pytest.raises(PermissionDenied):
        noting.write(submission, member=elder, uid=uid(submission), words="x", by=by)

    assert not LineNote.objects.exists()


def test_a_member_without_an_account_notes_through_a_link(submission):
    member = factories.CouncilMemberFactory(person__user=None, person__name="Bu Aisyah")

    noting.write(submission, member=member, uid=uid(submission), words="x", through="Bu Aisyah")

    assert trail.of(submission.page).get(verb="catat").actor_name == "Bu Aisyah"


def test_after_the_ruling_nothing_is_noted(submission, elder, staff):
    submitting.recall(submission, by=staff)

    with pytest.raises(ValidationError, match="sudah selesai"):
        note(submission, elder)


def test_an_open_note_holds_the_approval_until_it_is_taken_back(submission, elder):
    written = note(submission, elder)
    review.agree(submission, member=elder, by=elder.person.user)
    held = (Approval.objects.count(), margin.of(submission).waits)

    noting.take_back(written, submission=submission, member=elder, by=elder.person.user)

    assert held == (0, "Menunggu jawaban staf atas 1 catatan.")
    assert (Approval.objects.count(), Ruling.objects.get().verdict) == (1, Ruling.Verdict.APPROVED)
    assert not Notice.objects.filter(key__startswith="catatan", done_at=None).exists()


def test_an_open_note_holds_the_same_words_on_a_copy_of_the_page(submission, elder, staff):
    note(submission, elder)
    submitting.recall(submission, by=staff)
    copy = submitting.submit(submission.page.copy(update_attrs={"slug": "salinan"}, user=staff), by=staff)

    review.agree(copy, member=elder, by=elder.person.user)

    assert (copy.digest, Approval.objects.count()) == (submission.digest, 0)
    assert margin.of(copy).waits == "Menunggu jawaban staf atas 1 catatan."


def test_only_whoever_wrote_it_takes_it_back_and_once(submission, elder, user_in):
    other = factories.CouncilMemberFactory(person__user=user_in(Role.COUNCIL))
    written = note(submission, elder)

    with pytest.raises(PermissionDenied):
        noting.take_back(written, submission=submission, member=other, by=other.person.user)
    noting.take_back(written, submission=submission, member=elder, by=elder.person.user)
    with pytest.raises(ValidationError, match="sudah dijawab atau ditarik"):
        noting.take_back(written, submission=submission, member=elder, by=elder.person.user)

    assert NoteClosing.objects.count() == 1


def test_a_note_stays_with_its_line_through_rewording_and_re_ordering(submission, elder, staff):
    written = note(submission, elder)
    again = next_version(submission, elder, staff, lambda lines: [lines[1], {**lines[0], "text": "Ngurus izin mudah"}])

    found = margin.of(again)

    assert [(mark.note, mark.reworded) for mark in found.beside[uid(again, at=1)]] == [(written, True)]
    assert (found.lost, found.open) == ([], 1)


def test_a_note_on_a_line_that_is_gone_stands_apart_with_its_words(submission, elder, staff):
    written = note(submission, elder)
    again = next_version(submission, elder, staff, lambda lines: lines[1:])

    assert [(mark.note.text, mark.note) for mark in margin.of(again).lost] == [("Ngurus izin idak lah saro", written)]


def test_an_earlier_version_shows_no_later_note(submission, elder, staff):
    again = next_version(submission, elder, staff, lambda lines: lines[::-1])
    note(again, elder)

    assert (margin.of(submission).open, margin.of(again).open) == (0, 1)


def test_the_database_keeps_notes_as_they_are_and_asks_for_words(submission, elder, staff):
    written = note(submission, elder)
    bare = {"submission": submission, "member": elder, "part": "isi", "uid": "0" * 8, "text": "x"}

    for wrong in (
        LineNote(**bare),
        LineNote(**bare, words="x", new_gloss="arti saja"),
        NoteClosing(note=written, kind="dijawab", words="", officer=staff),
        NoteClosing(note=written, kind="ditolak", words="", officer=staff),
        NoteClosing(note=written, kind="dijawab", words="x"),
        NoteClosing(note=written, kind="ditarik", officer=staff),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            wrong.save()
    for attempt in (lambda: LineNote.objects.update(words="y"), written.save, written.delete):
        with pytest.raises(HistoryIsFixed):
            attempt()
