"""People: whoever writes, arranges, sings, plays or reviews is one Person, with an account or without."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.search import index

from campaigns.models import Kecamatan
from cms.office import generation


class Person(index.Indexed, models.Model):
    class Role(models.TextChoices):
        AUTHOR = "penulis", _("penulis")
        ARRANGER = "penggubah", _("penggubah")
        SINGER = "pesenjang", _("pesenjang")
        MUSICIAN = "pemusik", _("pemusik")
        COUNCIL = "adat", _("anggota Lembaga Adat")
        STAFF = "staf", _("staf")

    name = models.CharField(_("nama"), max_length=120)
    role = models.CharField(_("peran utama"), max_length=12, choices=Role)
    kecamatan = models.ForeignKey(Kecamatan, models.PROTECT, null=True, blank=True, verbose_name=_("kecamatan"))
    contact = models.CharField(
        _("kontak"),
        max_length=120,
        blank=True,
        help_text=_("Hanya terlihat oleh staf; tidak pernah tampil untuk umum."),
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="person", verbose_name=_("akun")
    )

    search_fields = [index.SearchField("name"), index.AutocompleteField("name")]

    class Meta:
        verbose_name = _("orang")
        verbose_name_plural = _("orang")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


generation.watch(Person)
