"""Codes that live for ever, the scans they bring and what visitors then listen to. No address of a visitor is kept."""

from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Case, Count, F, OuterRef, Q, Value, When
from django.db.models.functions import Coalesce, Concat
from django.db.models.signals import m2m_changed
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from campaigns.models.campaigns import CampaignPage
from campaigns.models.licences import LicencePage
from campaigns.models.places import Kecamatan, Village
from cms.office import generation


class CodeQuerySet(models.QuerySet["Code"]):
    def active(self) -> Self:
        return self.filter(state=Code.State.ACTIVE)

    def with_scans(self) -> Self:
        """Adds `raw` (people's scans) and `unique` (devices a day); shares, bots and prefetches count apart."""
        scans = Scan.objects.filter(code=OuterRef("pk"), kind=Scan.Kind.SCAN).order_by().values("code")
        return self.annotate(
            raw=Coalesce(scans.annotate(n=Count("pk")).values("n"), 0),
            unique=Coalesce(scans.annotate(n=Count("device", distinct=True)).values("n"), 0),
        )


class Code(models.Model):
    """A printed code: where it hangs, and which page and licences stand behind it today."""

    class Medium(models.TextChoices):
        LEAFLET = "leaflet", _("leaflet")
        POSTER = "poster", _("poster")
        STICKER = "stiker", _("stiker")
        CD = "cd", _("sampul CD")
        SCREEN = "layar", _("layar")

    class State(models.TextChoices):
        ACTIVE = "aktif", _("aktif")
        HELD = "ditahan", _("ditahan")
        RETIRED = "pensiun", _("pensiun")

    code = models.CharField(_("kode"), max_length=6, primary_key=True, editable=False)
    label = models.CharField(_("nama tempat"), max_length=120, help_text=_("Misalnya: Leaflet meja loket, Sekayu."))
    medium = models.CharField(_("media"), max_length=10, choices=Medium, default=Medium.LEAFLET)
    kecamatan = models.ForeignKey(
        Kecamatan, models.PROTECT, null=True, blank=True, related_name="placed_codes", verbose_name=_("kecamatan")
    )
    village = models.ForeignKey(
        Village,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="placed_codes",
        verbose_name=_("desa atau kelurahan"),
    )
    campaign = models.ForeignKey(
        CampaignPage, models.PROTECT, null=True, blank=True, related_name="codes", verbose_name=_("kampanye")
    )
    page = models.ForeignKey(Page, models.PROTECT, related_name="codes_here", verbose_name=_("halaman tujuan"))
    licences = models.ManyToManyField(LicencePage, related_name="codes", verbose_name=_("layanan"))
    state = models.CharField(_("keadaan"), max_length=10, choices=State, default=State.ACTIVE)
    created_at = models.DateTimeField(_("dibuat"), default=timezone.now)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    objects = CodeQuerySet.as_manager()

    class Meta:
        verbose_name = _("kode QR")
        verbose_name_plural = _("kode QR")
        ordering = ["-created_at", "code"]

    def __str__(self) -> str:
        return f"{self.code} · {self.label}"

    @property
    def path(self) -> str:
        return f"/q/{self.code}"

    @property
    def address(self) -> str:
        return settings.PUBLIC_BASE_URL + self.path


class ScanQuerySet(models.QuerySet["Scan"]):
    def by_visitors(self) -> Self:
        """People, whether they scanned the paper or followed a shared link."""
        return self.filter(kind__in=[Scan.Kind.SCAN, Scan.Kind.SHARE])

    def figures(
        self, per: str, *, since: date | None = None, until: date | None = None, code: Code | None = None
    ) -> Any:
        """Rows {key, name, raw, unique, shares, bots, prefetches, plays, listens}; `until` is the last day counted.

        By code and kecamatan the most scanned first, by day the newest first.
        """
        within = Q(code=code) if code else Q()
        within &= (Q(day__gte=since) if since else Q()) & (Q(day__lte=until) if until else Q())
        key, name = _grouping(per)
        rows = self.filter(within).annotate(key=key, name=name).order_by().values("key", "name")
        heard = Listen.objects.filter(within).annotate(key=key).filter(key=OuterRef("key")).order_by().values("key")

        def happened(event: str) -> Coalesce:
            return Coalesce(heard.filter(event=event).annotate(n=Count("pk")).values("n"), 0)

        return rows.annotate(
            raw=Count("pk", filter=Q(kind=Scan.Kind.SCAN)),
            unique=Count("device", distinct=True, filter=Q(kind=Scan.Kind.SCAN)),
            shares=Count("pk", filter=Q(kind=Scan.Kind.SHARE)),
            bots=Count("pk", filter=Q(kind=Scan.Kind.BOT)),
            prefetches=Count("pk", filter=Q(kind=Scan.Kind.PREFETCH)),
            plays=happened(Listen.Event.PLAY),
            listens=happened(Listen.Event.LISTEN_30),
        ).order_by(*(["-key"] if per == Scan.Per.DAY else ["-raw", "key"]))


class Scan(models.Model):
    """One arrival at `/q/…`. `code` is empty for a code nobody printed; then `typed` holds what was asked for."""

    class Kind(models.TextChoices):
        SCAN = "pindai", _("pindaian")
        SHARE = "bagi", _("tautan dibagikan")
        BOT = "bot", _("mesin")
        PREFETCH = "intip", _("dimuat di muka")

    class Per(models.TextChoices):
        """What a report counts by."""

        CODE = "kode", _("kode")
        PLACE = "kecamatan", _("kecamatan")
        DAY = "hari", _("hari")

    code = models.ForeignKey(Code, models.PROTECT, null=True, related_name="scans")
    typed = models.CharField(max_length=40, blank=True)
    kind = models.CharField(max_length=6, choices=Kind)
    state = models.CharField(max_length=10, default=Code.State.ACTIVE)
    device = models.CharField(max_length=22, blank=True)
    day = models.DateField()
    at = models.DateTimeField(default=timezone.now)

    objects = ScanQuerySet.as_manager()

    class Meta:
        verbose_name = _("pindaian")
        verbose_name_plural = _("pindaian")
        indexes = [models.Index(fields=["code", "kind", "day"]), models.Index(fields=["day"])]

    def __str__(self) -> str:
        return f"{self.code_id or self.typed} {self.at:%Y-%m-%d %H:%M}"


class Listen(models.Model):
    """What a visitor did on the page, told by its beacon: once per device, code, day and event."""

    class Event(models.TextChoices):
        PLAY = "putar", _("mulai diputar")
        LISTEN_30 = "dengar30", _("didengar 30 detik")
        WHATSAPP = "wa", _("tanya lewat WhatsApp")
        DIRECTIONS = "peta", _("petunjuk arah")

    code = models.ForeignKey(Code, models.PROTECT, related_name="listens")
    event = models.CharField(max_length=10, choices=Event)
    device = models.CharField(max_length=22)
    day = models.DateField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("dengaran")
        verbose_name_plural = _("dengaran")
        constraints = [models.UniqueConstraint(fields=["code", "event", "device", "day"], name="listen_once_a_day")]

    def __str__(self) -> str:
        return f"{self.code_id} {self.event}"


def _grouping(per: str) -> tuple[Any, Any]:
    """What a row is counted by, never NULL, and the words that name it."""
    if per == Scan.Per.DAY:
        return F("day"), F("day")
    if per == Scan.Per.PLACE:
        nowhere = Value(gettext("tanpa kecamatan"))
        return Coalesce("code__kecamatan__code", Value("")), Coalesce("code__kecamatan__name", nowhere)
    name = Concat("code_id", Value(" · "), "code__label")
    return Coalesce("code_id", Value("")), Case(
        When(code=None, then=Value(gettext("kode yang tidak dikenal"))), default=name
    )


generation.watch(Code)
m2m_changed.connect(generation.bump, sender=Code.licences.through, dispatch_uid="generation-code-licences")
