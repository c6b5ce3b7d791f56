"""What the public asks to be taken down, how to reach who asked, and what the council answered."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.office import generation
from cms.office.append_only import AppendOnly, AppendOnlyQuerySet
from media_assets.models.members import CouncilMember


class TakedownRequestQuerySet(AppendOnlyQuerySet):
    def open(self) -> Self:
        return self.filter(answer=None)

    def holding(self) -> Self:
        """Those that keep their senjang off every channel now."""
        return self.open().filter(holds=True)

    def to_answer(self) -> Self:
        """What waits for the council, what holds a song before what does not."""
        return self.open().select_related("senjang").order_by("-holds", "at")

    def dismissed(self, digest: str) -> Self:
        """Of this very text, newest answer first."""
        refused = self.filter(digest=digest, answer__verdict=TakedownAnswer.Verdict.DISMISSED)
        return refused.select_related("answer").order_by("-answer__at")


class TakedownRequest(AppendOnly):
    """Somebody asks that a song be taken down; no account, and no name unless they leave a contact."""

    class Relation(models.TextChoices):
        AUTHOR = "penulis", _("Saya penulis atau penggubahnya")
        FAMILY = "keluarga", _("Saya keluarga orang yang disebut atau terdengar")
        COMMUNITY = "warga", _("Saya warga marga atau desa asalnya")
        OTHER = "lain", _("Lainnya")

    senjang = models.ForeignKey(
        "media_assets.SenjangPage", models.PROTECT, related_name="takedowns", verbose_name=_("senjang")
    )
    number = models.PositiveIntegerField(_("nomor"))
    code = models.CharField(_("kode"), max_length=12, unique=True)
    digest = models.CharField(max_length=66, help_text="of the text it is about")
    relation = models.CharField(_("hubungan"), max_length=8, choices=Relation)
    reason = models.TextField(_("alasan"))
    holds = models.BooleanField(_("menahan"), help_text="whether the song is off until it is answered")
    at = models.DateTimeField(_("waktu"), default=timezone.now)

    objects = TakedownRequestQuerySet.as_manager()

    class Meta(AppendOnly.Meta):
        abstract = False
        verbose_name = _("permohonan penurunan")
        verbose_name_plural = _("permohonan penurunan")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["senjang", "number"], name="one_takedown_per_number"),
            models.CheckConstraint(condition=~Q(reason=""), name="takedown_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.senjang.title} ({self.number})"


class TakedownContact(models.Model):
    """How to reach who asked; deleted with the answer, or when nobody has answered for long."""

    request = models.OneToOneField(
        TakedownRequest, models.PROTECT, related_name="contact", verbose_name=_("permohonan")
    )
    contact = models.CharField(_("kontak"), max_length=120)

    class Meta:
        verbose_name = _("kontak pemohon")

    def __str__(self) -> str:
        return str(self.request)


class TakedownAnswer(AppendOnly):
    """A member's answer: the song stays off, or is back."""

    class Verdict(models.TextChoices):
        UPHELD = "dikabulkan", _("dikabulkan")
        DISMISSED = "ditolak", _("tidak dikabulkan")

    request = models.OneToOneField(TakedownRequest, models.PROTECT, related_name="answer", verbose_name=_("permohonan"))
    verdict = models.CharField(_("putusan"), max_length=10, choices=Verdict)
    reason = models.TextField(_("alasan"))
    member = models.ForeignKey(CouncilMember, models.PROTECT, related_name="+", verbose_name=_("anggota"))
    at = models.DateTimeField(_("waktu"), default=timezone.now)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta(AppendOnly.Meta):
        abstract = False
        verbose_name = _("jawaban permohonan")
        verbose_name_plural = _("jawaban permohonan")
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="takedown_answer_has_a_reason")]

    def __str__(self) -> str:
        return f"{self.request}: {self.get_verdict_display()}"


generation.watch(TakedownRequest, TakedownAnswer)
