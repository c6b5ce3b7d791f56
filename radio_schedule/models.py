"""Radio stations; slots, orders and versions follow here."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Station(models.Model):
    name = models.CharField(_("nama"), max_length=80, unique=True)
    frequency = models.CharField(_("frekuensi"), max_length=20, blank=True)
    contact = models.CharField(_("kontak"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("stasiun radio")
        verbose_name_plural = _("stasiun radio")
        ordering = ["name"]
        permissions = [("download_broadcast", _("Mengunduh berkas siaran"))]

    def __str__(self) -> str:
        return self.name
