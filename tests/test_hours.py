"""Opening hours read as people say them."""

from datetime import time

from cms.office import hours
from cms.office.models import OfficeHours


def opening(weekday, opens, closes):
    return OfficeHours(weekday=weekday, opens=time.fromisoformat(opens), closes=time.fromisoformat(closes))


def test_neighbouring_days_with_the_same_times_share_a_line():
    week = [opening(day, "07:30", "16:00") for day in (1, 2, 3, 4)] + [opening(5, "07:30", "16:30")]

    assert hours.spans(week) == ["Senin–Kamis 07.30–16.00 WIB", "Jumat 07.30–16.30 WIB"]


def test_a_gap_in_the_week_or_in_the_day_is_told():
    week = [
        opening(5, "13:30", "16:00"),
        opening(5, "08:00", "11:30"),
        opening(1, "08:00", "16:00"),
        opening(3, "08:00", "16:00"),
    ]

    assert hours.spans(week) == [
        "Senin 08.00–16.00 WIB",
        "Rabu 08.00–16.00 WIB",
        "Jumat 08.00–11.30 dan 13.30–16.00 WIB",
    ]


def test_no_hours_no_lines():
    assert hours.spans([]) == []
