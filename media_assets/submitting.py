"""Putting a text before the council, and taking it back before it has ruled."""

from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import TaskState, WorkflowState

from cms.office import notices, trail
from cms.office.models import Role
from media_assets import permissions, proceedings
from media_assets.models import CouncilRule, CouncilTaskState, Ruling, SenjangPage, Submission
from media_assets.models.workflow import council_workflow
from media_assets.review_state import about, refusal


class NotReady(PermissionDenied):
    """A text with gaps was submitted past our own button; Wagtail answers a PermissionDenied with a message."""


@transaction.atomic
def submit(page: SenjangPage, *, by: Any) -> Submission:
    """Freeze the latest draft and put it before the council."""
    if not permissions.can_submit(by, page):
        raise PermissionDenied
    page = SenjangPage.objects.select_for_update(of=("self",)).get(pk=page.pk)
    workflow = page.current_workflow_state
    if workflow and workflow.status == WorkflowState.STATUS_IN_PROGRESS:
        raise ValidationError(_("Senjang ini sedang dibaca Lembaga Adat. Tarik kembali dulu sebelum mengajukan ulang."))
    if sentence := refusal(page.get_latest_revision_as_object()):
        raise ValidationError(sentence)
    if workflow:
        workflow.resume(by)
    else:
        council_workflow().start(page, by)
    return Submission.objects.waiting().get(page=page)


def open_for(state: TaskState, *, by: Any) -> Submission:
    """Called when the council's task starts, whichever button started it."""
    page = state.workflow_state.content_object.specific
    if not permissions.can_submit(by, page):
        raise PermissionDenied
    draft = state.revision.as_object()
    if sentence := refusal(draft):
        raise NotReady(sentence)
    submission = Submission.objects.create(
        page=page,
        revision=state.revision,
        task_state=state,
        title=draft.title,
        language=draft.language,
        text=draft.parts,
        digest=draft.digest,
        part_digests=draft.part_digests,
        about=about(draft),
        submitted_by=by,
        due_on=timezone.localdate() + timedelta(days=CouncilRule.load().days),
    )
    text = _("Senjang “%(title)s” menunggu dibaca Lembaga Adat.") % {"title": submission.title}
    trail.record("ajukan", page, text, by=by, submission=submission.pk, digest=submission.digest)
    notices.finish(proceedings.key(submission), by=by)
    notices.tell(
        Role.COUNCIL, text, key=proceedings.key(submission), url=reverse("adat_submission", args=[submission.pk])
    )
    return submission


@transaction.atomic
def recall(submission: Submission, *, by: Any) -> Submission:
    """Staff take a text back before the council has ruled; it can be edited again at once."""
    if not permissions.can_recall(by, submission):
        raise PermissionDenied
    submission = proceedings.lock(submission, whatever_the_text=True)
    proceedings.task_of(submission).workflow_state.cancel(user=by)
    return submission


def hold_for_recall(state: CouncilTaskState) -> None:
    """Called before the council's task is cancelled: wait for a vote that is being cast, and give way to its ruling."""
    submission = Submission.objects.select_for_update(of=("self",)).filter(task_state=state).first()
    ruling = Ruling.objects.filter(submission=submission).first()
    if submission and ruling:
        raise PermissionDenied(proceedings.ended(ruling))


def close_recalled(state: CouncilTaskState, *, by: Any) -> None:
    """Called when the council's task is cancelled, whichever button cancelled it."""
    submission = Submission.objects.filter(task_state=state, ruling=None).first()
    if submission:
        proceedings.rule(submission, Ruling.Verdict.RECALLED)
        notices.finish(proceedings.key(submission), by=by)
        notices.finish(proceedings.sheet_key(submission), by=by)
        text = _("Pengajuan senjang “%(title)s” ditarik kembali.") % {"title": submission.title}
        trail.record("tarik kembali", submission.subject, text, by=by, submission=submission.pk)
