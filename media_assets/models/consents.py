"""Which senjang a person's consent is limited to; rows that are written with the consent and never after."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.office import generation
from cms.office.append_only import AppendOnly, AppendOnlyQuerySet
from media_assets.models.senjang import SenjangPage
from performers.models import Consent


class ConsentWork(AppendOnly):
    """A limited consent holds for this senjang; one that is not limited has no such row."""

    consent = models.ForeignKey(Consent, models.PROTECT, related_name="works", verbose_name=_("izin"))
    senjang = models.ForeignKey(SenjangPage, models.PROTECT, related_name="consents", verbose_name=_("senjang"))

    objects = AppendOnlyQuerySet.as_manager()

    class Meta(AppendOnly.Meta):
        abstract = False
        verbose_name = _("izin untuk senjang tertentu")
        verbose_name_plural = _("izin untuk senjang tertentu")
        constraints = [models.UniqueConstraint(fields=["consent", "senjang"], name="work_once_per_consent")]

    def __str__(self) -> str:
        return f"{self.consent}: {self.senjang}"


generation.watch(ConsentWork)
