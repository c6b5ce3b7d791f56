"""Codes: placed once, printed, never reused; what stands behind one may change, every change on record."""

import random
import secrets
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page, get_page_models

from campaigns import permissions
from campaigns.models import CampaignPage, Code, Kecamatan, LicencePage, Village
from cms.office import trail, typed
from cms.office.typed import ALPHABET, check_character

LENGTH = 6
read = typed.read
State = Code.State

MOVES: dict[str, tuple[frozenset[str], str]] = {
    "hold": (frozenset({State.ACTIVE}), State.HELD),
    "release": (frozenset({State.HELD}), State.ACTIVE),
    "retire": (frozenset({State.ACTIVE, State.HELD}), State.RETIRED),
}


def is_plain(code: str) -> bool:
    return typed.is_plain(code, LENGTH)


def is_well_formed(code: str) -> bool:
    return typed.is_well_formed(code, LENGTH)


class PrintedConverter:
    """A code in an address: anything else is not found."""

    regex = f"[{ALPHABET}]{{{LENGTH}}}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


def new_code(source: random.Random | None = None) -> str:
    """A code that was never given out, also not to a row that is gone: the trail remembers it.

    Luhn misses one swap only, that of 0 and Z side by side, so no code holds them so.
    """
    source = source or secrets.SystemRandom()
    while True:
        body = "".join(source.choice(ALPHABET) for _place in range(LENGTH - 1))
        code = body + check_character(body)
        blind = "0Z" in code or "Z0" in code
        if not blind and not Code.objects.filter(pk=code).exists() and not trail.of(Code(code=code)).exists():
            return code


@transaction.atomic
def place(
    page: Page,
    *,
    label: str,
    licences: Iterable[LicencePage],
    by: Any,
    medium: str = Code.Medium.LEAFLET,
    kecamatan: Kecamatan | None = None,
    village: Village | None = None,
    campaign: CampaignPage | None = None,
) -> Code:
    """Give a place its own code. A village brings its kecamatan along. `by=None` is the system."""
    _allow(by, permissions.can_place)
    chosen = _some(licences)
    _can_lead_to(page)
    code = Code(
        code=new_code(),
        label=label.strip(),
        medium=medium,
        kecamatan=kecamatan or (village.kecamatan if village else None),
        village=village,
        campaign=campaign,
        page_id=page.pk,
        created_by=by,
    )
    _check(code)
    code.save(force_insert=True)
    code.licences.set(chosen)
    trail.record("place", code, _("Menempatkan kode %(code)s: %(label)s.") % _words(code), by=by, page=page.pk)
    return code


@transaction.atomic
def retarget(code: Code, *, page: Page, licences: Iterable[LicencePage], by: Any, reason: str) -> Code:
    """Let a printed code lead elsewhere; also a retired one, whose licence needs must stay right."""
    _allow(by, permissions.can_change)
    reason, chosen = _reason(reason), _some(licences)
    _can_lead_to(page)
    locked = Code.objects.select_for_update().get(pk=code.pk)
    before = {"page": locked.page_id, "licences": sorted(locked.licences.values_list("pk", flat=True))}
    after = {"page": page.pk, "licences": sorted(licence.pk for licence in chosen)}
    if before == after:
        raise ValidationError(_("Tujuan dan layanannya sama seperti sebelumnya. Pilih tujuan atau layanan yang baru."))
    locked.page_id = page.pk
    locked.licences.set(chosen)
    locked.save()
    text = _("Mengarahkan kode %(code)s ke “%(page)s”: %(reason)s")
    values = _words(locked) | {"page": page.title, "reason": reason}
    trail.record("retarget", locked, text % values, by=by, before=before, after=after)
    return locked


def hold(code: Code, *, by: Any, reason: str) -> Code:
    """While something is checked, visitors read so, and still find what the licence needs."""
    return _move("hold", code, _("Menahan kode %(code)s: %(reason)s"), by=by, reason=_reason(reason))


def release(code: Code, *, by: Any, reason: str) -> Code:
    return _move("release", code, _("Melepas kode %(code)s: %(reason)s"), by=by, reason=_reason(reason))


def retire(code: Code, *, by: Any, reason: str) -> Code:
    """For good: the paper is gone or false. The code still answers, and is never given out again."""
    return _move("retire", code, _("Memensiunkan kode %(code)s: %(reason)s"), by=by, reason=_reason(reason))


def destinations() -> list[type[Page]]:
    """The kinds of page a code may lead to: those that draw a visit themselves, licences and campaigns."""
    return [
        model
        for model in get_page_models()
        if hasattr(model, "visit_context") or issubclass(model, LicencePage | CampaignPage)
    ]


def possible_moves(code: Code) -> list[str]:
    return [verb for verb, (origins, _goal) in MOVES.items() if code.state in origins]


@transaction.atomic
def _move(verb: str, code: Code, text: str, *, by: Any, reason: str) -> Code:
    _allow(by, permissions.can_change)
    locked = Code.objects.select_for_update().get(pk=code.pk)
    origins, goal = MOVES[verb]
    if locked.state not in origins:
        raise ValidationError(
            _("Kode %(code)s sekarang %(state)s, jadi langkah ini tidak berlaku. Muat ulang halamannya.")
            % {"code": locked.pk, "state": locked.get_state_display()}
        )
    locked.state = goal
    locked.save()
    trail.record(verb, locked, text % (_words(locked) | {"reason": reason}), by=by)
    return locked


def _allow(by: Any, may: Any) -> None:
    if by is not None and not may(by):
        raise PermissionDenied


def _words(code: Code) -> dict[str, str]:
    return {"code": code.pk, "label": code.label}


def _some(licences: Iterable[LicencePage]) -> list[LicencePage]:
    chosen = list(licences)
    if not chosen:
        raise ValidationError(
            {"licences": _("Pilih sedikitnya satu layanan: setiap kode menjawab apa yang perlu disiapkan.")}
        )
    return chosen


def _can_lead_to(page: Page) -> None:
    if page.specific_class not in destinations():
        raise ValidationError({"page": _("Pilih halaman senjang, layanan, atau kampanye sebagai tujuan.")})


def _reason(reason: str) -> str:
    if not reason.strip():
        raise ValidationError({"reason": _("Tulis alasannya, supaya rekan lain mengerti perubahan ini.")})
    return reason.strip()


def _check(code: Code) -> None:
    if code.village and code.village.kecamatan_id != code.kecamatan_id:
        raise ValidationError(
            {
                "village": _("%(village)s tidak berada di Kecamatan %(kecamatan)s. Betulkan salah satunya.")
                % {"village": code.village.name, "kecamatan": code.kecamatan}
            }
        )
    code.full_clean(exclude=["created_by"])  # the system places codes too
