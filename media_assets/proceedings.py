"""What every step of a review shares: lock the submission, say how it ended, tell those who wait for it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import TaskState

from cms.office import notices, trail
from cms.office.models import Notice, Role
from media_assets import ruling_record
from media_assets.models import Ruling, SenjangPage, Submission
from media_assets.review_state import latest_digest

VERBS = {Ruling.Verdict.SENT_BACK: "minta perbaikan", Ruling.Verdict.NOT_PUBLIC: "tidak untuk umum"}


def lock(submission: Submission, *, whatever_the_text: bool = False) -> Submission:
    """Lock the submission and make sure that it may still be decided: two votes at once come one after the other."""
    locked = Submission.objects.select_for_update(of=("self",)).get(pk=submission.pk)
    ruling = Ruling.objects.filter(submission=locked).first()
    if ruling:
        raise ValidationError(ended(ruling))
    if not Submission.objects.waiting().filter(pk=locked.pk).exists() or locked.page is None:
        raise ValidationError(_("Pengajuan ini sudah tidak berlaku. Minta staf mengajukan senjangnya lagi."))
    if not whatever_the_text and latest_digest(locked.page) != locked.digest:
        raise ValidationError(_("Teks berubah sejak diajukan. Minta staf menarik kembali lalu mengajukannya lagi."))
    return locked


def ended(ruling: Ruling) -> str:
    return _("Pengajuan ini sudah selesai: %(verdict)s.") % {"verdict": ruling.get_verdict_display()}


def task_of(submission: Submission) -> TaskState:
    return TaskState.objects.get(submission=submission)


def rule(submission: Submission, verdict: Ruling.Verdict) -> Ruling:
    """The end of a review, kept with what it rested on at that moment."""
    ruling = Ruling.objects.create(submission=submission, verdict=verdict)
    ruling_record.keep(ruling)
    return ruling


def close(submission: Submission, verb: str, text: str, *, by: Any, through: str = "") -> None:
    """Record the ruling, take it off the council's list, tell staff."""
    trail.record(verb, submission.subject, text, by=by, through=through, submission=submission.pk)
    notices.finish(key(submission), by=by)
    notices.finish(sheet_key(submission), by=by)
    level = Notice.Level.INFO if verb == "disetujui" else Notice.Level.WARNING
    notices.tell(Role.COMMUNICATIONS, text, key=key(submission), url=editor(submission), level=level)


def end(
    submission: Submission, verdict: Ruling.Verdict, comment: str, text: str, *, by: Any, through: str = ""
) -> None:
    """Give the text back to staff, who may edit it again at once."""
    rule(submission, verdict)
    task_of(submission).specific.reject(user=by, comment=comment)
    close(submission, VERBS[verdict], text, by=by, through=through)


def settle(page: SenjangPage, *, by: Any = None) -> None:
    """It is published: nobody needs to be told any more that it may be."""
    notices.finish(f"senjang-{page.pk}", by=by)


def key(submission: Submission) -> str:
    """One open notice a senjang and role: what was said before is settled by what is said next."""
    return f"senjang-{submission.page_id}" if submission.page_id else f"submission-{submission.pk}"


def sheet_key(submission: Submission) -> str:
    """Of the notice that a signed sheet waits for another reader."""
    return f"{key(submission)}-lembar"


def editor(submission: Submission) -> str:
    return reverse("wagtailadmin_pages:edit", args=[submission.page_id]) if submission.page_id else ""
