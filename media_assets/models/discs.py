"""Discs: what shall be on a CD, in which order, and the editions that were pressed of it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Count, Prefetch, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaigns.models import CampaignPage
from cms.office.append_only import AppendOnly, AppendOnlyQuerySet
from media_assets import cue_sheet
from media_assets.models.recordings import Recording, Rendition, private_storage

FOLDER = "cakram"
WIDEST_GAP = 60 * cue_sheet.RATE
USUAL_GAP = 2 * cue_sheet.RATE
State = Rendition.State


class DiscQuerySet(models.QuerySet["Disc"]):
    def listed(self) -> Self:
        """With all that a list shows of each: how many songs, its newest edition, what is being made."""
        return self.annotate(track_count=Count("tracks")).prefetch_related(
            Prefetch("editions", DiscEdition.objects.defer("contents")),
            Prefetch("pressings", DiscPressing.objects.defer("contents")),
        )


class Disc(models.Model):
    """A CD that staff put together; it may change at any time, its editions never."""

    title = models.CharField(_("judul cakram"), max_length=80)
    performer = models.CharField(_("atas nama"), max_length=80, blank=True)
    catalog = models.CharField(_("nomor katalog"), max_length=13, blank=True)
    campaign = models.ForeignKey(
        CampaignPage, models.SET_NULL, null=True, blank=True, related_name="discs", verbose_name=_("kampanye")
    )
    created_at = models.DateTimeField(_("dibuat"), default=timezone.now)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    objects = DiscQuerySet.as_manager()

    class Meta:
        verbose_name = _("cakram")
        verbose_name_plural = _("cakram")
        ordering = ["-created_at", "-pk"]
        constraints = [models.CheckConstraint(condition=~Q(title=""), name="disc_has_a_title")]

    def __str__(self) -> str:
        return self.title

    @property
    def pressing(self) -> "DiscPressing | None":
        """The newest."""
        return next(iter(self.pressings.all()), None)

    @property
    def edition(self) -> "DiscEdition | None":
        """The newest."""
        return next(iter(self.editions.all()), None)


class DiscTrack(models.Model):
    """One song's place on a disc, and the silence before it in CD frames, which the first one does without."""

    disc = models.ForeignKey(Disc, models.CASCADE, related_name="tracks", verbose_name=_("cakram"))
    order = models.PositiveSmallIntegerField(_("nomor"))
    recording = models.ForeignKey(Recording, models.PROTECT, related_name="disc_tracks", verbose_name=_("rekaman"))
    gap = models.PositiveSmallIntegerField(_("jeda"), default=USUAL_GAP)
    isrc = models.CharField("ISRC", max_length=12, blank=True)

    class Meta:
        verbose_name = _("lagu pada cakram")
        verbose_name_plural = _("lagu pada cakram")
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["disc", "order"], name="one_track_per_place"),
            models.UniqueConstraint(fields=["disc", "recording"], name="a_recording_once_on_a_disc"),
            models.UniqueConstraint(fields=["disc", "isrc"], condition=~Q(isrc=""), name="one_track_per_isrc"),
            models.CheckConstraint(condition=Q(order__gte=1), name="tracks_count_from_one"),
            models.CheckConstraint(condition=Q(gap__lte=WIDEST_GAP), name="gap_is_a_pause"),
        ]

    def __str__(self) -> str:
        return f"{self.order}. {self.recording}"


class DiscPressingQuerySet(models.QuerySet["DiscPressing"]):
    def in_work(self) -> Self:
        return self.filter(state__in=[State.QUEUED, State.WORKING])

    def stuck(self, *, lost: datetime, dead: datetime) -> Self:
        """Queued with no sign of life since `lost`, or in work with none since `dead`."""
        queued = Q(state=State.QUEUED, touched_at__lt=lost)
        return self.filter(queued | Q(state=State.WORKING, touched_at__lt=dead))


class DiscPressing(models.Model):
    """The job that makes an edition: one at a time for a disc, from what stood on it when it was asked for."""

    disc = models.ForeignKey(Disc, models.PROTECT, related_name="pressings", verbose_name=_("cakram"))
    contents = models.JSONField(help_text="as `disc_contents` writes it, with the lengths that are expected")
    digest = models.CharField(max_length=64, help_text="of the contents without the lengths")
    asked_at = models.DateTimeField(default=timezone.now)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("oleh"))
    state = models.CharField(_("keadaan"), max_length=6, choices=State, default=State.QUEUED)
    progress = models.PositiveSmallIntegerField(_("kemajuan (%)"), default=0)
    error = models.TextField(_("sebab kegagalan"), blank=True)
    touched_at = models.DateTimeField(default=timezone.now)
    claim = models.CharField(max_length=32, blank=True, help_text="Token of the job that works on it.")
    attempts = models.PositiveSmallIntegerField(default=0)

    objects = DiscPressingQuerySet.as_manager()

    class Meta:
        verbose_name = _("pembuatan edisi")
        verbose_name_plural = _("pembuatan edisi")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["disc"], condition=Q(state__in=["antre", "proses"]), name="one_press_a_disc"
            ),
            models.CheckConstraint(condition=~Q(state="gagal") | ~Q(error=""), name="failed_press_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.disc} ({self.get_state_display()})"

    @property
    def is_in_work(self) -> bool:
        return self.state in (State.QUEUED, State.WORKING)


class DiscEdition(AppendOnly):
    """A finished master of a disc with all that is on it, for ever; the file lies under its content's digest."""

    disc = models.ForeignKey(Disc, models.PROTECT, related_name="editions", verbose_name=_("cakram"))
    number = models.PositiveSmallIntegerField(_("edisi"))
    pressing = models.OneToOneField(DiscPressing, models.PROTECT, related_name="edition")
    contents = models.JSONField(help_text="as `disc_contents` writes it, with the lengths that were made")
    digest = models.CharField(max_length=64)
    file = models.FileField(_("berkas"), upload_to=FOLDER, storage=private_storage, max_length=200)
    size = models.PositiveBigIntegerField(_("ukuran"))
    sha256 = models.CharField(max_length=64)
    gain_db = models.FloatField(_("penguatan (dB)"))
    true_peak = models.FloatField(_("puncak (dBTP)"))
    length = models.PositiveIntegerField(_("panjang (bingkai CD)"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("oleh"))
    at = models.DateTimeField(_("dibuat"), default=timezone.now)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta(AppendOnly.Meta):
        abstract = False
        verbose_name = _("edisi cakram")
        verbose_name_plural = _("edisi cakram")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["disc", "number"], name="one_edition_per_number"),
            models.CheckConstraint(condition=Q(number__gte=1), name="editions_count_from_one"),
            models.CheckConstraint(condition=~Q(file="") & Q(size__gt=0), name="edition_has_a_file"),
            models.CheckConstraint(condition=Q(length__lte=cue_sheet.LONGEST), name="edition_fits_a_cd"),
        ]

    def __str__(self) -> str:
        return f"{self.disc} {self.number}"

    @property
    def tracks(self) -> Sequence[dict[str, Any]]:
        return list(self.contents["tracks"])

    @property
    def seconds(self) -> float:
        return self.length / cue_sheet.RATE
