"""Room on the disk: how its end is known, what the sender of a file is then told, and no file stays without a row."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.files.storage import Storage
from django.db.models import QuerySet
from django.utils.translation import gettext as _


def is_full(error: OSError) -> bool:
    return error.errno in (errno.ENOSPC, errno.EDQUOT)


def was_short(request: Any) -> bool:
    """A file of this request was dropped because the disk is full."""
    return getattr(request, "_found_no_room", False)


def none_left() -> str:
    return _("Ruang simpan penuh, jadi tidak ada yang tersimpan. Hubungi administrator, lalu unggah lagi.")


@contextmanager
def kept_by(rows: QuerySet[Any], storage: Storage, name: str) -> Iterator[None]:
    """While the block writes the row of a stored file: if it fails and there is no such row, the file goes as well."""
    try:
        yield
    except BaseException:  # also when the process is told to stop, else the file stays and nothing names it
        if not rows.exists():  # a row that is committed keeps its file, whatever failed after that
            storage.delete(name)
        raise
