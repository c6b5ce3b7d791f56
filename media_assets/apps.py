"""The app as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MediaAssetsConfig(AppConfig):
    name = "media_assets"
    label = "media_assets"
    verbose_name = _("Senjang dan rekaman")

    def ready(self) -> None:
        from campaigns.promotion import CHANNELS, Channel
        from cms.office.papers import STANDINGS
        from media_assets import approval_sheet, uploads
        from media_assets.models import Ruling, SenjangPage

        uploads.folder()
        STANDINGS[Ruling._meta.label_lower] = approval_sheet.standing

        CHANNELS.append(Channel("senjang", _("Senjang"), SenjangPage.objects.public, "licence_links__licence"))
