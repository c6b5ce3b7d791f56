"""Labels act: what may be done with a song on a channel, on a day, and every reason why not."""

from datetime import date, timedelta

import pytest

from media_assets import protocol
from media_assets.protocol import Mark, Season, Standing, allows

DAY = date(2026, 11, 21)
PLANTING, DRY = Season("11-01", "02-15"), Season("04-01", "09-30")
ALL = set(protocol.CHANNELS)


def barred(*marks, day=DAY, **standing):
    """Channels with a reason against them."""
    return {channel for channel in protocol.CHANNELS if not allows(Standing(marks, **standing), channel, day)}


@pytest.mark.parametrize(
    ("key", "channels"),
    [
        (protocol.BROADCAST, set()),
        (protocol.NOT_BROADCAST, {"radio"}),
        (protocol.NOT_SOLD, {"sale"}),
        (protocol.NAME_AUTHOR, set()),
        (protocol.UNALTERED, set()),
        (protocol.COUNCIL_ONLY, ALL),
    ],
)
def test_a_label_bars_its_channels_and_no_other(key, channels):
    assert barred(Mark(key)) == channels


def test_without_labels_everything_is_allowed():
    assert (barred(), allows(Standing(), "web", DAY).reasons) == (set(), ())


def test_a_held_song_is_off_everywhere():
    assert barred(is_held=True) == ALL


@pytest.mark.parametrize(("names_author", "channels"), [(True, set()), (False, ALL)])
def test_the_author_must_be_named_where_the_label_says_so(names_author, channels):
    assert barred(Mark(protocol.NAME_AUTHOR), names_author=names_author) == channels
    assert barred(names_author=names_author) == set()


def test_only_a_cut_offends_a_song_that_stays_whole():
    whole = Standing((Mark(protocol.UNALTERED),))

    assert (bool(allows(whole, "radio", DAY)), allows(whole, "radio", DAY, altered=True).reasons) == (
        True,
        (str(protocol.CUT),),
    )


def test_all_reasons_are_told_together():
    marks = (Mark(protocol.NOT_BROADCAST), Mark(protocol.SEASONAL, DRY), Mark(protocol.NAME_AUTHOR))

    answer = allows(Standing(marks, names_author=False, is_held=True), "radio", DAY)

    assert answer.reasons == (
        str(protocol.HELD),
        "Lembaga Adat meminta senjang ini tidak disiarkan.",
        "Senjang ini musiman: boleh dipakai lagi mulai Kamis, 1 April 2027.",
        str(protocol.NAMELESS),
    )


@pytest.mark.parametrize(
    ("season", "day", "is_open"),
    [
        (DRY, date(2026, 3, 31), False),
        (DRY, date(2026, 4, 1), True),
        (DRY, date(2026, 9, 30), True),
        (DRY, date(2026, 10, 1), False),
        (PLANTING, date(2026, 10, 31), False),
        (PLANTING, date(2026, 11, 1), True),
        (PLANTING, date(2026, 12, 31), True),
        (PLANTING, date(2027, 1, 1), True),
        (PLANTING, date(2027, 2, 15), True),
        (PLANTING, date(2027, 2, 16), False),
        (Season("08-17", "08-17"), date(2026, 8, 17), True),
        (Season("08-17", "08-17"), date(2026, 8, 18), False),
        (Season("02-29", "03-05"), date(2027, 2, 28), False),
        (Season("02-29", "03-05"), date(2028, 2, 29), True),
        (Season("02-29", "03-05"), date(2027, 3, 1), True),
        (Season("02-01", "02-29"), date(2027, 2, 28), True),
        (Season("02-01", "02-29"), date(2027, 3, 1), False),
    ],
)
def test_a_season_has_both_its_ends_and_may_run_over_new_year(season, day, is_open):
    assert season.is_open(day) == is_open
    assert bool(allows(Standing((Mark(protocol.SEASONAL, season),)), "web", day)) == is_open


@pytest.mark.parametrize(
    ("season", "day", "opens"),
    [
        (DRY, date(2026, 10, 1), date(2027, 4, 1)),
        (DRY, date(2026, 3, 31), date(2026, 4, 1)),
        (PLANTING, date(2026, 2, 16), date(2026, 11, 1)),
        (Season("02-29", "03-05"), date(2026, 11, 21), date(2027, 3, 1)),
        (Season("02-29", "03-05"), date(2027, 11, 21), date(2028, 2, 29)),
    ],
)
def test_it_says_which_day_it_opens_again(season, day, opens):
    assert season.opens_next(day) == opens


@pytest.mark.parametrize("season", [PLANTING, DRY, Season("02-29", "02-29"), Season("12-31", "01-01")])
def test_the_day_it_names_is_the_first_that_is_open_again(season):
    for back in range(800):
        day = date(2028, 12, 31) - timedelta(days=back)
        if not season.is_open(day):
            opens = season.opens_next(day)
            between = [day + timedelta(days=n) for n in range(1, (opens - day).days)]
            assert not any(season.is_open(one) for one in between)
            assert season.is_open(opens) or season.opens == season.closes == "02-29"


@pytest.mark.parametrize(
    ("opens", "closes", "is_whole"),
    [("01-01", "12-31", True), ("03-01", "02-29", True), ("03-02", "03-01", True), ("01-01", "12-30", False)],
)
def test_a_season_of_the_whole_year_is_known(opens, closes, is_whole):
    assert Season(opens, closes).is_whole_year == is_whole


@pytest.mark.parametrize(
    ("day", "month", "found"), [(29, 2, "02-29"), (30, 2, None), (31, 11, None), (1, 13, None), (7, 1, "01-07")]
)
def test_a_day_that_no_calendar_has_is_none(day, month, found):
    assert protocol.day_of_year(day, month) == found


def test_a_mark_speaks_in_the_councils_own_words_where_it_has_some():
    own, plain = Mark(protocol.SEASONAL, DRY, "Hanya waktu kemarau."), Mark(protocol.NOT_SOLD)

    assert (own.name, own.text) == ("Musiman: 1 April sampai 30 September", "Hanya waktu kemarau.")
    assert (plain.name, plain.text) == ("Bukan untuk dijual", str(protocol.LABELS[protocol.NOT_SOLD].text))


def test_opposites_name_each_other():
    pairs = {label.key: label.against for label in protocol.LABELS.values() if label.against}

    assert pairs == {against: key for key, against in pairs.items()}
