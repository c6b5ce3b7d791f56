"""Room on the disk: how its end is known, and what whoever sends a file is then told."""

import errno
from typing import Any

from django.utils.translation import gettext as _


def is_full(error: OSError) -> bool:
    return error.errno in (errno.ENOSPC, errno.EDQUOT)


def was_short(request: Any) -> bool:
    """A file of this request was dropped because the disk is full."""
    return getattr(request, "_found_no_room", False)


def none_left() -> str:
    return _("Ruang simpan penuh, jadi tidak ada yang tersimpan. Hubungi administrator, lalu unggah lagi.")
