"""Somebody asks that a song be taken down: it is off at once, until a member of the council has answered.

Against vandals: a song is held by one request, three songs a day, six at a time; five requests that hold nothing wait
for a song, twenty come in an hour, and after a refusal the same text is not held again for a month. No address of the
sender is kept; a contact only where one was left.
"""

import secrets
from datetime import timedelta
from typing import Any

from django.core.cache import cache
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.office import notices, trail, typed
from cms.office.models import Notice, Role
from media_assets import labelling, permissions, protocol
from media_assets.models import SenjangPage, TakedownAnswer, TakedownContact, TakedownRequest

CODE_LENGTH = 9  # eight signs and a check character
HOLDS_A_DAY, HOLDS_OPEN, REQUESTS_AN_HOUR = 3, 6, 20
WAITING_A_SONG = 5  # that hold nothing
QUIET_AFTER_REFUSAL = timedelta(days=30)
CONTACT_LIVES = timedelta(days=90)


def ask(senjang: SenjangPage, *, relation: str, reason: str, contact: str = "") -> TakedownRequest:
    """From anybody, without an account. The request's `code` tells whoever has it what became of it."""
    return _take_in(senjang, TakedownRequest.Relation(relation), labelling.reasoned(reason), contact.strip())


@transaction.atomic
def _take_in(senjang: SenjangPage, relation: str, reason: str, contact: str) -> TakedownRequest:
    senjang = labelling.lock(senjang)
    if not senjang.is_public or senjang.label_settings.bars_everybody().exists():
        raise ValidationError(_("Senjang ini sudah tidak tayang."))
    waiting = TakedownRequest.objects.open().filter(senjang=senjang)
    is_held = waiting.holding().exists()
    holds = not is_held and _may_hold(senjang, reason)
    if is_held or (not holds and waiting.count() >= WAITING_A_SONG):
        raise ValidationError(_("Sudah ada permohonan untuk senjang ini. Lembaga Adat sedang memutuskannya."))
    if not any(cache.add(f"takedown-{number}", 1, 3600) for number in range(REQUESTS_AN_HOUR)):
        raise ValidationError(_("Terlalu banyak permohonan dalam satu jam. Coba lagi nanti, atau hubungi kantor."))
    request = TakedownRequest.objects.create(
        senjang=senjang,
        number=senjang.takedowns.count() + 1,
        code=_new_code(),
        digest=senjang.digest,
        relation=relation,
        reason=reason,
        holds=holds,
    )
    if contact:
        TakedownContact.objects.create(request=request, contact=contact)
    _tell_of(request)
    return request


def _may_hold(senjang: SenjangPage, reason: str) -> bool:
    refused = TakedownRequest.objects.filter(senjang=senjang).dismissed(senjang.digest)
    if any(_bare(request.reason) == _bare(reason) for request in refused):
        raise ValidationError({"reason": _("Lembaga Adat sudah memutuskan permohonan dengan alasan yang sama ini.")})
    now = timezone.now()
    if refused.filter(answer__at__gt=now - QUIET_AFTER_REFUSAL).exists():
        return False
    today = TakedownRequest.objects.filter(holds=True, at__gt=now - timedelta(days=1))
    return today.count() < HOLDS_A_DAY and TakedownRequest.objects.holding().count() < HOLDS_OPEN


def _bare(reason: str) -> str:
    return "".join(sign for sign in reason.casefold() if sign.isalnum())


def _new_code() -> str:
    body = "".join(secrets.choice(typed.ALPHABET) for _sign in range(CODE_LENGTH - 1))
    return body + typed.check_character(body)


def _tell_of(request: TakedownRequest) -> None:
    """Without the reason: what a stranger typed may name people, and trail and mail are kept for ever."""
    if request.holds:
        text = _("Permohonan %(number)d agar senjang “%(title)s” diturunkan; senjang ditahan sampai diputuskan.")
    else:
        text = _("Permohonan %(number)d agar senjang “%(title)s” diturunkan; senjang tetap tayang.")
    text %= {"number": request.number, "title": request.senjang.title}
    trail.record("mohon turun", request.senjang, text, takedown=request.pk)
    address = reverse("takedown", args=[request.pk])
    for role in (Role.COUNCIL, Role.COMMUNICATIONS):
        notices.tell(role, text, key=_key(request), url=address, level=Notice.Level.WARNING)


def found(sent: str) -> TakedownRequest | None:
    """What became of the request with this code, however it was typed."""
    code = typed.read(sent)
    if not typed.is_plain(code, CODE_LENGTH):
        return None
    return TakedownRequest.objects.select_related("senjang", "answer").filter(code=code).first()


def spaced(code: str) -> str:
    return " ".join(code[place : place + 3] for place in range(0, len(code), 3))


def uphold(request: TakedownRequest, *, reason: str, by: Any) -> TakedownAnswer:
    """It stays off, as a song for the council only, until the council takes that label off again."""
    return _answer(request, TakedownAnswer.Verdict.UPHELD, reason, by)


def dismiss(request: TakedownRequest, *, reason: str, by: Any) -> TakedownAnswer:
    return _answer(request, TakedownAnswer.Verdict.DISMISSED, reason, by)


@transaction.atomic
def _answer(request: TakedownRequest, verdict: TakedownAnswer.Verdict, reason: str, by: Any) -> TakedownAnswer:
    senjang, reason = labelling.lock(request.senjang), labelling.reasoned(reason)
    if not permissions.can_answer_takedown(by, senjang):
        raise PermissionDenied(_("Permohonan ini diputuskan anggota Lembaga Adat yang tidak ikut menulis senjangnya."))
    if TakedownAnswer.objects.filter(request=request).exists():
        raise ValidationError(_("Permohonan ini sudah diputuskan."))
    answer = TakedownAnswer.objects.create(request=request, verdict=verdict, reason=reason, member=labelling.seat(by))
    TakedownContact.objects.filter(request=request).delete()
    if verdict == TakedownAnswer.Verdict.UPHELD:
        if not senjang.label_settings.bars_everybody().exists():
            labelling.put_on(senjang, protocol.COUNCIL_ONLY, by=by, reason=reason)
        text = _("Permohonan penurunan senjang “%(title)s” dikabulkan: %(reason)s")
    else:
        text = _("Permohonan penurunan senjang “%(title)s” tidak dikabulkan: %(reason)s")
    text %= {"title": senjang.title, "reason": reason}
    trail.record(f"permohonan {verdict}", senjang, text, by=by, takedown=request.pk)
    notices.finish(_key(request), by=by)
    notices.tell(Role.COMMUNICATIONS, text, key=_key(request), url=labelling.address(senjang))
    return answer


def forget_contacts() -> int:
    """Daily: contacts of requests that nobody has answered for three months; returns how many went."""
    old = TakedownContact.objects.filter(request__at__lt=timezone.now() - CONTACT_LIVES)
    return old.delete()[0]


def _key(request: TakedownRequest) -> str:
    return f"takedown-{request.pk}"
