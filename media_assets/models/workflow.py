"""The council's place in Wagtail's workflow: Wagtail carries the state, every decision is made in `review.py`."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from wagtail.locks import WorkflowLock
from wagtail.models import Task, TaskState, Workflow, WorkflowMixin, WorkflowState, WorkflowTask

NAME = "Lembaga Adat"


class CouncilLock(WorkflowLock):
    def get_message(self, user: Any) -> str:
        return __("Senjang ini sedang dibaca Lembaga Adat. Untuk mengubahnya, tarik kembali dulu pengajuannya.")


class CouncilWorkflow(Workflow):
    """Starts whole or not at all, whoever presses which button."""

    class Meta:
        proxy = True
        verbose_name = _("alur Lembaga Adat")

    @transaction.atomic
    def start(self, obj: Any, user: Any) -> WorkflowState:
        return super().start(obj, user)


class CouncilWorkflowState(WorkflowState):
    """Cancelled whole or not at all, and never past the council: the submission is locked first, as by each verdict."""

    class Meta:
        proxy = True

    @transaction.atomic
    def cancel(self, user: Any = None) -> None:
        from media_assets import submitting

        for state in CouncilTaskState.objects.filter(workflow_state=self, status=TaskState.STATUS_IN_PROGRESS):
            submitting.hold_for_recall(state)
        super().cancel(user=user)


class CouncilTaskState(TaskState):
    @transaction.atomic
    def cancel(self, user: Any = None, **kwargs: Any) -> TaskState:
        """Also what Wagtail's own cancel button ends in: the submission is closed with the task."""
        from media_assets import submitting

        submitting.hold_for_recall(self)
        state = super().cancel(user=user, **kwargs)
        submitting.close_recalled(self, by=user)
        return state


class UnderCouncil(WorkflowMixin):
    """A page whose workflow, wherever Wagtail asks for it, is the council's."""

    class Meta:
        abstract = True

    @property
    def current_workflow_state(self) -> CouncilWorkflowState | None:
        state = super().current_workflow_state
        if state is not None:
            state.__class__ = CouncilWorkflowState  # the same row, already read
        return state


class CouncilTask(Task):
    """Wagtail carries the state; every decision is made in `review.py`, none in Wagtail's own screens."""

    lock_class = CouncilLock
    task_state_class = CouncilTaskState

    class Meta:
        verbose_name = _("sidang Lembaga Adat")

    def start(self, workflow_state: Any, user: Any = None) -> TaskState:
        from media_assets import submitting

        state = super().start(workflow_state, user=user)
        submitting.open_for(state, by=user)
        return state

    def locked_for_user(self, obj: Any, user: Any) -> bool:
        return True  # the superuser too: editor, autosave and API

    def on_action(self, task_state: Any, user: Any, action_name: str, **kwargs: Any) -> None:
        raise PermissionDenied

    @classmethod
    def get_description(cls) -> str:
        return __("Lembaga Adat membaca dan memutuskan lirik di halaman adat.")


def council_workflow() -> CouncilWorkflow:
    """The one workflow of senjang, made on first need."""
    task, _made = CouncilTask.objects.get_or_create(name=NAME)
    workflow, _made = CouncilWorkflow.objects.get_or_create(name=NAME)
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task.task_ptr)
    return workflow
