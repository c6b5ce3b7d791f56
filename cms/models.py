"""The pages that hold everything else: home and plain content pages."""

from datetime import datetime
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page

from cms.office.openness import OpenPage


class HomePage(OpenPage, Page):
    lead = RichTextField(_("pengantar"), blank=True, features=["bold", "italic", "link"])
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "campaigns.CampaignIndexPage",
        "campaigns.LicenceIndexPage",
        "media_assets.SenjangIndexPage",
        "cms.ContentPage",
    ]
    template = "cms/home.html"
    content_panels = [*Page.content_panels, FieldPanel("lead")]

    class Meta:
        verbose_name = _("beranda")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from cms.home import words

        return super().get_context(request, *args, **kwargs) | words()


class ContentPage(OpenPage, Page):
    body = RichTextField(_("isi"), features=["h2", "h3", "bold", "italic", "ol", "ul", "link", "hr"])
    parent_page_types = ["cms.HomePage"]
    subpage_types: list[str] = []
    template = "cms/content_page.html"
    content_panels = [*Page.content_panels, FieldPanel("body")]

    class Meta:
        verbose_name = _("halaman")


class HeartbeatQuerySet(models.QuerySet["Heartbeat"]):
    def beat(self, name: str, at: datetime) -> None:
        self.update_or_create(name=name, defaults={"at": at})


class Heartbeat(models.Model):
    """When a job that must not stand still last ran."""

    name = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField()

    objects = HeartbeatQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.name}: {self.at:%Y-%m-%d %H:%M}"
