"""The app as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OfficeConfig(AppConfig):
    name = "cms.office"
    label = "office"
    verbose_name = _("Kantor")

    def ready(self) -> None:
        import cms.office.generation  # noqa: F401  connects the signals that bump the generation
