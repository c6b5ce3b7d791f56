"""The demo's souvenir CD: its three songs, pressed by the worker as soon as their files are made."""

from typing import Any

from django.core.exceptions import ValidationError
from django_q.models import Schedule

from campaigns.models import CampaignPage
from cms.office.models import OfficeSettings
from media_assets import discs, pressing
from media_assets.models import Disc, DiscPressing, Recording

WAITING = "demo_disc"


def load(users: dict[str, Any], page: CampaignPage) -> Disc:
    staff = users["komunikasi"]
    disc = discs.create(
        "Kuyung Seko dan Kupek Ayu Bersenjang", by=staff, performer=OfficeSettings.load().short_name, campaign=page
    )
    for chosen in page.chosen_senjang.all():
        for recording in Recording.objects.filter(senjang=chosen.senjang_id):
            discs.add(disc, recording, by=staff)
    Schedule.objects.create(
        name=WAITING, func="cms.demo.disc.press", schedule_type=Schedule.MINUTES, minutes=1, repeats=-1
    )
    return disc


def press() -> None:
    """Every minute until an edition has been asked for: before that the songs' files are still being made."""
    disc = Disc.objects.order_by("pk").first()
    if disc and not DiscPressing.objects.filter(disc=disc).exists():
        try:
            pressing.press(disc, by=disc.created_by)
        except ValidationError:
            return
    Schedule.objects.filter(name=WAITING).delete()
