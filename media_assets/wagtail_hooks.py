"""What media_assets adds to Wagtail's admin; each hook only hands over."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from wagtail import hooks
from wagtail.models import Page

from media_assets import (
    advice_views,
    council_viewsets,
    disc_views,
    gate,
    label_views,
    leaflet_views,
    recording_views,
    senjang_listing,
)


@hooks.register("before_publish_page")
def hold_back(request: HttpRequest, page: Page) -> HttpResponse | None:
    return gate.hold_back(request, page)


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def after_save(request: HttpRequest, page: Page) -> HttpResponse | None:
    return gate.after_save(request, page)


@hooks.register("after_publish_page")
def settle(request: HttpRequest, page: Page) -> None:
    gate.settle(request, page)


@hooks.register("before_create_page")
def submit_new_our_way(request: HttpRequest, parent: Page, page_class: type[Page]) -> None:
    gate.submit_our_way(request, page_class)


@hooks.register("before_edit_page")
def submit_our_way(request: HttpRequest, page: Page) -> None:
    gate.submit_our_way(request, type(page))


@hooks.register("before_edit_page")
def tell_of_lost_quotes(request: HttpRequest, page: Page) -> None:
    gate.tell_of_lost_quotes(request, page)


@hooks.register("construct_page_action_menu")
def offer_submission(items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    gate.offer_submission(items, request, context)


@hooks.register("register_admin_urls")
def form_advice() -> list[URLPattern]:
    return [path("saran-bentuk/<row:pk>/", advice_views.advice, name="form_advice")]


@hooks.register("register_admin_viewset")
def leaflets() -> Any:
    return leaflet_views.LeafletViewSet()


@hooks.register("register_page_listing_more_buttons")
def leaflet_in_listing(page: Page, user: Any, next_url: str | None = None) -> Any:
    return leaflet_views.buttons(page, user)


@hooks.register("register_page_header_buttons")
def leaflet_in_header(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Any:
    return leaflet_views.buttons(page, user)


@hooks.register("register_page_listing_more_buttons")
def labels_in_listing(page: Page, user: Any, next_url: str | None = None) -> Any:
    return label_views.buttons(page, user)


@hooks.register("register_page_header_buttons")
def labels_in_header(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Any:
    return label_views.buttons(page, user)


@hooks.register("register_admin_viewset")
def recordings() -> Any:
    return recording_views.RecordingViewSet()


@hooks.register("register_page_listing_more_buttons")
def recording_in_listing(page: Page, user: Any, next_url: str | None = None) -> Any:
    return recording_views.buttons(page, user)


@hooks.register("register_page_header_buttons")
def recording_in_header(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Any:
    return recording_views.buttons(page, user)


@hooks.register("register_admin_viewset")
def discs() -> Any:
    return disc_views.DiscViewSet()


@hooks.register("register_admin_viewset")
def senjang() -> Any:
    return senjang_listing.SenjangViewSet()


@hooks.register("register_admin_viewset")
def council() -> Any:
    return council_viewsets.CouncilGroup()
