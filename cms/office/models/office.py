"""The office itself: letterhead, address, hours, who answers and who signs."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.models import Orderable

from cms.office import hours

PHONE = RegexValidator(
    r"^\+?[0-9][0-9 ()-]{5,22}$", _("Tulis nomor telepon dengan angka saja, misalnya 0812 3456 7890.")
)
NUMBER_PARTS = ("{number}", "{kind}", "{year}")


def number_pattern(pattern: str) -> None:
    """A pattern that lacks one of the three would number two papers alike."""
    missing = [part for part in NUMBER_PARTS if part not in pattern]
    if missing:
        raise ValidationError(
            __("Pola nomor belum memuat %(parts)s. Tulis misalnya {number}/{kind}/DPMPTSP/{year}.")
            % {"parts": ", ".join(missing)}
        )


class Weekday(models.IntegerChoices):
    MONDAY = 1, _("Senin")
    TUESDAY = 2, _("Selasa")
    WEDNESDAY = 3, _("Rabu")
    THURSDAY = 4, _("Kamis")
    FRIDAY = 5, _("Jumat")
    SATURDAY = 6, _("Sabtu")
    SUNDAY = 7, _("Minggu")


@register_setting(icon="home", order=1)
class OfficeSettings(ClusterableModel, BaseGenericSetting):
    """Letterhead, address and contacts, as pages and papers print them."""

    name = models.CharField(
        _("nama kantor"), max_length=160, default="Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu"
    )
    short_name = models.CharField(_("nama singkat"), max_length=40, default="DPMPTSP Musi Banyuasin")
    district = models.CharField(_("kabupaten"), max_length=80, default="Kabupaten Musi Banyuasin")
    address = models.TextField(_("alamat"), blank=True)
    phone = models.CharField(_("telepon"), max_length=30, blank=True, validators=[PHONE])
    email = models.EmailField(_("surel"), blank=True)
    website = models.URLField(_("situs web"), blank=True)
    latitude = models.DecimalField(_("lintang"), max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(_("bujur"), max_digits=8, decimal_places=5, null=True, blank=True)
    number_format = models.CharField(
        _("pola nomor surat"),
        max_length=60,
        default="{number}/{kind}/DPMPTSP/{year}",
        validators=[number_pattern],
        help_text=_("Harus memuat {number} (nomor urut), {kind} (jenis surat) dan {year} (tahun)."),
    )

    panels = [
        MultiFieldPanel(
            [FieldPanel("name"), FieldPanel("short_name"), FieldPanel("district"), FieldPanel("number_format")],
            heading=_("Kepala surat"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("address"),
                FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
                FieldPanel("phone"),
                FieldPanel("email"),
                FieldPanel("website"),
            ],
            heading=_("Alamat dan kontak"),
        ),
        InlinePanel("hours", heading=_("Jam layanan"), label=_("Jam layanan")),
        InlinePanel("whatsapp_lines", heading=_("Nomor WhatsApp"), label=_("Nomor WhatsApp")),
        InlinePanel("signatories", heading=_("Penanda tangan"), label=_("Penanda tangan")),
    ]

    class Meta:
        verbose_name = _("Kantor")

    @property
    def whatsapp(self) -> str:
        """The first number on the roster as wa.me wants it (digits, country code), or ''."""
        line = self.whatsapp_lines.first()
        return line.digits if line else ""

    @property
    def opening(self) -> list[str]:
        return hours.spans(self.hours.all())

    @property
    def map_url(self) -> str:
        if self.latitude is None or self.longitude is None:
            return ""
        return f"https://www.openstreetmap.org/?mlat={self.latitude}&mlon={self.longitude}#map=17/{self.latitude}/{self.longitude}"


class OfficeHours(Orderable):
    office = ParentalKey(OfficeSettings, on_delete=models.CASCADE, related_name="hours")
    weekday = models.PositiveSmallIntegerField(_("hari"), choices=Weekday)
    opens = models.TimeField(_("buka"))
    closes = models.TimeField(_("tutup"))

    class Meta(Orderable.Meta):
        constraints = [models.CheckConstraint(condition=Q(closes__gt=F("opens")), name="office_closes_after_opening")]


class WhatsAppLine(Orderable):
    office = ParentalKey(OfficeSettings, on_delete=models.CASCADE, related_name="whatsapp_lines")
    label = models.CharField(_("untuk"), max_length=60, default=_("Layanan umum"))
    number = models.CharField(_("nomor"), max_length=30, validators=[PHONE])

    @property
    def digits(self) -> str:
        """International form without signs: a leading 0 is Indonesia's trunk prefix, country code 62."""
        digits = "".join(c for c in self.number if c.isdigit())
        return "62" + digits[1:] if digits.startswith("0") else digits


class Signatory(Orderable):
    office = ParentalKey(OfficeSettings, on_delete=models.CASCADE, related_name="signatories")
    name = models.CharField(_("nama"), max_length=120)
    position = models.CharField(_("jabatan"), max_length=120)
