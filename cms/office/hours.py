"""Opening hours in words: neighbouring days with the same times become one line."""

from collections.abc import Iterable
from datetime import time
from itertools import groupby
from typing import Protocol

from django.utils.translation import gettext as _


class Hours(Protocol):
    weekday: int
    opens: time
    closes: time

    def get_weekday_display(self) -> str: ...


def spans(rows: Iterable[Hours]) -> list[str]:
    """E.g. ["Senin–Kamis 07.30–16.00 WIB", "Jumat 07.30–11.30 dan 13.30–16.30 WIB"]."""
    groups: list[tuple[list[Hours], str]] = []
    for _weekday, of_day in groupby(sorted(rows, key=lambda row: (row.weekday, row.opens)), lambda row: row.weekday):
        day = list(of_day)
        times = _(" dan ").join(f"{row.opens:%H.%M}–{row.closes:%H.%M}" for row in day)
        if groups and groups[-1][1] == times and day[0].weekday == groups[-1][0][-1].weekday + 1:
            groups[-1][0].append(day[0])
        else:
            groups.append(([day[0]], times))
    return [f"{_days(days)} {times} WIB" for days, times in groups]


def _days(days: list[Hours]) -> str:
    first, last = days[0].get_weekday_display(), days[-1].get_weekday_display()
    return first if first == last else f"{first}–{last}"
