"""A member who leaves the council after voting: what they said no longer counts where nothing is ruled yet."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from cms.office import trail
from cms.office.models import Role
from media_assets import review, review_state, submitting, turns
from media_assets.models import Approval, CouncilRule, Decision, Ruling
from tests import factories
from tests.test_adat import shown
from tests.test_review import complete

pytestmark = pytest.mark.django_db


@pytest.fixture
def three():
    return [factories.CouncilMemberFactory() for _number in range(3)]


@pytest.fixture
def submission(staff):
    return submitting.submit(complete(title="Izin Mudah"), by=staff)


def votes(count):
    CouncilRule.objects.update_or_create(defaults={"quorum": count})


def agree(submission, member):
    return review.agree(submission, member=member, through=str(member))


def leave(member):
    member.until = timezone.localdate()
    member.save()


def test_the_vote_of_a_member_who_left_before_the_ruling_does_not_count(submission, three):
    votes(2)
    agree(submission, three[0])
    leave(three[0])

    agree(submission, three[1])

    assert (Ruling.objects.count(), Decision.objects.count()) == (0, 18)
    agree(submission, three[2])
    assert Approval.objects.count() == 1


def test_fewer_seats_never_make_fewer_voices_of_those_who_left(submission, three):
    """Of three wanted and three seated one voted and left: both who stay must agree, not one of them."""
    votes(3)
    agree(submission, three[0])
    leave(three[0])

    agree(submission, three[1])

    assert review_state.votes_needed(submission)[Decision.Question.ADAT] == 2
    assert Approval.objects.count() == 0


def test_a_send_back_of_a_member_who_left_stays_a_send_back(submission, three):
    review.send_back(submission, member=three[0], reason="Terlalu kasar", through="x")

    leave(three[0])

    assert Ruling.objects.get().verdict == Ruling.Verdict.SENT_BACK


def test_what_was_approved_stays_approved_when_a_voter_leaves_later(submission, three):
    agree(submission, three[0])
    three[0].until = timezone.localdate() + timedelta(days=1)
    three[0].save()

    assert Approval.objects.count() == 1
    assert review_state.agreeing_members(submission, Ruling.objects.get().at) == [three[0]]


def enough_since_a_seat_ended(submission, three):
    """Two of three agreed where three were wanted; the third left, and nobody remains who could press anything."""
    votes(3)
    agree(submission, three[0])
    agree(submission, three[1])
    leave(three[2])


def test_staff_are_told_that_the_votes_are_enough_and_count_them_again(desk, staff, submission, three):
    enough_since_a_seat_ended(submission, three)
    page = f"/admin/adat/pengajuan/inspect/{submission.pk}/"
    before = shown(desk.get(page))

    desk.post(f"/admin/adat/pengajuan/{submission.pk}/hitung/")

    assert "Hitung lagi suaranya" in before
    assert "Hitung lagi suaranya" not in shown(desk.get(page))
    assert Approval.objects.count() == 1
    assert trail.of(submission.page).get(verb="hitung ulang").actor == staff


def test_counting_again_approves_nothing_that_lacks_a_vote(staff, submission, three):
    votes(3)
    agree(submission, three[0])

    with pytest.raises(ValidationError, match="belum cukup"):
        turns.recount(submission, by=staff)
    assert Ruling.objects.count() == 0


@pytest.mark.parametrize("role", [Role.RADIO, Role.HEAD, Role.COUNCIL])
def test_only_staff_count_again(role, user_in, submission, three):
    enough_since_a_seat_ended(submission, three)

    with pytest.raises(PermissionDenied):
        turns.recount(submission, by=user_in(role))
    assert Ruling.objects.count() == 0
