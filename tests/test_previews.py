"""What the staff see before visitors do: every kind of page, kept or not, draws its newest draft."""

from datetime import date

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from campaigns.models import CampaignIndexPage, CampaignPage, LicenceIndexPage, LicencePage
from cms.models import ContentPage, HomePage
from media_assets.models import SenjangCredit, SenjangIndexPage, SenjangPage
from tests import factories

pytestmark = pytest.mark.django_db
KINDS = [
    CampaignIndexPage,
    CampaignPage,
    ContentPage,
    HomePage,
    LicenceIndexPage,
    LicencePage,
    SenjangIndexPage,
    SenjangPage,
]


@pytest.fixture
def desk(client):
    client.force_login(get_user_model().objects.create_superuser("petugas"))
    return client


def kept(kind):
    makers = {
        CampaignPage: factories.CampaignPageFactory,
        LicencePage: factories.LicencePageFactory,
        SenjangPage: factories.SenjangPageFactory,
    }
    return makers[kind]() if kind in makers else kind.objects.first()


@pytest.mark.parametrize("kind", KINDS)
def test_a_kept_draft_can_be_viewed(desk, kind):
    page = kept(kind)
    page.title = "Judul draf"
    page.save_revision()

    answer = desk.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))

    assert (answer.status_code, "Judul draf" in answer.text) == (200, kind is not HomePage)


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_not_yet_kept_can_be_previewed(rf, kind):
    fields = {
        CampaignPage: {"goal": "Mengenal izin", "starts": date(2026, 1, 1), "ends": date(2026, 12, 1)},
        LicencePage: {"code": "BARU-1", "sector": "Perdagangan"},
        SenjangPage: {"isi": factories.stanza("Ngurus izin")},
    }
    page = kind(title="Judul baru", slug="judul-baru", **fields.get(kind, {}))

    answer = page.make_preview_request(rf.get("/"), page.default_preview_mode)

    assert answer.status_code == 200


def test_a_new_licence_previews_the_successor_that_its_form_names(rf):
    successor = factories.LicencePageFactory(title="Izin Sekarang")
    page = LicencePage(title="Izin Lama", slug="lama", code="LM-1", status="diganti", successor=successor)

    assert "Sekarang Anda mengurus Izin Sekarang" in page.make_preview_request(rf.get("/"), "").text


def test_a_campaigns_draft_shows_the_licences_chosen_in_it_that_are_public(desk):
    page = factories.CampaignPageFactory(licences=[factories.LicencePageFactory(title="Izin Lama")])
    page.licences = [factories.LicencePageFactory(title="Izin Baru"), factories.LicencePageFactory(live=False)]
    page.save_revision()

    words = desk.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk])).context

    assert [need.title for need in words["needs"]] == ["Izin Baru"]


def test_a_senjangs_draft_names_the_people_chosen_in_it(desk):
    page = factories.SenjangPageFactory(published=True)
    page.credits = [SenjangCredit(person=factories.PersonFactory(name="Pak Draf"), role=SenjangCredit.Role.AUTHOR)]
    page.save_revision()

    assert "Pak Draf" in desk.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk])).text


def test_nobody_may_lock_a_public_page_away_from_its_codes_and_lists():
    admin = get_user_model().objects.create_superuser("petugas")

    may = {kind: kept(kind).permissions_for_user(admin).can_set_view_restrictions() for kind in KINDS}

    assert may == dict.fromkeys(KINDS, False)
