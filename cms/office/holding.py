"""Files that wait between a check and its confirmation: on private storage, never named by the client."""

import io
import secrets
from datetime import timedelta
from typing import Any, BinaryIO

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.utils import timezone

FOLDER = "menunggu"
LIFETIME = timedelta(days=1)


def keep(session: Any, slot: str, file: BinaryIO, name: str) -> None:
    """Hold one file a slot and session; what was held before, and what nobody came back for in a day, goes."""
    drop(session, slot)
    _sweep()
    path = storages["private"].save(f"{FOLDER}/{secrets.token_urlsafe(24)}", ContentFile(file.read()))
    session[slot] = {"path": path, "name": name[:200]}


def held(session: Any, slot: str) -> tuple[BinaryIO, str] | None:
    """The file and its name, or None where there is none (any more)."""
    note = session.get(slot)
    if not note or not storages["private"].exists(note["path"]):
        return None
    with storages["private"].open(note["path"]) as file:
        return io.BytesIO(file.read()), note["name"]


def drop(session: Any, slot: str) -> None:
    note = session.pop(slot, None)
    if note:
        storages["private"].delete(note["path"])


def _sweep() -> None:
    storage = storages["private"]
    if not storage.exists(FOLDER):
        return
    for name in storage.listdir(FOLDER)[1]:
        if storage.get_modified_time(f"{FOLDER}/{name}") < timezone.now() - LIFETIME:
            storage.delete(f"{FOLDER}/{name}")
