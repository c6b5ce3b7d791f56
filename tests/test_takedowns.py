"""Anybody may ask that a song be taken down; it rests until the council has answered, and vandals get nowhere."""

import threading
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from cms.office.append_only import HistoryIsFixed, erasing
from cms.office.models import Notice, Role, Trail
from media_assets import fitness, labelling, protocol, takedowns
from media_assets.models import SenjangCredit, SenjangPage, TakedownAnswer, TakedownContact, TakedownRequest
from tests import factories

pytestmark = pytest.mark.django_db
WHY = "Kakek saya tidak pernah mengizinkan rekaman ini."


@pytest.fixture(autouse=True)
def _no_requests_so_far():
    cache.clear()


@pytest.fixture
def song():
    return factories.SenjangPageFactory(published=True, title="Tepung Tawar")


@pytest.fixture
def member(elder):
    return elder.person.user


def ask(song, reason=WHY, **fields):
    return takedowns.ask(song, relation="keluarga", reason=reason, **fields)


def is_off(song):
    day = timezone.localdate()
    return not fitness.allows(song, "web", day) and song not in SenjangPage.objects.public()


def test_a_request_holds_the_song_at_once_and_tells_council_and_staff(song):
    request = ask(song, contact=" 0812 ")

    assert (request.holds, is_off(song), request.contact.contact) == (True, True, "0812")
    text = "Permohonan 1 agar senjang “Tepung Tawar” diturunkan; senjang ditahan sampai diputuskan."
    assert (Trail.objects.get(verb="mohon turun").text, Trail.objects.get(verb="mohon turun").actor_name) == (
        text,
        "Bersenjang",
    )
    assert {(notice.role, notice.text) for notice in Notice.objects.all()} == {
        (Role.COUNCIL, text),
        (Role.COMMUNICATIONS, text),
    }


def test_upheld_it_stays_off_as_a_song_for_the_council_only(song, member):
    request = ask(song, contact="0812")

    answer = takedowns.uphold(request, reason="Keluarga berhak.", by=member)

    assert (answer.verdict, is_off(song)) == ("dikabulkan", True)
    assert [mark.key for mark in fitness.standing_of(song.pk).marks] == [protocol.COUNCIL_ONLY]
    assert not TakedownContact.objects.exists()
    labelling.take_off(song, protocol.COUNCIL_ONLY, reason="Keluarga mengizinkan.", by=member)
    assert not is_off(song)


def test_dismissed_it_is_back_with_the_reason_kept(song, member):
    request = ask(song, contact="0812")

    takedowns.dismiss(request, reason="Penulisnya sendiri mengizinkan.", by=member)

    assert (is_off(song), TakedownContact.objects.exists()) == (False, False)
    assert Trail.objects.get(verb="permohonan ditolak").text == (
        "Permohonan penurunan senjang “Tepung Tawar” tidak dikabulkan: Penulisnya sendiri mengizinkan."
    )
    assert [notice.role for notice in Notice.objects.filter(done_at=None)] == [Role.COMMUNICATIONS]


def test_only_a_serving_member_without_a_hand_in_the_song_answers_and_only_once(song, member, user_in, elder):
    request = ask(song)
    author = factories.CouncilMemberFactory(person__user=user_in(Role.COUNCIL))
    SenjangCredit.objects.create(senjang=song, person=author.person)
    for user in (author.person.user, *(user_in(role) for role in Role)):
        with pytest.raises(PermissionDenied):
            takedowns.dismiss(request, reason=WHY, by=user)
    with pytest.raises(ValidationError, match="Tulis alasannya"):
        takedowns.dismiss(request, reason=" ", by=member)
    assert is_off(song)

    takedowns.dismiss(request, reason="Sudah dibicarakan.", by=member)
    for answer in (takedowns.dismiss, takedowns.uphold):
        with pytest.raises(ValidationError, match="sudah diputuskan"):
            answer(request, reason="Lagi.", by=member)

    assert (TakedownAnswer.objects.get().member, is_off(song)) == (elder, False)


def test_a_request_that_holds_nothing_is_in_the_way_of_none_that_does_and_few_of_them_wait(song, monkeypatch):
    monkeypatch.setattr(takedowns, "HOLDS_A_DAY", 0)
    for number in range(takedowns.WAITING_A_SONG):
        ask(song, f"Alasan yang ke-{number}.")
    with pytest.raises(ValidationError, match="Sudah ada permohonan"):
        ask(song)
    monkeypatch.undo()

    assert ask(song).holds


def test_over_the_days_only_so_many_songs_are_held_at_a_time(monkeypatch):
    monkeypatch.setattr(takedowns, "HOLDS_A_DAY", 99)
    songs = [factories.SenjangPageFactory(published=True) for _number in range(takedowns.HOLDS_OPEN + 1)]

    assert [ask(one).holds for one in songs] == [True] * takedowns.HOLDS_OPEN + [False]


def test_what_is_refused_takes_nothing_from_what_an_hour_allows(song, monkeypatch):
    monkeypatch.setattr(takedowns, "REQUESTS_AN_HOUR", 1)
    with pytest.raises(ValidationError, match="sudah tidak tayang"):
        ask(factories.SenjangPageFactory())

    assert ask(song).holds


def test_one_request_holds_a_song(song):
    ask(song)

    with pytest.raises(ValidationError, match="Sudah ada permohonan"):
        ask(song, "Alasan yang lain sama sekali.")

    assert TakedownRequest.objects.count() == 1


@pytest.mark.parametrize("again", [WHY, WHY.upper(), f"  {WHY.replace(' ', '   ')}!!"])
def test_a_reason_the_council_has_refused_is_not_heard_again_for_the_same_text(song, member, again):
    takedowns.dismiss(ask(song), reason="Diizinkan.", by=member)

    with pytest.raises(ValidationError, match="alasan yang sama"):
        ask(song, again)

    assert (TakedownRequest.objects.count(), is_off(song)) == (1, False)


def test_after_a_refusal_a_new_reason_reaches_the_council_but_holds_nothing_for_a_month(song, member, monkeypatch):
    takedowns.dismiss(ask(song), reason="Diizinkan.", by=member)
    second = ask(song, "Irama ini milik desa kami.")
    assert (second.holds, is_off(song)) == (False, False)
    takedowns.dismiss(second, reason="Irama milik bersama.", by=member)

    later = timezone.now() + takedowns.QUIET_AFTER_REFUSAL + timedelta(minutes=1)
    monkeypatch.setattr(timezone, "now", lambda: later)

    assert ask(song, "Ada nama orang tua kami di dalamnya.").holds


def test_another_text_of_the_same_song_may_be_held_at_once(song, member):
    takedowns.dismiss(ask(song), reason="Diizinkan.", by=member)
    song.isi = factories.stanza("Kate yang baru pulo")
    factories.approve(song)
    song.save_revision().publish()

    assert ask(song).holds


def test_a_vandal_takes_at_most_three_songs_off_a_day():
    held = [ask(factories.SenjangPageFactory(published=True)).holds for _number in range(5)]

    assert held == [True, True, True, False, False]


def test_a_flood_is_stopped_in_words(song, monkeypatch):
    monkeypatch.setattr(takedowns, "REQUESTS_AN_HOUR", 2)
    songs = [factories.SenjangPageFactory(published=True) for _number in range(2)]
    for one in songs:
        ask(one)

    with pytest.raises(ValidationError, match="Terlalu banyak permohonan"):
        ask(song)

    assert not is_off(song)


def test_what_is_not_public_cannot_be_asked_about(song, member):
    draft = factories.SenjangPageFactory()
    labelling.put_on(song, protocol.COUNCIL_ONLY, by=member, reason=WHY)
    for one in (draft, song):
        with pytest.raises(ValidationError, match="sudah tidak tayang"):
            ask(one)

    assert not TakedownRequest.objects.exists()


@pytest.mark.parametrize("typed", [str, str.lower, takedowns.spaced, "turunkan/?kode={}".format, "{}-".format])
def test_the_code_finds_the_request_however_it_is_typed(song, typed):
    request = ask(song)

    found = takedowns.found(typed(request.code).removeprefix("turunkan/?kode="))

    assert found == request


@pytest.mark.parametrize("typed", ["", "ABC", "0" * 9, "x" * 500, "\x00" * 9, "ääääääääà"])
def test_no_other_code_finds_anything(song, typed):
    ask(song)

    assert takedowns.found(typed) is None


def test_contacts_nobody_answered_for_three_months_are_forgotten(song, monkeypatch):
    ask(song, contact="0812")
    ask(factories.SenjangPageFactory(published=True), contact="0813")
    long_ago = timezone.now() - takedowns.CONTACT_LIVES - timedelta(days=1)
    with erasing():
        TakedownRequest.objects.filter(senjang=song).update(at=long_ago)

    forgotten = takedowns.forget_contacts()

    assert (forgotten, [row.contact for row in TakedownContact.objects.all()]) == (1, ["0813"])


@pytest.mark.skipif("not __import__('django.db').db.connection.vendor == 'postgresql'", reason="needs real threads")
@pytest.mark.django_db(transaction=True)
def test_of_two_requests_at_the_same_moment_one_holds_and_the_other_is_told(song):
    gate, refused = threading.Barrier(2), []

    def send(reason):
        try:
            gate.wait(5)
            ask(song, reason)
        except ValidationError as error:
            refused.append(error.messages[0])
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=[reason]) for reason in (WHY, "Alasan yang lain sama sekali.")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(15)

    assert TakedownRequest.objects.count() == 1
    assert refused == ["Sudah ada permohonan untuk senjang ini. Lembaga Adat sedang memutuskannya."]


def test_the_rows_are_only_added_and_want_a_reason(song, elder):
    request = ask(song)
    answer = {"request": request, "verdict": "ditolak", "member": elder}
    for make in (
        lambda: TakedownAnswer.objects.create(**answer, reason=""),
        lambda: TakedownRequest.objects.create(
            senjang=song, number=1, code="X", digest="d", relation="lain", reason="y", holds=True
        ),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            make()
    for change in (request.save, request.delete, TakedownAnswer.objects.create(**answer, reason="Ya.").delete):
        with pytest.raises(HistoryIsFixed):
            change()
