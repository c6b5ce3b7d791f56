"""What the council says of a song's use: its protocol labels and the cover before it; rows that are only added."""

from typing import Any, Self

from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.office import generation
from cms.office.append_only import AppendOnly, AppendOnlyQuerySet
from media_assets import protocol
from media_assets.models.members import CouncilMember

VOICES = "label"


def voice_storage() -> Storage:
    return storages["private"]


class LabelSettingQuerySet(AppendOnlyQuerySet):
    def in_force(self) -> Self:
        """Of each senjang and label the newest row, where that one sets it."""
        later = LabelSetting.objects.filter(
            senjang=OuterRef("senjang"), label=OuterRef("label"), version__gt=OuterRef("version")
        )
        return self.filter(~Exists(later), is_set=True)

    def of(self, senjang: Any, label: str) -> Self:
        """Newest first."""
        return self.filter(senjang=senjang, label=label).order_by("-version")

    def bars_everybody(self) -> Self:
        return self.in_force().filter(label=protocol.COUNCIL_ONLY)


class LabelSetting(AppendOnly):
    """A member sets a label on a senjang or takes it off; the newest version of a label counts."""

    senjang = models.ForeignKey(
        "media_assets.SenjangPage", models.PROTECT, related_name="label_settings", verbose_name=_("senjang")
    )
    label = models.CharField(
        _("label"), max_length=16, choices=[(label.key, label.name) for label in protocol.LABELS.values()]
    )
    version = models.PositiveIntegerField(_("versi"))
    is_set = models.BooleanField(_("terpasang"), default=True)
    words = models.TextField(_("kata-kata Lembaga Adat"), blank=True)
    opens = models.CharField(_("mulai"), max_length=5, blank=True, help_text="MM-DD, every year")
    closes = models.CharField(_("sampai dengan"), max_length=5, blank=True, help_text="MM-DD, the last day")
    voice = models.FileField(_("suara"), upload_to=VOICES, storage=voice_storage, max_length=200, blank=True)
    reason = models.TextField(_("alasan"))
    member = models.ForeignKey(CouncilMember, models.PROTECT, related_name="+", verbose_name=_("anggota"))
    at = models.DateTimeField(_("waktu"), default=timezone.now)

    objects = LabelSettingQuerySet.as_manager()

    class Meta(AppendOnly.Meta):
        abstract = False
        verbose_name = _("label adat")
        verbose_name_plural = _("label adat")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["senjang", "label", "version"], name="one_label_setting_per_version"),
            models.CheckConstraint(condition=~Q(reason=""), name="label_setting_has_a_reason"),
            models.CheckConstraint(condition=Q(label__in=list(protocol.LABELS)), name="label_is_known"),
            models.CheckConstraint(
                condition=Q(label=protocol.SEASONAL, is_set=True) & ~Q(opens="") & ~Q(closes="")
                | (~Q(label=protocol.SEASONAL) | Q(is_set=False)) & Q(opens="", closes=""),
                name="the_seasonal_label_alone_has_a_season",
            ),
        ]

    def __str__(self) -> str:
        return self.mark.name

    @property
    def season(self) -> protocol.Season | None:
        return protocol.Season(self.opens, self.closes) if self.opens else None

    @property
    def mark(self) -> protocol.Mark:
        voice = reverse("label_voice", args=[self.pk]) if self.voice else ""
        return protocol.Mark(self.label, self.season, self.words, voice)


class SensitiveCover(AppendOnly):
    """A note that stands before the song until the visitor opens it; an empty note takes the cover away."""

    senjang = models.ForeignKey(
        "media_assets.SenjangPage", models.PROTECT, related_name="covers", verbose_name=_("senjang")
    )
    note = models.CharField(_("catatan"), max_length=300, blank=True)
    reason = models.TextField(_("alasan"))
    by_name = models.CharField(_("oleh"), max_length=160)
    at = models.DateTimeField(_("waktu"), default=timezone.now)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta(AppendOnly.Meta):
        abstract = False
        verbose_name = _("penutup isi")
        verbose_name_plural = _("penutup isi")
        ordering = ["-at", "-pk"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="cover_has_a_reason")]

    def __str__(self) -> str:
        return self.note or str(_("tanpa penutup"))


generation.watch(LabelSetting, SensitiveCover)
