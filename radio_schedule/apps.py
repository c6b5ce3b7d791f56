"""The app as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RadioScheduleConfig(AppConfig):
    name = "radio_schedule"
    label = "radio_schedule"
    verbose_name = _("Siaran")
