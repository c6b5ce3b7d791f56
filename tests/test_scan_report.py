"""The report on arrivals: one set of figures for screen, CSV and XLSX."""

import csv
import io
from datetime import date

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from campaigns import scan_report
from campaigns.models import Kecamatan, Listen, Scan
from cms.office.models import Role
from tests import factories

pytestmark = pytest.mark.django_db
FRIDAY, SATURDAY = date(2026, 11, 20), date(2026, 11, 21)


@pytest.fixture
def arrivals():
    """Two codes on two days, an unknown code, and machines."""
    sekayu = Kecamatan.objects.first()
    page = factories.SenjangPageFactory()
    desk = factories.CodeFactory(code="DESK01", label="Loket", kecamatan=sekayu, page=page)
    wall = factories.CodeFactory(code="WALL01", label="Dinding", page=page)
    rows = [
        *[(desk, "pindai", device, FRIDAY) for device in "aab"],
        (desk, "pindai", "c", SATURDAY),
        (desk, "bagi", "d", SATURDAY),
        (desk, "bot", "", SATURDAY),
        (wall, "pindai", "a", SATURDAY),
        (wall, "intip", "", SATURDAY),
        (None, "pindai", "z", SATURDAY),
    ]
    for code, kind, device, day in rows:
        Scan.objects.create(code=code, kind=kind, device=device, day=day, typed="" if code else "XX")
    for code, event, device, day in [
        (desk, "putar", "a", FRIDAY),
        (desk, "dengar30", "a", FRIDAY),
        (wall, "putar", "a", SATURDAY),
    ]:
        Listen.objects.create(code=code, event=event, device=device, day=day)
    return sekayu


def figures(*args, **kwargs):
    columns = scan_report.HEADINGS
    return [tuple(row[column] for column in columns) for row in Scan.objects.figures(*args, **kwargs)]


def test_by_code_the_most_scanned_first(arrivals):
    assert figures("kode") == [
        ("DESK01 · Loket", 4, 3, 1, 1, 1, 1, 0),
        ("kode yang tidak dikenal", 1, 1, 0, 0, 0, 0, 0),
        ("WALL01 · Dinding", 1, 1, 0, 1, 0, 0, 1),
    ]


def test_by_place(arrivals):
    assert figures("kecamatan") == [
        (arrivals.name, 4, 3, 1, 1, 1, 1, 0),
        ("tanpa kecamatan", 2, 2, 0, 1, 0, 0, 1),
    ]


def test_by_day_newest_first(arrivals):
    assert figures("hari") == [(SATURDAY, 3, 3, 1, 1, 0, 1, 1), (FRIDAY, 3, 2, 0, 1, 1, 0, 0)]


def test_within_days_both_counted(arrivals):
    assert figures("hari", since=FRIDAY, until=FRIDAY) == [(FRIDAY, 3, 2, 0, 1, 1, 0, 0)]
    assert figures("hari", since=SATURDAY, until=FRIDAY) == []
    assert [row[:2] for row in figures("kode", until=FRIDAY)] == [("DESK01 · Loket", 3)]


def test_every_scan_is_counted_once_whatever_the_grouping(arrivals):
    counted = {per: sum(row[1] + row[3] + row[6] + row[7] for row in figures(per)) for per in Scan.Per.values}

    assert counted == dict.fromkeys(Scan.Per.values, Scan.objects.count())


@pytest.fixture
def head(client, user_in):
    client.force_login(user_in(Role.HEAD))
    return client


@pytest.mark.parametrize("per", ["kode", "kecamatan", "hari"])
def test_screen_csv_and_xlsx_show_the_same_rows(head, arrivals, per):
    address = reverse("scan_report") + f"?per={per}&since=2026-11-20"
    expected = [list(row[1:]) for row in figures(per, since=FRIDAY)]

    numbers = [key for key in scan_report.HEADINGS if key != "name"]
    screen = [[row[key] for key in numbers] for row in head.get(address).context["object_list"]]
    lines = list(csv.reader(io.StringIO(b"".join(head.get(address + "&export=csv")).decode())))
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(head.get(address + "&export=xlsx")))).active

    assert lines[0][1] == "Pindaian"
    order = [lines[0].index(str(words)) for key, words in scan_report.HEADINGS.items() if key != "name"]
    assert screen == expected
    assert [[int(line[place]) for place in order] for line in lines[1:]] == expected
    assert [[row[place] for place in order] for row in sheet.iter_rows(min_row=2, values_only=True)] == expected


def test_the_foot_counts_rows_and_calls_them_so(head, arrivals):
    page = head.get(reverse("scan_report")).content.decode()

    assert "3 baris" in page
    assert "3 pindaian" not in page


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?per=lain",
        "?since=kemarin",
        "?since=2026-13-40&until=99999-01-01",
        "?since=%00&p=abc",
        "?per=hari&per=kode",
        "?since=2026-11-21&until=2026-11-20",
    ],
)
def test_the_report_takes_any_input(head, arrivals, query):
    assert head.get(reverse("scan_report") + query).status_code in (200, 404)
    assert head.get(reverse("scan_report_results") + query).status_code in (200, 404)


@pytest.mark.parametrize("count", [1, 3])
def test_the_report_costs_as_many_queries_for_three_rows_as_for_one(head, count):
    head.get(reverse("scan_report"))
    for number in range(count):
        Scan.objects.create(code=factories.CodeFactory(), kind="pindai", device=str(number), day=FRIDAY)

    with CaptureQueriesContext(connection) as captured:
        head.get(reverse("scan_report"))

    assert len([query for query in captured if "campaigns_scan" in query["sql"]]) == 2
