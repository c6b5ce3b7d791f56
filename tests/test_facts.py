"""Facts: recorded from a day on, never overwritten, never lost."""

import threading
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.utils import timezone

from campaigns import facts
from campaigns.models import FactKey, LicenceFact
from cms.office import generation, trail
from cms.office.models import Role, Trail
from tests import factories

pytestmark = pytest.mark.django_db

START = date(2026, 1, 1)


def rows(licence):
    return list(licence.facts.order_by("pk").values_list("key", "value", "valid_from"))


@pytest.fixture
def staff(user_in):
    return user_in(Role.COMMUNICATIONS, first_name="Ani")


@pytest.fixture
def licence():
    return factories.LicencePageFactory(title="Izin Apotek")


def test_a_fact_is_kept_item_by_item_with_its_source_writer_and_trail(licence, staff):
    before = generation.current()

    fact = facts.record(licence, FactKey.REQUIREMENTS, "  KTP   asli \r\n\r\n NPWP", START, " Perbup 1 ", by=staff)

    assert (fact.value, fact.source, fact.recorded_by) == ("KTP asli\nNPWP", "Perbup 1", staff)
    assert [(line.text, line.actor_name) for line in trail.of(licence)] == [
        ("Izin Apotek: persyaratan menjadi “KTP asli\nNPWP” mulai 1 Januari 2026.", "Ani")
    ]
    assert generation.current() > before


def test_the_value_in_force_is_not_recorded_twice(licence, staff):
    facts.record(licence, FactKey.FEE, "Gratis", START, "Perda 1", by=staff)

    with pytest.raises(ValidationError, match="sama dengan yang berlaku pada 1 Maret 2026"):
        facts.record(licence, FactKey.FEE, " Gratis\n", date(2026, 3, 1), "Perda 1", by=staff)

    assert rows(licence) == [("biaya", "Gratis", START)]


def test_a_change_may_be_entered_ahead_and_counts_from_its_day(licence, staff):
    facts.record(licence, FactKey.FEE, "Gratis", START, "Perda 1", by=staff)
    facts.record(licence, FactKey.FEE, "Rp50.000", date(2027, 1, 1), "Perda 2", by=staff)

    assert facts.in_force(licence, FactKey.FEE, date(2026, 12, 31)).value == "Gratis"
    assert facts.in_force(licence, FactKey.FEE, date(2027, 1, 1)).value == "Rp50.000"
    assert facts.in_force(licence, FactKey.FEE, date(2025, 12, 31)) is None


def test_a_mistake_is_mended_by_a_later_row_of_the_same_day(licence, staff):
    facts.record(licence, FactKey.FEE, "Rp50", START, "Perda 1", by=staff)
    facts.record(licence, FactKey.FEE, "Rp50.000", START, "Perda 1", by=staff)

    assert facts.in_force(licence, FactKey.FEE, START).value == "Rp50.000"
    assert len(rows(licence)) == 2


def test_an_empty_value_takes_a_fact_back_but_only_where_there_is_one(licence, staff):
    with pytest.raises(ValidationError, match="Belum ada fakta"):
        facts.record(licence, FactKey.WHATSAPP, " ", START, "Perda 1", by=staff)
    facts.record(licence, FactKey.WHATSAPP, "0812 3456 789", START, "Perda 1", by=staff)

    facts.record(licence, FactKey.WHATSAPP, "", date(2026, 2, 1), "Perda 1", by=staff)

    assert rows(licence) == [("whatsapp", "0812 3456 789", START), ("whatsapp", "", date(2026, 2, 1))]
    assert trail.of(licence).first().text == "Izin Apotek: WhatsApp ditarik mulai 1 Februari 2026."


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"source": "  "}, "Tulis sumbernya"),
        ({"source": "x" * 201}, "200 huruf"),
        ({"value": "x" * 4001}, "terlalu panjang"),
        ({"key": "ongkos"}, "tidak dikenal"),
        ({"key": FactKey.WHATSAPP, "value": "tanya saja"}, "nomor telepon"),
        ({"valid_from": date(1206, 1, 1)}, "tidak masuk akal"),
        ({"valid_from": timezone.localdate() + timedelta(4000)}, "tidak masuk akal"),
    ],
)
def test_what_cannot_be_true_is_refused_with_a_sentence_and_nothing_is_written(licence, staff, fields, words):
    given = {"key": FactKey.FEE, "value": "Gratis", "valid_from": START, "source": "Perda 1"} | fields

    with pytest.raises(ValidationError, match=words):
        facts.record(licence, **given, by=staff)

    assert rows(licence) == []
    assert not Trail.objects.exists()


@pytest.mark.parametrize(
    ("role", "may"),
    [
        (Role.ADMINISTRATOR, True),
        (Role.COMMUNICATIONS, True),
        (Role.COUNCIL, False),
        (Role.RADIO, False),
        (Role.FRONT_DESK, False),
        (Role.HEAD, False),
    ],
)
def test_only_those_who_keep_the_catalogue_record_facts(licence, user_in, role, may):
    user = user_in(role)

    if may:
        facts.record(licence, FactKey.FEE, "Gratis", START, "Perda 1", by=user)
    else:
        with pytest.raises(PermissionDenied):
            facts.record(licence, FactKey.FEE, "Gratis", START, "Perda 1", by=user)

    assert LicenceFact.objects.exists() is may


def test_who_writes_on_old_knowledge_is_asked_to_look_again(licence, staff):
    seen = facts.newest(licence, FactKey.FEE)
    facts.record(licence, FactKey.FEE, "Rp1.000", START, "Perda 1", by=staff, seen=seen)

    with pytest.raises(ValidationError, match=r"Baru saja .* mencatat “Rp1.000” mulai 1 Januari 2026"):
        facts.record(licence, FactKey.FEE, "Rp2.000", START, "Perda 1", by=staff, seen=seen)

    assert rows(licence) == [("biaya", "Rp1.000", START)]


def at_once(*deeds):
    """Run each deed in a thread with a connection of its own; what each raised, or None."""
    barrier, raised = threading.Barrier(len(deeds)), [None] * len(deeds)

    def run(place):
        try:
            barrier.wait(5)
            deeds[place]()
        except Exception as error:
            raised[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(deeds))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    return raised


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(
    "not __import__('django.db').db.connection.vendor == 'postgresql'", reason="races are tested on PostgreSQL"
)
def test_two_people_at_once_lose_nothing_and_double_nothing():
    licence = factories.LicencePageFactory()

    def write(value):
        return lambda: facts.record(licence, FactKey.FEE, value, START, "Perda 1", by=None)

    same = at_once(write("Gratis"), write("Gratis"))
    different = at_once(write("Rp1.000"), write("Rp2.000"))

    assert [type(error) for error in same if error] == [ValidationError]
    assert different == [None, None]
    assert sorted(value for _, value, _ in rows(licence)) == ["Gratis", "Rp1.000", "Rp2.000"]
