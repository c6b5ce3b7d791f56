"""Counting verdicts: whose agreement stands on which words, and whether that is enough. No database, no Django."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

Voice = int | str


class Verdict(NamedTuple):
    """One voice's answer to one question about one part's words; a voice is a member's key or an officer's name."""

    voice: Voice
    digest: str
    question: str
    agrees: bool
    at: datetime


Standing = dict[tuple[str, str], set[Voice]]


def standing(verdicts: Iterable[Verdict], void: Mapping[str, datetime], barred: Iterable[Voice] = ()) -> Standing:
    """Who agrees now, by (digest, question). `verdicts` come oldest first, and of one member the last one counts.

    `void` says for a digest until when verdicts no longer count, since an approval was taken back;
    `barred` are voices that may not rule on this text.
    """
    last: dict[tuple[Voice, str, str], Verdict] = {}
    for verdict in verdicts:
        last[verdict.voice, verdict.digest, verdict.question] = verdict
    agreeing: Standing = defaultdict(set)
    out = set(barred)
    for verdict in last.values():
        lapsed = verdict.digest in void and verdict.at <= void[verdict.digest]
        if verdict.agrees and not lapsed and verdict.voice not in out:
            agreeing[verdict.digest, verdict.question].add(verdict.voice)
    return agreeing


def agreed_parts(
    agreeing: Standing, part_digests: Mapping[str, str], needed: Mapping[str, int], chairs: Iterable[Voice] = ()
) -> list[str]:
    """The parts on which every question has the votes it needs; `chairs` alone are never enough."""
    return [
        part
        for part, digest in part_digests.items()
        if all(enough(agreeing.get((digest, question), set()), votes, chairs) for question, votes in needed.items())
    ]


def enough(votes: Collection[Voice], needed: int, chairs: Iterable[Voice] = ()) -> bool:
    return len(votes) >= needed and bool(set(votes).difference(chairs))
