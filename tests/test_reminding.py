"""The office is told 30, 14 and 0 days ahead of a consent's last day: once each, and not of one that goes on."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cms.office.models import Notice, Role
from performers import consenting, reminding
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def ending():
    """A consent whose last day is so many days ahead."""
    singer = factories.PersonFactory(name="Kupek Ayu", consented=False)

    def make(days, **fields):
        until = None if days is None else timezone.localdate() + timedelta(days=days)
        return factories.ConsentFactory(person=singer, until=until, **fields)

    return make


def told():
    """Open notices, by the crossing in their key."""
    return sorted(int(notice.key.rpartition("-")[2]) for notice in Notice.objects.filter(done_at=None))


@pytest.mark.parametrize(
    ("days", "crossings"),
    [(None, []), (31, []), (30, [30]), (15, [30]), (14, [14]), (1, [14]), (0, [0]), (-1, [])],
)
def test_it_is_told_at_each_crossing_and_made_up_for_where_a_day_was_missed(ending, days, crossings):
    ending(days)

    reminding.look()

    assert told() == crossings


def test_each_crossing_is_told_and_mailed_once(ending, staff, mailoutbox, django_capture_on_commit_callbacks):
    ending(14)

    with django_capture_on_commit_callbacks(execute=True):
        answers = [reminding.look(), reminding.look()]
        Notice.objects.update(done_at=timezone.now())
        answers.append(reminding.look())

    assert (answers, told(), len(mailoutbox)) == ([1, 0, 0], [], 1)


def test_the_next_crossing_closes_the_one_before(ending, monkeypatch):
    ending(30)
    today, seen = timezone.localdate(), []
    for later in (0, 16, 30, 31):
        monkeypatch.setattr(timezone, "localdate", lambda later=later: today + timedelta(days=later))
        reminding.look()
        seen.append(told())

    assert seen == [[30], [14], [0], [0]]


def test_it_says_who_what_and_when(ending):
    consent = ending(0, for_cd=False, for_print=False)

    reminding.look()

    notice = Notice.objects.get()
    assert (notice.role, notice.level, notice.url) == (Role.COMMUNICATIONS, "warning", consent.address)
    assert notice.text.startswith("Izin Kupek Ayu (penampil) untuk radio, halaman web berakhir malam ini, ")


@pytest.mark.parametrize(
    ("fields", "is_renewed"),
    [
        ({}, True),
        ({"capacity": "penulis"}, False),
        ({"for_radio": False}, False),
        ({"withdrawn": True}, False),
        ({"valid_from": 15}, True),
        ({"valid_from": 16}, False),
    ],
)
def test_one_that_goes_on_in_another_is_not_told(ending, fields, is_renewed):
    ending(14)
    if "valid_from" in fields:
        fields = {"valid_from": timezone.localdate() + timedelta(days=fields["valid_from"])}
    ending(None, **fields)

    reminding.look()

    assert told() == ([] if is_renewed else [14])


def test_one_for_some_songs_goes_on_in_one_for_the_same(ending):
    songs = [factories.SenjangPageFactory() for _number in range(2)]
    ending(14, only_for=songs)
    ending(None, only_for=songs[:1])
    reminding.look()
    assert told() == [14]

    ending(None, only_for=songs)
    reminding.look()

    assert told() == []


def test_taken_back_there_is_nothing_to_renew(ending, staff):
    consent = ending(14)
    reminding.look()

    consenting.withdraw(consent, reason="Diminta.", by=staff)
    reminding.look()

    assert list(Notice.objects.filter(done_at=None).values_list("key", flat=True)) == [
        f"consent-{consent.pk}-withdrawn"
    ]


def test_the_text_for_whatsapp_goes_to_the_guardian_of_a_child(ending):
    grown, child = ending(5), ending(5, of_a_minor=True)

    assert reminding.message(grown).startswith("Yth. Kupek Ayu, izin Kupek Ayu sebagai penampil untuk radio")
    assert reminding.message(child).startswith("Yth. Rohana, izin Kupek Ayu")


def test_many_ask_the_database_no_more_than_their_own_notices(ending, django_assert_num_queries):
    for _number in range(3):
        ending(14)
    reminding.look()

    with django_assert_num_queries(2 + 3):
        reminding.look()
