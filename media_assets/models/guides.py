"""The recording by which the council hears how a senjang is meant to sound."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.office import generation
from media_assets.models.recordings import Recording
from media_assets.models.senjang import SenjangPage


class Guide(models.Model):
    """At most one a senjang. `council_only`: while it is the guide, nobody else hears this take, approved or not."""

    senjang = models.OneToOneField(SenjangPage, models.CASCADE, related_name="guide", verbose_name=_("senjang"))
    recording = models.OneToOneField(Recording, models.CASCADE, related_name="guide", verbose_name=_("rekaman"))
    council_only = models.BooleanField(_("hanya untuk Lembaga Adat"), default=True)
    set_at = models.DateTimeField(_("ditetapkan"), default=timezone.now)

    class Meta:
        verbose_name = _("rekaman panduan")
        verbose_name_plural = _("rekaman panduan")

    def __str__(self) -> str:
        return f"{self.senjang}: {self.recording}"


generation.watch(Guide)
