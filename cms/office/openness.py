"""Every page of the site is for everyone: its codes, lists and leaflets know no audience in between."""

from typing import Any

from wagtail.models import PagePermissionTester


class OpenPagePermissionTester(PagePermissionTester):
    def can_set_view_restrictions(self) -> bool:
        return False


class OpenPage:
    """Before `Page` among a page's bases."""

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        return OpenPagePermissionTester(user, self)
