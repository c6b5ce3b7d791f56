"""Whether this process lives (`/healthz`), and whether it can serve (`/readyz`): database, storage, worker."""

import logging
import uuid
from collections.abc import Callable
from datetime import timedelta

from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_q.models import Schedule

log = logging.getLogger(__name__)
OVERDUE = timedelta(minutes=3)  # the worker moves every schedule on within half a minute, however busy its hands are
REMEMBER = 5  # seconds, so that a stranger who reloads does not write to the storage each time


class NotReady(Exception):
    """In plain words, safe for anybody to read."""


def database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def storage() -> None:
    for name in ("default", "private"):
        content = uuid.uuid4().hex.encode()
        kept = storages[name].save(f"probe/{content.decode()}", ContentFile(content))
        try:
            with storages[name].open(kept) as file:
                if file.read() != content:
                    raise NotReady("what was written does not read back")
        finally:
            storages[name].delete(kept)


def worker() -> None:
    schedules = Schedule.objects.exclude(repeats=0)
    if not schedules.exists():
        raise NotReady("no schedule by which to see the worker")
    if schedules.filter(next_run__lt=timezone.now() - OVERDUE).exists():
        raise NotReady("a scheduled job is overdue")


CHECKS: dict[str, Callable[[], None]] = {"database": database, "storage": storage, "worker": worker}


def look(check: Callable[[], None]) -> str:
    try:
        check()
    except NotReady as why:
        return str(why)
    except Exception:  # whatever is broken, the answer names it and the log tells the rest
        log.exception("Not ready: %s", check.__name__)
        return "failed"
    return "ok"


@require_safe
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"ok": True})


@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    checks = cache.get("readyz")
    if checks is None:
        checks = {name: look(check) for name, check in CHECKS.items()}
        cache.set("readyz", checks, REMEMBER)
    ok = set(checks.values()) == {"ok"}
    return JsonResponse({"ok": ok, "checks": checks}, status=200 if ok else 503)
