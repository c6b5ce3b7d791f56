"""The council's gate, verb by verb: who may, from which state, and what is written."""

import threading

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from wagtail.models import TaskState, WorkflowState

from cms.office import trail
from cms.office.append_only import HistoryIsFixed
from cms.office.models import Notice, Role
from media_assets import proceedings, review, review_state, submitting
from media_assets.models import (
    Approval,
    CouncilMember,
    CouncilRule,
    Decision,
    Ruling,
    SenjangCredit,
    SenjangLicence,
    SenjangPage,
    Submission,
    Withdrawal,
)
from tests import factories

pytestmark = pytest.mark.django_db
PARTS = ["pembuka", "isi", "penutup"]


def complete(**fields):
    """A draft that lacks nothing."""
    page = factories.SenjangPageFactory(**fields)
    page.credits = [SenjangCredit(person=factories.PersonFactory(name="Penulis"), role=SenjangCredit.Role.AUTHOR)]
    page.licence_links = [SenjangLicence(licence=factories.LicencePageFactory())]
    page.save_revision()
    return page


def reword(page, part, *texts, **fields):
    page = SenjangPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    setattr(page, part, factories.stanza(*texts))
    page.save_revision(**fields)
    return page


@pytest.fixture
def staff(user_in):
    return user_in(Role.COMMUNICATIONS)


def verdicts():
    return [(d.member.person.name, d.part, d.question, d.verdict) for d in Decision.objects.of_members().order_by("pk")]


def test_the_newest_drafts_digest_is_read_from_its_revision():
    page = reword(complete(title="Judul Lama"), "isi", "Baris  baru ", "Baris kedua")

    assert review_state.latest_digest(SenjangPage.objects.get(pk=page.pk)) == page.digest != ""


def test_submitting_freezes_the_latest_draft_and_tells_the_council(staff):
    page = complete(title="Izin Mudah")
    page = reword(page, "isi", "Baris baru", "Baris kedua")

    submission = submitting.submit(page, by=staff)

    assert (submission.title, submission.digest, submission.part_digests) == (
        "Izin Mudah",
        page.digest,
        page.part_digests,
    )
    assert [line["text"] for line in submission.text["isi"][0]] == ["Baris baru", "Baris kedua"]
    assert submission.submitted_by == staff
    assert submission.task_state.status == TaskState.STATUS_IN_PROGRESS
    assert review_state.state_of(page)[:2] == ("waiting", "Menunggu Lembaga Adat")
    assert [notice.text for notice in Notice.objects.filter(role=Role.COUNCIL)] == [
        "Senjang “Izin Mudah” menunggu dibaca Lembaga Adat."
    ]
    assert [line.verb for line in trail.of(page)] == ["ajukan"]


def test_a_draft_with_gaps_is_refused_in_one_sentence_and_nothing_is_started(staff):
    page = factories.SenjangPageFactory(penutup=[])

    with pytest.raises(ValidationError) as refused:
        submitting.submit(page, by=staff)

    assert refused.value.messages == [
        "Belum dapat diajukan: bagian penutup masih kosong, belum ada layanan yang dikenalkan dan "
        "belum ada penulis lirik. Lengkapi dulu, lalu ajukan lagi."
    ]
    assert (Submission.objects.count(), TaskState.objects.count(), page.workflow_states.count()) == (0, 0, 0)


def test_a_meaning_without_its_words_is_a_gap_too(staff):
    page = complete(isi=[("bait", [factories.line("Ada"), factories.line("", "arti tanpa lirik")])])

    with pytest.raises(ValidationError, match="bagian isi punya arti yang belum ada liriknya"):
        submitting.submit(page, by=staff)


def test_approved_words_are_not_submitted_again(staff):
    page = complete()
    factories.approve(page)

    with pytest.raises(ValidationError, match="sudah disetujui"):
        submitting.submit(page, by=staff)


def test_wagtails_own_submit_also_refuses_gaps_and_starts_nothing(staff):
    page = factories.SenjangPageFactory(penutup=[])

    with pytest.raises(PermissionDenied, match="bagian penutup masih kosong"):
        page.get_workflow().start(page, staff)

    assert (Submission.objects.count(), TaskState.objects.count(), page.workflow_states.count()) == (0, 0, 0)


def test_wagtails_editor_never_submits_by_itself(staff):
    page = complete()

    may = [
        page.permissions_for_user(u).can_submit_for_moderation()
        for u in (staff, factories.UserFactory(is_superuser=True))
    ]

    assert may == [False, False]


def test_wagtails_own_submit_opens_the_same_submission(staff):
    page = complete()

    page.get_workflow().start(page, staff)

    assert [s.digest for s in Submission.objects.waiting()] == [page.digest]


def test_one_member_agrees_to_all_and_staff_publish(staff, seat):
    page = complete()
    member = seat()
    submission = submitting.submit(page, by=staff)

    review.agree(submission, member=member, by=member.person.user)

    assert verdicts() == [
        ("Pak Mahmud", part, question, "setuju") for part in PARTS for question in ("bentuk", "bahasa", "adat")
    ]
    assert Ruling.objects.get().verdict == Ruling.Verdict.APPROVED
    assert [a.pk for a in Approval.objects.all()] == [page.digest]
    submission.task_state.refresh_from_db()
    assert (submission.task_state.status, submission.task_state.comment) == ("approved", "Disetujui Pak Mahmud")
    assert review_state.state_of(page).key == "approved"
    assert [line.verb for line in trail.of(page)] == ["disetujui", "setujui", "ajukan"]
    assert [(n.role, n.done_at is None) for n in Notice.objects.order_by("pk")] == [
        (Role.COUNCIL, False),
        (Role.COMMUNICATIONS, True),
    ]
    page.get_latest_revision().publish(user=staff)
    page.refresh_from_db()
    assert page.is_public


def test_part_by_part_the_last_part_approves(staff, seat):
    page = complete()
    member = seat()
    submission = submitting.submit(page, by=staff)

    review.agree(submission, member=member, by=member.person.user, parts=["isi"])
    halfway = Approval.objects.count()
    review.agree(submission, member=member, by=member.person.user, parts=["pembuka", "penutup"])

    assert (halfway, Approval.objects.count()) == (0, 1)


def test_a_quorum_of_two_needs_two_members_on_every_part(staff, seat):
    CouncilRule.objects.update_or_create(defaults={"quorum": 2})
    page = complete()
    first, second, third = seat("Satu"), seat("Dua"), seat("Tiga")
    submission = submitting.submit(page, by=staff)

    review.agree(submission, member=first, by=first.person.user)
    with pytest.raises(ValidationError, match="sudah tercatat"):
        review.agree(submission, member=first, by=first.person.user)
    review.agree(submission, member=second, by=second.person.user, parts=["pembuka", "isi"])
    before = Approval.objects.count()
    review.agree(submission, member=third, by=third.person.user, parts=["penutup"])

    assert (before, Approval.objects.count()) == (0, 1)


def test_editing_one_part_lapses_only_that_parts_agreement(staff, seat):
    page = complete()
    member = seat()
    review.agree(submitting.submit(page, by=staff), member=member, by=member.person.user)
    page = reword(page, "isi", "Isi yang lain", "dan barisnya")
    submission = submitting.submit(page, by=staff)

    assert review.missing_parts(submission) == ["isi"]
    review.agree(submission, member=member, by=member.person.user, parts=["isi"])

    assert Approval.objects.filter(pk=page.digest).exists()


def test_sending_back_names_member_and_reason_and_opens_the_editor(staff, seat):
    page = complete()
    member = seat()
    submission = submitting.submit(page, by=staff)

    review.send_back(submission, member=member, reason="Bait kedua keliru", part="isi", by=member.person.user)

    assert verdicts() == [("Pak Mahmud", "isi", question, "perbaiki") for question in ("bentuk", "bahasa", "adat")]
    assert Ruling.objects.get().verdict == Ruling.Verdict.SENT_BACK
    assert review_state.state_of(page)[:3] == (
        "sent_back",
        "Diminta perbaikan",
        "Diminta perbaikan oleh Pak Mahmud: Bait kedua keliru",
    )
    assert not Approval.objects.exists()
    told = Notice.objects.get(role=Role.COMMUNICATIONS)
    assert (told.url, "Bait kedua keliru" in told.text) == (f"/admin/pages/{page.pk}/edit/", True)
    assert page.get_lock() is None


def test_after_a_send_back_the_next_submission_goes_on_in_the_same_workflow(staff, seat):
    page = complete()
    member = seat()
    first = submitting.submit(page, by=staff)
    review.send_back(first, member=member, reason="Perbaiki", by=member.person.user)

    second = submitting.submit(reword(page, "isi", "Isi baru", "Baris kedua"), by=staff)
    review.agree(second, member=member, by=member.person.user)

    assert page.workflow_states.count() == 1
    assert [s.ruling.verdict for s in Submission.objects.order_by("pk")] == ["dikembalikan", "disetujui"]


def test_a_send_back_without_a_reason_is_refused_by_function_and_database(staff, seat):
    member = seat()
    submission = submitting.submit(complete(), by=staff)

    with pytest.raises(ValidationError, match="Tulis alasannya"):
        review.send_back(submission, member=member, reason="  ", by=member.person.user)
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.create(
            submission=submission, member=member, part="isi", part_digest="x", question="adat", verdict="perbaiki"
        )

    assert (Decision.objects.of_members().count(), Ruling.objects.count()) == (0, 0)


def test_recalling_closes_the_submission_and_unlocks_the_page(staff, user_in):
    page = complete()
    submission = submitting.submit(page, by=staff)

    submitting.recall(submission, by=user_in(Role.COMMUNICATIONS))

    assert Ruling.objects.get().verdict == Ruling.Verdict.RECALLED
    assert page.get_lock() is None
    assert review_state.state_of(page).key == "recalled"
    assert not Notice.objects.filter(done_at=None).exists()


def test_wagtails_own_cancel_closes_the_submission_too(staff):
    page = complete()
    submitting.submit(page, by=staff)

    page.current_workflow_state.cancel(user=staff)

    assert Ruling.objects.get().verdict == Ruling.Verdict.RECALLED
    assert [line.verb for line in trail.of(page)] == ["tarik kembali", "ajukan"]


def test_withdrawing_takes_pages_off_and_what_was_agreed_counts_no_more(staff, seat):
    page = complete()
    member = seat()
    review.agree(submitting.submit(page, by=staff), member=member, by=member.person.user)
    page.get_latest_revision().publish(user=staff)
    recording_digest = page.digest

    review.withdraw(page, reason="Ternyata pamali", by=staff)

    page.refresh_from_db()
    assert (page.live, page.approval_id) == (False, None)
    assert not Approval.objects.filter(pk=recording_digest).exists()
    assert review_state.state_of(page)[:3] == ("withdrawn", "Persetujuan dicabut", "Ternyata pamali")
    assert Notice.objects.filter(role=Role.COMMUNICATIONS, level="warning", done_at=None).count() == 1
    again = submitting.submit(page, by=staff)
    assert review.missing_parts(again) == PARTS


def test_a_member_may_withdraw_and_a_reason_is_needed(staff, seat):
    page = complete()
    member = seat()
    review.agree(submitting.submit(page, by=staff), member=member, by=member.person.user)

    with pytest.raises(ValidationError, match="Tulis alasannya"):
        review.withdraw(page, reason="", by=member.person.user)
    review.withdraw(page, reason="Keluarga keberatan", by=member.person.user)

    assert [w.reason for w in Withdrawal.objects.all()] == ["Keluarga keberatan"]


def test_a_text_that_moved_on_cannot_be_decided(staff, seat):
    page = complete()
    member = seat()
    submission = submitting.submit(page, by=staff)
    reword(page, "isi", "Diubah diam-diam", "lewat pintu belakang")

    with pytest.raises(ValidationError, match="Teks berubah"):
        review.agree(submission, member=member, by=member.person.user)

    assert (Decision.objects.of_members().count(), Approval.objects.count()) == (0, 0)


def test_a_submission_whose_page_is_gone_cannot_be_decided(staff, seat):
    page = complete()
    member = seat()
    submission = submitting.submit(page, by=staff)
    page.delete()

    with pytest.raises(ValidationError, match="tidak berlaku"):
        review.agree(submission, member=member, by=member.person.user)


def act(verb, page, staff, member):
    """Each verb on the page's newest submission."""
    last = page.submissions.first()
    return {
        "submit": lambda: submitting.submit(page, by=staff),
        "agree": lambda: review.agree(last, member=member, by=member.person.user),
        "send_back": lambda: review.send_back(last, member=member, reason="Perbaiki", by=member.person.user),
        "recall": lambda: submitting.recall(last, by=staff),
        "withdraw": lambda: review.withdraw(page, reason="Pamali", by=staff),
    }[verb]()


WAY_THERE = {
    "draft": [],
    "waiting": ["submit"],
    "sent_back": ["submit", "send_back"],
    "recalled": ["submit", "recall"],
    "approved": ["submit", "agree"],
    "withdrawn": ["submit", "agree", "withdraw"],
}
MOVES = {
    ("draft", "submit"): "waiting",
    ("waiting", "agree"): "approved",
    ("waiting", "send_back"): "sent_back",
    ("waiting", "recall"): "recalled",
    ("sent_back", "submit"): "waiting",
    ("recalled", "submit"): "waiting",
    ("approved", "withdraw"): "withdrawn",
    ("withdrawn", "submit"): "waiting",
}
VERBS = ["submit", "agree", "send_back", "recall", "withdraw"]
TRIALS = [(s, v) for s in WAY_THERE for v in VERBS if s != "draft" or v in ("submit", "withdraw")]


@pytest.mark.parametrize(("state", "verb"), TRIALS)
def test_every_verb_from_every_state(state, verb, staff, seat):
    page = complete()
    member = seat()
    for step in WAY_THERE[state]:
        act(step, page, staff, member)
    rulings = Ruling.objects.count()

    if (state, verb) in MOVES:
        act(verb, page, staff, member)
        assert review_state.state_of(page).key == MOVES[state, verb]
    else:
        with pytest.raises(ValidationError):
            act(verb, page, staff, member)
        assert (review_state.state_of(page).key, Ruling.objects.count()) == (state, rulings)


def owns(page, user):
    SenjangPage.objects.filter(pk=page.pk).update(owner=user)


def saved(page, user):
    page.save_revision(user=user)


def wrote(page, user):
    page.credits.add(SenjangCredit(person=user.person, role=SenjangCredit.Role.AUTHOR))
    page.save_revision()


def arranged(page, user):
    page.credits.add(SenjangCredit(person=user.person, role=SenjangCredit.Role.ARRANGER))
    page.save()


@pytest.mark.parametrize("tie", [owns, saved, wrote, arranged])
def test_nobody_rules_on_a_text_of_their_own(tie, staff, seat):
    page = complete()
    member = seat()
    tie(page, member.person.user)
    submission = submitting.submit(page, by=staff)

    for attempt in (
        lambda: review.agree(submission, member=member, by=member.person.user),
        lambda: review.agree(submission, member=member, through="Pak Mahmud"),
        lambda: review.send_back(submission, member=member, reason="Ganti", by=member.person.user),
    ):
        with pytest.raises(PermissionDenied):
            attempt()

    assert (Decision.objects.of_members().count(), Ruling.objects.count()) == (0, 0)


def test_who_told_the_story_may_rule_on_it(staff, seat):
    page = complete()
    member = seat()
    page.credits.add(SenjangCredit(person=member.person, role=SenjangCredit.Role.SOURCE))
    page.save_revision()

    review.agree(submitting.submit(page, by=staff), member=member, by=member.person.user)

    assert Approval.objects.count() == 1


def test_agreement_of_a_later_author_stops_counting(staff, seat):
    page = complete()
    member = seat()
    review.agree(submitting.submit(page, by=staff), member=member, by=member.person.user)
    page = reword(page, "isi", "Isi baru", "Baris kedua", user=member.person.user)

    assert review.missing_parts(submitting.submit(page, by=staff)) == PARTS


def test_whoever_submitted_it_cannot_agree_to_it(seat):
    member = seat()
    member.person.user.is_superuser = True
    member.person.user.save()
    submission = submitting.submit(complete(), by=member.person.user)

    with pytest.raises(PermissionDenied):
        review.agree(submission, member=member, by=member.person.user)


def test_only_the_members_own_account_decides_for_the_member(staff, seat, user_in):
    member, other = seat("Satu"), seat("Dua")
    chief = factories.UserFactory(is_superuser=True)
    submission = submitting.submit(complete(), by=staff)

    for by in (other.person.user, chief, staff, None):
        with pytest.raises(PermissionDenied):
            review.agree(submission, member=member, by=by)

    assert not Decision.objects.of_members().exists()


def test_a_former_member_decides_nothing(staff, seat):
    member = seat(until="2021-01-01")
    member = CouncilMember.objects.get(pk=member.pk)
    submission = submitting.submit(complete(), by=staff)

    for through, by in (("", member.person.user), ("Pak Mahmud", None)):
        with pytest.raises(PermissionDenied):
            review.agree(submission, member=member, by=by, through=through)


def test_a_member_without_an_account_decides_through_a_link(staff):
    member = factories.CouncilMemberFactory(person__user=None, person__name="Bu Aisyah")
    page = complete()
    submission = submitting.submit(page, by=staff)

    review.agree(submission, member=member, through="Bu Aisyah")

    assert [(t.actor_kind, t.actor_name) for t in trail.of(page).filter(verb="setujui")] == [("link", "Bu Aisyah")]
    assert Approval.objects.count() == 1


@pytest.mark.skipif("not __import__('django.db').db.connection.vendor == 'postgresql'", reason="needs real threads")
@pytest.mark.django_db(transaction=True)
def test_two_votes_at_the_same_moment_both_count(staff, seat):
    CouncilRule.objects.update_or_create(defaults={"quorum": 2})
    members = [seat("Satu"), seat("Dua")]
    submission = submitting.submit(complete(), by=staff)
    gate = threading.Barrier(2)

    def vote(member):
        try:
            gate.wait(5)
            review.agree(submission, member=member, by=member.person.user)
        finally:
            connection.close()

    threads = [threading.Thread(target=vote, args=[member]) for member in members]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)

    assert (Decision.objects.of_members().count(), Ruling.objects.count(), Approval.objects.count()) == (18, 1, 1)


@pytest.mark.skipif("not __import__('django.db').db.connection.vendor == 'postgresql'", reason="needs real threads")
@pytest.mark.django_db(transaction=True)
def test_a_vote_and_wagtails_cancel_at_the_same_moment_leave_one_of_the_two(staff, seat):
    page, member = complete(), seat()
    submission = submitting.submit(page, by=staff)
    workflow = SenjangPage.objects.get(pk=page.pk).current_workflow_state
    refused = []

    def cancel():
        try:
            workflow.cancel(user=staff)
        except PermissionDenied as error:
            refused.append(str(error))
        finally:
            connection.close()

    thread = threading.Thread(target=cancel)
    with transaction.atomic():
        Submission.objects.select_for_update(of=("self",)).get(pk=submission.pk)
        thread.start()
        thread.join(0.5)
        review.agree(submission, member=member, by=member.person.user)
    thread.join(10)

    workflow.refresh_from_db()
    assert [ruling.verdict for ruling in Ruling.objects.all()] == [Ruling.Verdict.APPROVED]
    assert workflow.status == WorkflowState.STATUS_APPROVED
    assert refused == ["Pengajuan ini sudah selesai: disetujui."]


def test_a_senjang_has_one_open_notice_and_none_once_it_is_published(staff, seat):
    page, member = complete(), seat()
    first = submitting.submit(page, by=staff)
    review.send_back(first, member=member, reason="Baris dua", by=member.person.user)
    reword(page, "isi", "Baris satu", "Baris dua yang baru")

    second = submitting.submit(page, by=staff)
    review.agree(second, member=member, by=member.person.user)

    assert [notice.role for notice in Notice.objects.filter(done_at=None)] == [Role.COMMUNICATIONS]
    proceedings.settle(page, by=staff)
    assert not Notice.objects.filter(done_at=None).exists()


def test_what_the_council_was_shown_cannot_be_changed(staff):
    submission = submitting.submit(complete(title="Judul"), by=staff)

    for attempt in (
        lambda: Submission.objects.update(text={}),
        lambda: Submission.objects.update(digest="x"),
        submission.save,
    ):
        with pytest.raises(HistoryIsFixed):
            attempt()

    submission.refresh_from_db()
    assert (submission.title, submission.digest) == ("Judul", submission.page.digest)
