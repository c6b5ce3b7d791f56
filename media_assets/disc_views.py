"""The desk for discs: list, one disc with its songs, what speaks against an edition, the editions and their files."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST, require_safe
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn

from cms.office import sending, trail
from cms.office.desks import Desk, Listing, menu_item_for
from media_assets import cue_sheet, disc_contents, discs, permissions, pressing
from media_assets.disc_forms import FACTS, AddForm, DiscForm, TrackForm, places
from media_assets.models import Disc, DiscEdition
from media_assets.models.recordings import private_storage

View = Callable[..., HttpResponseBase]


def _for(allowed: Callable[[Any], bool]) -> Callable[[View], View]:
    """Only for those whom `allowed` lets; Wagtail turns the refusal into its own words."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not allowed(request.user):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return guard


class StateColumn(Column):
    cell_template_name = "media_assets/discs/state_cell.html"


class IndexView(Listing):
    model = Disc
    page_title = _("Cakram")
    header_icon = "bs-cakram"
    index_url_name = "discs:index"
    index_results_url_name = "discs:index_results"
    add_url_name = "discs:add"
    add_item_label = _("Susun cakram")
    results_template_name = "media_assets/discs/index_results.html"
    default_ordering = "-created_at"
    search_fields = ["title", "performer", "catalog"]

    @cached_property
    def columns(self) -> list[Column]:
        return [
            TitleColumn("title", label=_("Cakram"), url_name="discs:detail", sort_key="title"),
            Column("track_count", label=_("Lagu"), sort_key="track_count"),
            StateColumn("state", label=_("Edisi"), accessor="pressing"),
            DateColumn("created_at", label=_("Disusun"), sort_key="created_at"),
        ]

    def get_base_queryset(self) -> QuerySet[Disc]:
        return Disc.objects.listed()


@_for(permissions.can_change_disc)
def add(request: HttpRequest) -> HttpResponseBase:
    return _form(request, None, __("Susun cakram"))


@_for(permissions.can_change_disc)
def change(request: HttpRequest, pk: int) -> HttpResponseBase:
    disc = get_object_or_404(Disc, pk=pk)
    return _form(request, disc, __("Ubah keterangan “%(disc)s”") % {"disc": disc})


def _form(request: HttpRequest, disc: Disc | None, title: str) -> HttpResponseBase:
    form = DiscForm(request.POST if request.method == "POST" else None, initial=_facts(disc) if disc else None)
    if request.method == "POST" and form.is_valid() and (saved := form.save(disc, by=request.user)):
        messages.success(request, __("Keterangan cakram tersimpan."))
        return redirect("discs:detail", saved.pk)
    status = 422 if form.errors else 200
    return render(request, "media_assets/discs/form.html", _desk(form=form, disc=disc, title=title), status=status)


def _facts(disc: Disc) -> dict[str, Any]:
    return {name: getattr(disc, name) for name in FACTS}


@require_safe
@_for(permissions.can_see_discs)
def detail(request: HttpRequest, pk: int) -> HttpResponseBase:
    return _show(request, get_object_or_404(Disc, pk=pk))


@require_POST
@_for(permissions.can_change_disc)
def add_track(request: HttpRequest, pk: int) -> HttpResponseBase:
    disc = get_object_or_404(Disc, pk=pk)
    form = AddForm(disc, request.POST)
    if not form.is_valid():
        return _show(request, disc, add_form=form)
    try:
        track = discs.add(disc, form.cleaned_data["recording"], by=request.user)
        messages.success(request, __("Lagu “%s” ditambahkan.") % track.recording.words["title"])
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    return redirect("discs:detail", pk)


@require_POST
@_for(permissions.can_change_disc)
def arrange(request: HttpRequest, pk: int) -> HttpResponseBase:
    disc = get_object_or_404(Disc, pk=pk)
    rows = [TrackForm(track, request.POST) for track in disc.tracks.all()]
    if not all(row.is_valid() for row in rows):
        return _show(request, disc, rows=rows)
    try:
        wanted = places(rows, up=request.POST.get("up", ""), down=request.POST.get("down", ""))
        discs.arrange(disc, wanted, by=request.user)
        messages.success(request, __("Urutan lagu tersimpan."))
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return _show(request, disc, rows=rows)
    return redirect("discs:detail", pk)


@require_POST
@_for(permissions.can_press_disc)
def press(request: HttpRequest, pk: int) -> HttpResponseBase:
    try:
        pressing.press(get_object_or_404(Disc, pk=pk), by=request.user)
        messages.success(request, __("Edisi baru sedang dibuat. Anda boleh menutup halaman ini."))
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    return redirect("discs:detail", pk)


@require_GET
@_for(permissions.can_see_discs)
def state(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What changes while an edition is made, for the page that watches."""
    disc = get_object_or_404(Disc, pk=pk)
    html = render_to_string("media_assets/discs/editions.html", _made(request, disc), request)
    return JsonResponse({"busy": disc.pressings.in_work().exists(), "html": html})


@require_safe
@_for(permissions.can_fetch_edition)
def fetch(request: HttpRequest, pk: int, number: int) -> HttpResponseBase:
    """An edition's ZIP, in ranges where a download goes on after a break."""
    name = str(get_object_or_404(DiscEdition, disc=pk, number=number).file)
    save_as = name.rpartition("/")[2]
    return sending.send(request, private_storage(), name, content_type="application/zip", save_as=save_as)


def _show(
    request: HttpRequest, disc: Disc, *, rows: list[TrackForm] | None = None, add_form: AddForm | None = None
) -> HttpResponseBase:
    listed = disc_contents.entries(disc, timezone.localdate())
    forms = rows or [TrackForm(entry.track) for entry in listed]
    by_track = {form.track.pk: form for form in forms}
    context = {
        "rows": [(entry, by_track.get(entry.track.pk)) for entry in listed],
        "length": disc_contents.as_disc(disc, listed).length / cue_sheet.RATE,
        "flaws": disc_contents.flaws(disc, listed),
        "is_fit": not pressing.refusals(disc, listed),
        "twin": pressing.twin(disc, disc_contents.frozen(disc, listed)),
        "add_form": add_form or AddForm(disc),
        "may_change": permissions.can_change_disc(request.user),
        "may_press": permissions.can_press_disc(request.user),
        "history": trail.of(disc),
    }
    status = 422 if rows or add_form else 200
    page = _desk(title=disc.title, **context) | _made(request, disc)
    return render(request, "media_assets/discs/detail.html", page, status=status)


def _made(request: HttpRequest, disc: Disc) -> dict[str, Any]:
    return {
        "disc": disc,
        "pressing": disc.pressing,
        "editions": disc_contents.since(list(disc.editions.select_related("by")), timezone.localdate()),
        "may_fetch": permissions.can_fetch_edition(request.user),
    }


def _desk(*, title: Any, **context: Any) -> dict[str, Any]:
    crumbs = [
        {"url": reverse("wagtailadmin_home"), "label": __("Beranda")},
        {"url": reverse("discs:index"), "label": __("Cakram")},
        {"url": "", "label": title},
    ]
    return {"breadcrumbs_items": crumbs, "header_title": title, "header_icon": "bs-cakram"} | context


class DiscViewSet(Desk):
    name = "discs"
    url_prefix = "cakram"
    icon = "bs-cakram"
    menu_label = _("Cakram")
    menu_name = "cakram"
    add_to_admin_menu = True
    index_view_class = IndexView
    menu_item_class = menu_item_for(permissions.can_see_discs)

    def get_urlpatterns(self) -> list[Any]:
        return [
            *super().get_urlpatterns(),
            path("baru/", add, name="add"),
            path("<row:pk>/", detail, name="detail"),
            path("<row:pk>/ubah/", change, name="change"),
            path("<row:pk>/tambah/", add_track, name="add_track"),
            path("<row:pk>/urutan/", arrange, name="arrange"),
            path("<row:pk>/tekan/", press, name="press"),
            path("<row:pk>/keadaan/", state, name="state"),
            path("<row:pk>/edisi/<row:number>/", fetch, name="fetch"),
        ]
