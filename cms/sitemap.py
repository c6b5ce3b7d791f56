"""What search engines may find: live public pages, and of the senjang those that may be shown today."""

from typing import NamedTuple

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from media_assets.models import SenjangPage


class Entry(NamedTuple):
    address: str
    changed: str


def entries() -> list[Entry]:
    shown = SenjangPage.objects.shown_on(timezone.localdate()).values("pk")
    readable = ~Q(content_type__model="senjangpage") | Q(pk__in=shown)
    pages = Page.objects.live().public().filter(readable, depth__gt=1).order_by("path")
    found = [Entry(settings.PUBLIC_BASE_URL + (page.get_url() or "/"), _day(page)) for page in pages]
    return [*found, Entry(settings.PUBLIC_BASE_URL + reverse("kosakata"), "")]


def _day(page: Page) -> str:
    return f"{page.last_published_at:%Y-%m-%d}" if page.last_published_at else ""
