"""Who opened a submission first when: one row a member, so that two browsers at once leave one line in the trail."""

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.office.append_only import AppendOnly, AppendOnlyQuerySet
from media_assets.models.members import CouncilMember


class Reading(AppendOnly):
    """A member has had this text before them; whether they read it all, only they know."""

    submission = models.ForeignKey(
        "media_assets.Submission", models.PROTECT, related_name="readings", verbose_name=gettext_lazy("pengajuan")
    )
    member = models.ForeignKey(CouncilMember, models.PROTECT, related_name="+", verbose_name=gettext_lazy("anggota"))
    by_link = models.BooleanField(gettext_lazy("lewat tautan"), default=False)
    at = models.DateTimeField(gettext_lazy("waktu"), default=timezone.now)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta(AppendOnly.Meta):
        abstract = False
        verbose_name = gettext_lazy("teks dibuka anggota")
        verbose_name_plural = gettext_lazy("teks dibuka anggota")
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(fields=["submission", "member"], name="first_reading_once_each")]

    def __str__(self) -> str:
        return self.sentence

    @property
    def sentence(self) -> str:
        """“dibaca Pak Mahmud, 21 November 2026 pukul 10.15”"""
        local = timezone.localtime(self.at)
        day, time = date_format(local, "j F Y"), local.strftime("%H.%M")
        words = {"member": self.member, "day": day, "time": time}
        if self.by_link:
            return _("dibaca %(member)s lewat tautan, %(day)s pukul %(time)s WIB") % words
        return _("dibaca %(member)s, %(day)s pukul %(time)s WIB") % words
