"""The words of the home page."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils import timezone

from campaigns import announcing, qr
from campaigns.models import CampaignPage, Code, LicencePage
from media_assets import songbook
from media_assets.models import CampaignSenjang, SenjangPage

SONGS = 3


@dataclass(frozen=True)
class Leaflet:
    """The leaflet as one finds it on a counter: its code, the code's picture and what it leads to."""

    code: str
    url: str
    address: str
    picture: str
    side: int
    title: str


def words() -> dict[str, Any]:
    """Keys: `campaign` a `CampaignCard` or None · `songs` list of `SongCard` · `leaflet` · `licences` how many."""
    today = timezone.localdate()
    campaign, shown = _campaign(today), SenjangPage.objects.shown_on(today)
    return {
        "campaign": announcing.cards([campaign], today)[0] if campaign else None,
        "songs": songbook.cards(_songs(campaign, shown)),
        "leaflet": leaflet(shown),
        "licences": LicencePage.objects.public().count(),
    }


def _campaign(day: date) -> CampaignPage | None:
    """The one that runs, else the one that comes next."""
    campaigns = CampaignPage.objects.live()
    ahead = campaigns.filter(starts__gt=day).order_by("starts")
    return campaigns.running_on(day).order_by("-starts", "title").first() or ahead.first()


def _songs(campaign: CampaignPage | None, shown: Any) -> Any:
    """The campaign's own first, then the newest."""
    chosen = CampaignSenjang.objects.filter(campaign=campaign, senjang=OuterRef("pk"))
    return shown.listed().annotate(chosen=Exists(chosen)).order_by("-chosen", "-first_published_at")[:SONGS]


def leaflet(shown: Any) -> Leaflet | None:
    """The newest leaflet code in use that leads to a senjang shown today: not even its title is told otherwise."""
    codes = Code.objects.active().filter(medium=Code.Medium.LEAFLET, page__in=shown)
    code = codes.select_related("page").first()
    if code is None:
        return None
    return Leaflet(
        code=code.pk,
        url=code.path,
        address=code.address.partition("://")[2],
        picture=qr.path(code.pk),
        side=qr.side(code.pk),
        title=code.page.title,
    )
