"""The council's tables: members, what they are shown, what each decides, and the texts that stand approved."""

from typing import Any, Self

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Revision, TaskState

from cms.office import names
from cms.office.append_only import AppendOnly, AppendOnlyQuerySet, HistoryIsFixed
from media_assets.models.members import CouncilMember
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
        mine = Count(answer, filter=Q(decisions__member=member), distinct=True)
        open_to = self.waiting().not_by(member.person).exclude(recusals__member=member).select_related("submitted_by")
        asked = len(Decision.Part) * len(Decision.OF_MEMBERS)
        return open_to.annotate(answered=mine).filter(answered__lt=asked)

    def decided_by(self, member: CouncilMember) -> Self:
        decided = Decision.objects.filter(member=member).values("submission")
        return self.filter(pk__in=decided).with_story()

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

    class Meta:
        verbose_name = _("undangan membaca")
        verbose_name_plural = _("undangan membaca")
        constraints = [models.UniqueConstraint(fields=["submission", "member"], name="one_invitation_each")]

    def __str__(self) -> str:
        return f"{self.member}: {self.submission}"


class Recusal(AppendOnly):
    """A member who leaves this text to the others; nobody waits for them any more."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="recusals", verbose_name=_("pengajuan"))
    member = models.ForeignKey(CouncilMember, models.PROTECT, related_name="recusals", verbose_name=_("anggota"))
    reason = models.TextField(_("alasan"))
    at = models.DateTimeField(_("waktu"), default=timezone.now)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta(AppendOnly.Meta):
        abstract = False
        verbose_name = _("pengunduran dari sidang")
        verbose_name_plural = _("pengunduran dari sidang")
        constraints = [
            models.UniqueConstraint(fields=["submission", "member"], name="one_recusal_each"),
            models.CheckConstraint(condition=~Q(reason=""), name="recusal_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.member}: {self.submission}"


class Extension(AppendOnly):
    """More time, given by the chair."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="extensions", verbose_name=_("pengajuan"))
    member = models.ForeignKey(CouncilMember, models.PROTECT, related_name="+", verbose_name=_("ketua"))
    until = models.DateField(_("sampai"))
    reason = models.TextField(_("alasan"))
    at = models.DateTimeField(_("waktu"), default=timezone.now)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta(AppendOnly.Meta):
        abstract = False
        verbose_name = _("perpanjangan waktu")
        verbose_name_plural = _("perpanjangan waktu")
        ordering = ["at", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="extension_has_a_reason")]

    def __str__(self) -> str:
        return f"{self.submission}: {self.until}"


class DecisionQuerySet(AppendOnlyQuerySet):
    def on(self, part_digests: dict[str, str]) -> Self:
        """All verdicts ever given on these very words, oldest first: of one member the last one counts."""
        return self.filter(part_digest__in=part_digests.values()).order_by("at", "pk")

    def of_members(self) -> Self:
        return self.exclude(member=None)


class Decision(AppendOnly):
    """One verdict on one part and one question; it counts for that part's digest, whichever submission.

    Members answer for form, language and adat; whether the licence facts are right an officer of the office answers.
    """

    class Part(models.TextChoices):
        PEMBUKA = "pembuka", _("Pembuka")
        ISI = "isi", _("Isi")
        PENUTUP = "penutup", _("Penutup")

    class Question(models.TextChoices):
        FORM = "bentuk", _("bentuk")
        LANGUAGE = "bahasa", _("bahasa")
        ADAT = "adat", _("adat")
        FACTS = "fakta", _("fakta layanan")

    OF_MEMBERS = (Question.FORM, Question.LANGUAGE, Question.ADAT)

    class Verdict(models.TextChoices):
        AGREE = "setuju", _("setuju")
        SEND_BACK = "perbaiki", _("minta perbaikan")
        NOT_PUBLIC = "tertutup", _("tidak untuk umum")

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="decisions", verbose_name=_("pengajuan"))
    member = models.ForeignKey(
        CouncilMember, models.PROTECT, null=True, related_name="decisions", verbose_name=_("anggota")
    )
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("petugas kantor")
    )
    part = models.CharField(_("bagian"), max_length=8, choices=Part)
    part_digest = models.CharField(max_length=66, db_index=True)
    question = models.CharField(_("pertanyaan"), max_length=8, choices=Question)
    verdict = models.CharField(_("putusan"), max_length=8, choices=Verdict)
    reason = models.TextField(_("alasan"), blank=True)
    at = models.DateTimeField(_("waktu"), default=timezone.now)

    objects = DecisionQuerySet.as_manager()

    class Meta(AppendOnly.Meta):
        abstract = False
        verbose_name = _("putusan anggota")
        verbose_name_plural = _("putusan anggota")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(verdict="setuju") | ~Q(reason=""), name="send_back_has_a_reason"),
            models.CheckConstraint(
                condition=Q(question="fakta", officer__isnull=False, member=None)
                | ~Q(question="fakta") & Q(officer=None, member__isnull=False),
                name="members_judge_words_and_officers_facts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.voice}: {self.get_part_display()}, {self.get_verdict_display()}"

    @property
    def voice(self) -> str:
        """Who said it."""
        return str(self.member) if self.member_id else names.of_account(self.officer)


class Ruling(AppendOnly):
    """How a submission ended."""

    class Verdict(models.TextChoices):
        APPROVED = "disetujui", _("disetujui")
        SENT_BACK = "dikembalikan", _("dikembalikan")
        NOT_PUBLIC = "tertutup", _("tidak untuk umum")
        RECALLED = "ditarik", _("ditarik staf")

    submission = models.OneToOneField(Submission, models.PROTECT, related_name="ruling", verbose_name=_("pengajuan"))
    verdict = models.CharField(_("hasil"), max_length=12, choices=Verdict)
    at = models.DateTimeField(_("waktu"), default=timezone.now)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta(AppendOnly.Meta):
        abstract = False
        verbose_name = _("hasil sidang")
        verbose_name_plural = _("hasil sidang")

    def __str__(self) -> str:
        return f"{self.submission}: {self.get_verdict_display()}"


class Withdrawal(AppendOnly):
    """An approval taken back: what members agreed to in these words until then no longer counts."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="withdrawals", verbose_name=_("pengajuan"))
    reason = models.TextField(_("alasan"))
    by_name = models.CharField(_("oleh"), max_length=160)
    at = models.DateTimeField(_("waktu"), default=timezone.now)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta(AppendOnly.Meta):
        abstract = False
        verbose_name = _("pencabutan persetujuan")
        verbose_name_plural = _("pencabutan persetujuan")
        ordering = ["-at", "-pk"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="withdrawal_has_a_reason")]

    def __str__(self) -> str:
        return f"{self.submission}: {self.reason}"


class Approval(models.Model):
    """A text that stands approved now: its key is the digest. Withdrawn = row deleted; a Withdrawal tells the story."""

    digest = models.CharField(max_length=66, primary_key=True)
    ruling = models.OneToOneField(Ruling, models.PROTECT, related_name="approval")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(digest=""), name="empty_text_is_never_approved")]

    def __str__(self) -> str:
        return self.digest
