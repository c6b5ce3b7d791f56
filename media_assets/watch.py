"""A daily look for lyrics that are live in the database but that the gate keeps from visitors."""

from django.urls import reverse
from django.utils.translation import gettext as _

from cms.office import notices
from cms.office.models import Notice, Role
from media_assets.models import SenjangPage


def live_but_not_public() -> list[SenjangPage]:
    """Rows that came to be live past every form and use case; their page answers 404."""
    return [page for page in SenjangPage.objects.live() if not page.is_public]


def look() -> None:
    for page in live_but_not_public():
        notices.tell(
            Role.COMMUNICATIONS,
            _("“%(title)s” tercatat tayang, tetapi liriknya bukan yang disetujui Lembaga Adat, jadi tidak tampil.")
            % {"title": page.title},
            key=f"live-not-public-{page.pk}",
            url=reverse("wagtailadmin_pages:edit", args=[page.pk]),
            level=Notice.Level.WARNING,
        )
