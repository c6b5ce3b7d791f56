"""Scheduled publishing: every page on its own, late ones are told of, and a standing worker is seen."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from django_q.models import Schedule
from django_q.tasks import async_task, fetch
from wagtail.models import Page

from cms import publishing, schedules
from cms.models import ContentPage, Heartbeat, HomePage
from cms.office.models import Notice
from media_assets.models import SenjangPage
from tests import factories

pytestmark = pytest.mark.django_db


def due(page, ago=timedelta(minutes=1)):
    """A schedule that was made while it was allowed and came due a while ago."""
    page.go_live_at = timezone.now() - ago
    page.save_revision(approved_go_live_at=page.go_live_at)
    return page


def content_page(title, **fields):
    page = ContentPage(title=title, slug=title.lower(), live=False, body="<p>isi</p>", **fields)
    HomePage.objects.get().add_child(instance=page)
    return page


def live(*pages):
    return [Page.objects.get(pk=page.pk).live for page in pages]


def told():
    return list(Notice.objects.filter(done_at=None).order_by("pk").values_list("text", flat=True))


def test_a_refused_lyric_between_two_good_pages_holds_up_neither():
    before = due(factories.SenjangPageFactory(approved=True), timedelta(minutes=3))
    refused = due(factories.SenjangPageFactory(title="Belum disetujui"), timedelta(minutes=2))
    after = due(content_page("Halaman"))

    publishing.publish_due()

    assert live(before, refused, after) == [True, False, True]
    assert SenjangPage.objects.get(pk=before.pk).is_public
    assert told() == ["“Belum disetujui” tidak jadi tayang: liriknya belum disetujui Lembaga Adat."]
    assert not refused.revisions.exclude(approved_go_live_at=None).exists()


def test_a_page_that_raises_holds_up_no_other_and_is_told_once(monkeypatch):
    poison = due(content_page("Rusak"), timedelta(minutes=2))
    good = due(factories.SenjangPageFactory(approved=True))
    monkeypatch.setattr(ContentPage, "save", lambda *args, **kwargs: 1 / 0)

    publishing.publish_due()
    publishing.publish_due()

    assert live(poison, good) == [False, True]
    assert told() == ["“Rusak” gagal tayang atau turun sesuai jadwal. Buka halamannya, lalu kerjakan sendiri."]


def test_what_expires_is_taken_off_and_a_failure_there_holds_up_nothing(monkeypatch):
    past = timezone.now() - timedelta(minutes=2)
    poison, old = content_page("Rusak"), content_page("Lama")
    for page in (poison, old):
        page.expire_at = past
        page.save_revision().publish()
        Page.objects.filter(pk=page.pk).update(live=True, expired=False, expire_at=past)
    new = due(factories.SenjangPageFactory(approved=True))
    unpublish = ContentPage.unpublish
    monkeypatch.setattr(
        ContentPage, "unpublish", lambda self, **kwargs: 1 / 0 if self.pk == poison.pk else unpublish(self, **kwargs)
    )

    publishing.publish_due()

    assert live(poison, old, new) == [True, False, True]
    assert Page.objects.get(pk=old.pk).expired


def test_later_than_ten_minutes_is_told_once_a_page():
    moment = datetime(2026, 11, 21, 7, 0, tzinfo=timezone.get_default_timezone())
    page = factories.SenjangPageFactory(approved=True, title="Terlambat")
    page.save_revision(approved_go_live_at=moment)

    publishing.publish_due(moment + timedelta(minutes=11))

    assert live(page) == [True]
    assert told() == [
        "“Terlambat” tayang terlambat: dijadwalkan Sabtu, 21 November 2026, 07.00 WIB. Periksa pekerja latar."
    ]


def test_what_is_not_due_waits():
    page = factories.SenjangPageFactory(approved=True)
    page.save_revision(approved_go_live_at=timezone.now() + timedelta(hours=1))

    publishing.publish_due()

    assert (live(page), told()) == ([False], [])


def test_a_page_deleted_while_its_turn_comes_holds_up_no_other(monkeypatch):
    first = due(factories.SenjangPageFactory(approved=True), timedelta(minutes=3))
    gone = due(content_page("Hilang"), timedelta(minutes=2))
    last = due(factories.SenjangPageFactory(approved=True))
    put_up = publishing._put_up

    def delete_the_next(pk, now):
        put_up(pk, now)
        Page.objects.filter(pk=gone.pk).delete()

    monkeypatch.setattr(publishing, "_put_up", delete_the_next)
    publishing.publish_due()

    assert live(first, last) == [True, True]
    assert told() == []


def test_a_page_that_fails_each_minute_is_logged_once_while_its_notice_is_open(monkeypatch, caplog):
    due(content_page("Rusak"), timedelta(minutes=2))
    monkeypatch.setattr(ContentPage, "save", lambda *args, **kwargs: 1 / 0)

    publishing.publish_due()
    publishing.publish_due()

    assert len([line for line in caplog.records if line.name == "cms.publishing"]) == 1


def test_a_worker_that_stands_still_is_seen():
    now = timezone.now()
    publishing.publish_due(now)

    assert publishing.asleep_since(now + timedelta(minutes=9)) is None
    assert publishing.asleep_since(now + timedelta(minutes=11)) == now
    assert Heartbeat.objects.count() == 1


def test_a_worker_that_never_ran_is_missed_only_once_a_page_is_overdue():
    now = timezone.now()
    assert publishing.asleep_since(now) is None

    page = due(content_page("Menunggu"), timedelta(minutes=11))

    assert publishing.asleep_since(now) == page.go_live_at


def test_the_schedules_are_those_of_the_table_once_each():
    Schedule.objects.all().delete()
    schedules.sync()
    Schedule.objects.filter(name="publish_due").update(minutes=9, func="lain")
    later = timezone.now() + timedelta(hours=3)
    Schedule.objects.update(next_run=later)

    schedules.sync()

    rows = list(Schedule.objects.order_by("pk").values_list("name", "func", "minutes", "next_run"))
    assert rows == [(job.name, job.func, job.minutes, later) for job in schedules.TABLE]


@pytest.mark.parametrize("job", schedules.TABLE, ids=lambda job: job.name)
def test_what_the_table_names_can_be_run(job):
    done = fetch(async_task(job.func, sync=True))

    assert (done.func, done.success) == (job.func, True)
