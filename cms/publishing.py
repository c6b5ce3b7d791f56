"""Scheduled publishing: each due page on its own, so that one refused lyric or raising page holds up no other."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Min
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision

from cms.models import Heartbeat
from cms.office import notices
from cms.office.dates import long_moment
from cms.office.models import Notice, Role

LATE = timedelta(minutes=10)
PULSE = "publish_due"
log = logging.getLogger(__name__)


def publish_due(now: datetime | None = None) -> None:
    """Take off what has expired, put up what is due; runs every minute (`schedules.py`)."""
    now = now or timezone.now()
    Heartbeat.objects.beat(PULSE, now)
    for pk in Page.objects.live().filter(expire_at__lt=now).order_by("expire_at").values_list("pk", flat=True):
        _alone(_take_off, pk, now)
    due = Revision.objects.page_revisions().filter(approved_go_live_at__lte=now)
    for pk in due.order_by("approved_go_live_at").values_list("pk", flat=True):
        _alone(_put_up, pk, now)


def asleep_since(now: datetime) -> datetime | None:
    """The last sign of life, once ten minutes old; where none ever came, the moment of the oldest overdue page."""
    moment = Heartbeat.objects.filter(name=PULSE).values_list("at", flat=True).first()
    if moment is None:
        waiting = Revision.objects.page_revisions().filter(approved_go_live_at__isnull=False)
        moment = waiting.aggregate(oldest=Min("approved_go_live_at"))["oldest"]
    return moment if moment and moment < now - LATE else None


def _alone(step: Callable[[int, datetime], None], pk: int, now: datetime) -> None:
    """One page, one transaction: whatever goes wrong with it stays with it, and staff hear of it once."""
    try:
        with transaction.atomic():
            step(pk, now)
    except Exception:  # any model's publishing may fail in its own way, and the pages behind it still wait
        page = _page_of(pk) if step is _put_up else Page.objects.filter(pk=pk).first()
        key = f"publish-failed-{page.pk}" if page else ""
        if not Notice.objects.filter(key=key, done_at=None).exists():
            log.exception("Scheduled publishing: %s %s", step.__name__, pk)
        if page:
            words = _("“%(title)s” gagal tayang atau turun sesuai jadwal. Buka halamannya, lalu kerjakan sendiri.")
            _tell(page, words, key)


def _page_of(revision_pk: int) -> Page | None:
    """The plain page, for its own model may be what fails; None when somebody has just deleted it."""
    pk = Revision.objects.filter(pk=revision_pk).values_list("object_id", flat=True).first()
    return Page.objects.filter(pk=pk).first()


def _put_up(pk: int, now: datetime) -> None:
    revision = Revision.objects.select_for_update(of=("self",)).get(pk=pk)
    promised = revision.approved_go_live_at
    if promised is None or promised > now:
        return  # another worker was quicker, or somebody has just moved it
    revision.publish(log_action="wagtail.publish.scheduled")
    page = _page_of(pk)
    if page and page.live and now - promised > LATE:
        words = _("“%(title)s” tayang terlambat: dijadwalkan %(moment)s. Periksa pekerja latar.")
        _tell(page, words, f"publish-late-{page.pk}", moment=long_moment(promised))


def _take_off(pk: int, now: datetime) -> None:
    page = Page.objects.select_for_update().get(pk=pk)
    if page.live and page.expire_at and page.expire_at < now:
        page.specific.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")


def _tell(page: Page, words: str, key: str, **values: str) -> None:
    notices.tell(
        Role.COMMUNICATIONS,
        words % {"title": page.title, **values},
        key=key,
        url=reverse("wagtailadmin_pages:edit", args=[page.pk]),
        level=Notice.Level.WARNING,
    )
