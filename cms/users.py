"""Wagtail's users app with our screens in place of its own."""

from wagtail.users.apps import WagtailUsersAppConfig


class UsersConfig(WagtailUsersAppConfig):
    user_viewset = "cms.accounts.UserViewSet"
