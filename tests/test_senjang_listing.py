"""The list of senjang says in words how each stands with the council and when it is public."""

from datetime import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cms.office.models import Role
from media_assets.models import Ruling, SenjangPage, Submission
from media_assets.senjang_listing import SenjangViewSet, tell_standing
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client, user_in):
    client.force_login(user_in(Role.COMMUNICATIONS))
    return client


def submitted(verdict=None, **fields):
    page = factories.SenjangPageFactory(**fields)
    submission = Submission.objects.create(
        page=page, title=page.title, language="mui", text=page.parts, digest=page.digest, part_digests={}
    )
    if verdict:
        Ruling.objects.create(submission=submission, verdict=verdict)
    return page


def titles(response):
    return {page.title for page in response.context["object_list"]}


def test_each_page_says_how_it_stands():
    waiting, back = submitted(), submitted(Ruling.Verdict.SENT_BACK)
    recalled, draft = submitted(Ruling.Verdict.RECALLED), factories.SenjangPageFactory()
    approved, public = factories.SenjangPageFactory(approved=True), factories.SenjangPageFactory(published=True)
    changed, planned = factories.SenjangPageFactory(published=True), factories.SenjangPageFactory(approved=True)
    changed.title = "Judul lain"
    changed.save_revision()
    planned.save_revision(approved_go_live_at=datetime(2030, 11, 21, 7, 0, tzinfo=timezone.get_default_timezone()))
    made = [waiting, back, recalled, draft, approved, public, changed, planned]
    pages = [SenjangPage.objects.get(pk=page.pk) for page in made]

    tell_standing(pages)

    since = f"Tayang sejak {timezone.localdate():%-d}"
    assert [page.review_word for page in pages] == [
        "Menunggu Lembaga Adat",
        "Diminta perbaikan",
        "Ditarik kembali",
        "Belum diajukan",
        "Disetujui",
        "Disetujui",
        "Berubah sejak disetujui",
        "Disetujui",
    ]
    assert [page.air_word.startswith(since) for page in pages[5:7]] == [True, True]
    assert {page.air_word for page in pages[:5]} == {"Belum tayang"}
    assert pages[7].air_word == "Akan tayang Kamis, 21 November 2030, 07.00 WIB"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, {"Menunggu", "Kembali", "Terbit"}),
        ({"state": "waiting"}, {"Menunggu"}),
        ({"state": "sent_back"}, {"Kembali"}),
        ({"state": "public"}, {"Terbit"}),
        ({"state": "draft"}, {"Menunggu", "Kembali"}),
        ({"language": "ind"}, {"Kembali"}),
        ({"irama": "16.06.01"}, {"Terbit"}),
        ({"q": "Terbit"}, {"Terbit"}),
        ({"state": "ngawur"}, {"Menunggu", "Kembali", "Terbit"}),
    ],
)
def test_the_list_is_filtered_and_searched(query, found, staff):
    submitted(title="Menunggu")
    submitted(Ruling.Verdict.SENT_BACK, title="Kembali", language="ind")
    factories.SenjangPageFactory(published=True, title="Terbit", irama_id="16.06.01")

    response = staff.get(reverse("senjang:index"), query)

    assert (response.status_code, titles(response)) == (200, found)


@pytest.mark.parametrize("key", [column.sort_key for column in SenjangViewSet.columns if column.sort_key])
def test_what_was_searched_for_can_be_sorted_by_every_column(key, staff):
    factories.SenjangPageFactory(published=True, title="Terbit")

    response = staff.get(reverse("senjang:index"), {"q": "Terbit", "ordering": f"-{key}"})

    assert (response.status_code, titles(response)) == (200, {"Terbit"})


def test_the_list_asks_as_much_for_three_pages_as_for_one(staff):
    factories.SenjangPageFactory(published=True)
    staff.get(reverse("senjang:index"))
    with CaptureQueriesContext(connection) as one:
        staff.get(reverse("senjang:index"))
    submitted()
    factories.SenjangPageFactory(approved=True)

    with CaptureQueriesContext(connection) as three:
        response = staff.get(reverse("senjang:index"))

    assert len(response.context["object_list"]) == 3
    assert len(three) == len(one)


@pytest.mark.parametrize("role", Role)
def test_who_may_open_the_list(role, client, user_in):
    client.force_login(user_in(role))

    answer = client.get(reverse("senjang:index"))

    assert (answer.status_code == 200) == (role in {Role.ADMINISTRATOR, Role.COMMUNICATIONS})
