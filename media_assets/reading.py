"""That a member has opened a text: noted once for each, by log-in or by link, and never for a machine."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from campaigns import agents
from cms.office import trail
from media_assets.models import CouncilMember, Reading, Submission


def of(submission: Submission) -> QuerySet[Reading]:
    return submission.readings.select_related("member__person")


def is_by_a_person(request: HttpRequest) -> bool:
    """Not the preview that a messenger draws, nor a browser that loads ahead."""
    return request.method == "GET" and not (agents.is_bot(request.headers) or agents.is_loading_ahead(request.headers))


def note(submission: Submission, *, member: CouncilMember, by: Any = None, through: str = "") -> None:
    """Record that this member opened this text, the first time only; the database lets one of two at once pass."""
    if submission.readings.filter(member=member).exists():  # most often so, and then nothing is locked
        return
    with transaction.atomic():
        _row, first = submission.readings.get_or_create(member=member, defaults={"by_link": bool(through)})
        if not first:
            return
        text = _("%(member)s membuka senjang “%(title)s”.") % {"member": member, "title": submission.title}
        trail.record("dibaca", submission.subject, text, by=by, through=through, submission=submission.pk)
