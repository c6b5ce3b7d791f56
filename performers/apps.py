"""The app as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PerformersConfig(AppConfig):
    name = "performers"
    label = "performers"
    verbose_name = _("Penampil")
