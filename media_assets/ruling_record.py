"""What a ruling rested on, kept at that moment: seats, voices and votes needed, as no later rule can change them."""

from collections.abc import Container
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from media_assets import permissions, quorum, review_state
from media_assets.models import CouncilMember, Decision, Recusal, Ruling, RulingRecord, Submission


class Aside(models.TextChoices):
    """Why somebody who sits on the council did not rule on this text."""

    LEFT = "undur", _("tidak ikut memutuskan")
    OWN = "sendiri", _("ikut menulis atau mengajukan")
    ENDED = "selesai", _("sedang tidak bertugas")


def keep(ruling: Ruling) -> RulingRecord:
    """Called as the ruling is made, with its submission locked."""
    submission = ruling.submission
    agreed = review_state.standing(submission)
    decisions = _last_words(submission, agreed)
    return RulingRecord.objects.create(
        ruling=ruling,
        needed=review_state.votes_needed(submission),
        seats=seats(submission, {d.member_id for d in decisions}),
        voices=[_voice(decision, agreed) for decision in decisions],
    )


def _last_words(submission: Submission, agreed: quorum.Standing) -> list[Decision]:
    """Of each voice the last verdict on each part and question of these words, oldest first.

    Said of another text that has a part in common, it is told only where it counts here as well.
    """
    said = Q(part_digest__in=submission.part_digests.values()) | Q(submission=submission)
    given = Decision.objects.filter(said).lasting().select_related("member__person", "officer")
    last = {(d.member_id, d.officer_id, d.part, d.question): d for d in given.order_by("at", "pk")}
    told = [d for d in last.values() if d.submission_id == submission.pk or _counts(d, agreed)]
    return sorted(told, key=lambda d: (d.at, d.pk))


def _voice(decision: Decision, agreed: quorum.Standing) -> dict[str, Any]:
    return {
        "member": decision.member_id,
        "officer": decision.officer_id,
        "name": decision.voice,
        "position": decision.member.position if decision.member else "",
        "part": decision.part,
        "question": decision.question,
        "verdict": decision.verdict,
        "reason": decision.reason,
        "way": decision.way,
        "at": decision.at.isoformat(),
        "counts": _counts(decision, agreed),
    }


def _counts(decision: Decision, agreed: quorum.Standing) -> bool:
    return review_state.voice_of(decision) in agreed.get((decision.part_digest, decision.question), ())


def barred(submission: Submission) -> list[str]:
    """Who sits on the council and does not rule on this text, each with the reason."""
    return [f"{seat['name']}: {Aside(seat['aside']).label}" for seat in seats(submission, set()) if seat["aside"]]


def seats(submission: Submission, heard: set[int | None]) -> list[dict[str, Any]]:
    """Everybody who sits on the council today, and whoever was heard before their time ended."""
    today, hands = timezone.localdate(), permissions.hands_in(submission)
    left = dict(Recusal.objects.on(submission).values_list("member", "reason"))
    members = CouncilMember.objects.select_related("person")
    sitting = members.serving_on(today) | members.filter(pk__in=[pk for pk in heard if pk])
    return [
        {
            "member": member.pk,
            "name": str(member),
            "position": member.position,
            "chair": member.is_chair,
            "aside": aside(member, left, permissions.took_part(member.person, *hands)),
            "reason": left.get(member.pk, ""),
        }
        for member in sitting.distinct()
    ]


def aside(member: CouncilMember, left: Container[int], own: bool) -> str:
    """Why this member does not rule; "" for one who may."""
    if own:
        return Aside.OWN
    if member.pk in left:
        return Aside.LEFT
    return "" if member.is_serving(timezone.localdate()) else Aside.ENDED
