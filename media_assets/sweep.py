"""Sweep what a kill left behind: files without a row, once they are old enough to belong to nobody at work."""

import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.core.files.storage import Storage
from django.utils import timezone

from media_assets import uploads
from media_assets.models import DiscEdition, LabelSetting, Master, Rendition, SignedSheet, Word
from media_assets.models.discs import FOLDER as DISCS
from media_assets.models.labels import VOICES
from media_assets.models.recordings import private_storage, public_storage
from media_assets.models.sittings import FOLDER as SCANS
from media_assets.models.words import FOLDER as WORDS
from media_assets.models.words import storage as word_storage
from media_assets.recordings import FOLDER, work_folder
from performers.models import FOLDER as FORMS
from performers.models import Consent

OLD = timedelta(days=2)


def sweep() -> int:
    """Remove stale temporary files, and sounds and scans that no row names; returns how many went."""
    limit = timezone.now() - OLD
    orphans = _orphans(private_storage(), FOLDER, set(Master.objects.values_list("file", flat=True)), limit)
    orphans += _orphans(private_storage(), SCANS, set(SignedSheet.objects.values_list("file", flat=True)), limit)
    orphans += _orphans(public_storage(), "suara", set(Rendition.objects.values_list("file", flat=True)), limit)
    voices = set(LabelSetting.objects.exclude(voice="").values_list("voice", flat=True))
    orphans += _orphans(private_storage(), VOICES, voices, limit)
    pressed = set(DiscEdition.objects.values_list("file", flat=True))
    orphans += _orphans(private_storage(), DISCS, pressed, limit)
    spoken = set(Word.objects.exclude(audio="").values_list("audio", flat=True))
    orphans += _orphans(word_storage(), WORDS, spoken, limit)
    forms = set(Consent.objects.values_list("file", flat=True))
    orphans += _orphans(private_storage(), FORMS, forms, limit)
    for storage, name in orphans:
        storage.delete(name)
    return len(orphans) + sum(_sweep_folder(folder, limit) for folder in (work_folder(), uploads.folder()))


def _orphans(storage: Storage, folder: str, named: set[str], limit: datetime) -> list[tuple[Storage, str]]:
    return [
        (storage, name)
        for name in _walk(storage, folder)
        if name not in named and storage.get_modified_time(name) < limit
    ]


def _walk(storage: Storage, folder: str) -> Iterator[str]:
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return
    yield from (f"{folder}/{name}" for name in files)
    for name in folders:
        yield from _walk(storage, f"{folder}/{name}")


def _sweep_folder(folder: Path, limit: datetime) -> int:
    stale = [path for path in folder.iterdir() if _touched(path) < limit.timestamp()]
    for path in stale:
        _remove(path)
    return len(stale)


def _touched(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:  # its job has just tidied up
        return float("inf")


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
