"""What performers adds to Wagtail's admin."""

from typing import Any

from wagtail import hooks

from performers.viewsets import PeopleGroup


@hooks.register("register_admin_viewset")
def people() -> Any:
    return PeopleGroup()
