"""People: whoever writes, arranges, sings, plays or reviews is one Person, and what they allow in writing."""

from datetime import date, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.search import index

from campaigns.models import Kecamatan
from cms.office import generation, scans
from cms.office.append_only import AppendOnly, AppendOnlyQuerySet


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


FOLDER = "izin"
SOON = 30  # days


class Channel(models.TextChoices):
    """Where somebody's work may be used; the field of a consent is `for_` and the value."""

    RADIO = "radio", _("radio")
    WEB = "web", _("halaman web")
    CD = "cd", _("CD")
    PRINT = "print", _("cetakan")


class ConsentQuerySet(AppendOnlyQuerySet):
    def standing(self) -> Self:
        """Not withdrawn, whatever their days."""
        return self.filter(withdrawal=None)

    def in_force(self, day: date) -> Self:
        return self.standing().filter(Q(until=None) | Q(until__gte=day), valid_from__lte=day)

    def covering(self, channel: str, day: date) -> Self:
        """In force on `day` for a channel (of `Channel`)."""
        return self.in_force(day).filter(**{f"for_{Channel(channel)}": True})

    def ahead_of(self, day: date) -> Self:
        return self.standing().filter(valid_from__gt=day)

    def ended_by(self, day: date) -> Self:
        return self.standing().filter(until__lt=day)

    def withdrawn(self) -> Self:
        return self.exclude(withdrawal=None)

    def ending_within(self, days: int, today: date) -> Self:
        """In force, with the last day today or within so many days."""
        return self.in_force(today).filter(until__lte=today + timedelta(days=days))

    def listed(self) -> Self:
        """With all that a list shows of each."""
        return self.select_related("person", "by", "withdrawal__by")


def form_name(consent: "Consent", name: str) -> str:
    return scans.private_name(FOLDER, consent.kind)


class Consent(AppendOnly):
    """What a person allows in writing, from `valid_from` to `until`, both days included; no `until` = without end.

    `is_limited`: only for the works named beside it (`works.py`); otherwise for all of theirs.
    """

    class Capacity(models.TextChoices):
        PERFORMER = "penampil", _("penampil")
        AUTHOR = "penulis", _("penulis")
        ARRANGER = "penggubah", _("penggubah")

    class State(models.TextChoices):
        IN_FORCE = "berlaku", _("berlaku")
        ENDING = "segera", _("segera berakhir")
        AHEAD = "nanti", _("belum mulai")
        ENDED = "berakhir", _("berakhir")
        WITHDRAWN = "dicabut", _("dicabut")

    person = models.ForeignKey(Person, models.PROTECT, related_name="consents", verbose_name=_("orang"))
    capacity = models.CharField(_("sebagai"), max_length=10, choices=Capacity)
    for_radio = models.BooleanField(Channel.RADIO.label, default=False)
    for_web = models.BooleanField(Channel.WEB.label, default=False)
    for_cd = models.BooleanField(Channel.CD.label, default=False)
    for_print = models.BooleanField(Channel.PRINT.label, default=False)
    is_limited = models.BooleanField(_("hanya senjang tertentu"), default=False)
    valid_from = models.DateField(_("berlaku mulai"))
    until = models.DateField(_("sampai dengan"), null=True, blank=True)
    minor = models.BooleanField(_("belum dewasa"), default=False)
    guardian_name = models.CharField(_("nama wali"), max_length=120, blank=True)
    guardian_relation = models.CharField(_("hubungan wali"), max_length=60, blank=True)
    file = models.FileField(_("formulir"), storage=scans.storage, upload_to=form_name, max_length=120)
    kind = models.CharField(_("jenis berkas"), max_length=20, choices=scans.Kind)
    size = models.PositiveIntegerField(_("ukuran"))
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("pencatat"))
    at = models.DateTimeField(_("dicatat"), default=timezone.now)

    objects = ConsentQuerySet.as_manager()

    class Meta(AppendOnly.Meta):
        abstract = False
        verbose_name = _("izin")
        verbose_name_plural = _("izin")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(for_radio=True) | Q(for_web=True) | Q(for_cd=True) | Q(for_print=True),
                name="consent_names_a_channel",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("valid_from")), name="consent_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(minor=True) & ~Q(guardian_name="") & ~Q(guardian_relation="")
                | Q(minor=False, guardian_name="", guardian_relation=""),
                name="a_minor_and_nobody_else_has_a_guardian",
            ),
            models.CheckConstraint(condition=~Q(file=""), name="consent_has_a_signed_form"),
            models.CheckConstraint(
                condition=Q(capacity__in=["penampil", "penulis", "penggubah"]), name="consent_capacity_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} ({self.get_capacity_display()})"

    @property
    def channels(self) -> list[Channel]:
        return [channel for channel in Channel if getattr(self, f"for_{channel}")]

    @property
    def channel_names(self) -> str:
        return ", ".join(str(channel.label) for channel in self.channels)

    @property
    def address(self) -> str:
        return reverse("consents:detail", args=[self.pk])

    @property
    def is_withdrawn(self) -> bool:
        return hasattr(self, "withdrawal")

    def state_on(self, day: date) -> State:
        """Wants `listed()` rows, else it asks for the withdrawal."""
        if self.is_withdrawn:
            return self.State.WITHDRAWN
        if self.valid_from > day:
            return self.State.AHEAD
        if self.until is None or self.until > day + timedelta(days=SOON):
            return self.State.IN_FORCE
        return self.State.ENDING if self.until >= day else self.State.ENDED


class ConsentWithdrawal(AppendOnly):
    """Somebody takes a consent back; it ends there and then, whatever its last day was."""

    consent = models.OneToOneField(Consent, models.PROTECT, related_name="withdrawal", verbose_name=_("izin"))
    reason = models.TextField(_("alasan"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("pencatat"))
    at = models.DateTimeField(_("dicabut"), default=timezone.now)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta(AppendOnly.Meta):
        abstract = False
        verbose_name = _("pencabutan izin")
        verbose_name_plural = _("pencabutan izin")
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="consent_withdrawal_has_a_reason")]

    def __str__(self) -> str:
        return f"{self.consent}: {self.reason}"


generation.watch(Person, Consent, ConsentWithdrawal)
