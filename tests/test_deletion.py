"""Nothing that other rows stand on can be deleted in the admin; the refusal names what holds it."""

import pytest
from django.contrib.messages import get_messages
from wagtail.admin.viewsets import viewsets
from wagtail.admin.viewsets.model import ModelViewSet

from cms.office import deletion, links
from media_assets.models import CouncilMember, SenjangCredit
from performers.models import Person
from radio_schedule.models import Station
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss():
    return factories.UserFactory(is_superuser=True)


@pytest.fixture
def desk(client, boss):
    client.force_login(boss)
    return client


@pytest.fixture
def station():
    return Station.objects.create(name="Radio Gema Randik")


def said(response):
    return [str(message).strip() for message in get_messages(response.wsgi_request)]


def delete(desk, address):
    """Open the question and answer it: what was said, both times."""
    return [said(desk.get(address))[-1:], said(desk.post(address))[-1:]]


def test_a_station_that_nothing_points_at_goes(desk, station):
    desk.post(f"/admin/siaran/stasiun/delete/{station.pk}/")

    assert not Station.objects.exists()


def test_a_station_that_still_has_a_link_stays(desk, boss, station):
    links.issue("siaran", station, holder="Radio", by=boss)

    words = delete(desk, f"/admin/siaran/stasiun/delete/{station.pk}/")

    assert (
        words
        == [["“Radio Gema Randik” tidak dapat dihapus karena masih dipakai: 1 tautan rahasia yang masih berlaku."]] * 2
    )
    assert Station.objects.exists()


def test_a_person_with_work_and_a_seat_stays(desk):
    seat = factories.CouncilMemberFactory(person__name="Pak Mahmud", person__consented=False)
    SenjangCredit.objects.create(senjang=factories.SenjangPageFactory(), person=seat.person, role="penulis")

    words = delete(desk, f"/admin/orang/delete/{seat.person.pk}/")

    assert words[0] == words[1]
    assert words[0][0].startswith("“Pak Mahmud” tidak dapat dihapus karena masih dipakai: 1 ")
    assert Person.objects.filter(pk=seat.person.pk).exists()


def test_a_council_member_without_any_ruling_goes(desk):
    seat = factories.CouncilMemberFactory()

    desk.post(f"/admin/adat/anggota/delete/{seat.pk}/")

    assert not CouncilMember.objects.exists()


def test_nobody_learns_what_holds_a_row_that_he_may_not_delete(client, station, boss):
    links.issue("siaran", station, holder="Radio", by=boss)
    client.force_login(factories.UserFactory())

    assert not any(
        "masih dipakai" in words for [words] in delete(client, f"/admin/siaran/stasiun/delete/{station.pk}/")
    )


def test_every_admin_list_that_deletes_asks_first():
    ours = [view for view in viewsets.viewsets if isinstance(view, ModelViewSet) and view.model._meta.app_label in
            {"performers", "media_assets", "radio_schedule"}]  # fmt: skip
    asking = {view.model for view in ours if issubclass(view.delete_view_class, deletion.DeleteView)}

    assert {Station, Person, CouncilMember} <= asking
