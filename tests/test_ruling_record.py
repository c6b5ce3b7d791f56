"""What a ruling rested on is kept when it is made, and no later rule, member or name changes it."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import transaction

from cms.office.append_only import HistoryIsFixed, erasing
from cms.office.models import Role
from media_assets import approval_sheet, office_check, review, submitting, turns
from media_assets.models import CouncilRule, Ruling, RulingRecord
from tests import factories
from tests.test_approval_sheet import words
from tests.test_review import complete

pytestmark = pytest.mark.django_db


@pytest.fixture
def council(user_in):
    CouncilRule.objects.update_or_create(defaults={"quorum": 2})
    named = (("Pak Mahmud", True), ("Bu Aisyah", False), ("Pak Rusdi", False))
    return [
        factories.CouncilMemberFactory(person__name=name, person__user=user_in(Role.COUNCIL), is_chair=chair)
        for name, chair in named
    ]


def ruled(staff, council):
    chair, aisyah, rusdi = council
    submission = submitting.submit(complete(), by=staff)
    turns.recuse(submission, member=rusdi, reason="Sepupu penulisnya", by=rusdi.person.user)
    review.agree(submission, member=chair, by=chair.person.user)
    review.agree(submission, member=aisyah, through="Bu Aisyah")
    return submission


def told(record):
    ways = {(voice["name"], voice["way"], voice["counts"]) for voice in record.voices}
    seats = [(seat["name"], seat["chair"], seat["aside"], seat["reason"]) for seat in record.seats]
    return record.needed, ways, seats


def test_a_ruling_keeps_votes_needed_voices_and_who_stepped_aside(staff, council):
    submission = ruled(staff, council)

    assert told(submission.ruling.record) == (
        {"bentuk": 2, "bahasa": 2, "adat": 2},
        {("Pak Mahmud", "akun", True), ("Bu Aisyah", "tautan", True)},
        [
            ("Pak Mahmud", True, "", ""),
            ("Bu Aisyah", False, "", ""),
            ("Pak Rusdi", False, "undur", "Sepupu penulisnya"),
        ],
    )
    assert submission.ruling.record.reached("isi", "adat") == 2


def test_a_rule_changed_afterwards_does_not_change_the_sheet(staff, council):
    submission = ruled(staff, council)
    CouncilRule.objects.update(quorum=3)
    for member in council:
        member.person.name = f"{member} (alm.)"
        member.person.save()

    sheet = words(approval_sheet.issue(submission, by=staff))

    assert ("sedikitnya 2 suara" in sheet, "(alm.)" in sheet) == (True, False)


def test_a_send_back_keeps_its_reason_and_counts_no_voice(staff, council):
    submission = submitting.submit(complete(), by=staff)
    review.send_back(submission, member=council[1], reason="Bait kedua", part="isi", by=council[1].person.user)

    voices = submission.ruling.record.voices
    assert {(voice["part"], voice["verdict"], voice["reason"], voice["counts"]) for voice in voices} == {
        ("isi", "perbaiki", "Bait kedua", False)
    }


def test_the_office_is_heard_as_well(staff, council, user_in):
    page = complete()
    page.quotes.create(words=page.isi[0].value[0]["text"], fact=factories.LicenceFactFactory())
    page.save_revision()
    submission = submitting.submit(page, by=staff)
    office_check.confirm(submission, by=user_in(Role.COMMUNICATIONS, first_name="Fikri"))

    submitting.recall(submission, by=staff)

    record = submission.ruling.record
    assert (record.needed["fakta"], record.reached("isi", "fakta")) == (1, 1)
    assert {(voice["name"], voice["member"]) for voice in record.voices} == {("Fikri", None)}


def test_a_ruling_of_before_gets_its_record_from_the_decisions(staff, council):
    submission = ruled(staff, council)
    kept = told(submission.ruling.record)
    with transaction.atomic(), erasing():
        RulingRecord.objects.all().delete()

    import_module("media_assets.migrations.0010_record_past_rulings").fill(apps, None)

    record = RulingRecord.objects.of(submission).get()
    assert (told(record), record.rebuilt) == (kept, True)


def test_nobody_changes_what_a_ruling_rested_on(staff, council):
    record = ruled(staff, council).ruling.record

    for attempt in (record.save, record.delete, lambda: RulingRecord.objects.update(needed={})):
        with pytest.raises(HistoryIsFixed):
            attempt()

    assert Ruling.objects.get().record == record
