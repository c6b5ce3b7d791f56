"""Who may do what with broadcasts."""

from typing import Any


def can_download(user: Any) -> bool:
    return bool(user) and user.has_perm("radio_schedule.download_broadcast")


def can_read_reasons(user: Any) -> bool:
    """Why something is not fit for air is the office's business, not the station's."""
    return can_download(user) and user.has_perm("media_assets.view_recording")
