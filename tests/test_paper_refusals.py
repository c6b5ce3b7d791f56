"""What may not be recorded from a signed sheet is refused by name, and nothing is written."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import storages
from django.utils import timezone

from cms.office.models import Role
from media_assets import review, submitting, turns
from performers.models import Person
from tests import factories
from tests.paper import WHOLE, again, first, members, printed, written
from tests.test_review import reword

pytestmark = pytest.mark.django_db


@pytest.fixture
def council(user_in):
    return members(user_in, "Ketua Karim", "Bu Aisyah", "Pak Rusdi")


def test_only_one_of_the_two_may_have_had_a_hand_in_the_text(staff, other, council):
    submission = printed(staff)
    reword(submission.page, "isi", "Baris lain", user=other)
    submitting.recall(submission, by=staff)
    submission = submitting.submit(submission.page, by=staff)
    sheet = first(submission, {council[0]: WHOLE}, by=staff)

    with pytest.raises(ValidationError, match="Mintalah petugas lain"):
        again(sheet, {council[0]: WHOLE}, by=other)

    assert written() == (1, 0, 0)


def test_an_officer_credited_as_author_is_not_the_neutral_one(staff, other, council):
    submission = printed(staff)
    author = Person.objects.get(pk=submission.about["credits"][0][1])
    author.user = other
    author.save()
    sheet = first(submission, {council[0]: WHOLE}, by=staff)

    with pytest.raises(ValidationError, match="Mintalah petugas lain"):
        again(sheet, {council[0]: WHOLE}, by=other)


@pytest.mark.parametrize("role", [Role.COUNCIL, Role.HEAD, Role.RADIO, Role.FRONT_DESK])
def test_other_roles_record_nothing(staff, council, user_in, role):
    submission = printed(staff)

    with pytest.raises(PermissionDenied):
        first(submission, {council[0]: WHOLE}, by=user_in(role))

    assert written() == (0, 0, 0)
    assert storages["private"].exists("sidang") is False


def test_a_member_who_decided_elsewhere_is_not_contradicted(staff, council):
    submission = printed(staff)
    review.agree(submission, member=council[1], parts=["isi"], by=council[1].person.user)

    for said in (("perbaiki", [], "isi", "Baris tiga"), ("undur", [], "", "Sepupu")):
        with pytest.raises(ValidationError, match=r"Bu Aisyah sudah memutuskan lewat akun pada .*: setuju, bagian isi"):
            first(submission, {council[1]: said}, by=staff)

    assert written() == (0, 0, 3)


def test_a_vote_between_the_two_readings_is_seen(staff, other, council):
    submission = printed(staff)
    said = {council[1]: ("perbaiki", [], "isi", "Baris tiga")}
    sheet = first(submission, said, by=staff)
    review.agree(submission, member=council[1], by=council[1].person.user)

    with pytest.raises(ValidationError, match="Bu Aisyah sudah memutuskan"):
        again(sheet, said, by=other)

    assert written() == (1, 0, 9)


def test_who_may_not_rule_is_refused_by_name(staff, council, user_in):
    submission = printed(staff)
    author = factories.CouncilMemberFactory(person=Person.objects.get(name="Penulis"))
    ended = factories.CouncilMemberFactory(person__name="Pak Lama", until=timezone.localdate())
    turns.recuse(submission, member=council[2], reason="Sepupu penulisnya", by=council[2].person.user)

    with pytest.raises(ValidationError) as refused:
        first(submission, dict.fromkeys([author, ended, council[2]], WHOLE), by=staff)

    assert sorted(refused.value.messages[0].split(". ")) == [
        "Pak Lama tidak dapat dicatat: sedang tidak bertugas",
        "Pak Rusdi tidak dapat dicatat: tidak ikut memutuskan.",
        "Penulis tidak dapat dicatat: ikut menulis atau mengajukan",
    ]
    assert written() == (0, 0, 0)


@pytest.mark.parametrize("days", [-1, 1])
def test_a_sitting_lies_between_submission_and_today(staff, council, days):
    submission = printed(staff)

    with pytest.raises(ValidationError, match="Hari sidang harus"):
        first(submission, {council[0]: WHOLE}, by=staff, held_on=timezone.localdate() + timedelta(days=days))


def test_a_sheet_without_a_verdict_says_nothing(staff, council):
    with pytest.raises(ValidationError, match="Belum ada putusan"):
        first(printed(staff), {council[0]: ("absen",)}, by=staff)


def test_a_text_that_changed_or_ended_takes_no_reading(staff, council):
    submission = printed(staff)
    reword(submission.page, "isi", "Baris lain")
    with pytest.raises(ValidationError, match="Teks berubah"):
        first(submission, {council[0]: WHOLE}, by=staff)
    submitting.recall(submission, by=staff)

    with pytest.raises(ValidationError, match="sudah selesai: ditarik staf"):
        first(submission, {council[0]: WHOLE}, by=staff)

    assert written() == (0, 0, 0)
