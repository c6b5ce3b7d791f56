"""What the site as a whole adds to Wagtail's admin; each hook only hands over."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import URLPattern, path
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.models import Page

from cms import accounts, admin_menu, dashboard, deleting, trail_report, views


@hooks.register("before_delete_page")
def refuse_deletion(request: HttpRequest, page: Page) -> HttpResponse | None:
    return deleting.refuse(request, page)


@hooks.register("before_bulk_action")
def refuse_bulk_deletion(
    request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any
) -> HttpResponse | None:
    return deleting.refuse_bulk(request, action_type, objects, action)


@hooks.register("before_edit_user")
def keep_superusers(request: HttpRequest, user: Any) -> None:
    accounts.guard_superusers(request, [user])


@hooks.register("before_bulk_action")
def keep_superusers_in_bulk(request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any) -> None:
    accounts.guard_superusers(request, objects)


@hooks.register("insert_global_admin_css")
def our_colours() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("cms/admin.css"))


@hooks.register("insert_global_admin_js")
def early_edits() -> str:
    return format_html('<script src="{}"></script>', static("cms/editor.js"))


@hooks.register("insert_editor_js")
def locked_fields() -> str:
    return format_html('<script src="{}"></script>', static("cms/locked.js"))


@hooks.register("register_icons")
def our_icons(icons: list[str]) -> list[str]:
    return [*icons, *admin_menu.ICONS]


@hooks.register("construct_main_menu", order=1000)
def arrange_menu(request: HttpRequest, items: list[Any]) -> None:
    admin_menu.arrange(request, items)


@hooks.register("construct_homepage_summary_items", order=1000)  # after those that add
def count_nothing(request: HttpRequest, items: list[Any]) -> None:
    items.clear()


@hooks.register("construct_homepage_panels", order=1000)
def first_page(request: HttpRequest, panels: list[Any]) -> None:
    panels[:] = dashboard.panels()


@hooks.register("register_admin_urls")
def notice_urls() -> list[URLPattern]:
    return [path("kabar/<int:pk>/selesai/", views.finish_notice, name="finish_notice")]


@hooks.register("register_admin_urls")
def trail_urls() -> list[URLPattern]:
    return trail_report.urls()


@hooks.register("register_reports_menu_item")
def trail_in_menu() -> MenuItem:
    return trail_report.menu_item()
