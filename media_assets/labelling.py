"""The council says how a song may be used: a label is put on, or taken off, by one member and for a reason."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files import File
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from cms.office import notices, trail
from cms.office.models import Role
from media_assets import permissions, protocol, voices
from media_assets.models import CouncilMember, LabelSetting, SenjangPage


def put_on(
    senjang: SenjangPage,
    key: str,
    *,
    by: Any,
    reason: str,
    words: str = "",
    season: protocol.Season | None = None,
    voice: File | None = None,
) -> LabelSetting:
    """A label from now on, or its next version; its opposite goes with it. Without a new voice the old one stays.

    Any serving member restricts alone. Whoever thereby loosens what another has set must be the chair.
    """
    label = _known(key)
    season = _checked(label, season)
    _ask(permissions.can_put_on_label(by, _last(senjang, key)))
    with voices.kept(voice) as name, transaction.atomic():
        senjang = lock(senjang)
        last = _last(senjang, key)
        _ask(permissions.can_put_on_label(by, last))
        _drop_opposite(senjang, label, by=by, reason=reason)
        if last and last.is_set:
            name = name or str(last.voice)
            if (last.words, last.season, str(last.voice)) == (words.strip(), season, name):
                raise ValidationError(_("Label ini sudah terpasang seperti itu."))
        setting = _add(senjang, key, last, by=by, reason=reason, words=words.strip(), season=season, voice=name)
        text = _("Memasang label “%(label)s” pada senjang “%(title)s”: %(reason)s")
        _tell("pasang label", senjang, text, label=setting.mark.name, reason=setting.reason, by=by)
    return setting


@transaction.atomic
def take_off(senjang: SenjangPage, key: str, *, by: Any, reason: str) -> LabelSetting:
    """Loosens: for the member who set the label, or the chair."""
    label, senjang = _known(key), lock(senjang)
    last = _last(senjang, key)
    if last is None or not last.is_set:
        raise ValidationError(_("Label ini tidak sedang terpasang."))
    _ask(permissions.can_take_off_label(by, last))
    setting = _add(senjang, key, last, by=by, reason=reason, is_set=False)
    text = _("Melepas label “%(label)s” dari senjang “%(title)s”: %(reason)s")
    _tell("lepas label", senjang, text, label=str(label.name), reason=setting.reason, by=by)
    return setting


def seat(by: Any) -> CouncilMember:
    if (found := CouncilMember.objects.seat_of(by)) is None:
        raise PermissionDenied
    return found


def lock(senjang: SenjangPage) -> SenjangPage:
    """Two at once come one after the other."""
    return SenjangPage.objects.select_for_update(of=("self",)).get(pk=senjang.pk)


def reasoned(reason: str) -> str:
    if not (reason := reason.strip()):
        raise ValidationError({"reason": _("Tulis alasannya, supaya orang lain tahu mengapa.")})
    return reason


def address(senjang: SenjangPage) -> str:
    return reverse("labels_of", args=[senjang.pk])


def _known(key: str) -> protocol.ProtocolLabel:
    if key not in protocol.LABELS:
        raise ValidationError(_("Label ini tidak dikenal. Muat ulang halamannya, lalu pilih lagi."))
    return protocol.LABELS[key]


def _checked(label: protocol.ProtocolLabel, season: protocol.Season | None) -> protocol.Season | None:
    if label.key != protocol.SEASONAL:
        return None
    if season is None:
        raise ValidationError({"season": _("Isi kapan musimnya mulai dan sampai kapan.")})
    if season.is_whole_year:
        raise ValidationError({"season": _("Musim ini sepanjang tahun, jadi tidak membatasi apa pun.")})
    if season.is_leap_day_only:
        raise ValidationError({"season": _("29 Februari tidak ada setiap tahun. Pilih musim yang lebih panjang.")})
    return season


def _ask(allowed: bool) -> None:
    if not allowed:
        raise PermissionDenied(_("Label ini hanya dapat dilonggarkan oleh anggota yang memasangnya atau oleh ketua."))


def _last(senjang: SenjangPage, key: str) -> LabelSetting | None:
    return LabelSetting.objects.of(senjang, key).select_related("senjang").first()


def opposite(senjang: SenjangPage, key: str) -> LabelSetting | None:
    """What stands now and goes when this label comes."""
    against = protocol.LABELS[key].against
    last = _last(senjang, against) if against else None
    return last if last and last.is_set else None


def _drop_opposite(senjang: SenjangPage, label: protocol.ProtocolLabel, *, by: Any, reason: str) -> None:
    """Permission given replaces a bar, and the other way round; a bar may replace whatever stands."""
    last = opposite(senjang, label.key)
    if last is None:
        return
    _ask(permissions.can_replace_label(by, last))
    _add(senjang, label.against, last, by=by, reason=reason, is_set=False)


def _add(
    senjang: SenjangPage,
    key: str,
    last: LabelSetting | None,
    *,
    by: Any,
    reason: str,
    season: protocol.Season | None = None,
    **fields: Any,
) -> LabelSetting:
    if season:
        fields |= {"opens": season.opens, "closes": season.closes}
    return LabelSetting.objects.create(
        senjang=senjang,
        label=key,
        version=last.version + 1 if last else 1,
        member=seat(by),
        reason=reasoned(reason),
        **fields,
    )


def _tell(verb: str, senjang: SenjangPage, text: str, *, by: Any, **words: str) -> None:
    text %= words | {"title": senjang.title}
    trail.record(verb, senjang, text, by=by)
    notices.tell(Role.COMMUNICATIONS, text, key=f"label-{senjang.pk}", url=address(senjang))
