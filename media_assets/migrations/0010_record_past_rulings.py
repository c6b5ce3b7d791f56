"""Rulings made before their basis was kept get it from the decisions that were; `rebuilt` says so."""

from django.db import migrations
from django.utils import timezone

MEMBERS = ("bentuk", "bahasa", "adat")


def fill(apps, editor):
    get = apps.get_model
    rule = get("media_assets", "CouncilRule").objects.first()
    quorum = rule.quorum if rule else 1
    for ruling in get("media_assets", "Ruling").objects.filter(record=None).select_related("submission__page"):
        decisions = last_words(get("media_assets", "Decision"), ruling)
        seats = seats_of(get("media_assets", "CouncilMember"), ruling, decisions)
        free = {seat["member"] for seat in seats if not seat["aside"]}
        lapsed = lapses(get("media_assets", "Withdrawal"), ruling)
        votes = max(min(quorum, len(free)), min(quorum, 2))
        needed = dict.fromkeys(MEMBERS, votes) | ({"fakta": 1} if ruling.submission.about.get("quotes") else {})
        voices = [
            said
            for decision in decisions
            for said in [voice(decision, free, lapsed)]
            if said["counts"] or decision.submission_id == ruling.submission_id
        ]
        get("media_assets", "RulingRecord").objects.create(
            ruling=ruling, needed=needed, seats=seats, voices=voices, rebuilt=True
        )


def last_words(model, ruling):
    given = model.objects.filter(part_digest__in=ruling.submission.part_digests.values(), at__lte=ruling.at)
    given = given.select_related("member__person", "officer").order_by("at", "pk")
    last = {(d.member_id, d.officer_id, d.part_digest, d.question): d for d in given}
    return sorted(last.values(), key=lambda d: (d.at, d.pk))


def seats_of(model, ruling, decisions):
    submission, day = ruling.submission, timezone.localtime(ruling.at).date()
    left = dict(submission.recusals.values_list("member", "reason"))
    own = {pk for role, pk in submission.about.get("credits", []) if role in ("penulis", "penggubah")}
    accounts = {submission.submitted_by_id, submission.page and submission.page.owner_id} - {None}
    heard = {d.member_id for d in decisions}
    seats = []
    for member in model.objects.select_related("person"):
        serves = member.since <= day and (member.until is None or member.until > day)
        if not serves and member.pk not in heard:
            continue
        person = member.person
        hand = person.pk in own or person.user_id in accounts
        aside = "sendiri" if hand else "undur" if member.pk in left else "" if serves else "selesai"
        seat = {"member": member.pk, "name": person.name, "position": member.position, "chair": member.is_chair}
        seats.append(seat | {"aside": aside, "reason": left.get(member.pk, "")})
    return seats


def lapses(model, ruling):
    """For words whose approval had been taken back by then: when, at the latest."""
    found = {}
    for withdrawal in model.objects.filter(at__lte=ruling.at).select_related("submission").order_by("at"):
        found |= dict.fromkeys(withdrawal.submission.part_digests.values(), withdrawal.at)
    return found


def voice(decision, free, lapsed):
    member, officer = decision.member, decision.officer
    fresh = decision.part_digest not in lapsed or decision.at > lapsed[decision.part_digest]
    may = member is None or member.pk in free
    return {
        "member": decision.member_id,
        "name": member.person.name
        if member
        else f"{officer.first_name} {officer.last_name}".strip() or officer.username,
        "position": member.position if member else "",
        "part": decision.part,
        "question": decision.question,
        "verdict": decision.verdict,
        "reason": decision.reason,
        "way": decision.way,
        "at": decision.at.isoformat(),
        "counts": decision.verdict == "setuju" and fresh and may,
    }


class Migration(migrations.Migration):
    dependencies = [("media_assets", "0009_add_paper_sittings")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
