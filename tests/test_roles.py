"""Who may do what: the truth table of roles and actions, asked of the use cases' own questions and of the doors."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from campaigns import permissions as campaigns
from cms import roles
from cms.office.models import OfficeSettings, Role
from media_assets import permissions as media
from media_assets.models import SenjangIndexPage
from performers import permissions as people
from radio_schedule import permissions as radio
from tests import factories

pytestmark = pytest.mark.django_db
ADM, STAFF, COUNCIL, RADIO, DESK, HEAD = Role
OFFICE, EVERY_READER = {ADM, STAFF}, {ADM, STAFF, HEAD}

ACTIONS = {
    "place a code": (campaigns.can_place, OFFICE),
    "change a code": (campaigns.can_change, OFFICE),
    "read scans": (campaigns.can_read_scans, EVERY_READER),
    "record a fact": (campaigns.can_record_facts, OFFICE),
    "read facts": (campaigns.can_read_facts, EVERY_READER),
    "import licences": (campaigns.can_import_licences, OFFICE),
    "submit a senjang": (lambda user: media.can_submit(user, factories.SenjangPageFactory()), OFFICE),
    "set a hint on the form aside": (
        lambda user: media.can_set_hint_aside(user, factories.SenjangPageFactory()),
        OFFICE,
    ),
    "keep the word list": (media.can_keep_words, OFFICE),
    "withdraw an approval": (media.can_withdraw, OFFICE),
    "put a cover before a song": (media.can_cover, OFFICE),
    "read labels and requests to take down": (media.can_read_labels, EVERY_READER),
    "put on a label without a seat": (lambda user: media.can_put_on_label(user, None), set()),
    "answer a request to take down without a seat": (
        lambda user: media.can_answer_takedown(user, factories.SenjangPageFactory()),
        set(),
    ),
    "issue a member's link": (media.can_issue_links, OFFICE),
    "record a sitting's sheet": (media.can_enter_paper, OFFICE),
    "print a leaflet": (media.can_print_leaflet, EVERY_READER),
    "keep consents": (people.can_keep_consents, OFFICE),
    "read consents": (people.can_read_consents, EVERY_READER),
    "see recordings": (media.can_see_recordings, EVERY_READER),
    "add a recording": (media.can_add_recording, OFFICE),
    "replace a recording": (media.can_change_recording, OFFICE),
    "see discs": (media.can_see_discs, EVERY_READER),
    "put a disc together": (media.can_change_disc, OFFICE),
    "press an edition": (media.can_press_disc, OFFICE),
    "fetch an edition": (media.can_fetch_edition, OFFICE),
    "hear a master": (media.can_hear_master, OFFICE),
    "download for broadcast": (radio.can_download, {ADM, STAFF, RADIO}),
    "read why a recording is unfit": (radio.can_read_reasons, OFFICE),
}
DOORS = {
    "/admin/": EVERY_READER,
    "/admin/senjang/": OFFICE,
    "/admin/kampanye/": OFFICE,
    "/admin/layanan/": OFFICE,
    "/admin/fakta/": EVERY_READER,
    "/admin/impor-layanan/": OFFICE,
    "/admin/kode/": EVERY_READER,
    "/admin/kode/new/": OFFICE,
    "/admin/rekaman/": EVERY_READER,
    "/admin/rekaman/unggah/": OFFICE,
    "/admin/cakram/": EVERY_READER,
    "/admin/cakram/baru/": OFFICE,
    "/admin/izin/": EVERY_READER,
    "/admin/izin/?export=csv": EVERY_READER,
    "/admin/leaflet/": EVERY_READER,
    "/admin/adat/pengajuan/": EVERY_READER,
    "/admin/adat/kosakata/": OFFICE,
    "/admin/adat/kosakata/new/": OFFICE,
    "/admin/adat/anggota/": OFFICE,
    "/admin/adat/anggota/new/": {ADM},
    "/admin/siaran/stasiun/": OFFICE,
    "/admin/reports/pindaian/": EVERY_READER,
    "/admin/reports/cakupan/": EVERY_READER,
    "/admin/reports/jejak/": EVERY_READER,
    "/admin/reports/jejak/hasil/": EVERY_READER,
    "/admin/reports/jejak/?export=csv": EVERY_READER,
    "/admin/users/": {ADM},
    "/adat/": {COUNCIL},
    "/adat/label/": EVERY_READER,
    "/siaran/": {ADM, STAFF, RADIO},
}
HOMES = {ADM: "/admin/", STAFF: "/admin/", HEAD: "/admin/", COUNCIL: "/adat/", RADIO: "/siaran/", DESK: "/layanan/"}


@pytest.mark.parametrize("action", ACTIONS)
def test_an_action_is_for_its_roles_and_no_other(action, user_in):
    may, allowed = ACTIONS[action]

    assert {role for role in Role if may(user_in(role))} == allowed


@pytest.mark.parametrize("door", DOORS)
def test_a_door_opens_for_its_roles_and_no_other(door, user_in, client):
    opened = set()
    for role in Role:
        client.force_login(user_in(role))
        answer = client.get(door)
        assert answer.status_code in (200, 302, 403)
        if answer.status_code == 200:
            opened.add(role)

    assert opened == DOORS[door]


@pytest.mark.parametrize("door", [*DOORS, "/kerja/"])
def test_a_stranger_is_asked_to_log_in(door, client):
    answer = client.get(door)

    assert answer.status_code == 302
    assert "/masuk/" in answer["Location"] or "/admin/login/" in answer["Location"]


def test_a_role_is_led_to_its_own_work(user_in, client):
    led = {}
    for role in Role:
        client.force_login(user_in(role))
        led[role] = client.get("/kerja/")["Location"]

    assert led == HOMES


def test_only_the_office_edits_pages_and_settings(user_in, client):
    senjang = factories.SenjangPageFactory()
    addresses = [
        reverse("wagtailadmin_pages:edit", args=[senjang.pk]),
        reverse("wagtailadmin_pages:add", args=["media_assets", "senjangpage", SenjangIndexPage.objects.get().pk]),
    ]
    settings = reverse("wagtailsettings:edit", args=["office", "officesettings", OfficeSettings.load().pk])
    opened = {}
    for role in Role:
        client.force_login(user_in(role))
        opened[role] = [client.get(address).status_code == 200 for address in [*addresses, settings]]

    assert {role for role, doors in opened.items() if all(doors[:2])} == OFFICE
    assert {role for role, doors in opened.items() if any(doors[:2])} == OFFICE
    assert {role for role, doors in opened.items() if doors[2]} == {ADM}


def test_the_groups_hold_exactly_the_table_also_after_somebody_meddled():
    group = Group.objects.get(name=Role.FRONT_DESK)
    group.permissions.add(Permission.objects.get(codename="add_code"))

    roles.sync()

    held = {
        group.name: {f"{p.content_type.app_label}.{p.codename}" for p in group.permissions.all()}
        for group in Group.objects.filter(name__in=Role.values)
    }
    assert held == {role.value: set(roles.TABLE[role]) for role in Role}
