"""A cover before a song that may hurt: a note that visitors read first, and open by themselves."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cms.office import names, trail
from media_assets import labelling, lyrics, permissions
from media_assets.models import SenjangPage, SensitiveCover


def cover_of(senjang: SenjangPage) -> SensitiveCover | None:
    last = senjang.covers.first()
    return last if last and last.note else None


@transaction.atomic
def cover(senjang: SenjangPage, *, note: str, reason: str, by: Any) -> SensitiveCover:
    """Put a note before the song, or another in its place."""
    senjang = _asked(senjang, by)
    if not (note := lyrics.tidy(note)):
        raise ValidationError({"note": _("Tulis catatan yang dibaca pengunjung sebelum membuka senjang ini.")})
    standing = cover_of(senjang)
    if standing and standing.note == note:
        raise ValidationError({"note": _("Catatan ini sudah terpasang.")})
    text = _("Menutup senjang “%(title)s” dengan catatan: %(note)s")
    return _add("pasang penutup", senjang, text, note=note[:300], reason=reason, by=by)


@transaction.atomic
def uncover(senjang: SenjangPage, *, reason: str, by: Any) -> SensitiveCover:
    senjang = _asked(senjang, by)
    if cover_of(senjang) is None:
        raise ValidationError(_("Senjang ini tidak sedang ditutup."))
    return _add("lepas penutup", senjang, _("Membuka penutup senjang “%(title)s”."), note="", reason=reason, by=by)


def _asked(senjang: SenjangPage, by: Any) -> SenjangPage:
    if not permissions.can_cover(by):
        raise PermissionDenied
    return labelling.lock(senjang)


def _add(verb: str, senjang: SenjangPage, text: str, *, note: str, reason: str, by: Any) -> SensitiveCover:
    reason = labelling.reasoned(reason)
    trail.record(verb, senjang, text % {"title": senjang.title, "note": note}, by=by, reason=reason)
    return SensitiveCover.objects.create(senjang=senjang, note=note, reason=reason, by_name=names.of_account(by)[:160])
