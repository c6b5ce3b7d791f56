"""The recording by which the council hears how a senjang is meant to sound."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.office import generation
from media_assets.models.recordings import Recording
from media_assets.models.senjang import SenjangPage


class Guide(models.Model):
    """One a senjang is the current one.

    `council_only`: nobody else hears this take, approved or not; not even once another one guides in its place, until
    staff release it.
    """

    senjang = models.ForeignKey(SenjangPage, models.CASCADE, related_name="guides", verbose_name=_("senjang"))
    recording = models.OneToOneField(Recording, models.CASCADE, related_name="guide", verbose_name=_("rekaman"))
    council_only = models.BooleanField(_("hanya untuk Lembaga Adat"), default=True)
    is_current = models.BooleanField(_("sekarang"), default=True)
    set_at = models.DateTimeField(_("ditetapkan"), default=timezone.now)

    class Meta:
        verbose_name = _("rekaman panduan")
        verbose_name_plural = _("rekaman panduan")
        constraints = [
            models.UniqueConstraint(
                fields=["senjang"], condition=Q(is_current=True), name="one_current_guide_a_senjang"
            )
        ]

    def __str__(self) -> str:
        return f"{self.senjang}: {self.recording}"


generation.watch(Guide)
