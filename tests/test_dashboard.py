"""The admin's first page answers what needs this person today, and asks the database little."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from campaigns.models import Listen, Scan
from cms import dashboard, publishing
from cms.models import Heartbeat
from cms.office import notices
from cms.office.models import Notice, Role
from media_assets.models import Ruling, Submission
from tests import factories

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)


def submit(page, verdict=None):
    submission = Submission.objects.create(
        page=page, title=page.title, language="mui", text=page.parts, digest=page.digest, part_digests=page.part_digests
    )
    if verdict:
        Ruling.objects.create(submission=submission, verdict=verdict)
    return submission


def fill(number):
    for _place in range(number):
        licence = factories.LicencePageFactory()
        factories.LicenceFactFactory(licence=licence, valid_from=timezone.localdate() + timedelta(days=9))
        factories.CampaignPageFactory(
            starts=timezone.localdate(), ends=timezone.localdate() + timedelta(days=9)
        ).licences.add(licence)
        submit(factories.SenjangPageFactory(), Ruling.Verdict.SENT_BACK)
        notices.tell(Role.COMMUNICATIONS, "Rekaman gagal dibuat", key=f"gagal-{_place}-{number}")


def titles(user, day=TODAY):
    return [section.title for section in dashboard.sections(user, day)]


def test_what_the_council_sent_back_stands_first_until_it_is_handed_in_again(user_in):
    page = factories.SenjangPageFactory()
    submit(page, Ruling.Verdict.SENT_BACK)
    staff = user_in(Role.COMMUNICATIONS)

    assert [row.title for row in dashboard.sent_back(staff, TODAY).rows] == [page.title]
    assert dashboard.sent_back(staff, TODAY).rows[0].url == reverse("wagtailadmin_pages:edit", args=[page.pk])

    submit(page)
    assert dashboard.sent_back(staff, TODAY).rows == []


def test_a_licence_that_changes_ahead_is_named_with_its_day(user_in):
    fact = factories.LicenceFactFactory(valid_from=date(2026, 12, 1))

    rows = dashboard.coming_facts(user_in(Role.COMMUNICATIONS), TODAY).rows

    assert [(row.title, row.note) for row in rows] == [
        (fact.licence.title, "biaya berubah mulai Selasa, 1 Desember 2026")
    ]


def test_a_page_that_should_have_gone_live_is_called_late(user_in):
    page = factories.CampaignPageFactory(live=False)
    for hours in (-1, 1):
        revision = page.save_revision()
        revision.approved_go_live_at = timezone.now() + timedelta(hours=hours)
        revision.save()

    rows = dashboard.scheduled(user_in(Role.COMMUNICATIONS), TODAY).rows

    assert [(row.tag, row.shape) for row in rows] == [("Terlambat", "stop"), ("Akan tayang", "wait")]


def test_the_head_reads_figures_and_is_offered_nothing_to_edit(user_in):
    factories.LicenceFactFactory(valid_from=TODAY + timedelta(days=9))
    submit(factories.SenjangPageFactory(), Ruling.Verdict.SENT_BACK)
    factories.CampaignPageFactory()
    head = user_in(Role.HEAD)

    urls = [row.url for section in dashboard.sections(head, TODAY) for row in section.rows]

    assert titles(head) == ["Dikembalikan Lembaga Adat", "Kampanye yang berjalan"]
    assert not [url for url in urls if "/edit/" in url]


def test_the_week_counts_people_and_not_machines(user_in):
    code = factories.CodeFactory()
    for days, kind, device in [
        (0, "pindai", "a"),
        (0, "pindai", "a"),
        (6, "pindai", "b"),
        (7, "pindai", "c"),
        (0, "bot", "d"),
    ]:
        Scan.objects.create(code=code, kind=kind, device=device, day=TODAY - timedelta(days=days))
    Listen.objects.create(code=code, event=Listen.Event.PLAY, device="a", day=TODAY)

    found = {figure.label: figure.number for figure in dashboard.figures(user_in(Role.HEAD), TODAY)}

    assert found == {
        "pindaian": 3,
        "perangkat": 2,
        "dari tautan": 0,
        "mulai diputar": 1,
        "didengar 30 detik": 0,
    }


def test_those_who_schedule_read_that_publishing_stands_still(client, user_in):
    Heartbeat.objects.beat(publishing.PULSE, datetime(2026, 11, 21, 7, 0, tzinfo=timezone.get_default_timezone()))
    words = "Penerbitan terjadwal berhenti sejak Sabtu, 21 November 2026, 07.00 WIB; hubungi administrator."
    seen = {}

    for role in (Role.COMMUNICATIONS, Role.ADMINISTRATOR, Role.HEAD):
        client.force_login(user_in(role))
        seen[role] = words in client.get(reverse("wagtailadmin_home")).content.decode()

    assert seen == {Role.COMMUNICATIONS: True, Role.ADMINISTRATOR: True, Role.HEAD: False}


def test_whoever_may_not_see_scans_sees_no_figures(user_in):
    assert dashboard.figures(user_in(Role.FRONT_DESK), TODAY) == []


def test_a_notice_is_finished_with_one_press(client, user_in):
    user = user_in(Role.COMMUNICATIONS)
    notice = notices.tell(Role.COMMUNICATIONS, "Rekaman gagal dibuat", key="gagal-1")
    client.force_login(user)
    assert "Rekaman gagal dibuat" in client.get(reverse("wagtailadmin_home")).content.decode()

    response = client.post(reverse("finish_notice", args=[notice.pk]))

    assert response.url == reverse("wagtailadmin_home")
    notice.refresh_from_db()
    assert notice.done_by == user
    assert "Rekaman gagal dibuat" not in client.get(reverse("wagtailadmin_home")).content.decode()


def test_nobody_finishes_what_was_told_to_another_role(client, user_in):
    notice = notices.tell(Role.COMMUNICATIONS, "Rekaman gagal dibuat", key="gagal-1")
    client.force_login(user_in(Role.HEAD))

    response = client.post(reverse("finish_notice", args=[notice.pk]))

    assert response.status_code == 404
    assert Notice.objects.get().done_at is None


def test_reading_a_notice_does_not_finish_it(client, user_in):
    notice = notices.tell(Role.COMMUNICATIONS, "Rekaman gagal dibuat", key="gagal-1")
    client.force_login(user_in(Role.COMMUNICATIONS))

    assert client.get(reverse("finish_notice", args=[notice.pk])).status_code == 405


def test_with_nothing_to_do_the_page_says_so(client, user_in):
    client.force_login(user_in(Role.COMMUNICATIONS))

    assert "Tidak ada yang menunggu Anda hari ini." in client.get(reverse("wagtailadmin_home")).content.decode()


def test_three_rows_ask_no_more_of_the_database_than_one(client, user_in):
    client.force_login(user_in(Role.COMMUNICATIONS))

    def queries():
        client.get(reverse("wagtailadmin_home"))
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("wagtailadmin_home"))
        return len(asked)

    fill(1)
    few = queries()
    fill(2)

    assert queries() == few


MENUS = {
    Role.COMMUNICATIONS: [
        "kampanye",
        "senjang",
        "rekaman",
        "leaflet",
        "kode-qr",
        "siaran",
        "penampil",
        "lembaga-adat",
        "layanan",
    ],
    Role.HEAD: ["rekaman", "leaflet", "kode-qr", "penampil", "lembaga-adat", "layanan"],
}


@pytest.mark.parametrize("role", MENUS)
def test_the_menu_follows_the_work(client, user_in, rf, role):
    from wagtail.admin.menu import admin_menu

    request = rf.get(reverse("wagtailadmin_home"))  # with the addresses come the viewsets and their menu items
    request.user = user_in(role)

    items = sorted(admin_menu.menu_items_for_request(request), key=lambda item: item.order)

    names = [item.name for item in items]
    assert [name for name in names if name in MENUS[Role.COMMUNICATIONS]] == MENUS[role]
    assert not {"documents", "help", "snippets"} & set(names)


@pytest.mark.parametrize("role", MENUS)
def test_no_entry_of_the_menu_leads_to_a_shut_door(client, user_in, rf, role):
    from wagtail.admin.menu import admin_menu

    request = rf.get(reverse("wagtailadmin_home"))
    request.user = user_in(role)
    client.force_login(request.user)

    urls = [item.url for item in admin_menu.menu_items_for_request(request) if item.name in MENUS[role]]

    assert {url: client.get(url).status_code for url in urls if url.startswith("/")} == {
        url: 200 for url in urls if url.startswith("/")
    }
