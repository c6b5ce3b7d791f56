"""People allow the use of their work in writing, and take it back: rows that are only added, told in the trail."""

import threading
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from cms.office import scans
from cms.office.append_only import HistoryIsFixed
from cms.office.models import Generation, Notice, Role, Trail
from media_assets.models import ConsentWork
from performers import consenting, permissions
from performers.models import Channel, Consent, ConsentWithdrawal
from tests import factories
from tests.paper import picture

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 21)
CHANNELS = ["radio", "web", "cd", "print"]


@pytest.fixture
def singer():
    return factories.PersonFactory(name="Kupek Ayu", consented=False)


def give(person, *, by, **fields):
    told = {"capacity": "penampil", "channels": CHANNELS, "valid_from": date(2026, 1, 1), "scan": picture()}
    return consenting.give(person, by=by, **told | fields)


def kept():
    storage = scans.storage()
    return storage.listdir("izin")[1] if storage.exists("izin") else []


def test_a_signed_form_is_kept_privately_and_told(singer, staff):
    consent = give(singer, by=staff, channels=["web", "radio"], until=date(2026, 12, 31))

    assert (consent.channels, consent.is_limited, consent.by) == ([Channel.RADIO, Channel.WEB], False, staff)
    assert (consent.kind, kept()) == (scans.Kind.JPG, [consent.file.name.removeprefix("izin/")])
    assert Trail.objects.get(verb="beri izin").text == (
        "Mencatat izin Kupek Ayu (penampil) untuk radio, halaman web, 1 Januari 2026 sampai 31 Desember 2026."
    )


def test_a_consent_may_be_for_some_songs_only(singer, staff):
    song = factories.SenjangPageFactory()

    consent = give(singer, by=staff, limited_to=[song.pk])

    assert (consent.is_limited, [work.senjang for work in consent.works.all()]) == (True, [song])


ROLES = {Role.ADMINISTRATOR, Role.COMMUNICATIONS}


def test_the_office_keeps_consents_and_the_head_reads_them(user_in):
    keep = {role for role in Role if permissions.can_keep_consents(user_in(role))}
    read = {role for role in Role if permissions.can_read_consents(user_in(role))}

    assert (keep, read) == (ROLES, ROLES | {Role.HEAD})


@pytest.mark.parametrize("role", [role for role in Role if role not in ROLES])
def test_nobody_else_gives_or_withdraws(user_in, singer, role):
    consent = factories.ConsentFactory(person=singer)

    for attempt in (
        lambda: give(singer, by=user_in(role)),
        lambda: consenting.withdraw(consent, reason="Diminta.", by=user_in(role)),
    ):
        with pytest.raises(PermissionDenied):
            attempt()

    assert (Consent.objects.count(), ConsentWithdrawal.objects.count(), kept()) == (1, 0, [])


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"capacity": "pemirsa"}, "Pilih apakah izin ini"),
        ({"channels": []}, "sedikitnya satu saluran"),
        ({"channels": ["televisi"]}, "sedikitnya satu saluran"),
        ({"until": date(2025, 12, 31)}, "tidak boleh sebelum hari mulainya"),
        ({"valid_from": date(1026, 1, 1)}, "tidak masuk akal"),
        ({"until": date(9999, 12, 31)}, "tidak masuk akal"),
        ({"minor": True}, "nama walinya"),
        ({"minor": True, "guardian_name": "Fatimah"}, "hubungan walinya"),
        ({"guardian_name": "Fatimah"}, "hanya dicatat untuk yang belum dewasa"),
        ({"limited_to": [4040]}, "senjang yang tidak dikenal"),
        ({"scan": ContentFile(b"", "izin.pdf")}, "kosong"),
        ({"scan": ContentFile(b"<html>izin</html>", "izin.pdf")}, "bukan PDF, JPG atau PNG"),
        ({"scan": ContentFile(b"MZ" + b"\0" * 4000, "izin.jpg")}, "bukan PDF, JPG atau PNG"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words_and_leaves_nothing(singer, staff, fields, says):
    with pytest.raises(ValidationError, match=says):
        give(singer, by=staff, **fields)

    assert (Consent.objects.count(), Trail.objects.count(), kept()) == (0, 0, [])


@pytest.mark.parametrize(
    "fields",
    [
        {"for_radio": False, "for_web": False, "for_cd": False, "for_print": False},
        {"until": date(2019, 12, 31)},
        {"minor": True},
        {"guardian_name": "Fatimah", "guardian_relation": "ibu"},
        {"file": ""},
        {"capacity": "pemirsa"},
    ],
)
def test_the_database_refuses_the_same(fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.ConsentFactory(**fields)


def test_a_consent_of_one_day_is_one():
    assert factories.ConsentFactory(valid_from=DAY, until=DAY).state_on(DAY) == Consent.State.ENDING


def test_taking_it_back_needs_a_reason_and_is_done_once(singer, staff):
    consent = give(singer, by=staff)
    with pytest.raises(ValidationError, match="alasannya"):
        consenting.withdraw(consent, reason="  ", by=staff)

    consenting.withdraw(consent, reason=" Diminta orangnya. ", by=staff)
    with pytest.raises(ValidationError, match="sudah dicabut"):
        consenting.withdraw(consent, reason="Lagi.", by=staff)

    assert [row.reason for row in ConsentWithdrawal.objects.all()] == ["Diminta orangnya."]
    text = "Mencabut izin Kupek Ayu (penampil) untuk radio, halaman web, CD, cetakan: Diminta orangnya."
    assert Trail.objects.get(verb="cabut izin").text == text
    assert [(notice.role, notice.text) for notice in Notice.objects.all()] == [(Role.COMMUNICATIONS, text)]


def test_giving_and_withdrawing_draw_the_visitor_pages_anew(singer, staff):
    numbers = []
    for act in (
        lambda: give(singer, by=staff),
        lambda: consenting.withdraw(Consent.objects.get(), reason="X", by=staff),
    ):
        act()
        numbers.append(Generation.objects.get().value)

    assert numbers[0] > 0
    assert numbers[1] > numbers[0]


def states(day):
    reads = {
        "in force": Consent.objects.in_force(day),
        "ending": Consent.objects.ending_within(30, day),
        "ahead": Consent.objects.ahead_of(day),
        "ended": Consent.objects.ended_by(day),
        "withdrawn": Consent.objects.withdrawn(),
    }
    return {name for name, rows in reads.items() if rows.exists()}


@pytest.mark.parametrize(
    ("until", "expected", "state"),
    [
        (None, {"in force"}, "berlaku"),
        (DAY + timedelta(days=31), {"in force"}, "berlaku"),
        (DAY + timedelta(days=30), {"in force", "ending"}, "segera"),
        (DAY, {"in force", "ending"}, "segera"),
        (DAY - timedelta(days=1), {"ended"}, "berakhir"),
    ],
)
def test_lists_and_state_agree_at_the_edges_of_its_days(until, expected, state):
    consent = factories.ConsentFactory(until=until)

    assert (states(DAY), consent.state_on(DAY)) == (expected, state)


def test_one_that_is_still_to_begin_and_one_taken_back():
    ahead = factories.ConsentFactory(valid_from=DAY + timedelta(days=1))
    assert (states(DAY), ahead.state_on(DAY)) == ({"ahead"}, "nanti")

    back = factories.ConsentFactory(withdrawn=True)
    assert (states(DAY), Consent.objects.listed().get(pk=back.pk).state_on(DAY)) == ({"ahead", "withdrawn"}, "dicabut")


@pytest.mark.parametrize("channel", Channel.values)
def test_a_channel_is_covered_by_those_that_name_it(channel):
    others = {f"for_{one}": False for one in Channel.values if one != channel}
    consent = factories.ConsentFactory(**others, until=DAY)

    covering = {one for one in Channel.values if consent in Consent.objects.covering(one, DAY)}

    assert covering == {channel}
    assert not Consent.objects.covering(channel, DAY + timedelta(days=1)).exists()


def test_no_row_is_changed_or_removed(singer, staff):
    consent = give(singer, by=staff, limited_to=[factories.SenjangPageFactory().pk])
    consenting.withdraw(consent, reason="Diminta.", by=staff)

    for rows in (Consent.objects, ConsentWithdrawal.objects, ConsentWork.objects):
        row = rows.get()
        for attempt in (
            row.save,
            row.delete,
            lambda rows=rows: rows.all().delete(),
            lambda rows=rows: rows.update(pk=9),
        ):
            with pytest.raises(HistoryIsFixed):
                attempt()


@pytest.mark.skipif("not __import__('django.db').db.connection.vendor == 'postgresql'", reason="has triggers")
@pytest.mark.parametrize("table", ["performers_consent", "performers_consentwithdrawal", "media_assets_consentwork"])
def test_not_by_sql_either(table, singer, staff):
    consent = give(singer, by=staff, limited_to=[factories.SenjangPageFactory().pk])
    consenting.withdraw(consent, reason="Diminta.", by=staff)

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table}")


@pytest.mark.skipif("not __import__('django.db').db.connection.vendor == 'postgresql'", reason="needs real threads")
@pytest.mark.django_db(transaction=True)
def test_of_two_who_withdraw_at_the_same_moment_one_wins(singer, staff, user_in):
    consent, other = give(singer, by=staff), user_in(Role.COMMUNICATIONS)
    gate, refused = threading.Barrier(2), []

    def withdraw(clerk):
        try:
            gate.wait(5)
            consenting.withdraw(consent, reason="Diminta.", by=clerk)
        except ValidationError as error:
            refused.append(error.messages[0])
        finally:
            connection.close()

    threads = [threading.Thread(target=withdraw, args=[clerk]) for clerk in (staff, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(15)

    assert (ConsentWithdrawal.objects.count(), refused) == (1, ["Izin ini sudah dicabut."])
    assert Trail.objects.filter(verb="cabut izin", at__lte=timezone.now()).count() == 1
