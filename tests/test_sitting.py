"""How the council rules: how many must agree, who steps aside, who gives time, and the office's own question."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from cms.office import trail
from cms.office.models import Role
from media_assets import office_check, quorum, review, review_state, ruling_record, sheet, submitting, turns
from media_assets.models import Approval, CouncilRule, Decision, Extension, LyricQuote, Recusal, Ruling, Submission
from tests import factories
from tests.test_review import complete, reword

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture
def seat(user_in):
    def make(name: str, **fields):
        person = factories.PersonFactory(name=name, user=user_in(Role.COUNCIL))
        return factories.CouncilMemberFactory(person=person, **fields)

    return make


def quoting(staff):
    """Handed in with a quoted fact, so that the office is asked as well."""
    page = complete()
    page.quotes.create(words=page.isi[0].value[0]["text"], fact=factories.LicenceFactFactory())
    page.save_revision()
    return page, submitting.submit(page, by=staff)


def votes(count: int) -> None:
    CouncilRule.objects.update_or_create(defaults={"quorum": count})


def agree(submission, member, **what):
    return review.agree(submission, member=member, by=member.person.user, **what)


def approved() -> int:
    return Approval.objects.count()


def test_the_chair_alone_is_never_enough(staff, seat):
    chair, member = seat("Ketua", is_chair=True), seat("Anggota")
    submission = submitting.submit(complete(), by=staff)

    agree(submission, chair)
    alone = approved()
    agree(submission, member)

    assert (alone, approved()) == (0, 1)


def test_questions_are_agreed_one_by_one(staff, seat):
    member = seat("Bu Aisyah")
    submission = submitting.submit(complete(), by=staff)

    agree(submission, member, questions=["bentuk", "bahasa"])
    halfway = (approved(), Decision.objects.of_members().count())
    agree(submission, member, questions=["adat"])

    assert (halfway, approved()) == ((0, 6), 1)


def test_a_member_does_not_answer_for_the_licence_facts(staff, seat):
    member = seat("Bu Aisyah")
    _page, submission = quoting(staff)

    with pytest.raises(ValidationError, match="sudah tercatat"):
        agree(submission, member, questions=["fakta"])
    agree(submission, member)

    assert approved() == 0
    assert review_state.facts_missing(submission) == ["pembuka", "isi", "penutup"]


def test_the_officers_answer_may_be_the_last_that_was_needed(staff, seat, user_in):
    member, officer = seat("Bu Aisyah"), user_in(Role.COMMUNICATIONS)
    _page, submission = quoting(staff)
    agree(submission, member)

    office_check.confirm(submission, by=officer)

    assert (approved(), submission.ruling.verdict) == (1, Ruling.Verdict.APPROVED)


@pytest.mark.parametrize("role", [Role.COUNCIL, Role.RADIO, Role.FRONT_DESK, Role.HEAD])
def test_other_roles_do_not_check_facts(staff, user_in, role):
    _page, submission = quoting(staff)

    with pytest.raises(PermissionDenied):
        office_check.confirm(submission, by=user_in(role))

    assert not Decision.objects.exists()


def test_whoever_handed_it_in_does_not_check_its_facts(staff):
    _page, submission = quoting(staff)

    with pytest.raises(PermissionDenied):
        office_check.confirm(submission, by=staff)

    assert not Decision.objects.exists()


def test_a_wrong_fact_sends_the_text_back_with_the_reason(staff, seat, user_in):
    officer = user_in(Role.COMMUNICATIONS, first_name="Fikri")
    page, submission = quoting(staff)

    office_check.send_back(submission, reason="Izinnya gratis", by=officer)

    state = review_state.state_of(page)
    assert (state.key, state.detail) == ("sent_back", "Diminta perbaikan oleh Fikri: Izinnya gratis")


def test_facts_once_checked_stay_checked_for_parts_that_stay(staff, seat, user_in):
    member, officer = seat("Bu Aisyah"), user_in(Role.COMMUNICATIONS)
    page, first = quoting(staff)
    office_check.confirm(first, by=officer)
    review.send_back(first, member=member, reason="Perbaiki isi", part="penutup", by=member.person.user)
    reword(page, "penutup", "Baris baru satu", user=staff)
    second = submitting.submit(page, by=staff)

    assert review_state.facts_missing(second) == ["penutup"]


def test_other_facts_for_the_same_words_are_checked_again(staff, user_in):
    page, first = quoting(staff)
    office_check.confirm(first, by=user_in(Role.COMMUNICATIONS))
    submitting.recall(first, by=staff)
    draft = page.get_latest_revision_as_object()
    draft.quotes = [LyricQuote(words=draft.isi[0].value[0]["text"], fact=factories.LicenceFactFactory())]
    draft.save_revision(user=staff)

    second = submitting.submit(draft, by=staff)

    assert (second.digest, review_state.facts_missing(second)) == (first.digest, ["pembuka", "isi", "penutup"])


def test_words_not_for_the_public_cannot_be_handed_in_again(staff, seat):
    member, page = seat("Bu Aisyah"), complete()
    submission = submitting.submit(page, by=staff)

    review.keep_private(submission, member=member, reason="Kalimat ini milik upacara", by=member.person.user)

    assert review_state.state_of(page).detail == "Tidak untuk umum, kata Bu Aisyah: Kalimat ini milik upacara"
    with pytest.raises(ValidationError, match="tidak untuk umum"):
        submitting.submit(page, by=staff)


def test_nobody_waits_for_a_member_who_stepped_aside(staff, seat):
    votes(3)
    members = [seat("Satu"), seat("Dua"), seat("Tiga")]
    submission = submitting.submit(complete(), by=staff)
    agree(submission, members[0])
    agree(submission, members[1])
    waiting = approved()

    turns.recuse(submission, member=members[2], reason="Sepupu penulisnya", by=members[2].person.user)

    assert (waiting, approved()) == (0, 1)
    assert Ruling.objects.get().verdict == Ruling.Verdict.APPROVED


def test_stepping_aside_takes_back_what_was_said(staff, seat):
    votes(2)
    first, second, third = seat("Satu"), seat("Dua"), seat("Tiga")
    submission = submitting.submit(complete(), by=staff)
    agree(submission, first)
    turns.recuse(submission, member=first, reason="Sepupu penulisnya", by=first.person.user)

    agree(submission, second)
    with pytest.raises(PermissionDenied):
        agree(submission, first)
    halfway = approved()
    agree(submission, third)

    assert (halfway, approved()) == (0, 1)


def test_who_stepped_aside_stays_aside_when_the_text_is_handed_in_again(staff, seat):
    votes(2)
    first, second, third = seat("Satu"), seat("Dua"), seat("Tiga")
    submission = submitting.submit(complete(), by=staff)
    agree(submission, first)
    turns.recuse(submission, member=first, reason="Sepupu penulisnya", by=first.person.user)
    submitting.recall(submission, by=staff)
    newer = submitting.submit(submission.page, by=staff)

    agree(newer, second)

    left = {seat["member"]: seat["aside"] for seat in ruling_record.seats(newer, set())}
    assert (approved(), review_state.eligible(newer)) == (0, [second, third])
    assert (left[first.pk], sheet.footing(newer, first).key) == ("undur", "recused")
    assert newer not in Submission.objects.undecided_by(first)
    with pytest.raises(PermissionDenied):
        agree(newer, first)


def test_where_two_votes_are_wanted_one_is_never_enough(staff, seat):
    votes(2)
    first, second = seat("Satu"), seat("Dua")
    submission = submitting.submit(complete(), by=staff)
    turns.recuse(submission, member=second, reason="Sepupu penulisnya", by=second.person.user)

    agree(submission, first)

    assert (approved(), review_state.is_short_of_members(submission)) == (0, True)


@pytest.mark.parametrize(("quorum_", "eligible", "needed"), [(1, 0, 1), (1, 5, 1), (2, 1, 2), (3, 2, 2), (3, 7, 3)])
def test_votes_needed(quorum_, eligible, needed):
    assert CouncilRule(quorum=quorum_).needed_of(eligible) == needed


def test_only_the_chair_gives_more_time_and_only_more(staff, seat):
    chair, member = seat("Ketua", is_chair=True), seat("Anggota")
    submission = submitting.submit(complete(), by=staff)
    later, why = TODAY() + timedelta(days=20), "Musim panen"

    with pytest.raises(PermissionDenied):
        turns.extend(submission, member=member, until=later, reason=why, by=member.person.user)
    with pytest.raises(ValidationError):
        turns.extend(submission, member=chair, until=submission.due_on, reason=why, by=chair.person.user)
    turns.extend(submission, member=chair, until=later, reason=why, by=chair.person.user)

    assert (submission.due_on, turns.due(submission)) == (TODAY() + timedelta(days=7), later)
    assert trail.of(submission.page).first().verb == "perpanjang"


def test_a_day_that_passes_approves_nothing(staff, seat):
    seat("Bu Aisyah")
    CouncilRule.objects.update_or_create(defaults={"days": 1})
    submission = submitting.submit(complete(), by=staff)

    missing = review_state.missing_parts(submission)

    assert missing == ["pembuka", "isi", "penutup"]


def test_late_are_those_with_something_left_to_answer(staff, seat):
    votes(3)
    first, second, third = seat("Satu"), seat("Dua"), seat("Tiga")
    submission = submitting.submit(complete(), by=staff)
    agree(submission, first)
    agree(submission, second, parts=["isi"])
    turns.recuse(submission, member=third, reason="Sakit", by=third.person.user)

    assert turns.late(submission) == [second]
    assert "Dua" in turns.reminder(submission, second)


def test_a_reminder_says_where_to_read_it(staff, seat, settings):
    with_account, without = seat("Satu"), factories.CouncilMemberFactory(person__name="Nek Ipah", person__user=None)
    submission = submitting.submit(complete(), by=staff)

    assert f" di {settings.PUBLIC_BASE_URL}/adat/{submission.pk}/." in turns.reminder(submission, with_account)
    assert " lewat tautan yang sudah kami kirim." in turns.reminder(submission, without)


@pytest.mark.parametrize("reason", ["", "  "])
def test_every_answer_but_agreement_has_a_reason(staff, seat, reason):
    member = seat("Bu Aisyah")
    submission = submitting.submit(complete(), by=staff)
    who = {"member": member, "by": member.person.user, "reason": reason}

    for attempt in (review.send_back, review.keep_private, turns.recuse):
        with pytest.raises(ValidationError):
            attempt(submission, **who)

    assert not Decision.objects.of_members().exists()
    assert not Recusal.objects.exists()


def test_the_database_asks_for_reasons_and_for_the_right_voice(staff, seat, user_in):
    member = seat("Bu Aisyah")
    submission = submitting.submit(complete(), by=staff)
    row = {"submission": submission, "part": "isi", "part_digest": "1:x", "verdict": "setuju"}

    for wrong in (
        Decision(**row, question="fakta", member=member),
        Decision(**row, question="adat", officer=staff),
        Decision(**row, question="adat"),
        Decision(**row | {"verdict": "tertutup"}, question="adat", member=member),
        Recusal(submission=submission, member=member, reason=""),
        Extension(submission=submission, member=member, until=TODAY(), reason=""),
        CouncilRule(quorum=0),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            wrong.save()


def test_enough_counts_votes_and_knows_the_chairs():
    assert quorum.enough({1, 2}, 2, [1])
    assert not quorum.enough({1}, 1, [1])
    assert not quorum.enough(set(), 1)
    assert quorum.enough({"petugas-4"}, 1)
