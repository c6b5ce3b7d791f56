"""Wagtail's listings of licences and campaigns."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Choices
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import BaseColumn, Column
from wagtail.admin.ui.tables.pages import BulkActionsColumn, PageStatusColumn, PageTitleColumn
from wagtail.admin.views.pages.listing import IndexView
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.permissions import page_permission_policy

from campaigns.models import CampaignPage, LicencePage
from cms.office.exports import PlainExport
from cms.office.numbers import RowFilter

TITLE = [
    BulkActionsColumn("bulk_actions"),
    PageTitleColumn("title", label=_("Nama"), sort_key="title", classname="title"),
]
PUBLISHED = PageStatusColumn("status", label=_("Terbit"), sort_key="live", width="10%")


def choice_filter(label: Any, choices: type[Choices]) -> django_filters.ChoiceFilter:
    return django_filters.ChoiceFilter(
        label=label, choices=choices.choices, widget=forms.RadioSelect, empty_label=_("Semua")
    )


class LicenceFilters(WagtailFilterSet):
    kind = choice_filter(_("Jenis"), LicencePage.Kind)
    status = choice_filter(_("Status"), LicencePage.Status)
    sector = django_filters.AllValuesFilter(label=_("Sektor"), empty_label=_("Semua"))

    class Meta:
        model = LicencePage
        fields: list[str] = []


class PagesMenuItem(MenuItem):
    """Wagtail would show the list in everybody's menu, and then shut its door."""

    def is_shown(self, request: HttpRequest) -> bool:
        return page_permission_policy.user_has_any_permission(request.user, ["add", "change", "publish"])


class PageList(PlainExport, IndexView):
    pass


class LicenceListing(PageListingViewSet):
    index_view_class = PageList
    model = LicencePage
    name = "layanan"
    icon = "list-ul"
    menu_label = _("Katalog layanan")
    menu_item_class = PagesMenuItem
    ordering = "code"
    list_per_page = 50
    columns: list[BaseColumn] = [
        *TITLE,
        Column("code", label=_("Kode"), sort_key="code"),
        Column("kind", label=_("Jenis"), accessor="get_kind_display", sort_key="kind"),
        Column("sector", label=_("Sektor"), sort_key="sector"),
        Column("licence_status", label=_("Status"), accessor="get_status_display", sort_key="status"),
        PUBLISHED,
    ]
    filterset_class = LicenceFilters
    list_export = ["code", "title", "get_kind_display", "sector", "get_status_display", "get_risk_display", "oss_url"]
    export_headings = {
        "code": _("Kode"),
        "title": _("Nama"),
        "get_kind_display": _("Jenis"),
        "sector": _("Sektor"),
        "get_status_display": _("Status"),
        "get_risk_display": _("Risiko"),
        "oss_url": _("Alamat OSS"),
    }
    export_filename = "layanan"


class CampaignFilters(WagtailFilterSet):
    licences = RowFilter(
        label=_("Layanan"), queryset=lambda request: LicencePage.objects.public(), empty_label=_("Semua")
    )

    class Meta:
        model = CampaignPage
        fields: list[str] = []


class CampaignListing(PageListingViewSet):
    index_view_class = PageList
    model = CampaignPage
    name = "kampanye"
    icon = "date"
    menu_label = _("Kampanye")
    menu_item_class = PagesMenuItem
    menu_name = "kampanye"
    add_to_admin_menu = True
    ordering = "-starts"
    list_per_page = 50
    columns: list[BaseColumn] = [
        *TITLE,
        Column("starts", label=_("Mulai"), sort_key="starts"),
        Column("ends", label=_("Sampai"), sort_key="ends"),
        Column("budget_code", label=_("Kode DPA"), sort_key="budget_code"),
        PUBLISHED,
    ]
    filterset_class = CampaignFilters
    list_export = ["title", "goal", "starts", "ends", "budget_code"]
    export_filename = "kampanye"
