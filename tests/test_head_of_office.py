"""The head of office reads: whatever the admin offers there opens, and nothing else is offered."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from campaigns.models import Scan
from cms.office import trail
from cms.office.models import Role
from media_assets import review, submitting
from tests import factories
from tests.test_review import complete

pytestmark = pytest.mark.django_db
NO_PAGES = re.compile(
    r"/admin/(static|sprite|block-preview|jsi18n|logout|autocomplete|leaflet/(senjang/\d+|\w{6})/|pages/$)"
)


@pytest.fixture
def head(client, user_in):
    client.force_login(user_in(Role.HEAD))
    return client


@pytest.fixture
def busy_office(user_in):
    """Something in every list: sent back and waiting texts, a recording, a scanned code, a fact, a campaign."""
    staff, seat = user_in(Role.COMMUNICATIONS), factories.CouncilMemberFactory(person__user=user_in(Role.COUNCIL))
    returned = submitting.submit(complete(), by=staff)
    review.send_back(returned, member=seat, reason="Bait kedua", by=seat.person.user)
    submitting.submit(complete(), by=staff)
    factories.RecordingFactory(senjang=factories.SenjangPageFactory(published=True), heard=True)
    code = factories.CodeFactory()
    Scan.objects.create(code=code, kind="pindai", device="a", day=timezone.localdate())
    trail.record("place", code, "Menempatkan", by=staff)
    factories.LicenceFactFactory()
    factories.CampaignPageFactory()


def offered(client, address):
    page = client.get(address).content.decode()
    found = re.findall(r'"(/admin/[^"?#\\]*)', page)
    return {one for one in found if not NO_PAGES.match(one)}


def test_whatever_the_head_is_offered_opens(head, busy_office):
    seen, ahead = {}, {reverse("wagtailadmin_home")}
    for _step in range(3):
        ahead -= set(seen)
        seen |= {address: head.get(address).status_code for address in ahead}
        ahead = {link for address in ahead for link in offered(head, address)}

    assert {address for address, status in seen.items() if status != 200} == set()
    assert {
        reverse(name) for name in ("scan_report", "coverage_report", "trail_report", "recordings:index", "codes:index")
    } < set(seen)


def test_the_first_page_offers_the_search_of_pages_to_those_who_edit_them(client, user_in):
    offers = {}
    for role in (Role.ADMINISTRATOR, Role.COMMUNICATIONS, Role.HEAD):
        client.force_login(user_in(role))
        offers[role] = 'role="search"' in client.get(reverse("wagtailadmin_home")).content.decode()

    assert offers == {Role.ADMINISTRATOR: True, Role.COMMUNICATIONS: True, Role.HEAD: False}
