"""The office's own question to a text before the council: are its licence facts right?"""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cms.office import names, trail
from media_assets import permissions, proceedings, review
from media_assets.models import Decision, Ruling, Submission


@transaction.atomic
def confirm(submission: Submission, *, by: Any) -> Submission:
    """An officer who had no hand in the text finds its facts right, in every part."""
    submission = proceedings.lock(submission)
    _decide(submission, Decision.Verdict.AGREE, "", by)
    words = {"who": names.of_account(by), "title": submission.title}
    text = _("%(who)s memeriksa fakta layanan dalam senjang “%(title)s”: cocok.") % words
    trail.record("fakta cocok", submission.subject, text, by=by, submission=submission.pk)
    review.conclude(submission, by=by)
    return submission


@transaction.atomic
def send_back(submission: Submission, *, reason: str, by: Any) -> Submission:
    """A fact is wrong: the text goes back to staff, with the reason."""
    submission, reason = proceedings.lock(submission), review.reasoned(reason)
    _decide(submission, Decision.Verdict.SEND_BACK, reason, by)
    words = {"who": names.of_account(by), "title": submission.title, "reason": reason}
    text = _("%(who)s menemukan fakta yang keliru dalam senjang “%(title)s”: %(reason)s") % words
    proceedings.end(submission, Ruling.Verdict.SENT_BACK, f"{words['who']}: {reason}", text, by=by)
    return submission


def _decide(submission: Submission, verdict: Decision.Verdict, reason: str, by: Any) -> None:
    if not permissions.can_check_facts(by, submission):
        raise PermissionDenied(_("Fakta senjang ini diperiksa petugas lain, yang tidak ikut menulisnya."))
    last = {d.part: d.verdict for d in submission.decisions.filter(officer=by).order_by("at", "pk")}
    rows = [
        Decision(
            submission=submission,
            officer=by,
            part=part,
            part_digest=submission.part_digests[part],
            question=Decision.Question.FACTS,
            verdict=verdict,
            reason=reason,
            way=Decision.Way.LOGIN,
        )
        for part in Decision.Part
        if last.get(part) != verdict
    ]
    if not rows:
        raise ValidationError(_("Pemeriksaan Anda sudah tercatat."))
    Decision.objects.bulk_create(rows)
