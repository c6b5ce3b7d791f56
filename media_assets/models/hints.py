"""What staff said of a hint of the form adviser: set aside, with the reason, or taken up again; only ever added."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.office.append_only import AppendOnly, AppendOnlyQuerySet


class FormHintDismissal(AppendOnly):
    """Of the rows with one key the last one counts; the key is the hint's own, so that new words bring it back."""

    page = models.ForeignKey("media_assets.SenjangPage", models.PROTECT, related_name="hint_dismissals")
    key = models.CharField(max_length=16)
    kind = models.CharField(_("jenis"), max_length=10)
    part = models.CharField(_("bagian"), max_length=8)
    line_uid = models.CharField(max_length=8)
    hint = models.TextField(_("saran"), help_text=_("seperti yang dibaca waktu itu"))
    set_aside = models.BooleanField(_("dikesampingkan"), default=True)
    reason = models.TextField(_("alasan"), blank=True)
    by_name = models.CharField(_("oleh"), max_length=160)
    at = models.DateTimeField(_("waktu"), default=timezone.now)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta(AppendOnly.Meta):
        abstract = False
        verbose_name = _("saran bentuk yang dikesampingkan")
        verbose_name_plural = _("saran bentuk yang dikesampingkan")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(set_aside=False) | ~Q(reason=""), name="hint_set_aside_has_a_reason"),
        ]

    def __str__(self) -> str:
        return self.hint
