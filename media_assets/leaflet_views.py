"""The desk for leaflets: every code that leads to a public senjang, and its PDF."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db.models import Count, QuerySet
from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.widgets import Button
from wagtail.models import Page

from campaigns.models import Code
from cms.office.desks import Desk, Listing, menu_item_for
from cms.office.pdf import PdfError
from media_assets import leaflets, permissions
from media_assets.models import SenjangPage


class OpenColumn(Column):
    cell_template_name = "media_assets/leaflets/open.html"


class IndexView(Listing):
    model = Code
    page_title = _("Leaflet")
    header_icon = "doc-full"
    index_url_name = "leaflets:index"
    index_results_url_name = "leaflets:index_results"
    results_template_name = "media_assets/leaflets/index_results.html"
    default_ordering = "page__title"
    search_fields = ["code", "label", "page__title"]

    @cached_property
    def columns(self) -> list[Column]:
        return [
            TitleColumn(
                "page", label=_("Senjang"), accessor="page.title", url_name="leaflets:pdf", sort_key="page__title"
            ),
            Column("code", label=_("Kode"), sort_key="code"),
            Column("label", label=_("Tempat"), sort_key="label"),
            Column("services", label=_("Layanan"), sort_key="services"),
            OpenColumn("open", label=_("Cetak")),
        ]

    def get_base_queryset(self) -> QuerySet[Code]:
        songs = SenjangPage.objects.public()
        return (
            Code.objects.active()
            .filter(page__in=songs.values("pk"))
            .select_related("page")
            .annotate(services=Count("licences"))
        )


@require_safe
def of_code(request: HttpRequest, pk: str) -> HttpResponseBase:
    code = get_object_or_404(Code.objects.select_related("page"), pk=pk)
    try:
        senjang = SenjangPage.objects.get(pk=code.page_id)
    except ObjectDoesNotExist:
        raise Http404 from None
    return _answer(request, senjang, code)


@require_safe
def of_senjang(request: HttpRequest, pk: int) -> HttpResponseBase:
    """With the newest active code; `?draf` marks it as a draft and shows the newest text."""
    senjang = get_object_or_404(SenjangPage, pk=pk)
    code = Code.objects.active().filter(page=senjang).first()
    return _answer(request, senjang, code, draft="draf" in request.GET)


def _answer(request: HttpRequest, senjang: SenjangPage, code: Code | None, *, draft: bool = False) -> HttpResponseBase:
    try:
        file = leaflets.render(senjang, code, by=request.user, draft=draft)
    except ValidationError as refusal:
        for sentence in refusal.messages:
            messages.error(request, sentence)
        return redirect("leaflets:index")
    except PdfError as refusal:
        messages.error(request, str(refusal))
        return redirect("leaflets:index")
    name = leaflets.file_name(senjang, code, draft=draft)
    return FileResponse(BytesIO(file), content_type="application/pdf", filename=name)


def buttons(page: Page, user: Any) -> Iterator[Button]:
    """For a senjang's menus: its leaflet, or its draft while the words are not public. No query a row."""
    if not isinstance(page, SenjangPage) or not permissions.can_print_leaflet(user):
        return
    address = reverse("leaflets:senjang", args=[page.pk])
    if page.is_public:
        yield Button(_("Leaflet (PDF)"), url=address, icon_name="doc-full", priority=55)
    else:
        yield Button(_("Leaflet draf (PDF)"), url=f"{address}?draf", icon_name="doc-full", priority=55)


class LeafletViewSet(Desk):
    name = "leaflets"
    url_prefix = "leaflet"
    icon = "doc-full"
    menu_label = _("Leaflet")
    menu_name = "leaflet"
    add_to_admin_menu = True
    index_view_class = IndexView
    menu_item_class = menu_item_for(permissions.can_print_leaflet)

    def get_urlpatterns(self) -> list[Any]:
        return [
            *super().get_urlpatterns(),
            path("senjang/<row:pk>/", of_senjang, name="senjang"),
            path("<printed:pk>/", of_code, name="pdf"),
        ]
