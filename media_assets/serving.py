"""Sends files in pieces, as players want them: byte ranges, validators, and for hashed names a cache without end.

For the local disk of a small office; where files live elsewhere, the same door asks, then leads to a signed address
that dies within minutes.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import Storage, storages
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import http_date, parse_http_date_safe
from django.views.decorators.http import require_safe

from campaigns.visits import until_midnight
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
PIECE = 64 * 1024
DAY = 86_400  # seconds


@dataclass(frozen=True)
class _Found:
    path: Path
    size: int
    modified: float
    etag: str


@require_safe
def public(request: HttpRequest, name: str) -> HttpResponseBase:
    """A public file by its name in the public storage."""
    kind = TYPES.get(name.rpartition(".")[2].lower())
    if kind is None or "\0" in name or any(part.startswith(".") or not part for part in name.split("/")):
        raise Http404
    if name.startswith(SONGS):
        return send(request, public_storage(), name, content_type=kind, cache=_song_cache(request, name))
    if name.startswith(f"{WORDS}/"):
        return send(request, word_storage(), name, content_type=kind, cache=_word_cache(request, name))
    cache = "public, max-age=31536000, immutable" if HASHED.search(name) else "public, max-age=300"
    return send(request, storages["default"], name, content_type=kind, cache=cache)


def _word_cache(request: HttpRequest, name: str) -> str:
    """Of a word's sound: to visitors while the word is published, to staff always, else 404."""
    words = Word.objects.filter(audio=name)
    if words.published().exists():
        return "public, max-age=300"
    if can_keep_words(request.user) and words.exists():
        return "private, no-cache"
    raise Http404


def _song_cache(request: HttpRequest, name: str) -> str:
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


def send(
    request: HttpRequest,
    storage: Storage,
    name: str,
    *,
    content_type: str,
    cache: str = "private, no-store",
    save_as: str = "",
) -> HttpResponseBase:
    """A file of a storage; whoever calls has asked permission. Not on the disk: on to the storage's signed address."""
    disposition = {"Content-Disposition": f'attachment; filename="{save_as}"'} if save_as else {}
    try:
        found = _find(storage, name)
    except NotImplementedError:
        return _lead_on(request, storage, name, {"Content-Type": content_type} | disposition)
    headers = disposition | {
        "Accept-Ranges": "bytes",
        "Cache-Control": cache,
        "ETag": found.etag,
        "Last-Modified": http_date(found.modified),
    }
    if _is_known(request, found):
        return HttpResponse(status=304, headers=headers)
    headers["Content-Type"] = content_type
    if request.method == "HEAD":
        return HttpResponse(headers=headers | {"Content-Length": str(found.size)})
    wanted = _range(request, found)
    if wanted is None:
        return _stream(found, 0, found.size, status=200, headers=headers)
    start, end = wanted
    if start >= min(end, found.size):
        return HttpResponse(status=416, headers=headers | {"Content-Range": f"bytes */{found.size}"})
    headers["Content-Range"] = f"bytes {start}-{end - 1}/{found.size}"
    return _stream(found, start, end, status=206, headers=headers)


def _lead_on(request: HttpRequest, storage: Any, name: str, headers: dict[str, str]) -> HttpResponseBase:
    """To an S3 address that answers with these headers; it holds for this method only, so that HEAD needs its own."""
    if not storage.querystring_auth:  # nothing to ask, and S3 takes no wishes without a signature
        return redirect(storage.url(name))
    answer = {f"Response{header.replace('-', '')}": value for header, value in headers.items()}
    response = redirect(storage.url(name, parameters=answer, http_method=request.method))
    response["Cache-Control"] = "private, no-store"
    return response


def _find(storage: Storage, name: str) -> _Found:
    try:
        path = Path(storage.path(name))
        facts = path.stat()
    except (SuspiciousFileOperation, OSError, ValueError) as error:  # outside, absent, or no name at all
        raise Http404 from error
    if not path.is_file():
        raise Http404
    return _Found(path, facts.st_size, facts.st_mtime, f'"{facts.st_mtime_ns:x}-{facts.st_size:x}"')


def _is_known(request: HttpRequest, found: _Found) -> bool:
    """RFC 9110 §13: the browser has this very file already."""
    if tags := request.headers.get("If-None-Match"):
        return tags.strip() == "*" or found.etag in [tag.strip().removeprefix("W/") for tag in tags.split(",")]
    since = parse_http_date_safe(request.headers.get("If-Modified-Since", ""))
    return since is not None and int(found.modified) <= since


def _range(request: HttpRequest, found: _Found) -> tuple[int, int] | None:
    """The one range asked for as [start, end), or None for the whole: no range, several, a wrong one, a stale one."""
    asked = re.fullmatch(r"bytes=\s*(\d{0,18})-(\d{0,18})\s*", request.headers.get("Range", ""))
    if not asked or not any(asked.groups()):
        return None
    if (condition := request.headers.get("If-Range")) and condition not in (found.etag, http_date(found.modified)):
        return None
    first, last = asked.groups()
    if not first:
        return max(0, found.size - int(last)), found.size
    if last and int(last) < int(first):
        return None
    return int(first), min(int(last) + 1, found.size) if last else found.size


def _stream(found: _Found, start: int, end: int, *, status: int, headers: dict[str, str]) -> StreamingHttpResponse:
    headers = headers | {"Content-Length": str(end - start)}
    return StreamingHttpResponse(_pieces(found.path, start, end), status=status, headers=headers)


def _pieces(path: Path, start: int, end: int) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(start)
        while start < end and (piece := file.read(min(PIECE, end - start))):
            start += len(piece)
            yield piece
