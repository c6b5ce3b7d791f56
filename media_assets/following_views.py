"""The files by which players follow a song (WebVTT, LRC): for everybody while its audio is, for staff always."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from media_assets import fitness, following, permissions, recipes, serving
from media_assets.models import Recording


@require_safe
def sung_file(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """One of `following.FILES`, of the take that the visitor's page plays, kept as long as its audio."""
    recording = get_object_or_404(Recording.objects.select_related("senjang"), pk=pk)
    case = fitness.Case(recording, timezone.localdate())
    playing = case.files.get(recipes.WEB)
    if playing is None or name not in following.FILES:
        raise Http404
    cache = serving.song_cache(request, str(playing.file))
    if case.objections("web"):
        if not permissions.can_see_recordings(request.user):
            raise Http404
        cache = "private, no-cache"
    if (found := following.of(recording, playing.master)) is None:
        raise Http404
    kind = following.TYPES[name.rpartition(".")[2]]
    text = following.file(name, recording, found)
    return HttpResponse(text, content_type=kind, headers={"Cache-Control": cache})
