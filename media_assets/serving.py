"""The public door to files: which may be had, by whom, and for how long a browser may keep them."""

import re

from django.contrib.auth.models import AnonymousUser
from django.core.files.storage import storages
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from campaigns.visits import until_midnight
from cms.office import sending
from media_assets import fitness, protocol
from media_assets.models import Approval, Guide, LabelSetting, Rendition, TakedownRequest, Word
from media_assets.models.recordings import public_storage
from media_assets.models.words import FOLDER as WORDS
from media_assets.models.words import storage as word_storage
from media_assets.permissions import can_fetch_rendition, can_keep_words

TYPES = {
    "mp3": "audio/mpeg",
    "opus": "audio/ogg",
    "ogg": "audio/ogg",
    "m4a": "audio/mp4",
    "flac": "audio/flac",
    "wav": "audio/wav",
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "avif": "image/avif",
    "gif": "image/gif",
}
HASHED = re.compile(r"(^|/)[0-9a-f]{16,64}/[^/]+$")  # the name changes with the content
SONGS = "suara/"
DAY = 86_400  # seconds


@require_safe
def public(request: HttpRequest, name: str) -> HttpResponseBase:
    """A public file by its name in the public storage."""
    kind = TYPES.get(name.rpartition(".")[2].lower())
    if kind is None or "\0" in name or any(part.startswith(".") or not part for part in name.split("/")):
        raise Http404
    if name.startswith(SONGS):
        return sending.send(request, public_storage(), name, content_type=kind, cache=song_cache(request, name))
    if name.startswith(f"{WORDS}/"):
        return sending.send(request, word_storage(), name, content_type=kind, cache=_word_cache(request, name))
    cache = "public, max-age=31536000, immutable" if HASHED.search(name) else "public, max-age=300"
    return sending.send(request, storages["default"], name, content_type=kind, cache=cache)


def _word_cache(request: HttpRequest, name: str) -> str:
    """Of a word's sound: to visitors while the word is published, to staff always, else 404."""
    words = Word.objects.filter(audio=name)
    if words.published().exists():
        return "public, max-age=300"
    if can_keep_words(request.user) and words.exists():
        return "private, no-cache"
    raise Http404


def song_cache(request: HttpRequest, name: str) -> str:
    """How long a rendition may be kept: not for ever, since an approval can be withdrawn; 404 if it is not for them."""
    approved = Exists(Approval.objects.filter(digest=OuterRef("master__recording__digest")))
    guide = Exists(Guide.objects.filter(recording=OuterRef("master__recording"), council_only=True))
    labelled = Exists(LabelSetting.objects.in_force().filter(senjang=OuterRef("master__recording__senjang")))
    held = Exists(TakedownRequest.objects.holding().filter(senjang=OuterRef("master__recording__senjang")))
    songs = Rendition.objects.ready().filter(file=name).annotate(stands=approved & ~guide)
    rows = list(songs.values_list("recipe", "master__recording__senjang", "stands", labelled, held))
    files = [
        (recipe, stands and (not (has_label or is_held) or _is_allowed(recipe, senjang)))
        for recipe, senjang, stands, has_label, is_held in rows
    ]
    if any(can_fetch_rendition(AnonymousUser(), recipe, is_free=free) for recipe, free in files):
        may_end_tonight = any(has_label for *_rest, has_label, _held in rows)  # a season does
        return f"public, max-age={until_midnight(timezone.now()) if may_end_tonight else DAY}"
    if any(can_fetch_rendition(request.user, recipe, is_free=free) for recipe, free in files):
        return "private, no-cache"
    raise Http404


def _is_allowed(recipe: str, senjang: int) -> bool:
    """By the council's labels, on the channel that this kind of file is for."""
    channel = next((channel for channel, name in fitness.FILE_OF.items() if name == recipe), "web")
    return bool(protocol.allows(fitness.standing_of(senjang), channel, timezone.localdate()))
