"""Whose turn it is and until when: a member leaves a text to the others, the chair gives more time, staff remind."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cms.office import trail
from media_assets import permissions, proceedings, review, review_state
from media_assets.models import CouncilMember, Decision, Extension, LineNote, Recusal, Submission

LONGEST = timedelta(days=90)  # from today, that the chair may give


@transaction.atomic
def recuse(submission: Submission, *, member: CouncilMember, reason: str, by: Any = None, through: str = "") -> Recusal:
    """A member steps aside from one text; what they said of it so far no longer counts."""
    submission, reason = proceedings.lock(submission), review.reasoned(reason)
    permissions.ask_member(submission, member, by, through)
    if Recusal.objects.on(submission).filter(member=member).exists():
        raise ValidationError(_("Anda sudah menyerahkan senjang ini kepada anggota lain."))
    recusal = step_aside(submission, member, reason, by=by, through=through)
    review.conclude(submission, by=by)
    return recusal


def step_aside(
    submission: Submission, member: CouncilMember, reason: str, *, by: Any = None, through: str = ""
) -> Recusal:
    """Keep it; whoever calls has locked the submission, asked the member and concludes."""
    recusal = Recusal.objects.create(submission=submission, member=member, reason=reason)
    words = {"member": member, "title": submission.title, "reason": reason}
    text = _("%(member)s tidak ikut memutuskan senjang “%(title)s”: %(reason)s") % words
    trail.record("undur diri", submission.subject, text, by=by, through=through, submission=submission.pk)
    return recusal


@transaction.atomic
def extend(
    submission: Submission, *, member: CouncilMember, until: date, reason: str, by: Any = None, through: str = ""
) -> Extension:
    """The chair gives the members more time."""
    submission, reason = proceedings.lock(submission), review.reasoned(reason)
    permissions.ask_member(submission, member, by, through)
    if not member.is_chair:
        raise PermissionDenied(_("Hanya ketua yang memperpanjang waktu."))
    check_until(submission, until)
    extension = Extension.objects.create(submission=submission, member=member, until=until, reason=reason)
    words = {"member": member, "title": submission.title, "day": date_format(until, "l, j F Y"), "reason": reason}
    text = _("%(member)s memperpanjang waktu membaca senjang “%(title)s” sampai %(day)s: %(reason)s") % words
    trail.record("perpanjang", submission.subject, text, by=by, through=through, submission=submission.pk)
    return extension


def carry(old: Submission, newer: Submission) -> None:
    """The time that the chair gave holds for the version that takes the text's place."""
    last = old.extensions.order_by("until").last()
    if last and last.until > newer.due_on:
        Extension.objects.create(submission=newer, member=last.member, until=last.until, reason=last.reason)


def check_until(submission: Submission, until: date) -> None:
    """A day after the present last one, and near enough that nobody forgets the text."""
    latest = timezone.localdate() + LONGEST
    if until <= max(due(submission), timezone.localdate()):
        raise ValidationError({"until": _("Pilih hari sesudah batas waktu yang sekarang.")})
    if until > latest:
        words = {"day": date_format(latest, "l, j F Y")}
        raise ValidationError({"until": _("Pilih hari paling lambat %(day)s.") % words})


@transaction.atomic
def recount(submission: Submission, *, by: Any) -> None:
    """Approve what has its votes already, since fewer are needed now: a seat ended, or the rule changed."""
    if not permissions.can_recall(by, submission):
        raise PermissionDenied
    submission = proceedings.lock(submission)
    if review_state.missing_parts(submission) or LineNote.objects.on(submission).open().exists():
        raise ValidationError(_("Suaranya belum cukup. Tidak ada yang berubah."))
    words = {"title": submission.title}
    text = _("Suara untuk senjang “%(title)s” dihitung lagi: sudah cukup.") % words
    trail.record("hitung ulang", submission.subject, text, by=by, submission=submission.pk)
    review.conclude(submission, by=by)


def due(submission: Submission) -> date:
    """The last day by which an answer is hoped for; passing it decides nothing."""
    return max([submission.due_on, *submission.extensions.values_list("until", flat=True)])


def late(submission: Submission) -> list[CouncilMember]:
    """Eligible members who have not answered every question, whether or not the day has passed."""
    asked = len(Decision.Part) * len(Decision.OF_MEMBERS)
    answers = set(submission.decisions.lasting().order_by().values_list("member", "part", "question"))
    given = Counter(member for member, _part, _question in answers)
    return [member for member in review_state.eligible(submission) if given[member.pk] < asked]


def reminder(submission: Submission, member: CouncilMember) -> str:
    """The text that staff send; a link that was sent is kept nowhere, so that it can only be named."""
    text = _(
        "Yth. %(member)s, senjang “%(title)s” masih menunggu putusan. Mohon dibaca paling lambat %(day)s%(where)s. "
        "Terima kasih."
    )
    words = {"member": member, "title": submission.title, "day": date_format(due(submission), "l, j F Y")}
    return text % (words | {"where": _where(submission, member)})


def _where(submission: Submission, member: CouncilMember) -> str:
    if member.person.user_id:
        address = settings.PUBLIC_BASE_URL + reverse("adat_submission", args=[submission.pk])
        return _(" di %(address)s") % {"address": address}
    return _(" lewat tautan yang sudah kami kirim")
