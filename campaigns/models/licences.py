"""The catalogue: a page for each licence and non-licence service, its facts as rows that are only added."""

from collections.abc import Collection
from datetime import date
from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, PageChooserPanel
from wagtail.models import Orderable, Page, PageManager, PageQuerySet
from wagtail.search import index

from campaigns.panels import FactsPanel
from cms.office import generation
from cms.office.append_only import AppendOnly, AppendOnlyQuerySet
from cms.office.openness import OpenPage


class LicenceIndexPage(OpenPage, Page):
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["campaigns.LicencePage"]
    max_count = 1
    template = "campaigns/licence_index.html"

    class Meta:
        verbose_name = _("daftar layanan")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from campaigns.finding import search

        return super().get_context(request, *args, **kwargs) | search(request.GET)


class LicenceQuerySet(PageQuerySet):
    def public(self) -> Self:
        return self.live().order_by("code")

    def led_by(self, first: Collection[int]) -> Self:
        """These before the others, each group by code."""
        return self.order_by(Case(When(pk__in=first, then=Value(0)), default=Value(1)), "code")


class LicencePage(OpenPage, Page):
    class Kind(models.TextChoices):
        LICENCE = "izin", _("izin")
        NON_LICENCE = "non_izin", _("non-izin")

    class Status(models.TextChoices):
        IN_FORCE = "berlaku", _("berlaku")
        REPLACED = "diganti", _("diganti")
        REVOKED = "dicabut", _("dicabut")

    class Risk(models.TextChoices):
        """Risk levels of PP 28/2025 (OSS RBA)."""

        LOW = "rendah", _("rendah")
        MEDIUM_LOW = "menengah_rendah", _("menengah rendah")
        MEDIUM_HIGH = "menengah_tinggi", _("menengah tinggi")
        HIGH = "tinggi", _("tinggi")

    code = models.CharField(
        _("kode"),
        max_length=12,
        unique=True,
        validators=[RegexValidator(r"^[A-Z0-9][A-Z0-9-]*$", _("Kode memakai huruf besar, angka dan tanda hubung."))],
    )
    kind = models.CharField(_("jenis"), max_length=10, choices=Kind, default=Kind.LICENCE)
    sector = models.CharField(_("sektor"), max_length=60)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.IN_FORCE)
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="predecessors", verbose_name=_("digantikan oleh")
    )
    risk = models.CharField(_("tingkat risiko"), max_length=16, choices=Risk, blank=True)
    oss_url = models.URLField(_("alamat OSS"), blank=True)
    is_example = models.BooleanField(_("contoh, bukan data kantor"), default=False)

    objects = PageManager.from_queryset(LicenceQuerySet)()
    parent_page_types = ["campaigns.LicenceIndexPage"]
    subpage_types: list[str] = []
    template = "campaigns/licence_page.html"
    search_fields = [
        *Page.search_fields,
        index.SearchField("code"),
        index.SearchField("sector"),
        index.FilterField("code"),
        index.FilterField("sector"),
        index.FilterField("kind"),
        index.FilterField("status"),
    ]
    content_panels = [
        *Page.content_panels,
        FieldRowPanel([FieldPanel("code"), FieldPanel("kind"), FieldPanel("sector")]),
        MultiFieldPanel([FieldPanel("status"), PageChooserPanel("successor")], heading=_("Masa berlaku")),
        FieldRowPanel([FieldPanel("risk"), FieldPanel("oss_url")]),
        InlinePanel("kbli_codes", heading=_("Kode KBLI"), label=_("Kode KBLI")),
        FieldPanel("is_example"),
        FactsPanel(heading=_("Isi layanan")),
    ]

    class Meta:
        verbose_name = _("layanan")
        verbose_name_plural = _("layanan")
        permissions = [("import_licences", _("Mengimpor katalog layanan"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="diganti", successor__isnull=False) | (~Q(status="diganti") & Q(successor=None)),
                name="licence_successor_fits_status",
            ),
        ]

    def clean(self) -> None:
        super().clean()
        if (self.status == self.Status.REPLACED) != (self.successor_id is not None):
            raise ValidationError({"successor": _("Layanan yang diganti, dan hanya itu, menunjuk penggantinya.")})
        if self.successor_id and self.successor_id == self.pk:
            raise ValidationError({"successor": _("Layanan tidak dapat menggantikan dirinya sendiri.")})
        if self.pk and self.successor_id and self.current.successor_id == self.pk:
            raise ValidationError({"successor": _("Pengganti ini akhirnya kembali ke layanan ini. Pilih yang lain.")})

    @property
    def current(self) -> "LicencePage":
        """The licence that is in force in this one's place: follows successors; a circle ends where it closes."""
        seen, here = {self.pk}, self
        while (successor := here.successor) and successor.pk not in seen:
            here = successor
            seen.add(here.pk)
        return here

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from campaigns.catalogue import describe

        return super().get_context(request, *args, **kwargs) | describe(self, timezone.localdate())


class KbliCode(Orderable):
    """Edition: KBLI 2020 (Peraturan BPS 2/2020) or KBLI 2025 (Peraturan BPS 7/2025)."""

    class Edition(models.IntegerChoices):
        KBLI_2020 = 2020, "KBLI 2020"
        KBLI_2025 = 2025, "KBLI 2025"

    licence = ParentalKey(LicencePage, on_delete=models.CASCADE, related_name="kbli_codes")
    edition = models.PositiveSmallIntegerField(_("edisi"), choices=Edition, default=Edition.KBLI_2020)
    code = models.CharField(
        _("kode"), max_length=5, validators=[RegexValidator(r"^[0-9]{5}$", _("Kode KBLI terdiri atas lima angka."))]
    )

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=["licence", "edition", "code"], name="kbli_once_per_licence")]

    def __str__(self) -> str:
        return f"{self.code} (KBLI {self.edition})"


class FactKey(models.TextChoices):
    """The six public components of a service standard (PermenPANRB 15/2014), and what else changes by date."""

    REQUIREMENTS = "persyaratan", _("persyaratan")
    STEPS = "prosedur", _("prosedur")
    TIME = "waktu", _("waktu")
    FEE = "biaya", _("biaya")
    PRODUCT = "produk", _("produk")
    COMPLAINTS = "pengaduan", _("pengaduan")
    LEGAL_BASIS = "dasar_hukum", _("dasar hukum")
    WHATSAPP = "whatsapp", _("WhatsApp")


class LicenceFactQuerySet(AppendOnlyQuerySet):
    def in_force(self, day: date) -> Self:
        """The row of each licence and key that counts on `day`: the latest valid one, and of those the last written."""
        later = LicenceFact.objects.filter(
            licence=models.OuterRef("licence"), key=models.OuterRef("key"), valid_from__lte=day
        ).order_by("-valid_from", "-pk")
        return self.filter(pk=models.Subquery(later.values("pk")[:1]))

    def ahead_of(self, day: date) -> Self:
        return self.filter(valid_from__gt=day).order_by("valid_from", "pk")


class LicenceFact(AppendOnly):
    """One fact of one licence from one day on. A line of `value` is an item; an empty value takes the fact back."""

    licence = models.ForeignKey(LicencePage, models.PROTECT, related_name="facts", verbose_name=_("layanan"))
    key = models.CharField(_("unsur"), max_length=16, choices=FactKey)
    value = models.TextField(_("isi"), blank=True)
    valid_from = models.DateField(_("berlaku mulai"))
    source = models.CharField(_("sumber"), max_length=200)
    recorded_at = models.DateTimeField(_("dicatat"), default=timezone.now)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.DO_NOTHING,
        null=True,
        db_constraint=False,
        related_name="+",
        verbose_name=_("pencatat"),
    )

    objects = LicenceFactQuerySet.as_manager()

    class Meta(AppendOnly.Meta):
        abstract = False
        verbose_name = _("fakta layanan")
        verbose_name_plural = _("fakta layanan")
        ordering = ["licence", "key", "-valid_from", "-pk"]
        indexes = [models.Index(F("licence"), F("key"), F("valid_from").desc(), F("id").desc(), name="fact_in_force")]

    def __str__(self) -> str:
        return f"{self.licence.title}: {self.get_key_display()}"

    @property
    def lines(self) -> list[str]:
        return [line.strip() for line in self.value.splitlines() if line.strip()]


generation.watch(LicencePage, LicenceFact, KbliCode)
