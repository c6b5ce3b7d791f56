"""The trail: an append-only line for every deed that somebody may be asked about later."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import models

from cms.office import names
from cms.office.models import ActorKind, Trail


class OnPaper(str):
    """Names the paper through which somebody spoke, where otherwise the holder of a secret link is named."""


def record(
    verb: str,
    subject: models.Model,
    text: str,
    *,
    by: Any = None,
    through: str = "",
    **data: Any,
) -> Trail:
    """Write one line. `by` is a user, or None for the system; `through` names a secret link's holder or a paper."""
    if through:
        kind, name, actor = (ActorKind.PAPER if isinstance(through, OnPaper) else ActorKind.LINK), through, None
    elif by is None or isinstance(by, AnonymousUser):
        kind, name, actor = ActorKind.SYSTEM, "Bersenjang", None
    else:
        kind, name, actor = ActorKind.USER, names.of_account(by), by
    return Trail.objects.create(
        actor_kind=kind,
        actor=actor,
        actor_name=name[:160],
        verb=verb,
        subject_type=subject._meta.label_lower,
        subject_id=str(subject.pk),
        text=text,
        data=data,
    )


def of(subject: models.Model) -> models.QuerySet[Trail]:
    """What happened to this thing, newest first."""
    return Trail.objects.filter(subject_type=subject._meta.label_lower, subject_id=str(subject.pk))
