"""Numbered papers: PDFs with letterhead, signatories, digest and an address where anybody can check them.

A paper is set once and its bytes are kept: what was signed is what is opened again, also when a template or the
compiler has changed since. Numbers run by kind and year without a gap, because a number is taken only by the row
that uses it; of two at once the later tries again with the next.
"""

import hashlib
import json
import secrets
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

from django.apps import apps
from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import Max
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cms.office import pdf as typesetting
from cms.office import symbols, trail, typed
from cms.office.models import OfficeSettings, Paper

CODE_LENGTH = 8  # two more than a leaflet's, so that the two are never taken for one another
SYMBOL_MM = 27  # quiet zone included
ATTEMPTS = 20


class Standing(NamedTuple):
    """Whether what a paper says still holds; `since` is the moment from which it does not."""

    holds: bool
    sentence: str
    since: datetime | None = None


STANDINGS: dict[str, Callable[[Paper], Standing]] = {}  # by subject type, whose app knows what became of it

DOORS: dict[str, Callable[[Paper, Any], str]] = {}  # by kind, whose app knows who works with such a paper


def issue(
    kind: str,
    subject: models.Model,
    data: dict[str, Any],
    template: Path,
    *,
    by: Any,
    told_of: models.Model | None = None,
    **marks: Any,
) -> Paper:
    """The paper of this kind about `subject`: made now, or the one that was made before.

    `data` is what the template reads (JSON; `title` is what the paper is about, in one line), beside `office` and
    `paper`, which are added here. The trail's line stands with `told_of` and carries `marks`. Papers are Indonesian.
    """
    for _attempt in range(ATTEMPTS):
        if made := of(kind, subject):
            return made
        with translation.override("id"):  # set before anything is locked: nobody waits for the compiler
            paper = _set(kind, subject, data, template, by)
            text = _("%(kind)s nomor %(number)s dibuat: %(title)s.") % {
                "kind": paper.get_kind_display(),
                "number": paper.number,
                "title": paper.title,
            }
        try:
            with transaction.atomic():
                paper.save()
                trail.record("terbitkan surat", told_of or subject, text, by=by, paper=paper.pk, **marks)
        except IntegrityError:  # somebody else took the number, or made this very paper
            continue
        return paper
    raise RuntimeError(f"no number of kind {kind} could be had in {ATTEMPTS} attempts")


def of(kind: str, subject: models.Model) -> Paper | None:
    found: Paper | None = Paper.objects.about(subject).filter(kind=kind).without_file().first()
    return found


def pdf(paper: Paper) -> bytes:
    """The file as it was handed out."""
    return bytes(paper.file)


def find(typed_code: str) -> Paper | None:
    """By the code as somebody typed it; no query for what cannot be one."""
    code = typed.read(typed_code)
    if not typed.is_well_formed(code, CODE_LENGTH):
        return None
    found: Paper | None = Paper.objects.filter(code=code).without_file().first()
    return found


def door(paper: Paper, user: Any) -> str:
    """Where its code leads this user instead of the check page; "" where nowhere else."""
    return DOORS[paper.kind](paper, user) if paper.kind in DOORS else ""


def standing(paper: Paper) -> Standing:
    """What holds of it today; one that no app answers for stands while its subject exists."""
    if not apps.get_model(paper.subject_type)._default_manager.filter(pk=paper.subject_id).exists():
        return Standing(False, _("Catatan yang mendasari surat ini sudah tidak ada. Tanyakan ke kantor."))
    if paper.subject_type in STANDINGS:
        return STANDINGS[paper.subject_type](paper)
    return Standing(True, _("Tercatat di kantor dan tidak dicabut."))


def address(code: str) -> str:
    """Where the paper can be checked."""
    return f"{settings.PUBLIC_BASE_URL}/periksa/{code}"


def spaced(text: str, size: int = 4) -> str:
    """In groups, so that the eye can compare it."""
    return " ".join(text[at : at + size] for at in range(0, len(text), size))


def long_day(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "l, j F Y")


def _set(kind: str, subject: models.Model, data: dict[str, Any], template: Path, by: Any) -> Paper:
    """A paper with the next number, set but not yet kept."""
    now, office, code = timezone.now(), OfficeSettings.load(), _new_code()
    year = timezone.localdate(now).year
    running = (Paper.objects.filter(kind=kind, year=year).aggregate(last=Max("running"))["last"] or 0) + 1
    number = _number(office.number_format, kind, running, year)
    whole = data | {"office": _letterhead(office), "paper": _heading(kind, number, code, timezone.localdate(now))}
    file = typesetting.render(template, whole, {"code.svg": _symbol(code)})
    return Paper(
        kind=kind,
        year=year,
        running=running,
        number=number,
        code=code,
        subject_type=subject._meta.label_lower,
        subject_id=str(subject.pk),
        title=data["title"][:255],
        data=whole,
        data_digest=_sha256(json.dumps(whole, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()),
        file=file,
        file_digest=_sha256(file),
        made_at=now,
        by=by,
    )


def _number(pattern: str, kind: str, running: int, year: int) -> str:
    """Replaced piece by piece: what else an office writes in braces is its own."""
    for part, value in (("{number}", f"{running:03d}"), ("{kind}", kind), ("{year}", str(year))):
        pattern = pattern.replace(part, value)
    return pattern


def _heading(kind: str, number: str, code: str, day: date) -> dict[str, Any]:
    return {
        "kind": str(Paper.Kind(kind).label),
        "number": number,
        "day": date_format(day, "j F Y"),
        "date": [day.year, day.month, day.day],
        "code": spaced(code),
        "address": address(code).partition("://")[2],
        "symbol_mm": SYMBOL_MM,
        "symbol_alt": _("Kode QR menuju %(address)s") % {"address": address(code)},
        "check": _("Periksa keasliannya"),
        "check_how": _("Pindai, atau ketik kode ini di %(address)s")
        % {"address": address("").partition("://")[2].rstrip("/")},
    }


def _letterhead(office: OfficeSettings) -> dict[str, Any]:
    lines = [line.strip(" ,") for line in office.address.splitlines()]
    contacts = [
        _("Telepon %(number)s") % {"number": office.phone} if office.phone else "",
        office.email,
        office.website.partition("://")[2].rstrip("/"),
    ]
    return {
        "name": office.name,
        "short": office.short_name,
        "district": office.district,
        "address": ", ".join(line for line in lines if line),
        "contacts": " · ".join(contact for contact in contacts if contact),
        "signatories": [{"name": one.name, "position": one.position} for one in office.signatories.all()],
    }


def _symbol(code: str) -> bytes:
    target = address(code)
    return symbols.svg(target.upper(), mm=SYMBOL_MM, title=code, about=target).encode()


def _new_code() -> str:
    """Luhn misses one swap only, that of 0 and Z side by side, so no code holds them so."""
    while True:
        body = "".join(secrets.choice(typed.ALPHABET) for _place in range(CODE_LENGTH - 1))
        code = body + typed.check_character(body)
        if "0Z" not in code and "Z0" not in code:
            return code


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
