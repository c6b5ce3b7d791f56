"""Campaigns: why, when and where the office sings, and for which licences."""

from datetime import date
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Page, PageManager, PageQuerySet
from wagtail.search import index

from campaigns.forms import CampaignForm, SearchableCheckboxes
from campaigns.models.licences import LicencePage
from campaigns.models.places import Kecamatan
from cms.office import generation
from cms.office.openness import OpenPage


class CampaignIndexPage(OpenPage, Page):
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["campaigns.CampaignPage"]
    max_count = 1
    template = "campaigns/campaign_index.html"

    class Meta:
        verbose_name = _("daftar kampanye")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from campaigns.announcing import cards

        context = super().get_context(request, *args, **kwargs)
        return context | {"campaigns": cards(CampaignPage.objects.public(), timezone.localdate())}


class CampaignQuerySet(PageQuerySet):
    def public(self) -> Self:
        return self.live().order_by("-starts", "title")

    def running_on(self, day: date) -> Self:
        return self.filter(starts__lte=day, ends__gte=day)


class CampaignPage(OpenPage, Page):
    goal = models.TextField(_("tujuan"), max_length=1000)
    starts = models.DateField(_("mulai"))
    ends = models.DateField(_("sampai dengan"))
    licences = ParentalManyToManyField(LicencePage, related_name="campaigns", verbose_name=_("layanan yang dikenalkan"))
    kecamatan = ParentalManyToManyField(Kecamatan, blank=True, related_name="campaigns", verbose_name=_("kecamatan"))
    budget_code = models.CharField(_("kode DPA"), max_length=60, blank=True)

    objects = PageManager.from_queryset(CampaignQuerySet)()
    parent_page_types = ["campaigns.CampaignIndexPage"]
    subpage_types: list[str] = []
    template = "campaigns/campaign_page.html"
    base_form_class = CampaignForm
    # What the list sorts by, which Wagtail else refuses while it searches
    search_fields = [*Page.search_fields, *map(index.FilterField, ("starts", "ends", "budget_code"))]
    content_panels = [
        *Page.content_panels,
        FieldPanel("goal"),
        MultiFieldPanel([FieldRowPanel([FieldPanel("starts"), FieldPanel("ends")])], heading=_("Waktu")),
        FieldPanel("licences", widget=SearchableCheckboxes),
        InlinePanel("chosen_senjang", heading=_("Senjang"), label=_("Senjang")),
        FieldPanel("kecamatan", widget=CheckboxSelectMultiple),
        FieldPanel("budget_code"),
    ]

    class Meta:
        verbose_name = _("kampanye")
        verbose_name_plural = _("kampanye")
        constraints = [models.CheckConstraint(condition=Q(ends__gte=F("starts")), name="campaign_ends_after_start")]

    def clean(self) -> None:
        super().clean()
        if self.starts and self.ends and self.ends < self.starts:
            raise ValidationError({"ends": _("Kampanye berakhir sebelum mulai. Periksa kedua tanggal.")})

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from campaigns.announcing import announce

        return super().get_context(request, *args, **kwargs) | announce(self, timezone.localdate())


generation.watch(CampaignPage)
