"""The form adviser at a senjang's page: what it says of the text, and setting a hint aside with a reason."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from cms.office import names, trail
from media_assets import permissions
from media_assets.lyrics import PARTS
from media_assets.models import Decision, FormHintDismissal, SenjangPage
from media_assets.prosody import forms, hints
from media_assets.prosody.hints import Advice, Hint


@dataclass(frozen=True)
class Remark:
    """A hint with its place in the lyric, and the row that set it aside, if any."""

    key: str
    part: str
    stanza: int  # counted from 1 within the part
    line_uid: str
    hint: Hint
    aside: FormHintDismissal | None

    @property
    def place(self) -> str:
        part = Decision.Part(self.part).label
        return _("%(part)s, bait %(stanza)d") % {"part": part, "stanza": self.stanza}


def remarks(page: SenjangPage) -> list[Remark]:
    """All that the adviser says of the page's text, in the order of the lyric."""
    said = {row.key: row for row in page.hint_dismissals.all()} if page.pk else {}
    found: list[Remark] = []
    count = dict.fromkeys(PARTS, 0)
    for advice in hints.advise(forms.of_lyric(page.parts), page.language):
        part = advice.form.part
        count[part] += 1
        for hint in advice.hints:
            key, row = key_of(advice, hint), said.get(key_of(advice, hint))
            aside = row if row and row.set_aside else None
            found.append(Remark(key, part, count[part], _uid(advice, hint.line), hint, aside))
    return found


def key_of(advice: Advice, hint: Hint) -> str:
    """What a hint is known by: its kind, its lines and their words; for a whole part or stanza not the words."""
    about: list[Any] = [hint.kind, advice.form.part, hint.topic]
    if hint.kind == "lines":
        about += [len(advice.form.counted), _uid(advice, 1)]
    elif hint.kind not in ("opening", "closing"):
        numbers = [number for number in (hint.line, hint.other) if number]
        about += [[_uid(advice, number), advice.form.heard[number - 1].line.sung] for number in numbers]
    return hashlib.sha256(json.dumps(about, ensure_ascii=False).encode()).hexdigest()[:16]


def _uid(advice: Advice, number: int) -> str:
    return advice.form.heard[number - 1].line.uid


def set_aside(page: SenjangPage, key: str, *, reason: str, by: Any) -> FormHintDismissal:
    remark = _remark(page, key, by)
    if not reason.strip():
        raise ValidationError(_("Tulis alasannya, supaya orang lain tahu mengapa saran ini dikesampingkan."))
    if remark.aside:
        raise ValidationError(_("Saran ini sudah dikesampingkan oleh %(by)s.") % {"by": remark.aside.by_name})
    why = {"reason": reason.strip()}
    told = _("%(hint)s Dikesampingkan: %(reason)s") % {"hint": remark.hint.text, **why}
    trail.record("kesampingkan saran", page, told, by=by, **why)
    return _say(page, remark, by, set_aside=True, **why)


def take_up(page: SenjangPage, key: str, *, by: Any) -> FormHintDismissal:
    """Undo: the hint stands again."""
    remark = _remark(page, key, by)
    if remark.aside is None:
        raise ValidationError(_("Saran ini tidak sedang dikesampingkan."))
    trail.record("tampilkan saran", page, remark.hint.text, by=by)
    return _say(page, remark, by, set_aside=False)


def _remark(page: SenjangPage, key: str, by: Any) -> Remark:
    if not permissions.can_set_hint_aside(by, page):
        raise PermissionDenied
    remark = next((remark for remark in remarks(page) if remark.key == key), None)
    if remark is None:
        raise ValidationError(_("Saran ini sudah tidak berlaku: liriknya sudah berubah. Muat ulang halamannya."))
    return remark


def _say(page: SenjangPage, remark: Remark, by: Any, **said: Any) -> FormHintDismissal:
    return FormHintDismissal.objects.create(
        page=page,
        key=remark.key,
        kind=remark.hint.kind,
        part=remark.part,
        line_uid=remark.line_uid,
        hint=remark.hint.text,
        by_name=names.of_account(by)[:160],
        **said,
    )
