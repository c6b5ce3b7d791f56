"""A member's home: what waits for them and until when, what they decided, and what became of it."""

from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.core.paginator import Page as Slice
from django.core.paginator import Paginator
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from media_assets import fitness, lyrics, protocol, sheet
from media_assets.models import CouncilMember, Decision, Submission
from media_assets.review_state import ReviewState

PER_PAGE = 20


class Waiting(NamedTuple):
    """`late` says by how much the day has passed, "" before it; `opened`: they have had it before them."""

    submission: Submission
    due: date
    late: str
    opened: bool


class Fate(NamedTuple):
    """What one member said of a text and what became of it; `since` is when it came to stand so.

    `url` leads to the words on the site, "" unless visitors read just these; `newer` is the version handed in later.
    """

    submission: Submission
    said: str
    said_at: datetime
    state: ReviewState
    since: datetime | None
    url: str
    newer: int | None


def waiting(member: CouncilMember) -> list[Waiting]:
    """The most urgent first."""
    texts, today = sheet.waiting_for(member), timezone.localdate()
    seen = set(Submission.objects.filter(readings__member=member).values_list("pk", flat=True))
    due = _due(texts)
    rows = [Waiting(text, due[text.pk], _late(today - due[text.pk]), text.pk in seen) for text in texts]
    return sorted(rows, key=lambda row: (row.due, row.submission.pk))


def decided(member: CouncilMember, page: str) -> Slice:
    """A page of what they answered, newest first; a page that does not exist is the nearest that does."""
    return Paginator(Submission.objects.answered_by(member), PER_PAGE).get_page(page)


def fate(submission: Submission, member: CouncilMember | None) -> Fate | None:
    """None while this reader has said nothing of it."""
    found = Submission.objects.answered_by(member).filter(pk=submission.pk).first() if member else None
    return fates([found], member)[0] if found and member else None


def fates(submissions: list[Submission], member: CouncilMember) -> list[Fate]:
    """For submissions as `answered_by` brings them."""
    pages = [submission.page_id for submission in submissions if submission.page_id]
    versions = Submission.objects.filter(page__in=pages).order_by("pk").values_list("page_id", "pk")
    latest: dict[int | None, int] = dict(versions)
    standings, today = fitness.standings_of(pages), timezone.localdate()
    shut: dict[int | None, tuple[str, ...]] = {
        pk: protocol.allows(standing, "web", today).reasons for pk, standing in standings.items()
    }
    return [_fate(one, member, latest.get(one.page_id), shut.get(one.page_id, ())) for one in submissions]


def _fate(submission: Submission, member: CouncilMember, latest: int | None, shut: tuple[str, ...]) -> Fate:
    """`shut`: why visitors do not meet it today, though it is published."""
    said, said_at = _said(submission, member)
    newer = latest if latest and latest > submission.pk else None
    state, since, url = sheet.outcome(submission), _since(submission), ""
    if state.key == "approved":
        page = submission.page
        if page and page.is_public and page.digest == submission.digest:
            state, url = state._replace(word=_("Terbit"), detail=""), f"/senjang/{page.slug}/"
            if shut:
                state = ReviewState("approved", _("Terbit, tidak ditampilkan"), " ".join(shut), "tag-stop")
            since = page.first_published_at if _fresh(page.first_published_at, since) else page.last_published_at
        elif newer:
            state = state._replace(detail="")
    if state.key in ("sent_back", "not_public") and _is_the_only_refusal(submission, member):
        state = state._replace(detail="")  # `said` has the reason already
    return Fate(submission, said, said_at, state, since, url, newer)


def _is_the_only_refusal(submission: Submission, member: CouncilMember) -> bool:
    refusing = {d.member_id for d in submission.decisions.all() if d.verdict not in Decision.AGREEING}
    return refusing == {member.pk}


def _fresh(published: datetime | None, approved: datetime | None) -> bool:
    """It was first published with the words that were then approved."""
    return bool(published and approved and published >= approved)


def _since(submission: Submission) -> datetime | None:
    for withdrawal in submission.withdrawals.all():
        return withdrawal.at
    return submission.ruling.at if hasattr(submission, "ruling") else None


def _said(submission: Submission, member: CouncilMember) -> tuple[str, datetime]:
    """The member's own last words on it, and when."""
    for recusal in submission.recusals.all():
        if recusal.member_id == member.pk:
            return _("diserahkan kepada anggota lain: %(reason)s") % {"reason": _open(recusal.reason)}, recusal.at
    mine = [decision for decision in submission.decisions.all() if decision.member_id == member.pk]  # newest first
    if mine[0].verdict != Decision.Verdict.AGREE:
        words = {"verdict": mine[0].get_verdict_display(), "reason": _open(mine[0].reason)}
        return _("%(verdict)s: %(reason)s") % words, mine[0].at
    answered = {(decision.part, decision.question) for decision in mine}
    whole = len(answered) == len(lyrics.PARTS) * len(Decision.OF_MEMBERS)
    return (_("setuju seluruhnya") if whole else _("setuju sebagian")), mine[0].at


def _open(sentence: str) -> str:
    """To stand within another sentence, which brings its own full stop."""
    return sentence.rstrip(". ")


def _due(submissions: list[Submission]) -> dict[int, date]:
    """The last day that an answer is hoped for, as `turns.due` says of one."""
    longer = Submission.objects.filter(pk__in=[one.pk for one in submissions]).annotate(last=Max("extensions__until"))
    last = dict(longer.values_list("pk", "last"))
    return {one.pk: max(one.due_on, last[one.pk] or one.due_on) for one in submissions}


def _late(days: timedelta) -> str:
    if days.days <= 0:
        return ""
    return ngettext("lewat %(n)d hari", "lewat %(n)d hari", days.days) % {"n": days.days}
