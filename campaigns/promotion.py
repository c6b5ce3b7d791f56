"""What promotes a licence, channel by channel; apps to the right add theirs to `CHANNELS` when they are ready."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from campaigns.models import CampaignPage, Code, LicencePage


@dataclass(frozen=True)
class Channel:
    """`things()` is what promotes, `path` leads from a thing to its licences; `pages` have an address to show.

    `shown` leaves of some things those that a list may name on a day.
    """

    key: str
    label: str | Promise
    things: Callable[[], QuerySet[Any]]
    path: str
    pages: bool = True
    shown: Callable[[Any, date], QuerySet[Any]] = lambda things, day: things

    def count(self) -> Coalesce:
        """For an annotation of licences: how many things of this channel promote each."""
        mine = self.things().filter(**{self.path: OuterRef("pk")}).order_by()
        counted = mine.values(self.path).annotate(n=Count("pk", distinct=True)).values("n")
        return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


@dataclass(frozen=True)
class Promotion:
    channel: str | Promise
    title: str
    url: str


CHANNELS: list[Channel] = [
    Channel("kampanye", _("Kampanye"), CampaignPage.objects.public, "licences"),
    Channel("kode", _("Kode QR"), Code.objects.active, "licences", pages=False),
]


def public_pages(licence: LicencePage, day: date) -> list[Promotion]:
    """The public pages that promote this licence on a day; none where it is not kept yet."""
    if licence.pk is None:
        return []
    return [
        Promotion(channel.label, page.title, page.get_url() or "")
        for channel in CHANNELS
        if channel.pages
        for page in channel.shown(channel.things().filter(**{channel.path: licence.pk}), day).distinct()
    ]
