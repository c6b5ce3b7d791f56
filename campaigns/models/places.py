"""The 15 kecamatan and 242 villages of Musi Banyuasin, by their Kemendagri codes."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kecamatan(models.Model):
    code = models.CharField(_("kode"), max_length=8, primary_key=True)
    name = models.CharField(_("nama"), max_length=60, unique=True)

    class Meta:
        verbose_name = _("kecamatan")
        verbose_name_plural = _("kecamatan")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class Village(models.Model):
    class Kind(models.TextChoices):
        KELURAHAN = "kelurahan", _("kelurahan")
        DESA = "desa", _("desa")

    code = models.CharField(_("kode"), max_length=13, primary_key=True)
    kecamatan = models.ForeignKey(Kecamatan, models.PROTECT, related_name="villages", verbose_name=_("kecamatan"))
    kind = models.CharField(_("jenis"), max_length=10, choices=Kind)
    name = models.CharField(_("nama"), max_length=80)

    class Meta:
        verbose_name = _("desa atau kelurahan")
        verbose_name_plural = _("desa dan kelurahan")
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.name}, {self.kecamatan.name}"
