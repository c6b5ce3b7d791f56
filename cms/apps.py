"""The app as Django knows it."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class CmsConfig(AppConfig):
    name = "cms"
    label = "cms"
    verbose_name = _("Bersenjang")

    def ready(self) -> None:
        post_migrate.connect(set_up, sender=self, dispatch_uid="set-up-site")


def set_up(**kwargs: object) -> None:
    """After every migration: all permissions exist, so the tree can be planted and the roles filled."""
    from django.apps import apps
    from django.contrib.auth.management import create_permissions

    from cms import roles, schedules, tree

    for config in apps.get_app_configs():
        create_permissions(config, verbosity=0)
    tree.plant()
    roles.sync()
    schedules.sync()
