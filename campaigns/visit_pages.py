"""Visitor pages, drawn once a content generation and kept ready in this process, compressed and fingerprinted."""

import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from campaigns import catalogue, contact, inlined
from campaigns.models import Code, LicencePage
from campaigns.visits import Found
from cms.office.notices import whatsapp_url

GONE = 410


@dataclass(frozen=True)
class Body:
    html: bytes
    gzipped: bytes
    etag: str
    status: int = 200


def pack(html: str, status: int = 200) -> Body:
    raw = html.encode()
    return Body(raw, gzip.compress(raw, 6, mtime=0), f'W/"{sha256(raw).hexdigest()[:20]}"', status)


@lru_cache(maxsize=512)
def ready(found: Found, day: date, language: str) -> Body:
    """What a code shows. The day is part of the key, since facts, campaigns and hours change with no write."""
    code = Code.objects.select_related("campaign", "page").get(pk=found.code)
    page = code.page.specific
    licences = LicencePage.objects.public().filter(pk__in=code.licences.values("pk"))
    licences = licences.led_by(getattr(page, "main_licences", []))
    words = frame(day, found.generation, licences=licences, url=code.path, code=code)
    if code.state != Code.State.ACTIVE:
        status = GONE if code.state == Code.State.RETIRED else 200
        return pack(render_to_string("campaigns/visit_closed.html", words | {"page": page}), status)
    draw = getattr(page, "visit_context", None)
    own = draw(day, code) if draw else None
    if own:
        return pack(render_to_string(own["template"], words | own | share(own["heading"], code.path)))
    is_open = page.live and draw is None
    return pack(render_to_string("campaigns/visit_plain.html", words | {"page": page, "page_is_open": is_open}))


def frame(day: date, number: int, *, licences: Any, url: str, code: Code | None = None) -> dict[str, Any]:
    """What every visitor page says, whatever it shows: licence needs, the office, the readable address."""
    office = contact.on(day, number, get_language() or "")
    address = settings.PUBLIC_BASE_URL + url
    campaign = code.campaign if code else None
    return {
        "day": day,
        "code": code,
        "campaign": campaign if campaign and campaign.live else None,  # a draft is named to nobody
        "campaign_has_ended": bool(campaign and campaign.ends < day),
        "needs": [
            {"licence": needs, "ask_url": office.ask_url(needs.title, needs.whatsapp)}
            for needs in catalogue.needs(licences, day)
        ],
        "office": office,
        "address": address.partition("://")[2],
        "report_url": office.tell_url(_("Saya menemukan stiker yang mencurigakan pada kode %s.") % code.pk)
        if code
        else "",
        "mascots": inlined.mascots(),
        "style": inlined.STYLE,
        "script": inlined.SCRIPT,
        "begin": inlined.BEGIN,
    }


def share(title: str, url: str) -> dict[str, str]:
    """The link that passes the page on, with the words that go with it."""
    address = f"{settings.PUBLIC_BASE_URL}{url}?dari=bagi"
    text = _("Dengarkan senjang “%(title)s”: %(address)s") % {"title": title, "address": address}
    return {"share_url": whatsapp_url(text)}


@inlined.allowed
def respond(request: HttpRequest, body: Body) -> HttpResponse:
    """The body as this browser takes it: compressed where it may be, and not at all where it has it already.

    Every arrival asks again, so that it is counted, and an unchanged page costs no bytes.
    """
    if body.status == 200 and body.etag in request.headers.get("If-None-Match", ""):
        response = HttpResponse(status=304)
    elif _takes_gzip(request.headers):
        response = HttpResponse(body.gzipped, status=body.status, headers={"Content-Encoding": "gzip"})
    else:
        response = HttpResponse(body.html, status=body.status)
    response["ETag"] = body.etag
    response["Cache-Control"] = "private, no-cache"
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def _takes_gzip(headers: Mapping[str, str]) -> bool:
    return "gzip" in headers.get("Accept-Encoding", "") and "gzip;q=0" not in headers.get("Accept-Encoding", "")
