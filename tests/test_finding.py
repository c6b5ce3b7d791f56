"""The licence index: any words find what they can, and nothing breaks it."""

from datetime import date

import pytest
from django.core.cache import cache
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from campaigns.finding import Found, Option, Pager, search
from campaigns.models import FactKey
from tests import factories

pytestmark = pytest.mark.django_db


def codes(query):
    return [found.code for found in search(QueryDict(query))["results"]]


@pytest.fixture
def three():
    apotek = factories.LicencePageFactory(title="Izin Apotek", code="IZ-31", slug="apotek", sector="Kesehatan")
    factories.LicencePageFactory(title="Izin Reklame", code="IZ-10", slug="reklame")
    nib = factories.LicencePageFactory(title="Pendampingan NIB", code="NI-09", slug="nib", kind="non_izin")
    factories.LicencePageFactory(
        title="SIUP", code="IZ-04", slug="siup", status="diganti", successor=nib, sector="Perdagangan"
    )
    factories.LicenceFactFactory(licence=apotek, key=FactKey.REQUIREMENTS, value="STRA apoteker")
    factories.LicenceFactFactory(licence=apotek, key=FactKey.TIME, value="7 hari kerja")
    factories.LicenceFactFactory(licence=nib, key=FactKey.FEE, value="Gratis", valid_from=date(2020, 1, 1))
    factories.LicenceFactFactory(licence=nib, key=FactKey.FEE, value="Tanpa biaya", valid_from=date(2021, 1, 1))
    factories.LicencePageFactory(title="Izin Rahasia", code="IZ-98", live=False)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["IZ-10", "IZ-31", "NI-09", "IZ-04"]),
        ("q=reklame", ["IZ-10"]),
        ("q=ni-09", ["NI-09"]),
        ("q=kesehatan", ["IZ-31"]),
        ("q=stra+apoteker", ["IZ-31"]),
        ("q=apoteker+izin", ["IZ-31"]),
        ("q=tanpa+biaya", ["NI-09"]),
        ("q=gratis", []),  # no longer in force
        ("q=rahasia", []),
        ("jenis=non_izin", ["NI-09"]),
        ("status=diganti", ["IZ-04"]),
        ("sektor=Kesehatan&q=izin", ["IZ-31"]),
        ("jenis=ngawur", ["IZ-10", "IZ-31", "NI-09", "IZ-04"]),
    ],
)
def test_words_and_filters_find_what_is_public_and_in_force(three, query, found):
    assert codes(query) == found


def test_a_title_that_holds_the_words_comes_first(three):
    late = factories.LicencePageFactory(title="Izin Optik", code="ZZ-01")
    early = factories.LicencePageFactory(title="Izin Lain", code="AA-01")
    factories.LicenceFactFactory(licence=early, key=FactKey.REQUIREMENTS, value="Denah optik")

    assert codes("q=optik") == [late.code, early.code]


def test_a_result_is_words_ready_to_show(three):
    found = search(QueryDict("q=apotek"))

    assert found["results"] == [
        Found(
            code="IZ-31",
            title="Izin Apotek",
            url="/layanan/apotek/",
            kind="izin",
            sector="Kesehatan",
            status="berlaku",
            status_tag="tag-ok",
            time="7 hari kerja",
            fee="",
        )
    ]
    assert found["summary"] == "1 layanan cocok dengan “apotek”."
    assert found["filters"][1].options == (
        Option("", "Semua", True),
        Option("Kesehatan", "Kesehatan", False),
        Option("Perdagangan", "Perdagangan", False),
    )


def test_a_replaced_licence_is_one_short_line_that_leads_to_its_successor(client, three):
    found = search(QueryDict("q=siup"))["results"]
    page = client.get("/layanan/?q=siup").text

    assert [(one.time, one.fee, one.successor, one.successor_url) for one in found] == [
        ("", "", "Pendampingan NIB", "/layanan/nib/")
    ]
    assert ('<a href="/layanan/nib/">Pendampingan NIB</a>' in page, page.count("SIUP")) == (True, 1)


@pytest.mark.parametrize(
    "query",
    [
        "q=%00",
        "q=a%00b",
        "q=" + "x" * 1_000_000,
        "q=%F0%9F%98%80%F0%9F%98%80",
        "q=%27%3B+DROP+TABLE+campaigns_licencepage%3B--",
        "q=%25_%5C",
        "q=%FF%FE",
        "q=%ED%A0%80",
        "q=" + "a+" * 500,
        "halaman=0",
        "halaman=-1",
        "halaman=99999999999999999999",
        "halaman=%00",
        "halaman=satu",
        "sektor=%00&jenis=%00&status=%27",
        "q[]=1&q=2&q=3",
    ],
)
def test_any_input_gets_an_answer(client, three, query):
    response = client.get("/layanan/", QUERY_STRING=query)

    assert response.status_code == 200
    assert "layanan" in response.content.decode()


def test_long_lists_come_in_pages_that_keep_the_question(three):
    for _ in range(40):
        factories.LicencePageFactory(title="Izin Optik", sector="Kesehatan")

    pager = search(QueryDict("q=optik&sektor=Kesehatan&halaman=2"))["pager"]

    assert pager == Pager(2, 2, "?q=optik&sektor=Kesehatan&halaman=1", "")
    assert search(QueryDict("halaman=99"))["pager"].number == 3


def test_the_index_takes_as_many_queries_for_one_licence_as_for_three(client):
    def count():
        cache.clear()
        client.get("/layanan/?q=izin")
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/layanan/?q=izin").status_code == 200
        return len(queries)

    nib = factories.LicencePageFactory(title="NIB")
    factories.LicencePageFactory(title="Izin A", status="diganti", successor=nib)
    one = count()
    factories.LicencePageFactory(title="Izin B", status="diganti", successor=nib)
    factories.LicencePageFactory(title="Izin C")

    assert count() == one
