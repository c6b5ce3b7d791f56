"""The leaflet desk: what may be printed, opened as a PDF, by those who may."""

import pytest
from django.contrib.auth.models import Permission
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from campaigns.models import Code
from cms.office.models import Role
from media_assets import leaflet_views
from tests import factories

pytestmark = pytest.mark.django_db
INDEX = "/admin/leaflet/"


@pytest.fixture(autouse=True)
def _door(settings):
    settings.LOGIN_URL = settings.WAGTAILADMIN_LOGIN_URL = "/masuk/"


@pytest.fixture
def staff(client, user_in):
    client.force_login(user_in(Role.COMMUNICATIONS))
    return client


def printable(**fields):
    code = factories.CodeFactory(**fields)
    code.licences.add(factories.LicencePageFactory())
    return code


def test_the_desk_lists_active_codes_of_public_senjang_only(staff):
    listed = printable()
    printable(state=Code.State.HELD)
    printable(page=factories.SenjangPageFactory(approved=True))
    printable(page=factories.LicencePageFactory())

    response = staff.get(INDEX)

    assert list(response.context["object_list"]) == [listed]
    assert "Buka PDF" in response.content.decode()


def test_an_empty_desk_says_what_to_do(staff):
    assert "buat kodenya di menu Kode QR" in staff.get(INDEX).content.decode()


def test_the_desk_asks_the_database_as_often_for_three_as_for_one(staff):
    counts = []
    for more in (1, 2):
        for _n in range(more):
            printable()
        staff.get(INDEX)
        with CaptureQueriesContext(connection) as seen:
            staff.get(INDEX)
        counts.append(len(seen))

    assert counts[0] == counts[1]


def test_the_button_opens_a_pdf_with_a_name(staff):
    code = printable()

    response = staff.get(reverse("leaflets:pdf", args=[code.pk]))

    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == f'inline; filename="leaflet-{code.page.slug}-{code.pk}.pdf"'
    assert {"private", "no-store"} <= set(response["Cache-Control"].split(", "))
    assert b"".join(response).startswith(b"%PDF-")


def test_from_the_senjang_the_newest_active_code_is_printed(staff):
    code = printable()

    response = staff.get(reverse("leaflets:senjang", args=[code.page_id]))

    assert code.pk in response["Content-Disposition"]
    b"".join(response)


def test_a_draft_senjang_gets_a_draft_without_a_code(staff):
    senjang = factories.SenjangPageFactory()

    response = staff.get(reverse("leaflets:senjang", args=[senjang.pk]) + "?draf")

    assert response["Content-Disposition"] == f'inline; filename="leaflet-{senjang.slug}-draf.pdf"'
    b"".join(response)


def test_a_refusal_is_told_at_the_desk(staff):
    code = printable(page=factories.SenjangPageFactory(approved=True))

    response = staff.get(reverse("leaflets:pdf", args=[code.pk]))

    assert (response.status_code, response["Location"]) == (302, INDEX)
    assert [str(message) for message in get_messages(response.wsgi_request)] == [
        "Senjang ini belum terbit dengan lirik yang disetujui Lembaga Adat. Ajukan dan terbitkan dulu."
    ]


def test_a_code_that_leads_to_another_kind_of_page_has_no_leaflet(staff):
    code = printable(page=factories.LicencePageFactory())

    assert staff.get(reverse("leaflets:pdf", args=[code.pk])).status_code == 404


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.ADMINISTRATOR, 200),
        (Role.COMMUNICATIONS, 200),
        (Role.HEAD, 200),
        (Role.COUNCIL, 302),
        (Role.RADIO, 302),
        (Role.FRONT_DESK, 302),
    ],
)
def test_who_may_open_the_desk_and_its_papers(client, user_in, role, status):
    code = printable()
    client.force_login(user_in(role))
    addresses = [
        INDEX,
        reverse("leaflets:pdf", args=[code.pk]),
        reverse("leaflets:senjang", args=[code.page_id]),
        reverse("leaflets:senjang", args=[code.page_id]) + "?draf",
    ]

    answers = [client.get(address) for address in addresses]

    assert [answer.status_code for answer in answers] == [status] * 4
    for answer in answers:
        b"".join(answer)


def test_someone_who_gets_into_the_admin_without_the_right_sees_no_leaflet(client, user_in):
    code = printable()
    user = factories.UserFactory()
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(user)

    assert [client.get(a).status_code for a in (INDEX, reverse("leaflets:pdf", args=[code.pk]))] == [302, 302]
    assert list(leaflet_views.buttons(code.page.specific, user)) == []


def test_a_senjang_offers_its_leaflet_or_its_draft_and_other_pages_none(user_in):
    user = user_in(Role.HEAD)
    public, draft = factories.SenjangPageFactory(published=True), factories.SenjangPageFactory()

    offered = [[str(b.label) for b in leaflet_views.buttons(page, user)] for page in (public, draft)]

    assert offered == [["Leaflet (PDF)"], ["Leaflet draf (PDF)"]]
    assert list(leaflet_views.buttons(factories.LicencePageFactory(), user)) == []
