"""What a sitting leaves on paper, who read it, and what a ruling rested on when it was made."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.office import scans
from cms.office.append_only import AppendOnly, AppendOnlyQuerySet
from media_assets.models.submissions import Submission
from media_assets.models.verdicts import Decision, Ruling

FOLDER = "sidang"


def scan_name(scan: "SignedSheet", name: str) -> str:
    return scans.private_name(FOLDER, scan.kind)


class SignedSheetQuerySet(AppendOnlyQuerySet):
    def open_for(self, submission: Submission) -> "SignedSheet | None":
        """The newest scan, unless what it says is settled; an older one that was scanned again no longer counts."""
        newest: SignedSheet | None = self.filter(submission=submission).select_related("sitting").first()
        return None if newest is None or hasattr(newest, "sitting") else newest


class SignedSheet(AppendOnly):
    """A scan or photo of the sheet that members signed."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="sheets", verbose_name=_("pengajuan"))
    file = models.FileField(_("pindaian"), storage=scans.storage, upload_to=scan_name, max_length=120)
    kind = models.CharField(_("jenis berkas"), max_length=20, choices=scans.Kind)
    size = models.PositiveIntegerField(_("ukuran"))
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("petugas"))
    at = models.DateTimeField(_("waktu"), default=timezone.now)

    objects = SignedSheetQuerySet.as_manager()

    class Meta(AppendOnly.Meta):
        abstract = False
        verbose_name = _("lembar sidang bertanda tangan")
        verbose_name_plural = _("lembar sidang bertanda tangan")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.submission}: {self.get_kind_display()}"


class SheetReadingQuerySet(AppendOnlyQuerySet):
    def latest_of_each(self) -> "list[SheetReading]":
        """Each officer's newest reading, oldest first."""
        newest = {reading.officer_id: reading for reading in self.select_related("officer").order_by("at", "pk")}
        return sorted(newest.values(), key=lambda reading: (reading.at, reading.pk))


class SheetReading(AppendOnly):
    """What one officer reads on a signed sheet; two must read the same before it counts."""

    sheet = models.ForeignKey(SignedSheet, models.PROTECT, related_name="readings", verbose_name=_("lembar"))
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("petugas"))
    held_on = models.DateField(_("hari sidang"))
    place = models.CharField(_("tempat"), max_length=120)
    answers = models.JSONField(help_text="{member: {verdict, ticks, part, reason}}, as `paper_answers` knows them")
    at = models.DateTimeField(_("waktu"), default=timezone.now)

    objects = SheetReadingQuerySet.as_manager()

    class Meta(AppendOnly.Meta):
        abstract = False
        verbose_name = _("bacaan lembar sidang")
        verbose_name_plural = _("bacaan lembar sidang")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.sheet}: {self.officer}"


class Sitting(AppendOnly):
    """A sitting on paper whose sheet two officers read alike: from here on it counts."""

    sheet = models.OneToOneField(SignedSheet, models.PROTECT, related_name="sitting", verbose_name=_("lembar"))
    held_on = models.DateField(_("hari sidang"))
    place = models.CharField(_("tempat"), max_length=120)
    answers = models.JSONField()
    first_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    second_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("waktu"), default=timezone.now)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta(AppendOnly.Meta):
        abstract = False
        verbose_name = _("sidang di atas kertas")
        verbose_name_plural = _("sidang di atas kertas")
        ordering = ["-at", "-pk"]
        constraints = [models.CheckConstraint(condition=~Q(first_by=F("second_by")), name="two_officers_read_a_sheet")]

    def __str__(self) -> str:
        return f"{self.sheet.submission}: {self.held_on}"


class RulingRecordQuerySet(AppendOnlyQuerySet):
    def of(self, submission: Submission) -> Self:
        return self.filter(ruling__submission=submission).select_related("ruling__submission")


class RulingRecord(AppendOnly):
    """What was true when a ruling was made: who sat, who said what through what, how many votes were needed."""

    ruling = models.OneToOneField(Ruling, models.PROTECT, related_name="record", verbose_name=_("hasil sidang"))
    needed = models.JSONField(help_text="{question: votes}")
    seats = models.JSONField(
        help_text="[{member, name, position, chair, aside, reason}], aside as `ruling_record.Aside`"
    )
    voices = models.JSONField(
        help_text="[{member, officer, name, position, part, question, verdict, reason, way, at, counts}], one is null"
    )
    rebuilt = models.BooleanField(default=False, help_text="made later, from the decisions that were kept")

    objects = RulingRecordQuerySet.as_manager()

    class Meta(AppendOnly.Meta):
        abstract = False
        verbose_name = _("dasar hasil sidang")
        verbose_name_plural = _("dasar hasil sidang")

    def __str__(self) -> str:
        return str(self.ruling)

    @property
    def asked(self) -> list[str]:
        """The questions in their own order, which a JSON object does not keep: PostgreSQL sorts its keys."""
        return [question for question in Decision.Question.values if question in self.needed]

    def reached(self, part: str, question: str) -> int:
        """How many agreements counted."""
        return sum(1 for voice in self.agreeing() if (voice["part"], voice["question"]) == (part, question))

    def agreeing(self) -> list[dict[str, Any]]:
        return [voice for voice in self.voices if voice["counts"]]
