"""The report on arrivals: by code, by kecamatan or by day; screen, CSV and XLSX show the same rows."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter, DateFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView
from wagtail.admin.widgets import AdminDateInput
from wagtail.permission_policies import ModelPermissionPolicy

from campaigns.models import Scan
from cms.office.exports import PlainExport

HEADINGS = {
    "name": _("Kode, kecamatan atau tanggal"),
    "raw": _("Pindaian"),
    "unique": _("Perangkat"),
    "shares": _("Dari tautan"),
    "plays": _("Mulai diputar"),
    "listens": _("Didengar 30 detik"),
    "bots": _("Robot, bukan orang"),
    "prefetches": _("Pratinjau, belum dibuka"),
}


class ScanFilterSet(WagtailFilterSet):
    per = ChoiceFilter(label=_("Menurut"), choices=Scan.Per.choices, empty_label=None, widget=forms.RadioSelect)
    since = DateFilter(label=_("Mulai tanggal"), widget=AdminDateInput)
    until = DateFilter(label=_("Sampai dengan tanggal"), widget=AdminDateInput)

    class Meta:
        model = Scan
        fields = ()


class RowPaginator(WagtailPaginator):
    """Counts the report's rows, each of many scans; Wagtail's would call them scans."""

    verbose_name = verbose_name_plural = _("baris")


class ScanReportView(PlainExport, ReportView):
    page_title = _("Pindaian")
    header_icon = "view"
    index_url_name = "scan_report"
    index_results_url_name = "scan_report_results"
    permission_policy = ModelPermissionPolicy(Scan)
    permission_required = "view"
    model = Scan
    filterset_class = ScanFilterSet
    list_export = tuple(HEADINGS)
    export_headings = HEADINGS
    is_searchable = False
    verbose_name_plural = _("baris")
    paginator_class = RowPaginator

    @property
    def columns(self) -> list[Column]:
        return [Column(name, label=label) for name, label in HEADINGS.items()]

    def filter_queryset(self, queryset: QuerySet[Scan]) -> Any:
        """A date that is none is named on the form and otherwise left out."""
        self.filters.is_valid()
        wanted = self.filters.form.cleaned_data
        return Scan.objects.figures(
            wanted.get("per") or Scan.Per.CODE, since=wanted.get("since"), until=wanted.get("until")
        )

    def get_filename(self) -> str:
        return "pindaian"
