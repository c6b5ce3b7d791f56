"""The report on the trail: every deed and every decision of the council is found there, and nothing is changed."""

import csv
import io
from datetime import datetime
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cms.office import trail
from cms.office.models import Role, Trail
from media_assets import review, submitting
from media_assets.models import Decision, Ruling, Withdrawal
from tests import factories
from tests.test_review import complete

pytestmark = pytest.mark.django_db
ADDRESS = "/admin/reports/jejak/"


@pytest.fixture
def head(client, user_in):
    client.force_login(user_in(Role.HEAD))
    return client


def at(day, hour=9):
    return datetime(2026, 11, day, hour, tzinfo=ZoneInfo("Asia/Jakarta"))


def line(text, *, moment=None, verb="place", name="Sari", subject=None):
    thing = subject or factories.CodeFactory()
    words = {"actor_kind": "user", "actor_name": name, "verb": verb, "text": text}
    about = {"subject_type": thing._meta.label_lower, "subject_id": thing.pk}
    return Trail.objects.create(**words, **about, **({"at": moment} if moment else {}))


def shown(client, query=""):
    return [row.text for row in client.get(ADDRESS + query).context["object_list"]]


def test_every_decision_of_the_council_is_found_with_its_day_person_and_text(head, staff, elder):
    page = complete(title="Izin Mudah")
    first = submitting.submit(page, by=staff)
    review.send_back(first, member=elder, reason="Bait kedua", by=elder.person.user)
    second = submitting.submit(page, by=staff)
    review.agree(second, member=elder, by=elder.person.user)
    review.withdraw(page, reason="Salah kutip", by=staff)

    answer = head.get(ADDRESS)

    view = answer.context["view"]
    told = [(row.verb, view.thing(row).name, view.thing(row).url) for row in answer.context["object_list"]]
    text = [reverse("submissions:inspect", args=[one.pk]) for one in (first, second)]
    assert told == [
        (verb, "Pengajuan: Izin Mudah", text[turn])
        for verb, turn in [
            ("cabut persetujuan", 1),
            ("disetujui", 1),
            ("setujui", 1),
            ("ajukan", 1),
            ("minta perbaikan", 0),
            ("ajukan", 0),
        ]
    ]
    assert (Decision.objects.count(), Ruling.objects.count(), Withdrawal.objects.count()) == (18, 2, 1)
    assert all(head.get(address).status_code == 200 for address in text)


def test_a_line_says_when_who_what_about_which_and_why(head):
    code = factories.CodeFactory(code="DESK01", label="Loket")
    line("Menahan kode DESK01: stiker rusak", moment=at(21), verb="hold", subject=code)

    page = head.get(ADDRESS).content.decode()

    assert f'href="{reverse("codes:inspect", args=["DESK01"])}"' in page
    for words in (
        "Sabtu, 21 November 2026, 09.00 WIB",
        "Sari",
        "Menahan kode",
        "DESK01 · Loket",
        "Menahan kode DESK01: stiker rusak",
    ):
        assert words in page


def test_a_page_opens_for_editing_or_for_reading_and_a_lost_thing_has_no_link(client, user_in, head):
    licence = factories.LicencePageFactory()
    trail.record("mencatat fakta", licence, "Biaya")
    row = Trail.objects.create(
        actor_kind="system", actor_name="Bersenjang", verb="x", subject_type="lama.barang", subject_id="9", text="Lama"
    )
    found = {}
    for role in (Role.COMMUNICATIONS, Role.HEAD):
        client.force_login(user_in(role))
        view = client.get(ADDRESS).context["view"]
        found[role] = [view.thing(one).url for one in (Trail.objects.get(text="Biaya"), row)]

    assert found == {
        Role.COMMUNICATIONS: [reverse("wagtailadmin_pages:edit", args=[licence.pk]), ""],
        Role.HEAD: [licence.get_url(), ""],
    }


@pytest.mark.parametrize(
    ("query", "texts"),
    [
        ("?since=2026-11-21&until=2026-11-21", ["siang", "pagi"]),
        ("?until=2026-11-20", ["kemarin"]),
        ("?since=0001-01-01&until=9999-12-31", ["siang", "pagi", "kemarin"]),
        ("?verb=hold", ["siang"]),
        ("?actor_name=Budi", ["kemarin"]),
        ("?q=pag", ["pagi"]),
        ("?since=bukan-tanggal", ["siang", "pagi", "kemarin"]),
        ("?verb=tidak-ada&since=%00", ["siang", "pagi", "kemarin"]),
    ],
)
def test_the_trail_is_filtered_by_period_deed_and_person(head, query, texts):
    line("kemarin", moment=at(20, 23), name="Budi")
    line("pagi", moment=at(21, 0))
    line("siang", moment=at(21, 13), verb="hold")

    assert shown(head, query) == texts


def test_the_filter_names_what_has_happened_in_words(head):
    line("satu", verb="hold")
    line("dua", verb="baru sekali")

    choices = head.get(ADDRESS).context["filters"].form.fields["verb"].choices

    assert list(choices) == [("", "Semua"), ("baru sekali", "Baru sekali"), ("hold", "Menahan kode")]


def test_screen_csv_and_xlsx_tell_the_same_and_run_no_formula(head):
    code = factories.CodeFactory(code="DESK01", label="Loket")
    line("=HYPERLINK(1)", moment=at(21), name="@Sari", subject=code)
    told = ["@Sari", "Menempatkan kode", "Kode QR: DESK01 · Loket", "=HYPERLINK(1)"]

    rows = list(csv.reader(io.StringIO(b"".join(head.get(ADDRESS + "?export=csv")).decode())))
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(head.get(ADDRESS + "?export=xlsx")))).active

    assert rows == [
        ["Waktu (WIB)", "Siapa", "Perbuatan", "Tentang", "Uraian"],
        ["2026-11-21 09:00:00", "'@Sari", told[1], told[2], "'=HYPERLINK(1)"],
    ]
    assert [cell.value for cell in sheet[2]] == [datetime(2026, 11, 21, 9), *told]  # noqa: DTZ001  a cell knows no zone
    assert {cell.data_type for cell in sheet[2][1:]} == {"s"}


def test_the_report_asks_the_database_as_often_for_three_lines_as_for_one(head):
    def queries():
        with CaptureQueriesContext(connection) as asked:
            head.get(ADDRESS)
        return len(asked)

    line("satu")
    queries()
    few = queries()
    line("dua")
    line("tiga")

    assert queries() == few
