"""What the council decides of a text before it: agree, send back, and take an approval back."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from wagtail.actions.unpublish_page import UnpublishPageAction

from cms.office import generation, names, notices, trail
from cms.office.models import Notice, Role
from media_assets import lyrics, margin, permissions, proceedings
from media_assets.models import (
    Approval,
    CouncilMember,
    Decision,
    LineNote,
    Ruling,
    SenjangPage,
    Submission,
    Withdrawal,
)
from media_assets.review_state import agreeing_members, latest_digest, missing_parts


@transaction.atomic
def agree(
    submission: Submission,
    *,
    member: CouncilMember,
    by: Any = None,
    through: str = "",
    parts: Iterable[str] = lyrics.PARTS,
    questions: Iterable[str] = Decision.OF_MEMBERS,
) -> Submission:
    """One member agrees, to all or to some; the last agreement that was needed approves the text."""
    submission = proceedings.lock(submission)
    permissions.ask_member(submission, member, by, through)
    chosen = [Decision.Part(part) for part in parts]
    _decide(submission, member, chosen, Decision.Verdict.AGREE, questions=questions, through=through)
    text = _("%(member)s menyetujui %(parts)s senjang “%(title)s”.") % told(submission, member, chosen)
    trail.record("setujui", submission.subject, text, by=by, through=through, submission=submission.pk)
    conclude(submission, by=by)
    return submission


@transaction.atomic
def agree_with_changes(
    submission: Submission, *, member: CouncilMember, reason: str, by: Any = None, through: str = ""
) -> Submission:
    """One member agrees to the text as it will be once their own open suggestions stand in it; elsewhere as it is.

    It counts by digest, for exactly those words; proposing them makes nobody an author.
    """
    submission, reason = proceedings.lock(submission), reasoned(reason)
    permissions.ask_member(submission, member, by, through)
    wished = margin.wished_digests(submission, margin.wishes(submission, member))
    if not wished:
        raise ValidationError(_("Tulis dulu usul Anda pada barisnya, lalu setujui dengan usul itu."))
    changed, kept = [[Decision.Part(p) for p in lyrics.PARTS if (p in wished) is wanted] for wanted in (True, False)]
    decide(submission, member, kept, Decision.Verdict.AGREE, through=through)
    _decide(submission, member, changed, Decision.Verdict.WITH_CHANGES, reason, through=through, digests=wished)
    text = _("%(member)s setuju dengan usul atas %(parts)s senjang “%(title)s”: %(reason)s") % (
        told(submission, member, changed) | {"reason": reason}
    )
    trail.record("setuju dengan usul", submission.subject, text, by=by, through=through, submission=submission.pk)
    return submission


def conclude(submission: Submission, *, by: Any) -> None:
    """Approve the text once nothing is missing and no note is open; the submission is locked by whoever calls."""
    if missing_parts(submission) or LineNote.objects.on(submission).open().exists():
        return
    ruling = proceedings.rule(submission, Ruling.Verdict.APPROVED)
    Approval.objects.get_or_create(digest=submission.digest, defaults={"ruling": ruling})
    generation.bump()
    agreed = get_text_list([str(member) for member in agreeing_members(submission)], _("dan"))
    proceedings.task_of(submission).specific.approve(user=by, comment=_("Disetujui %(names)s") % {"names": agreed})
    text = _("Lembaga Adat menyetujui senjang “%(title)s”. Sekarang dapat diterbitkan.") % {"title": submission.title}
    proceedings.close(submission, "disetujui", text, by=by)


@transaction.atomic
def send_back(
    submission: Submission,
    *,
    member: CouncilMember,
    reason: str,
    part: str | None = None,
    by: Any = None,
    through: str = "",
) -> Submission:
    """One member asks for a better text, of one part or of all; staff may edit again at once."""
    submission, reason = proceedings.lock(submission), reasoned(reason)
    permissions.ask_member(submission, member, by, through)
    chosen = [Decision.Part(part)] if part else list(Decision.Part)
    _decide(submission, member, chosen, Decision.Verdict.SEND_BACK, reason, through=through)
    text = _("%(member)s minta perbaikan %(parts)s senjang “%(title)s”: %(reason)s") % (
        told(submission, member, chosen) | {"reason": reason}
    )
    proceedings.end(submission, Ruling.Verdict.SENT_BACK, f"{member}: {reason}", text, by=by, through=through)
    return submission


@transaction.atomic
def keep_private(
    submission: Submission, *, member: CouncilMember, reason: str, by: Any = None, through: str = ""
) -> Submission:
    """One member says that these words are not for the public; they cannot be handed in again as they are."""
    submission, reason = proceedings.lock(submission), reasoned(reason)
    permissions.ask_member(submission, member, by, through)
    _decide(submission, member, list(Decision.Part), Decision.Verdict.NOT_PUBLIC, reason, through=through)
    text = _("Menurut %(member)s senjang “%(title)s” tidak untuk umum: %(reason)s") % {
        "member": member,
        "title": submission.title,
        "reason": reason,
    }
    proceedings.end(submission, Ruling.Verdict.NOT_PUBLIC, f"{member}: {reason}", text, by=by, through=through)
    return submission


@transaction.atomic
def withdraw(thing: SenjangPage | Approval, *, reason: str, by: Any) -> Withdrawal:
    """Take an approval back: of a page, that of what visitors see, else of its draft. Its pages go off the site."""
    if not permissions.can_withdraw(by):
        raise PermissionDenied
    reason = reasoned(reason)
    approval = Approval.objects.select_for_update().filter(pk__in=_digests(thing)).first()
    if approval is None:
        raise ValidationError(_("Tidak ada persetujuan yang dapat dicabut untuk teks ini."))
    submission = approval.ruling.submission
    for page in SenjangPage.objects.live().filter(approval=approval):
        UnpublishPageAction(page, user=by).execute(skip_permission_checks=True)
    withdrawal = Withdrawal.objects.create(submission=submission, reason=reason, by_name=names.of_account(by))
    text = _("Persetujuan senjang “%(title)s” dicabut: %(reason)s") % {"title": submission.title, "reason": reason}
    trail.record("cabut persetujuan", submission.subject, text, by=by, submission=submission.pk, digest=approval.digest)
    notices.tell(
        Role.COMMUNICATIONS,
        text,
        key=proceedings.key(submission),
        url=proceedings.editor(submission),
        level=Notice.Level.WARNING,
    )
    approval.delete()
    generation.bump()
    return withdrawal


def reasoned(reason: str) -> str:
    """The reason, or a refusal when there is none."""
    if not (reason := reason.strip()):
        raise ValidationError({"reason": _("Tulis alasannya, supaya penulis tahu apa yang perlu diperbaiki.")})
    return reason


def decide(
    submission: Submission,
    member: CouncilMember,
    parts: list[Decision.Part],
    verdict: Decision.Verdict,
    reason: str = "",
    questions: Iterable[str] = Decision.OF_MEMBERS,
    *,
    through: str = "",
    digests: dict[str, str] | None = None,
) -> list[Decision]:
    """Keep a verdict where it is news; whoever calls has locked the submission, asked the member and concludes.

    `digests` where it is about other words than the submission's own.
    """
    said_of = digests or submission.part_digests
    wanted = [Decision.Question(question) for question in questions if question in Decision.OF_MEMBERS]
    given = submission.decisions.filter(member=member).lasting().order_by("at", "pk")
    last = {(d.part, d.question): (d.verdict, d.part_digest) for d in given}
    rows = [
        Decision(
            submission=submission,
            member=member,
            part=part,
            part_digest=said_of[part],
            question=question,
            verdict=verdict,
            reason=reason,
            way=_way(through),
        )
        for part in parts
        for question in wanted
        if last.get((part, question)) != (verdict, said_of[part])
    ]
    return list(Decision.objects.bulk_create(rows))


def _decide(*args: Any, **kwargs: Any) -> None:
    if not decide(*args, **kwargs):
        raise ValidationError(_("Putusan Anda untuk bagian ini sudah tercatat."))


def _way(through: str) -> Decision.Way:
    if isinstance(through, trail.OnPaper):
        return Decision.Way.PAPER
    return Decision.Way.LINK if through else Decision.Way.LOGIN


def told(submission: Submission, member: CouncilMember, parts: list[Decision.Part]) -> dict[str, str]:
    """The words that a verdict's line in the trail is made of."""
    named = get_text_list([part.label.lower() for part in parts], _("dan"))
    every = len(parts) == len(Decision.Part)
    return {
        "member": str(member),
        "title": submission.title,
        "parts": _("semua bagian") if every else _("bagian %(parts)s") % {"parts": named},
    }


def _digests(thing: SenjangPage | Approval) -> list[str]:
    if isinstance(thing, Approval):
        return [thing.pk]
    page = SenjangPage.objects.get(pk=thing.pk)
    return [page.digest if page.live else latest_digest(page)]
