"""Staff answer notes and take suggestions over; agreement with changes counts for exactly those words."""

import threading
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from wagtail.models import TaskState, WorkflowState

from cms.office import trail
from cms.office.models import Notice, Role
from media_assets import (
    answering,
    invitations,
    lyrics,
    margin,
    noting,
    permissions,
    review,
    review_state,
    submitting,
    turns,
)
from media_assets.models import (
    Approval,
    CouncilRule,
    Decision,
    Invitation,
    LineNote,
    LyricQuote,
    NoteClosing,
    Ruling,
    SenjangPage,
    Submission,
)
from tests import factories
from tests.test_noting import note, uid
from tests.test_review import complete, reword

pytestmark = pytest.mark.django_db
SOFTER = lyrics.Wording("Ngurus izin dak saro", "Mengurus izin tidak susah")


@pytest.fixture
def submission(staff):
    return submitting.submit(complete(title="Izin Mudah"), by=staff)


def suggest(submission, member, new=SOFTER, **what):
    return note(submission, member, words="", suggestion=new, **what)


def with_changes(submission, member, reason="Kata yang lebih halus"):
    return review.agree_with_changes(submission, member=member, reason=reason, by=member.person.user)


def agree(submission, member, **what):
    return review.agree(submission, member=member, by=member.person.user, **what)


def waiting_for(member):
    return Submission.objects.undecided_by(member).count()


def test_the_time_that_the_chair_gave_holds_for_the_version_with_the_suggestion(submission, staff, user_in):
    chair = factories.CouncilMemberFactory(is_chair=True, person__user=user_in(Role.COUNCIL))
    later = timezone.localdate() + timedelta(days=30)
    turns.extend(submission, member=chair, until=later, reason="Musim panen", by=chair.person.user)
    wish = suggest(submission, chair)

    newer = answering.accept(submission, notes=[wish.pk], by=staff)

    assert turns.due(newer) == later


def test_an_answer_closes_the_note_and_the_last_one_lets_the_approval_through(submission, elder, staff):
    written = note(submission, elder)
    agree(submission, elder)

    answering.answer(written, words="Sudah kami tanyakan", by=staff)

    assert (written.closing.words, written.closing.voice) == ("Sudah kami tanyakan", "Sari Wulandari")
    assert (Approval.objects.count(), Ruling.objects.get().verdict) == (1, Ruling.Verdict.APPROVED)
    assert [line.verb for line in trail.of(submission.page)][:2] == ["disetujui", "jawab catatan"]
    assert not Notice.objects.filter(key__startswith="catatan", done_at=None).exists()


@pytest.mark.parametrize("verb", [answering.answer, answering.decline])
def test_an_answer_needs_words_and_comes_once(verb, submission, elder, staff):
    written = suggest(submission, elder)

    with pytest.raises(ValidationError, match="Tulis jawabannya"):
        verb(written, words=" \n", by=staff)
    verb(written, words="Terima kasih", by=staff)
    with pytest.raises(ValidationError, match="sudah dijawab"):
        verb(written, words="Lagi", by=staff)

    assert NoteClosing.objects.count() == 1


@pytest.mark.parametrize("role", [Role.COUNCIL, Role.RADIO, Role.FRONT_DESK, Role.HEAD])
def test_other_roles_do_not_answer(role, submission, elder, user_in):
    written, user = suggest(submission, elder), user_in(role)

    for attempt in (
        lambda: answering.answer(written, words="x", by=user),
        lambda: answering.decline(written, words="x", by=user),
        lambda: answering.accept(submission, notes=[written.pk], by=user),
    ):
        with pytest.raises(PermissionDenied):
            attempt()

    assert not NoteClosing.objects.exists()


def test_accepting_makes_a_new_version_that_the_council_reads(submission, elder, staff):
    written = suggest(submission, elder)

    newer = answering.accept(submission, notes=[written.pk], by=staff)

    page = SenjangPage.objects.get(pk=submission.page_id)
    assert newer.text["isi"][0][0] == {"uid": written.uid, "formula": False, **SOFTER._asdict()}
    assert newer.digest == review_state.latest_digest(page) != submission.digest
    assert newer.part_digests | {"isi": ""} == submission.part_digests | {"isi": ""}
    assert (submission.ruling.verdict, written.closing.kind) == ("diperbarui", "diterima")
    assert [s.pk for s in Submission.objects.waiting()] == [newer.pk]
    assert page.get_latest_revision().user == staff
    assert page.current_workflow_state.status == WorkflowState.STATUS_IN_PROGRESS
    assert newer.task_state == page.current_workflow_state.current_task_state
    assert submission.task_state.__class__.objects.get(pk=submission.task_state_id).status == TaskState.STATUS_REJECTED
    assert page.get_lock() is not None
    assert [line.verb for line in trail.of(page)][:2] == ["terima usul", "ajukan"]


def test_several_are_accepted_into_one_version(submission, elder, seat, staff):
    notes = [
        suggest(submission, elder),
        suggest(submission, seat(), lyrics.Wording("Maaf"), uid=uid(submission, "penutup")),
    ]

    newer = answering.accept(submission, notes=[one.pk for one in notes], by=staff)

    assert (newer.text["isi"][0][0]["text"], newer.text["penutup"][0][0]["text"]) == (SOFTER.text, "Maaf")
    assert Submission.objects.count() == 2


def by_another(submission, new=SOFTER, **what):
    other = factories.CouncilMemberFactory(person__user=None)
    return noting.write(submission, member=other, suggestion=new, through=str(other), **{"uid": uid(submission)} | what)


def test_parts_that_stay_keep_their_agreement(submission, elder, staff):
    written = by_another(submission)
    agree(submission, elder)

    newer = answering.accept(submission, notes=[written.pk], by=staff)

    assert review_state.missing_parts(newer) == ["isi"]


def test_whoever_was_invited_is_invited_to_the_new_version(submission, elder, staff):
    invitations.invite(submission, member=elder, by=staff)

    newer = answering.accept(submission, notes=[suggest(submission, elder).pk], by=staff)

    carried = Invitation.objects.get(submission=newer)
    assert (carried.member, carried.carried_from) == (elder, submission.invitations.get())
    assert invitations.led_on(carried.carried_from, newer.pk) == carried


def test_a_suggestion_with_quoted_words_gone_is_refused_and_nothing_is_written(staff, elder):
    page = complete()
    words = page.isi[0].value[0]["text"]
    page.quotes.add(LyricQuote(words=words, fact=factories.LicenceFactFactory(), line_uid=""))
    page.save_revision()
    submission = submitting.submit(page, by=staff)

    with pytest.raises(ValidationError, match="ada kutipan yang tidak ada lagi"):
        answering.accept(submission, notes=[suggest(submission, elder).pk], by=staff)

    assert (Submission.objects.count(), NoteClosing.objects.count(), Ruling.objects.count()) == (1, 0, 0)


@pytest.mark.parametrize(
    "kind", ["none", "unknown", "a remark", "two for a line", "answered", "other senjang", "moved on"]
)
def test_what_cannot_be_accepted_is_refused_and_nothing_is_written(kind, submission, elder, seat, staff):
    keys = [suggest(submission, elder).pk]
    if kind == "none":
        keys = []
    elif kind == "unknown":
        keys.append(999_999)
    elif kind == "a remark":
        keys.append(note(submission, elder, words="Hanya catatan").pk)
    elif kind == "two for a line":
        keys.append(suggest(submission, seat(), lyrics.Wording("Lain lagi")).pk)
    elif kind == "answered":
        answering.answer(LineNote.objects.get(), words="x", by=staff)
    elif kind == "other senjang":
        keys = [suggest(submitting.submit(complete(), by=staff), elder).pk]
    else:
        reword(submission.page, "isi", "Diubah", "lewat pintu belakang")
    before = (Submission.objects.count(), NoteClosing.objects.count(), Ruling.objects.count())

    with pytest.raises(ValidationError):
        answering.accept(submission, notes=keys, by=staff)

    assert before == (Submission.objects.count(), NoteClosing.objects.count(), Ruling.objects.count())


def test_a_suggestion_for_words_that_changed_since_is_not_taken_over(submission, elder, seat, staff):
    stale = suggest(submission, seat(), lyrics.Wording("Lain lagi"))
    newer = answering.accept(submission, notes=[suggest(submission, elder).pk], by=staff)

    with pytest.raises(ValidationError, match="tidak cocok lagi"):
        answering.accept(newer, notes=[stale.pk], by=staff)

    assert margin.of(newer).open == 1


def test_agreement_with_changes_approves_once_exactly_that_wording_is_accepted(submission, elder, staff):
    written = suggest(submission, elder)
    with_changes(submission, elder)
    before = (Approval.objects.count(), review_state.missing_parts(submission))

    newer = answering.accept(submission, notes=[written.pk], by=staff)

    assert before == (0, ["isi"])
    assert (newer.ruling.verdict, Approval.objects.get().digest) == (Ruling.Verdict.APPROVED, newer.digest)
    assert review_state.agreeing_members(newer) == [elder]


def test_proposing_a_wording_makes_nobody_an_author(submission, elder, staff):
    newer = answering.accept(submission, notes=[suggest(submission, elder).pk], by=staff)

    assert permissions.can_decide(elder.person.user, newer)


def test_agreement_with_changes_does_not_count_for_other_words(submission, elder, staff):
    suggest(submission, elder)
    with_changes(submission, elder)
    other = by_another(submission, lyrics.Wording("Rami nian"), uid=uid(submission, at=1))

    newer = answering.accept(submission, notes=[other.pk], by=staff)

    assert review_state.missing_parts(newer) == ["isi"]


def test_two_wishes_count_only_together(submission, elder, staff):
    first, second = (
        suggest(submission, elder),
        suggest(submission, elder, lyrics.Wording("Rami nian"), uid=uid(submission, at=1)),
    )
    with_changes(submission, elder)

    halfway = answering.accept(submission, notes=[first.pk], by=staff)
    missing = review_state.missing_parts(halfway)
    answering.accept(halfway, notes=[second.pk], by=staff)

    assert (missing, Approval.objects.count()) == (["isi"], 1)


def test_it_needs_a_suggestion_and_a_reason(submission, elder):
    with pytest.raises(ValidationError, match="Tulis dulu usul"):
        with_changes(submission, elder)
    suggest(submission, elder)
    with pytest.raises(ValidationError, match="Tulis alasannya"):
        with_changes(submission, elder, reason=" ")
    row = {"submission": submission, "member": elder, "part": "isi", "part_digest": "1:x", "question": "adat"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.create(**row, verdict=Decision.Verdict.WITH_CHANGES)

    assert not Decision.objects.exists()


def test_a_later_agreement_to_the_words_as_they_are_takes_its_place(submission, elder, seat, staff):
    CouncilRule.objects.update_or_create(defaults={"quorum": 2})
    other, written = seat("Bu Aisyah"), suggest(submission, elder)
    with_changes(submission, elder)
    agree(submission, elder)

    newer = answering.accept(submission, notes=[written.pk], by=staff)
    agree(newer, other)

    assert review_state.missing_parts(newer) == ["isi"]


def test_a_later_send_back_takes_its_place_whatever_the_staff_then_write(submission, elder, staff):
    suggest(submission, elder)
    with_changes(submission, elder)
    review.send_back(submission, member=elder, part="isi", reason="Tulis ulang isinya", by=elder.person.user)
    page = SenjangPage.objects.get(pk=submission.page_id).get_latest_revision_as_object()
    page.isi = [("bait", lyrics.reword(page.isi[0].value, {uid(submission): SOFTER}))]
    page.save_revision(user=staff)

    assert review_state.missing_parts(submitting.submit(page, by=staff)) == ["isi"]


def test_it_takes_the_place_of_an_agreement_to_the_words_as_they_were(submission, elder, staff):
    agree(submission, elder, parts=["isi"])
    suggest(submission, elder)
    with_changes(submission, elder)

    assert review_state.missing_parts(submission) == ["isi"]


@pytest.mark.parametrize("how", ["taken back", "declined", "replaced"])
def test_it_lapses_with_its_suggestion_and_the_member_is_asked_again(how, submission, elder, staff):
    written = suggest(submission, elder)
    with_changes(submission, elder)
    before = waiting_for(elder)

    if how == "taken back":
        noting.take_back(written, submission=submission, member=elder, by=elder.person.user)
    elif how == "declined":
        answering.decline(written, words="Tidak bersajak", by=staff)
    else:
        suggest(submission, elder, lyrics.Wording("Lain lagi"))

    assert (before, waiting_for(elder)) == (0, 1)
    assert review_state.missing_parts(submission) == ["isi"]  # the other two they agreed to as they stand


@pytest.mark.skipif("not __import__('django.db').db.connection.vendor == 'postgresql'", reason="needs real threads")
@pytest.mark.django_db(transaction=True)
def test_two_of_the_staff_accepting_at_once_make_one_version(submission, elder, staff, user_in):
    written, officers = suggest(submission, elder), [staff, user_in(Role.COMMUNICATIONS)]
    gate, refused = threading.Barrier(2), []

    def accept(officer):
        try:
            gate.wait(5)
            answering.accept(submission, notes=[written.pk], by=officer)
        except ValidationError as error:
            refused.append(error.messages[0])
        finally:
            connection.close()

    threads = [threading.Thread(target=accept, args=[officer]) for officer in officers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)

    assert (Submission.objects.count(), NoteClosing.objects.count(), Ruling.objects.count()) == (2, 1, 1)
    assert refused == ["Pengajuan ini sudah selesai: diperbarui dengan usul anggota."]
