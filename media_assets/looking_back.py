"""What the council read before: the earlier version, why it came back, and what has changed since."""

from typing import Any, NamedTuple

from django.db.models import Q
from django.utils.translation import gettext as _

from media_assets import comparing, review_state
from media_assets.margin import Mark
from media_assets.models import CouncilMember, Decision, Ruling, Submission

SIGNS = {"changed": "≠", "added": "+", "removed": "−", "moved": "↕"}


class ShownRow(NamedTuple):
    """A row of the comparison in words; `opens` where a stanza begins."""

    kind: str
    sign: str
    word: str
    before: comparing.Side | None
    after: comparing.Side | None
    opens: bool
    uid: str
    notes: list[Mark]


def words(
    submission: Submission, member: CouncilMember | None, parts: list[dict[str, Any]], *, compare: bool
) -> dict[str, Any]:
    """For the review page: `earlier` is None for a text that was never handed in before.

    `parts` are the sheet's; to compare, each is given its rows.
    """
    before = earlier(submission, member)
    if before and compare:
        told = {part.key: part for part in before["parts"]}
        parts = [
            part | {"compared": told[part["key"]], "rows": shown(told[part["key"]], _noted(part))} for part in parts
        ]
    later = newer(submission)
    return {
        "newer": later,
        "changes": changes(submission, later) if later else [],
        "earlier": before,
        "compares": bool(before and compare),
        "parts": parts,
    }


def changes(submission: Submission, later: Submission) -> list[dict[str, Any]]:
    """What became other since this version: of each part that changed, only the lines that did."""
    return [
        {
            "label": Decision.Part(part.key).label,
            "compared": part,
            "rows": [row for row in shown(part, {}) if row.kind != "same"],
        }
        for part in comparing.compare(submission.text, later.text)
        if part.changed
    ]


def newer(submission: Submission) -> Submission | None:
    """The same senjang as handed in last, where that is not this one."""
    return Submission.objects.filter(page__isnull=False, page=submission.page_id, pk__gt=submission.pk).first()


def earlier(submission: Submission, member: CouncilMember | None) -> dict[str, Any] | None:
    previous = previous_of(submission, member)
    if previous is None:
        return None
    parts = comparing.compare(previous.text, submission.text)
    title = comparing.words(previous.title, submission.title)
    changed = [part.key for part in parts if part.changed]
    return {
        "submission": previous,
        "reason": reason_of_return(submission),
        "title": title if any(segment.kind != "same" for side in title for segment in side) else None,
        "changed": ", ".join(str(Decision.Part(key).label) for key in changed),
        "start": (changed or [part.key for part in parts])[0],
        "parts": parts,
    }


def previous_of(submission: Submission, member: CouncilMember | None) -> Submission | None:
    """The last earlier one that this reader could open; a member without an account opens only what was sent to them.

    Where nothing was, the last earlier one: better that than no comparison.
    """
    before = _before(submission)
    if member is not None and member.person.user_id is None:
        mine = Q(invitations__member=member) | Q(decisions__member=member)
        if found := before.filter(mine).distinct().first():
            return found
    return before.first()


def reason_of_return(submission: Submission) -> str:
    """Who sent the last version back and why; one that staff took back themselves does not count."""
    ended = _before(submission).exclude(ruling__verdict=Ruling.Verdict.RECALLED).with_story().first()
    if ended and hasattr(ended, "ruling") and ended.ruling.verdict == Ruling.Verdict.RENEWED:
        return _("Staf menerima usul anggota, jadi kata-katanya berubah.")
    return review_state.ending_words(ended) if ended else ""


def _before(submission: Submission) -> Any:
    return Submission.objects.filter(page__isnull=False, page=submission.page_id, pk__lt=submission.pk)


def _noted(part: dict[str, Any]) -> dict[str, list[Mark]]:
    return {line.uid: line.notes for stanza in part["stanzas"] for line in stanza}


def shown(part: comparing.Part, noted: dict[str, list[Mark]]) -> list[ShownRow]:
    rows, last = [], (1, 1)
    for row in part.rows:
        here = (row.before.stanza if row.before else last[0], row.after.stanza if row.after else last[1])
        if row.kind == "moved":
            here = (last[0], here[1])  # where it stood before divides nothing here
        uid = row.after.line["uid"] if row.after else ""
        sign, word = SIGNS.get(row.kind, ""), _word(part.key, row)
        rows.append(ShownRow(row.kind, sign, word, row.before, row.after, here != last, uid, noted.get(uid, [])))
        last = here
    return rows


def _word(part: str, row: comparing.Row) -> str:
    if row.kind == "added":
        return _("baris baru")
    if row.kind == "removed":
        return _("dihapus")
    if row.kind == "changed":
        return _("diubah")
    if row.kind == "moved" and row.before:
        return _moved(part, row.before, reworded=row.reworded)
    return ""


def _moved(part: str, before: comparing.Side, *, reworded: bool) -> str:
    place = {"no": before.number, "part": Decision.Part(before.part).label}
    if before.part == part:
        if reworded:
            return _("pindah dari baris %(no)d dan diubah") % place
        return _("pindah dari baris %(no)d") % place
    if reworded:
        return _("pindah dari %(part)s, baris %(no)d, dan diubah") % place
    return _("pindah dari %(part)s, baris %(no)d") % place
