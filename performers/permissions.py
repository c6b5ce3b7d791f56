"""Who may do what with people's consents."""

from typing import Any


def can_read_consents(user: Any) -> bool:
    return bool(user) and user.has_perm("performers.view_consent")


def can_keep_consents(user: Any) -> bool:
    """Record one, withdraw one, and open the signed form, which only they need to see."""
    return bool(user) and user.has_perm("performers.add_consent")
