"""The desk's two screens on time: which stretches of a take are sung, and when each line begins."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from media_assets import (
    following,
    line_table,
    line_timing,
    permissions,
    recipes,
    recording_desk,
    segment_table,
    segmenting,
    suggesting,
    waveform,
)
from media_assets.models import LyricTiming, Master, Recording, Rendition, Timeline
from media_assets.segments import Grade


@require_http_methods(["GET", "HEAD", "POST"])
@recording_desk.only(permissions.can_change_recording)
def edit_segments(request: HttpRequest, pk: int) -> HttpResponseBase:
    recording, master = _take(pk)
    if master is None:
        return _without_file(request, recording)
    newest = Timeline.objects.newest_of(master)
    if request.method != "POST":
        rows = segment_table.of(newest.segments if newest else [], master)
        return _segments(request, recording, master, newest, rows)
    rows, refused = segment_table.read(request.POST, master), []
    if "check" not in request.POST and not any(row.is_wrong for row in rows):
        try:
            stretches = [row.stretch for row in rows if row.stretch]
            segmenting.save(master, stretches, based_on=_based_on(request), by=request.user)
            messages.success(request, _saved(rows))
            return redirect("recordings:segments", pk)
        except ValidationError as refusal:
            refused, newest = refusal.messages, Timeline.objects.newest_of(master)
    return _segments(request, recording, master, newest, rows, refused=refused)


def _saved(rows: list[segment_table.Row]) -> str:
    count = sum(problem.grade == Grade.WARNING for row in rows for problem in row.problems)
    if not count:
        return _("Garis waktu tersimpan.")
    text = ngettext(
        "Garis waktu tersimpan. %(count)d hal perlu Anda lihat di bawah.",
        "Garis waktu tersimpan. %(count)d hal perlu Anda lihat di bawah.",
        count,
    )
    return text % {"count": count}


def _segments(
    request: HttpRequest,
    recording: Recording,
    master: Master,
    newest: Timeline | None,
    rows: list[segment_table.Row],
    refused: list[str] | None = None,
) -> HttpResponseBase:
    wrong = bool(refused) or any(row.is_wrong for row in rows)
    context = recording_desk.page(
        title=_("Garis waktu"),
        recording=recording,
        newest=newest,
        rows=rows,
        spare=range(segment_table.SPARE),
        places=list(segment_table.places(recording.words["parts"])),
        shapes=segment_table.shapes(rows, master.duration),
        refused=refused or [],
        is_wrong=wrong,
        history=Timeline.objects.of_recording(recording),
    )
    status = 422 if wrong and request.method == "POST" else 200
    context |= _playing(request, recording, master)
    return render(request, "media_assets/recordings/segments.html", context, status=status)


@require_POST
@recording_desk.only(permissions.can_change_recording)
def suggest_segments(request: HttpRequest, pk: int) -> HttpResponseBase:
    _recording, master = _take(pk)
    if master:
        suggesting.ask(master, by=request.user)
        messages.success(request, _("Usulan sedang dibuat. Muat ulang halaman ini kira-kira semenit lagi."))
    return redirect("recordings:segments", pk)


@require_POST
@recording_desk.only(permissions.can_change_recording)
def restore_segments(request: HttpRequest, pk: int, version: int) -> HttpResponseBase:
    recording, master = _take(pk)
    old = get_object_or_404(Timeline.objects.of_recording(recording), pk=version)
    try:
        if master:
            segmenting.restore(master, old, based_on=_based_on(request), by=request.user)
            messages.success(request, _("Versi lama dipakai lagi, sebagai versi terbaru."))
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    return redirect("recordings:segments", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@recording_desk.only(permissions.can_change_recording)
def edit_lines(request: HttpRequest, pk: int) -> HttpResponseBase:
    recording, master = _take(pk)
    if master is None:
        return _without_file(request, recording)
    newest, refused = LyricTiming.objects.newest_of(master), []
    if request.method == "POST":
        rows = line_table.read(request.POST, recording)
        if not any(row.problem for row in rows):
            marks = {row.uid: row.seconds for row in rows if row.seconds is not None}
            try:
                line_timing.save(master, marks, based_on=_based_on(request), by=request.user)
                messages.success(request, _("Waktu lirik tersimpan."))
                return redirect("recordings:lines", pk)
            except ValidationError as refusal:
                refused, newest = refusal.messages, LyricTiming.objects.newest_of(master)
    else:
        rows = line_table.of(following.standing(recording, newest) if newest else {}, recording)
    context = recording_desk.page(
        title=_("Waktu lirik"),
        recording=recording,
        newest=newest,
        rows=rows,
        refused=refused,
        is_wrong=bool(refused) or any(row.problem for row in rows),
        other_words=bool(newest) and newest.digest != recording.digest,
        history=LyricTiming.objects.of_recording(recording),
        files=_files(recording, master) if newest else [],
    )
    status = 422 if context["is_wrong"] else 200
    context |= _playing(request, recording, master)
    return render(request, "media_assets/recordings/lines.html", context, status=status)


@require_POST
@recording_desk.only(permissions.can_change_recording)
def restore_lines(request: HttpRequest, pk: int, version: int) -> HttpResponseBase:
    recording, master = _take(pk)
    old = get_object_or_404(LyricTiming.objects.of_recording(recording), pk=version)
    try:
        if master:
            line_timing.restore(master, old, based_on=_based_on(request), by=request.user)
            messages.success(request, _("Versi lama dipakai lagi, sebagai versi terbaru."))
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    return redirect("recordings:lines", pk)


def _take(pk: int) -> tuple[Recording, Master | None]:
    recording = get_object_or_404(Recording.objects.listed(), pk=pk)
    master = recording.master
    if master:
        master.recording = recording
    return recording, master


def _without_file(request: HttpRequest, recording: Recording) -> HttpResponseBase:
    messages.error(request, _("Rekaman ini belum punya berkas. Unggah berkasnya dulu."))
    return redirect("recordings:detail", recording.pk)


def _based_on(request: HttpRequest) -> int:
    typed = request.POST.get("based_on", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else 0


def _files(recording: Recording, master: Master) -> list[tuple[str, str]]:
    """What players follow, once the take can be played."""
    if recipes.WEB not in {one.recipe for one in master.renditions.all() if one.state == Rendition.State.READY}:
        return []
    return [(name, reverse("sung_file", args=[recording.pk, name])) for name in following.FILES]


def _playing(request: HttpRequest, recording: Recording, master: Master) -> dict[str, Any]:
    """The file that every browser plays, else the master itself."""
    ready = (one for one in master.renditions.all() if one.state == Rendition.State.READY)
    web = next((one for one in ready if one.recipe == recipes.WEB), None)
    original = reverse("recordings:listen", args=[recording.pk, master.version])
    return {
        "recording": recording,
        "master": master,
        "sound": web.address if web else original if permissions.can_hear_master(request.user) else "",
        "wave": waveform.path(master.peaks),
    }
