"""What the council is shown, and who is asked about it."""

from typing import Any, Self

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Revision, TaskState

from cms.office.append_only import HistoryIsFixed
from media_assets.models.members import CouncilMember
from media_assets.models.notes import same_senjang
from media_assets.models.verdicts import Decision, Recusal, Ruling
from performers.models import Person

OWN_ROLES = ("penulis", "penggubah")  # of SenjangCredit, which stands to the right of this module
FROZEN = {"title", "language", "text", "digest", "part_digests", "about", "submitted_at", "due_on"}


class SubmissionQuerySet(models.QuerySet["Submission"]):
    def update(self, **values: Any) -> int:
        if FROZEN & set(values):
            raise HistoryIsFixed
        return super().update(**values)

    def waiting(self) -> Self:
        """Not ruled on, and not left behind by a page or workflow that was deleted."""
        return self.filter(ruling=None, task_state__status=TaskState.STATUS_IN_PROGRESS)

    def sent_back(self) -> Self:
        """Returned with a reason, and not handed in again since."""
        later = Submission.objects.filter(page=OuterRef("page"), pk__gt=OuterRef("pk"))
        return self.filter(~Exists(later), page__isnull=False, ruling__verdict=Ruling.Verdict.SENT_BACK)

    def not_by(self, person: Person) -> Self:
        """Without what this person wrote, arranged, owns, saved or submitted: nobody rules on a text of their own."""
        credited = self.filter(page__credits__person=person, page__credits__role__in=OWN_ROLES)
        others = self.exclude(pk__in=credited.values("pk"))
        if person.user_id is None:
            return others
        saved = Revision.objects.filter(
            base_content_type=ContentType.objects.get_for_model(Page),
            object_id=Cast(OuterRef("page_id"), models.CharField()),
            user=person.user_id,
        )
        return others.exclude(Exists(saved)).exclude(page__owner=person.user_id).exclude(submitted_by=person.user_id)

    def undecided_by(self, member: CouncilMember) -> Self:
        """What waits for this member: not their own text, and some question about some part without their verdict."""
        answer = Concat("decisions__part", Value(" "), "decisions__question")
        answers = Decision.objects.filter(member=member).lasting()
        mine = Count(answer, filter=Q(decisions__in=answers), distinct=True)
        left = Recusal.objects.filter(same_senjang(OuterRef("page"), OuterRef("pk"), OuterRef("digest")), member=member)
        open_to = self.waiting().not_by(member.person).exclude(Exists(left)).select_related("submitted_by")
        asked = len(Decision.Part) * len(Decision.OF_MEMBERS)
        return open_to.annotate(answered=mine).filter(answered__lt=asked)

    def answered_by(self, member: CouncilMember) -> Self:
        """What this member has ruled on or left to the others, with all that tells what became of it."""
        decided = Decision.objects.filter(member=member).values("submission")
        left = Recusal.objects.filter(member=member).values("submission")
        return self.filter(Q(pk__in=decided) | Q(pk__in=left)).with_story().prefetch_related("recusals")

    def with_story(self) -> Self:
        """With all that tells what became of each, in as many queries for many as for one."""
        found = self.select_related("ruling", "task_state", "submitted_by", "page")
        return found.prefetch_related("withdrawals", "decisions__member__person", "decisions__officer")


class Submission(models.Model):
    """The frozen copy of what the council is asked about; the page may go on, this text does not."""

    page = models.ForeignKey("media_assets.SenjangPage", models.SET_NULL, null=True, related_name="submissions")
    revision = models.ForeignKey(Revision, models.SET_NULL, null=True, related_name="+")
    task_state = models.OneToOneField(TaskState, models.SET_NULL, null=True, related_name="submission")
    title = models.CharField(_("judul"), max_length=255)
    language = models.CharField(_("bahasa lirik"), max_length=3)
    text = models.JSONField(help_text="{part: [[line, …] per stanza]}")
    digest = models.CharField(max_length=66)
    part_digests = models.JSONField()
    about = models.JSONField(
        default=dict,
        help_text="{credits: [[role, person]], irama, licences: [page], quotes: [[words, fact]]}",
    )
    submitted_at = models.DateTimeField(_("diajukan"), default=timezone.now)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    due_on = models.DateField(_("diharap selesai"), default=timezone.localdate, help_text="last day; not an end of it")

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("pengajuan")
        verbose_name_plural = _("pengajuan")
        ordering = ["-submitted_at", "-pk"]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """What the council was shown stays; only its ties to page, revision and task may loosen."""
        if not self._state.adding and (kwargs.get("update_fields") is None or FROZEN & set(kwargs["update_fields"])):
            raise HistoryIsFixed
        super().save(*args, **kwargs)

    def __str__(self) -> str:
        return self.title

    @property
    def subject(self) -> models.Model:
        """What its story is told of: the page, or itself once the page is gone."""
        return self.page or self


class Invitation(models.Model):
    """Asks one member to rule on one submission; what a secret link for it opens is bound to both."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="invitations", verbose_name=_("pengajuan"))
    member = models.ForeignKey(CouncilMember, models.PROTECT, related_name="invitations", verbose_name=_("anggota"))
    invited_at = models.DateTimeField(_("diundang"), default=timezone.now)
    carried_from = models.OneToOneField(
        "self", models.CASCADE, null=True, related_name="carried_to", verbose_name=_("undangan untuk versi sebelumnya")
    )

    class Meta:
        verbose_name = _("undangan membaca")
        verbose_name_plural = _("undangan membaca")
        constraints = [models.UniqueConstraint(fields=["submission", "member"], name="one_invitation_each")]

    def __str__(self) -> str:
        return f"{self.member}: {self.submission}"
