"""The public door to files: which may be had, by whom, and for how long a browser may keep them."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.files.storage import storages
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from campaigns.visits import until_midnight
from cms.office import generation, sending
from media_assets import fitness
from media_assets.models import Approval, Guide, Rendition, Word
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


@dataclass(frozen=True)
class _Song:
    """A ready file of this name; `ends` where what is allowed today is not allowed tomorrow."""

    recipe: str
    is_free: bool
    ends: bool


def song_cache(request: HttpRequest, name: str) -> str:
    """How long a rendition may be kept: not for ever, since an approval can be withdrawn; 404 if it is not for them."""
    songs = _songs(name, timezone.localdate(), generation.current())
    if any(can_fetch_rendition(AnonymousUser(), song.recipe, is_free=song.is_free) for song in songs):
        may_end_tonight = any(song.ends for song in songs)
        return f"public, max-age={until_midnight(timezone.now()) if may_end_tonight else DAY}"
    if any(can_fetch_rendition(request.user, song.recipe, is_free=song.is_free) for song in songs):
        return "private, no-cache"
    raise Http404


@lru_cache(maxsize=1024)
def _songs(name: str, day: date, number: int) -> tuple[_Song, ...]:
    """Kept as the visitor page is, by the day and the content generation, for a player asks for one file many times."""
    approved = Exists(Approval.objects.filter(digest=OuterRef("master__recording__digest")))
    guide = Exists(Guide.objects.filter(recording=OuterRef("master__recording"), council_only=True))
    songs = Rendition.objects.ready().filter(file=name).annotate(stands=approved & ~guide)
    return tuple(_song(file, day) for file in songs.select_related("master__recording"))


def _song(file: Any, day: date) -> _Song:
    """By council, authors and performers, on the channel that this kind of file is for."""
    channel = next((channel for channel, recipe in fitness.FILE_OF.items() if recipe == file.recipe), "web")
    case = fitness.Case(file.master.recording, day)
    tomorrow = day + timedelta(days=1)
    is_free = file.stands and case.is_allowed(channel, day)
    return _Song(file.recipe, is_free, is_free and not case.is_allowed(channel, tomorrow))
