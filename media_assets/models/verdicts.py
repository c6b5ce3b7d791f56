"""What members decide of a submission, how it ended, and the texts that stand approved."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.office import names
from cms.office.append_only import AppendOnly, AppendOnlyQuerySet
from media_assets.models.members import CouncilMember
from media_assets.models.notes import NoteClosing, OnSenjangQuerySet


class Recusal(AppendOnly):
    """A member who leaves this senjang to the others, in later versions too; nobody waits for them any more."""

    submission = models.ForeignKey(
        "media_assets.Submission", models.PROTECT, related_name="recusals", verbose_name=_("pengajuan")
    )
    member = models.ForeignKey(CouncilMember, models.PROTECT, related_name="recusals", verbose_name=_("anggota"))
    reason = models.TextField(_("alasan"))
    at = models.DateTimeField(_("waktu"), default=timezone.now)

    objects = OnSenjangQuerySet.as_manager()

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

    submission = models.ForeignKey(
        "media_assets.Submission", models.PROTECT, related_name="extensions", verbose_name=_("pengajuan")
    )
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
    def on(self, part_digests: dict[str, str], until: datetime | None = None) -> Self:
        """All verdicts given on these very words by then, oldest first: of one member the last one counts."""
        said = self.filter(part_digest__in=part_digests.values())
        if until:
            said = said.filter(at__lte=until)
        return said.lasting(until).order_by("at", "pk")

    def lasting(self, until: datetime | None = None) -> Self:
        """Without agreements that no longer say what their giver says, since one of them was with changes.

        An agreement with changes counts for words that nobody has put before the member yet; so it must not lie in
        wait once they have changed their mind. It ends with their next verdict on that part and question of this
        senjang, whatever the words, and when a wording it was made of is taken back or not taken up. And it takes
        the place of what they agreed to before, for they would now have those words changed.
        """
        by_then = Q(at__lte=until) if until else Q()
        later = Decision.objects.filter(
            by_then,
            _same_senjang("submission"),
            member=OuterRef("member"),
            part=OuterRef("part"),
            question=OuterRef("question"),
            pk__gt=OuterRef("pk"),
        )
        dropped = NoteClosing.objects.filter(
            by_then,
            _same_senjang("note__submission"),
            note__member=OuterRef("member"),
            note__part=OuterRef("part"),
            note__at__lte=OuterRef("at"),
            at__gt=OuterRef("at"),
        ).exclude(Q(kind=NoteClosing.Kind.ACCEPTED) | Q(note__new_text=""))
        conditional, plain = Q(verdict=Decision.Verdict.WITH_CHANGES), Q(verdict=Decision.Verdict.AGREE)
        return self.exclude(conditional & (Exists(later) | Exists(dropped))).exclude(
            plain & Exists(later.filter(verdict=Decision.Verdict.WITH_CHANGES))
        )

    def of_members(self) -> Self:
        return self.exclude(member=None)


def _same_senjang(path: str) -> Q:
    return Q(**{path: OuterRef("submission")}) | Q(**{f"{path}__page": OuterRef("submission__page")})


class Decision(AppendOnly):
    """One verdict on one part and one question; it counts for that part's digest, whichever submission.

    Members answer for form, language and adat; whether the licence facts are right an officer of the office answers.
    Whoever agrees with changes agrees to the words with their own open suggestions in place: that is the digest kept.
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
        WITH_CHANGES = "usul", _("setuju dengan usul")
        SEND_BACK = "perbaiki", _("minta perbaikan")
        NOT_PUBLIC = "tertutup", _("tidak untuk umum")

    AGREEING = (Verdict.AGREE, Verdict.WITH_CHANGES)

    class Way(models.TextChoices):
        """How it reached us; "" for what was decided before this was kept."""

        LOGIN = "akun", _("lewat akun")
        LINK = "tautan", _("lewat tautan")
        PAPER = "kertas", _("di lembar sidang")

    submission = models.ForeignKey(
        "media_assets.Submission", models.PROTECT, related_name="decisions", verbose_name=_("pengajuan")
    )
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
    way = models.CharField(_("lewat"), max_length=8, choices=Way, blank=True, default="")
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
        RENEWED = "diperbarui", _("diperbarui dengan usul anggota")

    submission = models.OneToOneField(
        "media_assets.Submission", models.PROTECT, related_name="ruling", verbose_name=_("pengajuan")
    )
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

    submission = models.ForeignKey(
        "media_assets.Submission", models.PROTECT, related_name="withdrawals", verbose_name=_("pengajuan")
    )
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
