"""The station's pages."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cms.office import sending
from media_assets.models import Recording
from media_assets.models.recordings import public_storage
from radio_schedule import lineup, permissions
from radio_schedule.models import Station


@require_safe
@never_cache
@login_required
def today(request: HttpRequest) -> HttpResponse:
    if not permissions.can_download(request.user):
        raise PermissionDenied
    day = timezone.localdate()
    fit, unfit = lineup.on(day)
    words: dict[str, Any] = {"day": day, "fit": fit, "station": Station.objects.first()}
    if not fit:
        words["nothing"] = lineup.nothing_to_air(unfit)
    if permissions.can_read_reasons(request.user):
        words["unfit"] = unfit
    return render(request, "radio_schedule/today.html", words)


@require_safe
@login_required
def file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The broadcast file, in pieces if asked so."""
    recording = get_object_or_404(Recording.objects.select_related("senjang"), pk=pk)
    try:
        rendition = lineup.file_for(recording, timezone.localdate(), by=request.user)
    except ValidationError as refusal:
        for sentence in refusal.messages:
            messages.error(request, sentence)
        return redirect("siaran")
    return sending.send(
        request,
        public_storage(),
        str(rendition.file.name),
        content_type="audio/wav",
        save_as=lineup.file_name(recording),
    )
