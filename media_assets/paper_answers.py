"""What one member ticked on a sitting's sheet: its shape, what it means as verdicts, and where two readings differ."""

import re
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from media_assets.models import Decision


class Mark(models.TextChoices):
    WHOLE = "setuju", _("Setuju seluruhnya")
    PARTLY = "sebagian", _("Setuju sebagian")
    SEND_BACK = "perbaiki", _("Minta perbaikan")
    NOT_PUBLIC = "tertutup", _("Tidak untuk umum")
    LEFT = "undur", _("Tidak ikut memutuskan")
    ABSENT = "absen", _("Tidak hadir")


REASONED = (Mark.SEND_BACK, Mark.NOT_PUBLIC, Mark.LEFT)
BOXES = [(part, question) for part in Decision.Part.values for question in Decision.OF_MEMBERS]
TICKS = [f"{part} {question}" for part, question in BOXES]
FIELDS = {
    "verdict": _("putusan"),
    "ticks": _("kotak yang dicentang"),
    "part": _("bagian yang perlu diperbaiki"),
    "reason": _("alasan"),
    "held_on": _("hari sidang"),
    "place": _("tempat"),
}


class Answer(NamedTuple):
    """`ticks` hold "isi adat" for a box; `part` is "" for the whole text."""

    verdict: str
    ticks: tuple[str, ...] = ()
    part: str = ""
    reason: str = ""

    def as_json(self) -> dict[str, Any]:
        return self._asdict() | {"ticks": list(self.ticks)}


def read(verdict: str, ticks: Iterable[str] = (), part: str = "", reason: str = "") -> Answer:
    """The answer without what does not belong to its verdict; every box ticked is the whole. Refuses half an answer."""
    mark = Mark(verdict)
    boxes = tuple(tick for tick in TICKS if tick in set(ticks)) if mark in (Mark.PARTLY, Mark.SEND_BACK) else ()
    reason = " ".join(reason.split()) if mark in REASONED else ""
    if mark == Mark.PARTLY and not boxes:
        raise ValidationError({"ticks": __("Centang kotak yang disetujui, seperti di lembarnya.")})
    if mark == Mark.PARTLY and len(boxes) == len(TICKS):
        return Answer(Mark.WHOLE)
    if mark in REASONED and not reason:
        raise ValidationError({"reason": __("Salin alasannya dari lembar.")})
    if mark == Mark.SEND_BACK and any(tick.startswith(part) for tick in boxes):
        raise ValidationError({"ticks": __("Bagian yang perlu diperbaiki tidak dapat sekaligus disetujui.")})
    return Answer(mark, boxes, part if mark == Mark.SEND_BACK else "", reason)


def of_json(kept: dict[str, dict[str, Any]]) -> dict[int, Answer]:
    return {int(member): Answer(**answer | {"ticks": tuple(answer["ticks"])}) for member, answer in kept.items()}


def boxes(answer: Answer) -> dict[str, list[str]]:
    """The boxes that were agreed to: questions by part."""
    ticks = TICKS if answer.verdict == Mark.WHOLE else answer.ticks
    agreed: dict[str, list[str]] = {}
    for tick in ticks:
        part, question = tick.split()
        agreed.setdefault(part, []).append(question)
    return agreed


def refused_parts(answer: Answer) -> list[str]:
    """The parts that are sent back, or kept from the public."""
    if answer.verdict == Mark.NOT_PUBLIC or (answer.verdict == Mark.SEND_BACK and not answer.part):
        return list(Decision.Part.values)
    return [answer.part] if answer.verdict == Mark.SEND_BACK else []


def verdicts(answer: Answer) -> dict[tuple[str, str], str]:
    """By (part, question), as `Decision` keeps them."""
    agreed = {(p, q): Decision.Verdict.AGREE.value for p, questions in boxes(answer).items() for q in questions}
    return agreed | {(part, q.value): answer.verdict for part in refused_parts(answer) for q in Decision.OF_MEMBERS}


def differences(one: dict[int, Answer], other: dict[int, Answer]) -> list[tuple[int, str]]:
    """(member, field) wherever two readings are not the same; of reasons the words count, not marks and capitals."""
    absent, found = Answer(Mark.ABSENT), []
    for member in sorted(one.keys() | other.keys()):
        a, b = one.get(member, absent), other.get(member, absent)
        if a.verdict != b.verdict:
            found.append((member, "verdict"))
            continue
        found += [(member, field) for field in ("ticks", "part") if getattr(a, field) != getattr(b, field)]
        found += [(member, "reason")] * (plain(a.reason) != plain(b.reason))
    return found


def plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
