"""Where a text stands with the council, and the words for it: what it lacks, who agreed, how the review went."""

import json
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from wagtail.models import Revision, TaskState

from media_assets import lyrics, permissions, quorum
from media_assets.models import (
    Approval,
    CouncilMember,
    CouncilRule,
    Decision,
    Recusal,
    Ruling,
    SenjangCredit,
    SenjangPage,
    Submission,
    Withdrawal,
)


class ReviewState(NamedTuple):
    """`key` for code, `word` for people, `detail` a sentence or "", `tag` the colour's class."""

    key: str
    word: str
    detail: str = ""
    tag: str = "tag-wait"


def gaps(page: SenjangPage) -> list[str]:
    """What a draft still lacks before the council may see it, as phrases of one sentence."""
    found = [_part_gap(page, part) for part in lyrics.PARTS if not page.part_digests[part]]
    if page.lost_quotes:
        found.append(_("ada kutipan yang tidak ada lagi dalam lirik"))
    if not page.licence_links.all():
        found.append(_("belum ada layanan yang dikenalkan"))
    if not any(credit.role == SenjangCredit.Role.AUTHOR for credit in page.credits.all()):
        found.append(_("belum ada penulis lirik"))
    return found


def _part_gap(page: SenjangPage, part: str) -> str:
    name = {"part": Decision.Part(part).label.lower()}
    if any(page.parts[part]):
        return _("bagian %(part)s punya arti yang belum ada liriknya") % name
    return _("bagian %(part)s masih kosong") % name


def refusal(page: SenjangPage) -> str:
    """Why this draft may not be submitted, in one sentence; "" when it may."""
    if found := gaps(page):
        return _("Belum dapat diajukan: %(gaps)s. Lengkapi dulu, lalu ajukan lagi.") % {
            "gaps": get_text_list(found, _("dan"))
        }
    if Ruling.objects.filter(verdict=Ruling.Verdict.NOT_PUBLIC, submission__digest=page.digest).exists():
        return _("Lembaga Adat memutuskan kata-kata ini tidak untuk umum. Ubah dulu liriknya, lalu ajukan lagi.")
    if page.is_approved:
        return _("Kata-kata ini sudah disetujui Lembaga Adat, jadi tidak perlu diajukan lagi.")
    return ""


def latest_digest(page: SenjangPage) -> str:
    """The digest of the newest draft, without loading the page: that would ask once per credit."""
    revision = page.get_latest_revision()
    return draft_digest(revision) if revision else page.digest


def draft_digest(revision: Revision | None) -> str:
    """Read from the revision as it is stored, without building the page."""
    if revision is None:
        return ""
    parts = {
        part: [block["value"] for block in json.loads(revision.content.get(part) or "[]")] for part in lyrics.PARTS
    }
    return lyrics.digest(revision.content.get("title", ""), parts)


def standing(submission: Submission, until: datetime | None = None) -> quorum.Standing:
    """Who agrees with the words of this submission, wherever they said so: now, or at that moment."""
    until = until or timezone.now()
    said = Decision.objects.on(submission.part_digests, until).select_related("member__person", "officer", "submission")
    decisions = [
        d for d in said if d.question != Decision.Question.FACTS or _quotes(d.submission) == _quotes(submission)
    ]
    return quorum.standing(
        [
            quorum.Verdict(voice_of(d), d.part_digest, d.question, d.verdict in Decision.AGREEING, d.at)
            for d in decisions
        ],
        _void(submission.part_digests, until),
        _barred(submission, decisions, timezone.localdate(until)),
    )


def _quotes(submission: Submission) -> list[Any]:
    """Which facts it quotes: an officer found those right, and no others, for the same words."""
    return submission.about.get("quotes") or []


def voice_of(decision: Decision) -> quorum.Voice:
    """Who said it, as `quorum` knows them."""
    return decision.member_id or f"petugas-{decision.officer_id}"


def _barred(submission: Submission, decisions: list[Decision], day: date) -> set[quorum.Voice]:
    """Who had a hand in the text, who left it to the others, and who no longer sat on the council by then.

    A seat that ended takes its votes along: what is ruled, is ruled by those who sit when it is.
    """
    hands = permissions.hands_in(submission)
    own = {
        voice_of(d)
        for d in decisions
        if (permissions.took_part(d.member.person, *hands) if d.member else d.officer_id in hands[1])
    }
    gone = {voice_of(d) for d in decisions if d.member and not d.member.is_serving(day)}
    return own | gone | set(Recusal.objects.on(submission).values_list("member", flat=True))


def _void(part_digests: dict[str, str], until: datetime) -> dict[str, datetime]:
    """For words whose approval was taken back by then: when, at the latest."""
    same = Q()
    for part in lyrics.PARTS:
        same |= Q(**{f"submission__part_digests__{part}": part_digests[part]})
    rows = Withdrawal.objects.filter(same, at__lte=until).order_by("at").values_list("submission__part_digests", "at")
    return {digest: at for digests, at in rows for digest in digests.values()}


def missing_parts(submission: Submission) -> list[str]:
    """The parts that still need agreement, of members or of the office."""
    agreed = quorum.agreed_parts(standing(submission), submission.part_digests, votes_needed(submission), _chairs())
    return [part for part in lyrics.PARTS if part not in agreed]


def awaits_members(submission: Submission) -> bool:
    """Some part lacks votes of members; the office's check is not asked."""
    votes = votes_needed(submission)
    members = {question.value: votes[question.value] for question in Decision.OF_MEMBERS}
    agreed = quorum.agreed_parts(standing(submission), submission.part_digests, members, _chairs())
    return len(agreed) < len(lyrics.PARTS)


def votes_needed(submission: Submission) -> dict[str, int]:
    """By question; the office answers for the facts with one voice, where the text quotes any."""
    votes = CouncilRule.load().needed_of(len(eligible(submission)))
    office = {Decision.Question.FACTS.value: 1} if quotes_facts(submission) else {}
    return {question.value: votes for question in Decision.OF_MEMBERS} | office


def quotes_facts(submission: Submission) -> bool:
    return bool(_quotes(submission))


def eligible(submission: Submission) -> list[CouncilMember]:
    """Serving members who have no hand in this text and did not leave it to the others."""
    hands = permissions.hands_in(submission)
    left = set(Recusal.objects.on(submission).values_list("member", flat=True))
    serving = CouncilMember.objects.serving_on(timezone.localdate()).select_related("person")
    return [m for m in serving if m.pk not in left and not permissions.took_part(m.person, *hands)]


def is_short_of_members(submission: Submission) -> bool:
    """Whether those who may vote cannot be enough, however they vote."""
    members = eligible(submission)
    votes = {member.pk for member in members}
    return not quorum.enough(votes, CouncilRule.load().needed_of(len(members)), [m.pk for m in members if m.is_chair])


def _chairs() -> list[int]:
    return list(CouncilMember.objects.filter(is_chair=True).values_list("pk", flat=True))


def facts_missing(submission: Submission) -> list[str]:
    """The parts whose quoted licence facts no officer has found right yet."""
    if not quotes_facts(submission):
        return []
    agreed = quorum.agreed_parts(standing(submission), submission.part_digests, {Decision.Question.FACTS: 1})
    return [part for part in lyrics.PARTS if part not in agreed]


def agreeing_members(submission: Submission, until: datetime | None = None) -> list[CouncilMember]:
    voices = set().union(*standing(submission, until).values())
    members = CouncilMember.objects.select_related("person")
    return list(members.filter(pk__in=[voice for voice in voices if isinstance(voice, int)]))


def state_of(page: SenjangPage) -> ReviewState:
    """Where the latest draft stands."""
    digest = latest_digest(page)
    if approval := Approval.objects.filter(pk=digest).select_related("ruling").first():
        return ReviewState("approved", _("Disetujui Lembaga Adat"), _on(approval.ruling.at), "tag-ok")
    last = page.submissions.select_related("ruling", "task_state").first() if page.pk else None
    if last is None:
        return ReviewState("draft", _("Draf"), _("Belum pernah diajukan ke Lembaga Adat."))
    return _after(last, digest)


def _after(last: Submission, digest: str) -> ReviewState:
    """The words for a draft that is not approved, by how its last submission went."""
    ruling = getattr(last, "ruling", None)
    if ruling is None:
        if last.task_state and last.task_state.status == TaskState.STATUS_IN_PROGRESS:
            return ReviewState("waiting", _("Menunggu Lembaga Adat"), _on(last.submitted_at))
        return ReviewState("recalled", _("Ditarik kembali"), tag="tag-stop")
    if ruling.verdict == Ruling.Verdict.SENT_BACK:
        return ReviewState("sent_back", _("Diminta perbaikan"), ending_words(last), "tag-stop")
    if ruling.verdict == Ruling.Verdict.NOT_PUBLIC:
        return ReviewState("not_public", _("Tidak untuk umum"), ending_words(last), "tag-stop")
    if ruling.verdict == Ruling.Verdict.RECALLED:
        return ReviewState("recalled", _("Ditarik kembali"), _on(ruling.at), "tag-stop")
    if withdrawal := last.withdrawals.filter(submission__digest=digest).first():
        return ReviewState("withdrawn", _("Persetujuan dicabut"), withdrawal.reason, "tag-stop")
    return ReviewState("changed", _("Draf berubah"), _("Teks berubah sejak disetujui. Ajukan lagi."), "tag-stop")


def ending_words(submission: Submission) -> str:
    """Who ended it and why, as one line: “Diminta perbaikan oleh Pak Mahmud: bait kedua keliru”."""
    refused = [d for d in reversed(submission.decisions.all()) if d.verdict not in Decision.AGREEING]
    if not refused:
        return ""
    ending = refused[-1].verdict
    said = list(dict.fromkeys(f"{d.voice}: {d.reason}" for d in refused if d.verdict == ending))
    if ending == Decision.Verdict.NOT_PUBLIC:
        return _("Tidak untuk umum, kata %(said)s") % {"said": "; ".join(said)}
    return _("Diminta perbaikan oleh %(said)s") % {"said": "; ".join(said)}


def _on(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "l, j F Y")


def about(draft: SenjangPage) -> dict[str, Any]:
    """What else the council is shown, as keys: names and titles may be mended, facts are rows that never change."""
    return {
        "credits": [[credit.role, credit.person_id] for credit in draft.credits.all()],
        "irama": draft.irama_id,
        "licences": [link.licence_id for link in draft.licence_links.all()],
        "quotes": [[quote.words, quote.fact_id] for quote in draft.quotes.all()],
    }
