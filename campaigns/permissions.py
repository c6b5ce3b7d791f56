"""Who may do what with licences, campaigns, codes and their figures."""

from typing import Any


def can_place(user: Any) -> bool:
    return user.has_perm("campaigns.add_code")


def can_change(user: Any) -> bool:
    return user.has_perm("campaigns.change_code")


def can_read_scans(user: Any) -> bool:
    return user.has_perm("campaigns.view_scan")


def can_record_facts(user: Any) -> bool:
    return user.has_perm("campaigns.add_licencefact")


def can_read_facts(user: Any) -> bool:
    return user.has_perm("campaigns.view_licencefact")


def can_import_licences(user: Any) -> bool:
    return user.has_perm("campaigns.import_licences")
