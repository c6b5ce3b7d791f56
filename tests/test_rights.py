"""A song is used only while those who have rights in it allow it: whose consent, on which channel, on which day."""

from datetime import date, timedelta

import pytest

from media_assets.rights import Given, Holder, lacking, without

DAY = date(2026, 11, 21)
FIRST, LAST = date(2026, 11, 1), date(2026, 11, 30)
ALL = frozenset({"web", "radio", "cd", "print"})


def given(pk=1, channels=ALL, since=FIRST, until=LAST, *, is_withdrawn=False, fits=True):
    return Given(pk, frozenset(channels), since, until, is_withdrawn, fits)


def holder(*consents, name="Kupek Ayu", capacity="penampil"):
    return Holder(1, "pesenjang", 7, name, capacity, consents)


@pytest.mark.parametrize(
    ("day", "allowed"),
    [
        (FIRST - timedelta(days=1), False),
        (FIRST, True),
        (DAY, True),
        (LAST, True),
        (LAST + timedelta(days=1), False),
    ],
)
@pytest.mark.parametrize("channel", ["web", "low", "radio", "cd", "print"])
def test_a_consent_holds_from_its_first_day_through_its_last(day, allowed, channel):
    assert holder(given()).allows(channel, day) == allowed


@pytest.mark.parametrize(
    ("named", "channels"),
    [("web", {"web", "low"}), ("radio", {"radio"}), ("cd", {"cd"}), ("print", {"print"})],
)
def test_a_channel_is_allowed_by_its_own_name_alone(named, channels):
    asked = holder(given(channels={named}))

    assert {channel for channel in ("web", "low", "radio", "cd", "print") if asked.allows(channel, DAY)} == channels


def test_without_an_end_it_holds_for_ever():
    assert holder(given(until=None)).allows("radio", date(2126, 1, 1))


def test_two_that_meet_leave_no_day_between():
    both = holder(given(until=DAY), given(2, since=DAY + timedelta(days=1), until=None))

    assert [both.allows("web", DAY + timedelta(days=n)) for n in range(3)] == [True] * 3


def test_one_for_another_song_or_taken_back_counts_for_nothing():
    assert not holder(given(fits=False)).allows("web", DAY)
    assert not holder(given(is_withdrawn=True)).allows("web", DAY)
    assert holder(given(is_withdrawn=True), given(2)).allows("web", DAY)


def test_who_needs_none_is_never_asked():
    assert holder(capacity="").objection("web", DAY) == ""


@pytest.mark.parametrize(
    ("consents", "sentence"),
    [
        ([], "Belum ada izin Kupek Ayu (penampil) di radio. Minta ia menandatangani formulirnya, lalu catat di Izin."),
        (
            [given(channels={"web"})],
            "Belum ada izin Kupek Ayu (penampil) di radio. Minta ia menandatangani formulirnya, lalu catat di Izin.",
        ),
        (
            [given(until=date(2026, 11, 20))],
            "Izin Kupek Ayu (penampil) di radio berakhir Jumat, 20 November 2026. "
            "Minta diperpanjang, lalu catat di Izin.",
        ),
        (
            [given(since=date(2026, 11, 22))],
            "Izin Kupek Ayu (penampil) di radio baru berlaku mulai Minggu, 22 November 2026. Tunggu sampai hari itu.",
        ),
        (
            [given(is_withdrawn=True), given(2, until=date(2026, 11, 2))],
            "Kupek Ayu (penampil) mencabut izinnya di radio. Jangan pakai sebelum ada izin baru.",
        ),
    ],
)
def test_the_sentence_names_the_person_the_reason_and_what_to_do(consents, sentence):
    assert holder(*consents).objection("radio", DAY) == sentence


def test_whoever_is_named_twice_is_asked_once():
    assert len(lacking([holder(), holder(), holder(name="Kuyung Seko")], "web", DAY)) == 2


def test_a_name_with_a_percent_sign_is_only_a_name():
    assert "100% Kupek" in holder(name="100% Kupek").objection("web", DAY)


def test_what_would_be_without_one_of_two():
    both = [holder(given(), given(2))]

    assert lacking(without(both, 1), "web", DAY) == ()
    assert lacking(without(without(both, 1), 2), "web", DAY) != ()
