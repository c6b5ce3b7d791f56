"""What members write in the margin of a text: a note or another wording for one line, and how each was answered."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.office import names
from cms.office.append_only import AppendOnly, AppendOnlyQuerySet
from media_assets import lyrics
from media_assets.models.members import CouncilMember


def same_senjang(page: Any, pk: Any, digest: Any) -> Q:
    """What hangs on a submission of this senjang up to and with `pk`, or on the same words elsewhere.

    Votes count for words wherever they stand, so what stands against them must not end with a copy of the page.
    """
    versions = Q(submission__page__isnull=False, submission__page=page, submission__lte=pk)
    return versions | Q(submission__digest=digest)


class OnSenjangQuerySet(AppendOnlyQuerySet):
    def on(self, submission: Any) -> Self:
        """All that was ever said on this senjang, up to and with this submission."""
        return self.filter(same_senjang(submission.page_id, submission.pk, submission.digest))


class LineNoteQuerySet(OnSenjangQuerySet):
    def open(self) -> Self:
        return self.filter(closing=None)

    def suggesting(self) -> Self:
        return self.exclude(new_text="")

    def with_story(self) -> Self:
        return self.select_related("submission", "member__person", "closing__officer")


class LineNote(AppendOnly):
    """A member's note on one line. The line is known by its uid, so the note stays with it through later versions.

    `text`, `gloss`, `spoken` are the line as it was shown; the `new_…` ones, all or none, as the member would have it.
    """

    submission = models.ForeignKey(
        "media_assets.Submission", models.PROTECT, related_name="notes", verbose_name=_("pengajuan")
    )
    member = models.ForeignKey(CouncilMember, models.PROTECT, related_name="notes", verbose_name=_("anggota"))
    part = models.CharField(max_length=8)
    uid = models.CharField(max_length=8)
    text = models.TextField()
    gloss = models.TextField(blank=True)
    spoken = models.TextField(blank=True)
    words = models.TextField(_("catatan"), blank=True)
    new_text = models.TextField(_("usul lirik"), blank=True)
    new_gloss = models.TextField(_("usul arti"), blank=True)
    new_spoken = models.TextField(_("usul cara dinyanyikan"), blank=True)
    at = models.DateTimeField(_("waktu"), default=timezone.now)

    objects = LineNoteQuerySet.as_manager()

    class Meta(AppendOnly.Meta):
        abstract = False
        verbose_name = _("catatan baris")
        verbose_name_plural = _("catatan baris")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(words="") | ~Q(new_text=""), name="note_says_something"),
            models.CheckConstraint(
                condition=~Q(new_text="") | Q(new_gloss="", new_spoken=""), name="suggestion_has_words"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member}: {self.text}"

    @property
    def is_open(self) -> bool:
        return not hasattr(self, "closing")

    @property
    def shown(self) -> lyrics.Wording:
        return lyrics.Wording(self.text, self.gloss, self.spoken)

    @property
    def suggestion(self) -> lyrics.Wording | None:
        return lyrics.Wording(self.new_text, self.new_gloss, self.new_spoken) if self.new_text else None


class NoteClosing(AppendOnly):
    """How a note ended: answered, accepted or declined by the office, or taken back by whoever wrote it."""

    class Kind(models.TextChoices):
        ANSWERED = "dijawab", _("dijawab")
        ACCEPTED = "diterima", _("usul diterima")
        DECLINED = "ditolak", _("usul tidak dipakai")
        TAKEN_BACK = "ditarik", _("ditarik penulisnya")

    note = models.OneToOneField(LineNote, models.PROTECT, related_name="closing", verbose_name=_("catatan"))
    kind = models.CharField(_("sebagai"), max_length=8, choices=Kind)
    words = models.TextField(_("jawaban"), blank=True)
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("petugas kantor")
    )
    at = models.DateTimeField(_("waktu"), default=timezone.now)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta(AppendOnly.Meta):
        abstract = False
        verbose_name = _("jawaban catatan")
        verbose_name_plural = _("jawaban catatan")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["diterima", "ditarik"]) | ~Q(words=""), name="note_is_answered_in_words"
            ),
            models.CheckConstraint(
                condition=Q(kind="ditarik", officer=None) | ~Q(kind="ditarik") & Q(officer__isnull=False),
                name="officers_answer_and_members_take_back",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.note}: {self.get_kind_display()}"

    @property
    def voice(self) -> str:
        return names.of_account(self.officer) if self.officer_id else str(self.note.member)
