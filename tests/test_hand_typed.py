"""Addresses and forms filled by hand: what the database cannot hold is not found or named, never an error."""

import pytest
from django.contrib.auth import get_user_model

from campaigns.models import CampaignPage, Code, LicenceFact
from tests import factories

pytestmark = pytest.mark.django_db
HUGE = "9" * 25


@pytest.fixture
def desk(client):
    client.force_login(get_user_model().objects.create_superuser("petugas"))
    return client


@pytest.mark.parametrize(
    "address",
    [
        f"/admin/leaflet/senjang/{HUGE}/",
        "/admin/leaflet/%00/",
        "/admin/kode/inspect/%00/",
        "/admin/kode/edit/%00/",
        "/admin/kode/langkah/%00/hold/",
        "/admin/kode/gambar/%00.svg",
    ],
)
def test_such_an_address_is_not_found(desk, address):
    assert desk.get(address, follow=True).status_code == 404


@pytest.mark.parametrize("address", ["/admin/fakta/?licence=", "/admin/kode/?campaign=", "/admin/kampanye/?licences="])
@pytest.mark.parametrize("number", [HUGE, "%00"])
def test_such_a_filter_is_left_out(desk, address, number):
    assert desk.get(address + number).status_code == 200


@pytest.mark.parametrize("number", [HUGE, "\0"])
def test_such_a_form_is_handed_back_and_nothing_is_written(desk, number):
    fact = {"licence": number, "key": "biaya", "value": "x", "valid_from": "2026-01-01", "source": "x", "seen": HUGE}
    code = {"label": "x", "medium": "poster", "page": number, "licences": [number], "campaign": number}

    answers = [desk.post("/admin/fakta/catat/", fact), desk.post("/admin/kode/new/", code)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert (LicenceFact.objects.count(), Code.objects.count()) == (0, 0)


def test_a_download_as_csv_carries_no_formula(desk):
    factories.CampaignPageFactory(title="=HYPERLINK(1)", goal="@x")
    factories.LicenceFactFactory(value="=1+1")
    assert CampaignPage.objects.count() == 1

    texts = [
        desk.get(address).getvalue().decode() for address in ("/admin/kampanye/?export=csv", "/admin/fakta/?export=csv")
    ]

    assert ["'=HYPERLINK(1),'@x" in texts[0], ",'=1+1," in texts[1]] == [True, True]
    assert ",=" not in "".join(texts)


def test_the_code_form_lets_one_search_the_services(desk):
    assert "searchable-checkboxes.js" in desk.get("/admin/kode/new/").text
