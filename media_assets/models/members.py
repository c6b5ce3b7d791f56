"""Who sits on the council, and its rule of how many must agree and by when."""

from datetime import date
from typing import Any, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from performers.models import Person


class CouncilMemberQuerySet(models.QuerySet["CouncilMember"]):
    def serving_on(self, day: date) -> Self:
        return self.filter(Q(until=None) | Q(until__gt=day), since__lte=day)

    def former_seat_of(self, user: Any) -> "CouncilMember | None":
        """The seat of this account's person that is not served today: it has ended, or has not begun."""
        mine = self.filter(person__user=user) if user.is_authenticated else self.none()
        return mine.exclude(pk__in=self.serving_on(timezone.localdate())).select_related("person").first()

    def seat_of(self, user: Any) -> "CouncilMember | None":
        """The seat this account's person holds today."""
        mine = self.serving_on(timezone.localdate()).filter(person__user=user) if user.is_authenticated else self.none()
        return mine.select_related("person").first()


class CouncilMember(models.Model):
    """A person who sits on the council, from `since` to before `until`; a log-in is the person's own, and optional."""

    person = models.OneToOneField(Person, models.PROTECT, related_name="council_seat", verbose_name=_("orang"))
    position = models.CharField(_("kedudukan"), max_length=80, default=_("Anggota"))
    is_chair = models.BooleanField(_("ketua"), default=False)
    since = models.DateField(_("sejak"), default=timezone.localdate)
    until = models.DateField(_("sampai"), null=True, blank=True)

    objects = CouncilMemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("anggota Lembaga Adat")
        verbose_name_plural = _("anggota Lembaga Adat")
        ordering = ["-is_chair", "person__name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=F("since")), name="council_seat_ends_after_start"
            )
        ]

    def __str__(self) -> str:
        return self.person.name

    def is_serving(self, day: date) -> bool:
        return self.since <= day and (self.until is None or self.until > day)


@register_setting(icon="group", order=2)
class CouncilRule(BaseGenericSetting):
    """How the council rules: `quorum` members on each part and question, within `days` of handing in.

    Source: the council's own; none is written down that we know of, so the office enters what it is told.
    """

    quorum = models.PositiveSmallIntegerField(
        _("suara yang diperlukan"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(15)],
        help_text=_("Berapa anggota harus setuju atas tiap bagian. Ketua sendirian tidak pernah cukup."),
    )
    days = models.PositiveSmallIntegerField(
        _("waktu membaca (hari)"),
        default=7,
        validators=[MinValueValidator(1), MaxValueValidator(90)],
        help_text=_("Batas waktu yang ditulis pada undangan. Lewat batas, tidak ada yang disetujui dengan sendirinya."),
    )

    panels = [FieldPanel("quorum"), FieldPanel("days")]

    class Meta:
        verbose_name = _("aturan sidang")
        constraints = [models.CheckConstraint(condition=Q(quorum__gte=1), name="somebody_must_agree")]

    def needed_of(self, eligible: int) -> int:
        """Votes needed where only so many may vote: all of them, but never fewer than two where two are wanted."""
        return max(min(self.quorum, eligible), min(self.quorum, 2))
