"""The desk for codes: what staff see, place, send elsewhere and take down; nobody else does."""

import xml.etree.ElementTree as ET

import pytest
from django.urls import reverse

from campaigns import codes
from campaigns.models import Code, Kecamatan, Listen, Scan
from cms.office import trail
from cms.office.models import Role
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def code(staff):
    page, licence = factories.SenjangPageFactory(published=True), factories.LicencePageFactory()
    return codes.place(page, label="Meja loket", licences=[licence], by=staff)


def form_for(page, *licences, **fields):
    return {
        "label": "Balai desa",
        "medium": "poster",
        "page": page.pk,
        "licences": [one.pk for one in licences],
    } | fields


def test_staff_place_a_code_with_the_form(desk, staff):
    page, licence = factories.SenjangPageFactory(published=True), factories.LicencePageFactory()

    answer = desk.post(reverse("codes:add"), form_for(page, licence))

    code = Code.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, reverse("codes:inspect", args=[code.pk]))
    assert (code.label, code.medium, code.page_id, list(code.licences.all())) == (
        "Balai desa",
        "poster",
        page.pk,
        [licence],
    )
    assert [line.actor for line in trail.of(code)] == [staff]


def test_the_form_offers_villages_under_their_kecamatan(desk):
    choices = list(desk.get(reverse("codes:add")).context["form"].fields["village"].choices)

    told = {str(name): [str(label) for _key, label in villages] for name, villages in choices[1:]}
    assert choices[0] == ("", "Tidak disebut")
    assert told == {
        kecamatan.name: [village.name for village in kecamatan.villages.order_by("code")]
        for kecamatan in Kecamatan.objects.all()
    }


@pytest.mark.parametrize("wrong", [{"label": ""}, {"licences": []}, {"page": 1}, {"page": "x"}, {"medium": "batu"}])
def test_a_form_with_a_mistake_keeps_nothing_and_says_where(desk, wrong):
    page, licence = factories.SenjangPageFactory(), factories.LicencePageFactory()

    answer = desk.post(reverse("codes:add"), form_for(page, licence) | wrong)

    assert (answer.status_code, list(answer.context["form"].errors)) == (200, list(wrong))
    assert not Code.objects.exists()


def test_staff_send_a_code_elsewhere_and_say_why(desk, code):
    page, licence = factories.SenjangPageFactory(published=True), factories.LicencePageFactory()
    address = reverse("codes:edit", args=[code.pk])

    nameless = desk.post(address, {"page": page.pk, "licences": [licence.pk], "reason": ""})
    done = desk.post(address, {"page": page.pk, "licences": [licence.pk], "reason": "Kampanye baru"})

    code.refresh_from_db()
    assert (nameless.status_code, done.status_code, code.page_id) == (200, 302, page.pk)
    assert [line.verb for line in trail.of(code)] == ["retarget", "place"]


@pytest.mark.parametrize(("verb", "state"), [("hold", "ditahan"), ("retire", "pensiun"), ("release", "aktif")])
def test_a_step_in_a_codes_life_asks_for_a_reason_first(desk, staff, code, verb, state):
    if verb == "release":
        codes.hold(code, by=staff, reason="Periksa")
    address = reverse("codes:move", args=[code.pk, verb])
    before = Code.objects.get().state

    asked, nameless = desk.get(address), desk.post(address, {"reason": " "})

    assert (asked.status_code, nameless.status_code, Code.objects.get().state) == (200, 200, before)
    assert desk.post(address, {"reason": "Ada stiker di atasnya"}).status_code == 302
    assert Code.objects.get().state == state


def test_a_step_that_no_longer_fits_is_refused_in_words(desk, code):
    answer = desk.post(reverse("codes:move", args=[code.pk, "release"]), {"reason": "Salah"}, follow=True)

    assert "langkah ini tidak berlaku" in answer.text
    assert Code.objects.get().state == "aktif"


def test_the_picture_can_be_downloaded_for_print(desk, code):
    svg, png = (desk.get(reverse("codes:picture", args=[code.pk, kind])) for kind in ("svg", "png"))

    assert ET.fromstring(svg.content).get("width") == "30mm"
    assert png.content.startswith(b"\x89PNG")
    assert svg["Content-Disposition"] == f'attachment; filename="kode-{code.pk}.svg"'
    assert desk.get(f"/admin/kode/gambar/{code.pk}.exe").status_code == 404


def test_a_codes_page_shows_address_figures_and_story(desk, code):
    for device in ("a", "a", "b"):
        Scan.objects.create(code=code, kind="pindai", device=device, day="2026-11-21")
    Listen.objects.create(code=code, event="putar", device="a", day="2026-11-21")

    text = desk.get(reverse("codes:inspect", args=[code.pk])).text

    assert all(words in text for words in (code.address, "3 dari 2 perangkat", "21 November 2026", "Menempatkan kode"))
    assert ("Tahan" in text, "Pensiunkan" in text, ">Lepas<" in text) == (True, True, False)


ADDRESSES = {
    "list": lambda code: reverse("codes:index"),
    "page": lambda code: reverse("codes:inspect", args=[code.pk]),
    "picture": lambda code: reverse("codes:picture", args=[code.pk, "svg"]),
    "place": lambda code: reverse("codes:add"),
    "retarget": lambda code: reverse("codes:edit", args=[code.pk]),
    "move": lambda code: reverse("codes:move", args=[code.pk, "hold"]),
    "report": lambda code: reverse("scan_report"),
}
ALL, READ = set(ADDRESSES), {"list", "page", "picture", "report"}


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        (Role.ADMINISTRATOR, ALL),
        (Role.COMMUNICATIONS, ALL),
        (Role.HEAD, READ),
        (Role.COUNCIL, set()),
        (Role.RADIO, set()),
        (Role.FRONT_DESK, set()),
        (None, set()),
    ],
)
def test_who_opens_what(client, user_in, code, role, expected):
    if role:
        client.force_login(user_in(role))

    opened = {name for name, address in ADDRESSES.items() if client.get(address(code)).status_code == 200}

    assert opened == expected


@pytest.mark.parametrize(
    "query", ["", "?q=Meja", "?state=aktif&medium=poster", "?ordering=-raw", "?state=x&ordering=y&p=99"]
)
def test_the_list_costs_as_many_queries_for_three_codes_as_for_one(desk, django_assert_max_num_queries, code, query):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    desk.get(reverse("codes:index"))
    counts = []
    for _round in range(2):
        with CaptureQueriesContext(connection) as captured:
            assert desk.get(reverse("codes:index") + query).status_code in (200, 404)
        counts.append(len(captured))
        for _more in range(2):
            factories.CodeFactory(page=code.page, label="Meja lain")

    assert counts[0] == counts[1]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_list_can_be_taken_along(desk, code, kind):
    assert desk.get(reverse("codes:index") + f"?export={kind}").status_code == 200
