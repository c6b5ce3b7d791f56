"""How a person with an account is called wherever the office reads who did it."""

from typing import Any


def of_account(user: Any) -> str:
    """The person's own name; the log-in name only where nobody has filled in another; "" without an account."""
    return str(user.get_full_name() or user.get_username()) if user else ""
