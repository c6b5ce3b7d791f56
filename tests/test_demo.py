"""The demo's content, loaded once for all these tests: log-ins by role, a campaign at work, a fortnight of scans."""

from datetime import timedelta

import pytest
from django.contrib.auth import authenticate
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings
from django.utils import timezone
from django_q.models import Schedule

from campaigns.models import CampaignPage, Code, LicenceFact, LicencePage, Listen, Scan
from cms.demo import disc, loading
from cms.demo.people import ACCOUNTS, PASSWORD
from cms.office.models import OfficeSettings, Role
from media_assets import fitness
from media_assets.models import CouncilMember, Disc, DiscPressing, LyricQuote, Recording, SenjangPage
from performers.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_loaded")]
CARED = ["musim-beumo-izin-benih", "kenangan-ninek-pesenjang", "tepung-tawar-umah-baru"]
LOGINS = {
    "admin": Role.ADMINISTRATOR,
    "komunikasi": Role.COMMUNICATIONS,
    "komunikasi2": Role.COMMUNICATIONS,
    "adat1": Role.COUNCIL,
    "adat2": Role.COUNCIL,
    "adat3": Role.COUNCIL,
    "radio": Role.RADIO,
    "loket": Role.FRONT_DESK,
    "pimpinan": Role.HEAD,
}


@pytest.fixture(scope="module")
def _loaded(django_db_setup, django_db_blocker):
    """Loading takes seconds, so these tests, which only read, share it; it is rolled back after the last."""
    with django_db_blocker.unblock(), override_settings(DEMO=True), transaction.atomic():
        assert loading.load()
        yield
        transaction.set_rollback(True)


def test_loading_twice_loads_once(capsys):
    counted = [model.objects.count() for model in (Person, LicencePage, SenjangPage, Recording, Code, Scan, Listen)]

    call_command("load_demo")

    assert counted == [
        model.objects.count() for model in (Person, LicencePage, SenjangPage, Recording, Code, Scan, Listen)
    ]
    assert "sudah ada" in capsys.readouterr().out


def test_every_login_of_the_contract_has_its_role_and_its_person():
    users = {name: authenticate(username=name, password=PASSWORD) for name in LOGINS}

    assert {account.username: account.role for account in ACCOUNTS} == LOGINS
    assert {name: [group.name for group in user.groups.all()] for name, user in users.items()} == {
        name: [role.value] for name, role in LOGINS.items()
    }
    assert [name for name, user in users.items() if user.is_superuser] == ["admin"]
    assert all(user.person.name == user.get_full_name() for user in users.values())
    seats = CouncilMember.objects.values_list("person__user__username", "is_chair")
    assert sorted(seats) == [("adat1", False), ("adat2", False), ("adat3", True)]


def test_the_demo_shows_a_campaign_at_work():
    today = timezone.localdate()
    campaign = CampaignPage.objects.running_on(today).get()

    assert [choice.senjang.is_public for choice in campaign.chosen_senjang.all()] == [True] * 3
    assert {page.title: page.is_public for page in SenjangPage.objects.filter(approval=None)} == {
        "Negak Umah Ade PBG": False,
        "Mubil Trayek Ade Kartunye": False,
        "Gudang Getah Ade Tandonye": False,
    }
    assert {kind: LicencePage.objects.filter(kind=kind).count() for kind in LicencePage.Kind.values} == {
        "izin": 47,
        "non_izin": 13,
    }
    assert not LicencePage.objects.filter(is_example=False).exists()
    assert LicenceFact.objects.in_force(today).exists()
    assert [quote.line_uid for quote in LyricQuote.objects.all() if not quote.line_uid] == []
    assert OfficeSettings.load().hours.count() == 5


def test_some_of_its_songs_ask_for_care():
    standings = fitness.standings_of(SenjangPage.objects.values_list("pk", flat=True))
    cared = {page.slug: standings[page.pk] for page in SenjangPage.objects.filter(slug__in=CARED)}

    assert [[mark.key for mark in cared[slug].marks] for slug in CARED] == [["musiman", "bukan-jual", "utuh"], [], []]
    assert [(bool(cared[slug].cover), cared[slug].is_held) for slug in CARED] == [
        (False, False),
        (True, False),
        (False, True),
    ]
    assert all(fitness.allows(page, "web", timezone.localdate()) for page in SenjangPage.objects.public())


def test_its_recordings_sing_the_approved_words():
    sung = {recording.senjang.approval_id == recording.digest for recording in Recording.objects.filter(guide=None)}

    assert (Recording.objects.count(), sung) == (5, {True})


def test_eight_codes_in_eight_kecamatan_have_a_fortnight_of_scans():
    today = timezone.localdate()
    states = sorted(Code.objects.values_list("state", flat=True))
    days = set(Scan.objects.values_list("day", flat=True))

    assert states == ["aktif"] * 6 + ["ditahan", "pensiun"]
    assert Code.objects.values("kecamatan").distinct().count() == 8
    assert days == {today - timedelta(days=back) for back in range(1, 15)}
    assert Listen.objects.filter(event=Listen.Event.PLAY).count() < Scan.objects.count()


def test_its_three_songs_wait_on_a_disc_until_their_files_are_made():
    made = Disc.objects.get()

    disc.press()

    assert [track.recording.senjang.live for track in made.tracks.all()] == [True] * 3
    assert not DiscPressing.objects.exists()
    assert Schedule.objects.filter(name=disc.WAITING).exists()
