"""The page that lists every senjang which may be shown today."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from cms.office.openness import OpenPage
from media_assets.models.senjang import SenjangPage


class SenjangIndexPage(OpenPage, Page):
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["media_assets.SenjangPage"]
    max_count = 1
    template = "media_assets/senjang_index.html"

    class Meta:
        verbose_name = _("daftar senjang")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from media_assets import songbook

        songs = songbook.cards(SenjangPage.objects.listed().order_by("title"))
        return super().get_context(request, *args, **kwargs) | {"songs": songs}
