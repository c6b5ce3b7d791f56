"""The report on coverage: which licences are promoted where, and which nowhere."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies import ModelPermissionPolicy

from campaigns import coverage
from campaigns.licence_admin import choice_filter
from campaigns.models import LicenceFact, LicencePage
from campaigns.permissions import can_read_facts
from campaigns.promotion import CHANNELS
from cms.office.desks import menu_item_for
from cms.office.exports import PlainExport

PROMOTED = [("belum", _("Belum dikenalkan")), ("sudah", _("Sudah dikenalkan"))]


class CoverageFilters(WagtailFilterSet):
    promoted = django_filters.ChoiceFilter(
        label=_("Promosi"), method="by_promotion", choices=PROMOTED, widget=forms.RadioSelect, empty_label=_("Semua")
    )
    kind = choice_filter(_("Jenis"), LicencePage.Kind)
    status = choice_filter(_("Status"), LicencePage.Status)
    sector = django_filters.AllValuesFilter(label=_("Sektor"), empty_label=_("Semua"))

    class Meta:
        model = LicencePage
        fields: list[str] = []

    def by_promotion(self, licences: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return licences.filter(promoted=0) if value == "belum" else licences.filter(promoted__gt=0)


class CoverageReport(PlainExport, ReportView):
    model = LicencePage
    # read with the facts; a policy of pages would let every editor in and keep the head of office out
    permission_policy = ModelPermissionPolicy(LicenceFact)
    permission_required = "view"
    page_title = _("Cakupan promosi layanan")
    header_icon = "view"
    index_url_name = "coverage_report"
    index_results_url_name = "coverage_report_results"
    filterset_class = CoverageFilters
    default_ordering = "code"
    export_filename = "cakupan-promosi"
    paginate_by = 100

    @cached_property
    def columns(self) -> list[Column]:
        return [
            Column("code", label=_("Kode"), sort_key="code"),
            Column("title", label=_("Layanan"), sort_key="title"),
            Column("sector", label=_("Sektor"), sort_key="sector"),
            Column("status", label=_("Status"), accessor="get_status_display", sort_key="status"),
            *(
                Column(coverage.column(channel.key), label=channel.label, sort_key=coverage.column(channel.key))
                for channel in CHANNELS
            ),
            Column("promoted", label=_("Jumlah"), sort_key="promoted"),
        ]

    @cached_property
    def list_export(self) -> list[str]:
        return [column.accessor or column.name for column in self.columns]

    @cached_property
    def export_headings(self) -> dict[str, Any]:
        return {column.accessor or column.name: column.label for column in self.columns}

    def get_base_queryset(self) -> QuerySet[Any]:
        return coverage.matrix()


def menu_item() -> MenuItem:
    return menu_item_for(can_read_facts)(_("Cakupan promosi"), reverse("coverage_report"), icon_name="view", order=300)


def urls() -> list[URLPattern]:
    return [
        path("reports/cakupan/", CoverageReport.as_view(), name="coverage_report"),
        path("reports/cakupan/hasil/", CoverageReport.as_view(results_only=True), name="coverage_report_results"),
    ]
