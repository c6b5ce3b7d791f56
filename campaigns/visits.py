"""An arrival at a code: what stands behind it now, who came, and one row that counts it. No address is kept."""

import logging
import re
import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db import DatabaseError, connection
from django.http import HttpRequest
from django.utils import timezone

from campaigns import agents, codes
from campaigns.models import Listen, Scan

COOKIE = "hari"  # the token lives until midnight and says nothing but "the same device, today"
_TOKEN = re.compile(r"[A-Za-z0-9_-]{22}")
_log = logging.getLogger(__name__)


class Found(NamedTuple):
    """What decides which page a visitor sees, and so the key under which it is kept ready."""

    code: str
    page_id: int
    state: str
    generation: int


@dataclass(frozen=True)
class Visitor:
    kind: str
    device: str
    day: date
    is_new: bool


_ASK = """
SELECT c.code, c.page_id, c.state, COALESCE(g.value, 0)
FROM campaigns_code c LEFT JOIN office_generation g ON g.id = 1
WHERE c.code = %s
"""


def find(typed: str) -> Found | None:
    """One query, and none for what cannot be a code."""
    code = codes.read(typed)
    if not codes.is_plain(code):
        return None
    with connection.cursor() as cursor:
        cursor.execute(_ASK, [code])
        row = cursor.fetchone()
    return Found(*row) if row else None


def meet(request: HttpRequest) -> Visitor:
    """Machines and pages loaded ahead get no token; a shared link never counts as a scan of the paper."""
    day = timezone.localdate()
    if agents.is_bot(request.headers):
        return Visitor(Scan.Kind.BOT, "", day, False)
    if request.method == "HEAD" or agents.is_loading_ahead(request.headers):
        return Visitor(Scan.Kind.PREFETCH, "", day, False)
    kind = Scan.Kind.SHARE if request.GET.get("dari") == "bagi" else Scan.Kind.SCAN
    device = token(request)
    return Visitor(kind, device or secrets.token_urlsafe(16), day, not device)


def token(request: HttpRequest) -> str:
    device = request.COOKIES.get(COOKIE, "")
    return device if _TOKEN.fullmatch(device) else ""


def count(visitor: Visitor, found: Found | None, typed: str = "") -> None:
    """One INSERT, committed before the page is sent. Should it fail, the visitor still gets the page."""
    try:
        Scan.objects.create(
            code_id=found.code if found else None,
            typed="" if found else printable(typed),
            kind=visitor.kind,
            state=found.state if found else "",
            device=visitor.device,
            day=visitor.day,
        )
    except DatabaseError:
        _log.exception("A scan was not counted.")


def printable(typed: str) -> str:
    """At most 40 characters, without NUL and other signs that no database or screen wants."""
    return "".join(sign for sign in typed[:200] if sign.isprintable()).strip()[:40]


def until_midnight(now: datetime) -> int:
    """Seconds to the end of the local day."""
    local = timezone.localtime(now)
    midnight = (local + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    return max(1, round((midnight - local).total_seconds()))


def tell(request: HttpRequest, typed: str, event: str) -> bool:
    """What the page's beacon says: once per device, code, day and event, and only of who came by this code today.

    Whoever repeats or forges a call therefore adds nothing; no other limit is needed.
    """
    code, device, day = codes.read(typed), token(request), timezone.localdate()
    if event not in Listen.Event.values or not device or not codes.is_plain(code):
        return False
    if not Scan.objects.by_visitors().filter(code=code, device=device, day=day).exists():
        return False
    Listen.objects.bulk_create([Listen(code_id=code, event=event, device=device, day=day)], ignore_conflicts=True)
    return True
