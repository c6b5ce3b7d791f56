"""The app as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MediaAssetsConfig(AppConfig):
    name = "media_assets"
    label = "media_assets"
    verbose_name = _("Senjang dan rekaman")

    def ready(self) -> None:
        from campaigns.promotion import CHANNELS, Channel
        from cms.office.models import Paper
        from cms.office.papers import DOORS, STANDINGS
        from media_assets import approval_sheet, repertoire, resting, sitting_sheet, uploads
        from media_assets.models import Ruling, SenjangPage, Submission
        from performers.works import REPERTOIRE, RESTS

        uploads.folder()
        STANDINGS[Ruling._meta.label_lower] = approval_sheet.standing
        STANDINGS[Submission._meta.label_lower] = sitting_sheet.standing
        DOORS[Paper.Kind.SITTING] = sitting_sheet.door
        REPERTOIRE.append(repertoire)
        RESTS.append(resting.taken_by)
        CHANNELS.append(
            Channel(
                "senjang",
                _("Senjang"),
                SenjangPage.objects.public,
                "licence_links__licence",
                shown=lambda songs, day: songs.shown_on(day),
            )
        )
