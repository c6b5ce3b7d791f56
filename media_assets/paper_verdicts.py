"""A sheet's answers as the members' own decisions: who may be recorded, what may not be contradicted, what follows."""

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _

from cms.office import dates, trail
from media_assets import paper_answers, permissions, proceedings, review, ruling_record, sitting_sheet, turns
from media_assets.models import CouncilMember, Decision, Recusal, Ruling, Submission
from media_assets.paper_answers import Answer, Mark
from media_assets.review_state import eligible


def number_of(submission: Submission) -> str:
    paper = sitting_sheet.of(submission)
    return paper.number if paper else "–"


def entry_address(submission: Submission) -> str:
    return reverse("submissions:enter_paper", args=[submission.pk])


def refuse_wrong(submission: Submission, answers: dict[int, Answer]) -> None:
    """By name: who may not rule on this text, and who has ruled otherwise already. The submission is locked."""
    heard = {pk: answer for pk, answer in answers.items() if answer.verdict != Mark.ABSENT}
    if not heard:
        raise ValidationError(_("Belum ada putusan seorang anggota pun. Isi dulu yang tertulis di lembarnya."))
    members = CouncilMember.objects.select_related("person").in_bulk(heard)
    may = {member.pk for member in eligible(submission)}
    faults = [_not_theirs(submission, members.get(pk)) for pk in heard if pk not in may]
    said = earlier(submission)
    faults += [_contradiction(members[pk], answer, said.get(pk, [])) for pk, answer in heard.items() if pk in may]
    if found := [fault for fault in faults if fault]:
        raise ValidationError(" ".join(found))


def earlier(submission: Submission) -> dict[int, list[Decision]]:
    """By member, what they said of this submission so far: the last word on each question, where it lasts."""
    last: dict[int, dict[tuple[str, str], Decision]] = {}
    for given in submission.decisions.of_members().lasting().order_by("at", "pk"):
        last.setdefault(given.member_id, {})[given.part, given.question] = given
    return {member: list(words.values()) for member, words in last.items()}


def in_words(decisions: list[Decision]) -> str:
    """“lewat akun: setuju (pembuka, isi)”, or "" for none."""
    parts: dict[tuple[str, str], list[str]] = {}
    for given in decisions:
        way = str(Decision.Way(given.way).label) if given.way else ""
        named = parts.setdefault((way, given.get_verdict_display()), [])
        named += [part for part in [given.get_part_display().lower()] if part not in named]
    return "; ".join(f"{way}: {verdict} ({', '.join(named)})" for (way, verdict), named in parts.items())


def give(submission: Submission, answers: dict[int, Answer]) -> None:
    """Record every answer as its member's, then let follow what follows: the end, or the wait for others."""
    through = trail.OnPaper(_("lembar sidang %(number)s") % {"number": number_of(submission)})
    members = CouncilMember.objects.select_related("person").in_bulk(answers)
    heard = [(members[pk], answers[pk]) for pk in answers if answers[pk].verdict != Mark.ABSENT]
    said = sorted(heard, key=lambda one: _order(one[1]))
    for member, answer in said:
        permissions.ask_member(submission, member, None, through)
        _give_one(submission, member, answer, through)
    _end(submission, said, through)


def _order(answer: Answer) -> int:
    """What ends a review is said last, so that it is its last word."""
    return [Mark.LEFT, Mark.WHOLE, Mark.PARTLY, Mark.SEND_BACK, Mark.NOT_PUBLIC].index(Mark(answer.verdict))


def _give_one(submission: Submission, member: CouncilMember, answer: Answer, through: str) -> None:
    if answer.verdict == Mark.LEFT:
        turns.step_aside(submission, member, answer.reason, through=through)
        return
    new = False
    for part, questions in paper_answers.boxes(answer).items():
        agree = Decision.Verdict.AGREE
        new |= bool(
            review.decide(submission, member, [Decision.Part(part)], agree, questions=questions, through=through)
        )
    if new:
        parts = [Decision.Part(part) for part in paper_answers.boxes(answer)]
        text = _("%(member)s menyetujui %(parts)s senjang “%(title)s”.") % review.told(submission, member, parts)
        trail.record("setujui", submission.subject, text, through=through, submission=submission.pk)
    if refused := [Decision.Part(part) for part in paper_answers.refused_parts(answer)]:
        verdict = Decision.Verdict(answer.verdict)
        review.decide(submission, member, refused, verdict, answer.reason, through=through)


def _end(submission: Submission, said: list[tuple[CouncilMember, Answer]], through: str) -> None:
    """One member who asks for a better text, or keeps it from the public, ends it, as elsewhere; else the votes do."""
    refusals = [(member, answer) for member, answer in said if paper_answers.refused_parts(answer)]
    for member, answer in refusals[:-1]:
        text = _refusal(submission, member, answer)
        verb = proceedings.VERBS[_ruling(answer)]
        trail.record(verb, submission.subject, text, through=through, submission=submission.pk)
    if not refusals:
        review.conclude(submission, by=None)
        return
    member, answer = refusals[-1]
    comment = "; ".join(f"{one}: {its.reason}" for one, its in refusals)
    text = _refusal(submission, member, answer)
    proceedings.end(submission, _ruling(answer), comment, text, by=None, through=through)


def _ruling(answer: Answer) -> Ruling.Verdict:
    return Ruling.Verdict.NOT_PUBLIC if answer.verdict == Mark.NOT_PUBLIC else Ruling.Verdict.SENT_BACK


def _refusal(submission: Submission, member: CouncilMember, answer: Answer) -> str:
    parts = [Decision.Part(part) for part in paper_answers.refused_parts(answer)]
    words = review.told(submission, member, parts) | {"reason": answer.reason}
    if answer.verdict == Mark.NOT_PUBLIC:
        return _("Menurut %(member)s senjang “%(title)s” tidak untuk umum: %(reason)s") % words
    return _("%(member)s minta perbaikan %(parts)s senjang “%(title)s”: %(reason)s") % words


def _not_theirs(submission: Submission, member: CouncilMember | None) -> str:
    if member is None:
        return _("Ada nama yang bukan anggota Lembaga Adat.")
    left = set(Recusal.objects.on(submission).values_list("member", flat=True))
    why = ruling_record.aside(member, left, permissions.has_part_in(member, submission))
    words = {"member": member, "why": ruling_record.Aside(why).label}
    return _("%(member)s tidak dapat dicatat: %(why)s.") % words


def _contradiction(member: CouncilMember, answer: Answer, said: list[Decision]) -> str:
    """What a member decided by log-in or link is theirs to change; a sheet does not overrule it."""
    says, leaves = paper_answers.verdicts(answer), answer.verdict == Mark.LEFT
    for given in said:
        if leaves or says.get((given.part, given.question), given.verdict) != given.verdict:
            words = {
                "member": member,
                "way": Decision.Way(given.way).label if given.way else "",
                "moment": dates.long_moment(given.at),
                "verdict": given.get_verdict_display(),
                "part": given.get_part_display().lower(),
            }
            return (
                _(
                    "%(member)s sudah memutuskan %(way)s pada %(moment)s: %(verdict)s, bagian %(part)s. Isi lembar "
                    "ini lain. Tanyakan kepada %(member)s; hanya ia sendiri yang dapat mengubahnya."
                )
                % words
            )
    return ""
