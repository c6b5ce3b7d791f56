"""Brings the data folder up to the code: database, example content, static files; quick when nothing changed."""

import hashlib
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from cms.demo import loading


def set_up(say: Callable[[str], None]) -> None:
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    if _is_behind():
        say(_("Menyiapkan basis data …"))
        call_command("migrate", verbosity=0, interactive=False)
    if not loading.is_loaded():
        say(_("Memuat isi contoh: 60 layanan, sembilan senjang, satu kampanye …"))
        loading.load()
    _collect_static(say)


def _is_behind() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _collect_static(say: Callable[[str], None]) -> None:
    """Once per set of files: the stamp beside them tells which set is there."""
    stamp, wanted = Path(settings.STATIC_ROOT) / ".stamp", _fingerprint()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    say(_("Mengumpulkan berkas tampilan …"))
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    stamp.write_text(wanted)


def _fingerprint() -> str:
    found = hashlib.sha256()
    for finder in get_finders():
        for path, storage in sorted(finder.list([]), key=lambda pair: pair[0]):
            facts = Path(storage.path(path)).stat()
            found.update(f"{path} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    return found.hexdigest()
