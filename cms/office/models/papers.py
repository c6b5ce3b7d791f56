"""Numbered papers, kept as they were handed out."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.office.append_only import AppendOnly, AppendOnlyQuerySet


class PaperQuerySet(AppendOnlyQuerySet):
    def about(self, subject: models.Model) -> Self:
        return self.filter(subject_type=subject._meta.label_lower, subject_id=str(subject.pk))

    def without_file(self) -> Self:
        """All that is said about a paper, without its bytes."""
        return self.defer("file")


class Paper(AppendOnly):
    """One numbered PDF: its bytes, what it was set from, and the code under which anybody can check it."""

    class Kind(models.TextChoices):
        """The value stands in the number."""

        APPROVAL = "PST", _("Lembar persetujuan")
        SITTING = "SDG", _("Lembar sidang")
        MINUTES = "BA", _("Berita acara sidang")

    kind = models.CharField(_("jenis"), max_length=8, choices=Kind)
    year = models.PositiveSmallIntegerField(_("tahun"))
    running = models.PositiveIntegerField(_("nomor urut"))
    number = models.CharField(_("nomor"), max_length=120, help_text="as printed")
    code = models.CharField(_("kode periksa"), max_length=8, unique=True)
    subject_type = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=40)
    title = models.CharField(_("tentang"), max_length=255)
    data = models.JSONField(help_text="what the template was given")
    data_digest = models.CharField(max_length=64, help_text="SHA-256 of the data as canonical JSON")
    file = models.BinaryField(help_text="the PDF")
    file_digest = models.CharField(max_length=64, help_text="SHA-256")
    made_at = models.DateTimeField(_("dibuat"), default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.DO_NOTHING, null=True, db_constraint=False, related_name="+"
    )

    objects = PaperQuerySet.as_manager()

    class Meta(AppendOnly.Meta):
        abstract = False
        verbose_name = _("surat bernomor")
        verbose_name_plural = _("surat bernomor")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "year", "running"], name="one_paper_per_number"),
            models.UniqueConstraint(
                fields=["kind", "subject_type", "subject_id"], name="one_paper_of_a_kind_for_a_subject"
            ),
            models.CheckConstraint(condition=Q(running__gte=1), name="papers_are_numbered_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"
