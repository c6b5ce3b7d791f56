"""The guide recording's doors: the council hears it with the text it belongs to, staff choose it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cms.office import sending
from media_assets import guides, permissions, serving
from media_assets.models import Recording
from media_assets.models.recordings import public_storage
from media_assets.readers import Reader, council_page


@council_page
def listen(request: HttpRequest, reader: Reader, quality: str) -> HttpResponseBase:
    """Whoever reads the text hears its guide, and only that, until their seat ends."""
    rendition = guides.file_of(reader.submission, quality)
    if rendition is None or reader.has_left or request.method == "POST":
        raise Http404
    kind = serving.TYPES[str(rendition.file).rpartition(".")[2]]
    return sending.send(request, public_storage(), str(rendition.file), content_type=kind)


@require_POST
def choose(request: HttpRequest, pk: int) -> HttpResponseBase:
    if not permissions.can_change_recording(request.user):
        raise PermissionDenied
    recording = get_object_or_404(Recording.objects.select_related("senjang"), pk=pk)
    if request.POST.get("guide") == "no":
        guides.unmark(recording, by=request.user)
        messages.success(request, _("Rekaman ini bukan lagi panduan."))
    else:
        guides.mark(recording, by=request.user, council_only=request.POST.get("council_only") == "on")
        messages.success(request, _("Lembaga Adat sekarang mendengar rekaman ini sebagai panduan."))
    return redirect("recordings:detail", pk)
