"""The desk for recordings: list, upload, and one recording with its files, its words and its older takes."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
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
from wagtail.admin.widgets import Button
from wagtail.models import Page

from cms.office import room, sending, trail
from cms.office.desks import Desk, Listing, menu_item_for
from media_assets import (
    checkup,
    fitness,
    guide_views,
    keeping,
    line_timing,
    permissions,
    recording_desk,
    recordings,
    renditions,
    serving,
    timeline_views,
    uploads,
    waveform,
)
from media_assets.models import Guide, Master, Recording, Rendition, SenjangPage
from media_assets.models.recordings import private_storage
from media_assets.recording_forms import ReplaceForm, UploadForm

_CONTAINERS = {"mp3": "mp3", "flac": "flac", "aac": "m4a", "alac": "m4a", "vorbis": "ogg", "opus": "opus"}


class StateColumn(Column):
    cell_template_name = "media_assets/recordings/state_cell.html"


class UseColumn(Column):
    cell_template_name = "media_assets/recordings/use_cell.html"


class LengthColumn(Column):
    cell_template_name = "media_assets/recordings/length_cell.html"


class IndexView(Listing):
    model = Recording
    page_title = _("Rekaman")
    header_icon = "media"
    index_url_name = "recordings:index"
    index_results_url_name = "recordings:index_results"
    add_url_name = "recordings:add"
    add_item_label = _("Unggah rekaman")
    results_template_name = "media_assets/recordings/index_results.html"
    default_ordering = "-created_at"
    search_fields = ["label", "senjang__title"]

    @cached_property
    def columns(self) -> list[Column]:
        return [
            TitleColumn("label", label=_("Rekaman"), url_name="recordings:detail", sort_key="label"),
            Column("senjang", label=_("Senjang"), accessor="senjang.title", sort_key="senjang__title"),
            LengthColumn("length", label=_("Durasi"), accessor="master.duration"),
            DateColumn("created_at", label=_("Diunggah"), sort_key="created_at"),
            StateColumn("state", label=_("Berkas"), accessor="master"),
            UseColumn("use", label=_("Dipakai"), accessor="code_count", sort_key="code_count"),
        ]

    def get_base_queryset(self) -> QuerySet[Recording]:
        return Recording.objects.listed()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        outdated = Rendition.objects.outdated().values("master").distinct().count()
        return super().get_context_data(**kwargs) | {"outdated": outdated}


@recording_desk.only(permissions.can_add_recording)
def add(request: HttpRequest) -> HttpResponseBase:
    if request.method != "POST":
        form = UploadForm(initial={"senjang": request.GET.get("senjang"), "guide": "panduan" in request.GET})
        return render(
            request, "media_assets/recordings/upload.html", recording_desk.page(form=form, title=__("Unggah rekaman"))
        )
    form = UploadForm(request.POST, request.FILES)
    recording = form.save(by=request.user) if _is_valid(request, form) else None
    return _answer(
        request, form, recording.pk if recording else None, __("Rekaman tersimpan; berkasnya sedang dibuat.")
    )


@recording_desk.only(permissions.can_change_recording)
def replace(request: HttpRequest, pk: int) -> HttpResponseBase:
    recording = get_object_or_404(Recording, pk=pk)
    title = __("Ganti berkas “%(label)s”") % {"label": recording.label}
    if request.method != "POST":
        return render(
            request, "media_assets/recordings/upload.html", recording_desk.page(form=ReplaceForm(), title=title)
        )
    form = ReplaceForm(request.POST, request.FILES)
    master = form.save(recording, by=request.user) if _is_valid(request, form) else None
    return _answer(
        request,
        form,
        recording.pk if master else None,
        __("Berkas baru tersimpan; yang lama tetap disimpan."),
        title=title,
    )


@require_safe
@recording_desk.only(permissions.can_see_recordings)
def detail(request: HttpRequest, pk: int) -> HttpResponseBase:
    recording = get_object_or_404(Recording.objects.listed(), pk=pk)
    return render(
        request,
        "media_assets/recordings/detail.html",
        recording_desk.page(title=recording.label, history=trail.of(recording)) | _files(request, recording),
    )


@require_GET
@recording_desk.only(permissions.can_see_recordings)
def state(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What changes while files are made, for the page that watches."""
    recording = get_object_or_404(Recording.objects.listed(), pk=pk)
    html = render_to_string("media_assets/recordings/files.html", _files(request, recording), request)
    return JsonResponse({"busy": bool(recording.master and recording.master.in_work), "html": html})


@require_safe
@recording_desk.only(permissions.can_hear_master)
def listen(request: HttpRequest, pk: int, version: int) -> HttpResponseBase:
    """A private master, as it was uploaded."""
    master = get_object_or_404(Master, recording=pk, version=version)
    kind = serving.TYPES[_CONTAINERS.get(master.codec, "wav")]
    return sending.send(request, private_storage(), str(master.file), content_type=kind)


@require_POST
@recording_desk.only(permissions.can_change_recording)
def retry(request: HttpRequest, pk: int, rendition: int) -> HttpResponseBase:
    try:
        renditions.retry(get_object_or_404(Rendition, pk=rendition, master__recording=pk), by=request.user)
        messages.success(request, __("Berkas yang gagal dibuat lagi."))
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    return redirect("recordings:detail", pk)


@require_POST
@recording_desk.only(permissions.can_change_recording)
def keep(request: HttpRequest, pk: int, version: int) -> HttpResponseBase:
    """Use a flawed take all the same."""
    master = get_object_or_404(Master, recording=pk, version=version)
    try:
        keeping.keep(master, reason=request.POST.get("reason", ""), by=request.user)
        messages.success(request, __("Tercatat. Radio dan CD boleh memakainya."))
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    return redirect("recordings:detail", pk)


@require_POST
@recording_desk.only(permissions.can_change_recording)
def choose_words(request: HttpRequest, pk: int) -> HttpResponseBase:
    recording = get_object_or_404(Recording, pk=pk)
    try:
        recordings.choose_words(
            recording, "latest" if request.POST.get("words") == "latest" else "approved", by=request.user
        )
        done = (__("Lirik yang dinyanyikan sudah ditetapkan."), line_timing.left_to_time(recording))
        messages.success(request, " ".join(filter(None, done)))
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    return redirect("recordings:detail", pk)


def _is_valid(request: HttpRequest, form: UploadForm | ReplaceForm) -> bool:
    valid = form.is_valid()
    if uploads.announces_too_much(request):
        reason = recordings.too_large()
    elif room.was_short(request):
        reason = room.none_left()
    else:
        return valid
    form.errors.pop("file", None)
    form.add_error("file", reason)
    return False


def _answer(request: HttpRequest, form: Any, pk: int | None, done: str, *, title: str = "") -> HttpResponseBase:
    """On to the recording, or back to the form; a script that shows progress gets the same as JSON."""
    scripted = request.headers.get("Accept") == "application/json"
    twin = form.twin and reverse("recordings:detail", args=[form.twin])
    if pk:
        messages.success(request, done)
        address = reverse("recordings:detail", args=[pk])
        return JsonResponse({"url": address}) if scripted else redirect(address)
    if scripted:
        return JsonResponse({"errors": form.errors, "twin": twin}, status=422)
    context = recording_desk.page(form=form, title=title or __("Unggah rekaman"), twin_url=twin)
    return render(request, "media_assets/recordings/upload.html", context, status=422)


def _files(request: HttpRequest, recording: Recording) -> dict[str, Any]:
    return {
        "recording": recording,
        "master": recording.master,
        "may_change": permissions.can_change_recording(request.user),
        "guide": Guide.objects.filter(recording=recording).first(),
        "may_hear": permissions.can_hear_master(request.user),
        "objections": _objections(recording),
        "wave": waveform.path(recording.master.peaks) if recording.master else "",
        **_checked(recording.master),
    }


def _checked(master: Master | None) -> dict[str, Any]:
    """What the check of the newest take found, and where in its picture."""
    if master is None or not master.checkup:
        return {"facts": None}
    return {
        "facts": master.checkup,
        "findings": checkup.findings(master.checkup),
        "is_whole": checkup.is_whole(master.checkup),
        "marks": checkup.marks(master.checkup, master.duration),
    }


def _objections(recording: Recording) -> list[tuple[Any, list[str]]]:
    """Where it may not be used today, and why."""
    case = fitness.Case(recording, timezone.localdate())
    told = [(name, case.objections(channel)) for channel, name in fitness.NAMES.items()]
    return [(name, reasons) for name, reasons in told if reasons]


def buttons(page: Page, user: Any) -> Iterator[Button]:
    """For a senjang's menus: take in a recording of it."""
    if isinstance(page, SenjangPage) and permissions.can_add_recording(user):
        address = f"{reverse('recordings:add')}?senjang={page.pk}"
        yield Button(_("Unggah rekaman"), url=address, icon_name="media", priority=50)


class RecordingViewSet(Desk):
    name = "recordings"
    url_prefix = "rekaman"
    icon = "media"
    menu_label = _("Rekaman")
    menu_name = "rekaman"
    add_to_admin_menu = True
    index_view_class = IndexView
    menu_item_class = menu_item_for(permissions.can_see_recordings)

    def get_urlpatterns(self) -> list[Any]:
        return [
            *super().get_urlpatterns(),
            path("unggah/", add, name="add"),
            path("<row:pk>/", detail, name="detail"),
            path("<row:pk>/keadaan/", state, name="state"),
            path("<row:pk>/ganti/", replace, name="replace"),
            path("<row:pk>/panduan/", guide_views.choose, name="guide"),
            path("<row:pk>/pakai/<row:version>/", keep, name="keep"),
            path("<row:pk>/lirik/", choose_words, name="choose_words"),
            path("<row:pk>/garis-waktu/", timeline_views.edit_segments, name="segments"),
            path("<row:pk>/garis-waktu/usulkan/", timeline_views.suggest_segments, name="suggest_segments"),
            path("<row:pk>/garis-waktu/<row:version>/", timeline_views.restore_segments, name="restore_segments"),
            path("<row:pk>/waktu-lirik/", timeline_views.edit_lines, name="lines"),
            path("<row:pk>/waktu-lirik/<row:version>/", timeline_views.restore_lines, name="restore_lines"),
            path("<row:pk>/coba-lagi/<row:rendition>/", retry, name="retry"),
            path("<row:pk>/dengar/<row:version>/", listen, name="listen"),
        ]
