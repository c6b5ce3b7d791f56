"""Sends files in pieces, as players want them: byte ranges, validators, and the cache that the caller allows.

For the local disk of a small office; where files live elsewhere, it leads to a signed address that dies within minutes.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import Storage
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils.http import http_date, parse_http_date_safe

PIECE = 64 * 1024


@dataclass(frozen=True)
class _Found:
    path: Path
    size: int
    modified: float
    etag: str


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
    except NotImplementedError:  # a storage that is not the disk knows no path
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
    return _hand_over(request, found, headers)


def _hand_over(request: HttpRequest, found: _Found, headers: dict[str, str]) -> HttpResponseBase:
    """The whole, or the piece that was asked for."""
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
