"""What campaigns adds to Wagtail's admin; each hook only hands over."""

from typing import Any

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from campaigns import code_views, coverage_report, permissions, scan_report
from campaigns.licence_admin import CampaignListing
from campaigns.licence_menu import LicenceGroup
from cms.office.desks import menu_item_for


@hooks.register("register_admin_viewset")
def codes() -> Any:
    return code_views.CodeViewSet()


@hooks.register("register_admin_urls")
def scan_report_urls() -> list[URLPattern]:
    view = scan_report.ScanReportView
    return [
        path("reports/pindaian/", view.as_view(), name="scan_report"),
        path("reports/pindaian/results/", view.as_view(results_only=True), name="scan_report_results"),
    ]


@hooks.register("register_reports_menu_item")
def scan_report_in_menu() -> MenuItem:
    item = menu_item_for(permissions.can_read_scans)
    return item(_("Pindaian"), reverse("scan_report"), name="pindaian", icon_name="view", order=100)


@hooks.register("register_admin_viewset")
def campaign_listing() -> Any:
    return CampaignListing()


@hooks.register("register_admin_viewset")
def licences() -> Any:
    return LicenceGroup()


@hooks.register("register_admin_urls")
def coverage_urls() -> list[URLPattern]:
    return coverage_report.urls()


@hooks.register("register_reports_menu_item")
def coverage_menu_item() -> Any:
    return coverage_report.menu_item()
