"""Facts of a licence: a change is a new row from a day on, now or ahead; nothing is overwritten."""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from campaigns.models import FactKey, LicenceFact, LicencePage
from campaigns.permissions import can_record_facts
from cms.office import names, trail
from cms.office.models import PHONE

LONGEST = 4000
EARLIEST = date(1945, 8, 17)
FURTHEST_AHEAD = timedelta(days=3660)


@transaction.atomic
def record(
    licence: LicencePage,
    key: str,
    value: str,
    valid_from: date,
    source: str,
    *,
    by: Any,
    seen: int | None = None,
) -> LicenceFact:
    """Write what counts from `valid_from` on. One item a line; an empty value takes the fact back.

    `by` None is the system (a command on the server). `seen` is the newest fact of this key that the writer knew
    (0: none); if somebody has written another since, the writer is asked to look again.
    """
    if by is not None and not can_record_facts(by):
        raise PermissionDenied
    value = tidy(key, value)
    _check(valid_from, source)
    LicencePage.objects.select_for_update(of=("self",)).get(pk=licence.pk)  # two people, one fact
    if seen is not None:
        _refuse_if_overtaken(licence, key, seen)
    _refuse_if_the_same(licence, key, value, valid_from)
    fact = LicenceFact.objects.create(
        licence=licence, key=key, value=value, valid_from=valid_from, source=source.strip(), recorded_by=by
    )
    trail.record("mencatat fakta", licence, _sentence(fact), by=by, fact=fact.pk)
    return fact


def tidy(key: str, value: str) -> str:
    """The value as it is kept: its items, one a line; raises where the key wants a form that it has not."""
    if key not in FactKey.values:
        raise ValidationError({"key": _("Unsur “%(key)s” tidak dikenal.") % {"key": key}})
    value = "\n".join(" ".join(line.split()) for line in value.replace("\0", "").splitlines() if line.strip())
    if len(value) > LONGEST:
        raise ValidationError({"value": _("Isinya terlalu panjang; paling banyak %(most)d huruf.") % {"most": LONGEST}})
    if key == FactKey.WHATSAPP and value:
        try:
            PHONE(value)
        except ValidationError as error:
            raise ValidationError({"value": error.messages}) from error
    return value


def in_force(licence: LicencePage, key: str, day: date) -> LicenceFact | None:
    return LicenceFact.objects.in_force(day).filter(licence=licence, key=key).first()


def newest(licence: LicencePage, key: str) -> int:
    """The newest row of this key, whenever it counts; 0 where there is none."""
    return (
        LicenceFact.objects.filter(licence=licence, key=key).order_by("-pk").values_list("pk", flat=True).first() or 0
    )


def is_plausible(valid_from: date) -> bool:
    """A year typed wrong is caught here."""
    return EARLIEST <= valid_from <= timezone.localdate() + FURTHEST_AHEAD


def _check(valid_from: date, source: str) -> None:
    if not source.strip():
        raise ValidationError({"source": _("Tulis sumbernya: peraturan, keputusan atau pengumuman.")})
    if len(source) > 200:
        raise ValidationError({"source": _("Sumber paling panjang 200 huruf.")})
    if not is_plausible(valid_from):
        raise ValidationError({"valid_from": _("Tanggal berlaku ini tidak masuk akal. Periksa tahunnya.")})


def _refuse_if_overtaken(licence: LicencePage, key: str, seen: int) -> None:
    last = newest(licence, key)
    if last == seen:
        return
    other = LicenceFact.objects.select_related("recorded_by").get(pk=last)
    words = {
        "who": names.of_account(other.recorded_by) or "Bersenjang",
        "day": date_format(other.valid_from, "j F Y"),
        "value": other.value,
    }
    raise ValidationError(
        _("Baru saja %(who)s mencatat “%(value)s” mulai %(day)s. Periksa dahulu, lalu simpan lagi bila masih perlu.")
        % words
    )


def _refuse_if_the_same(licence: LicencePage, key: str, value: str, valid_from: date) -> None:
    now = in_force(licence, key, valid_from)
    if (now.value if now else "") != value:
        return
    if not value:
        raise ValidationError({"value": _("Tulis isinya. Belum ada fakta yang dapat ditarik.")})
    raise ValidationError(
        {
            "value": _("Isi ini sama dengan yang berlaku pada %(day)s; tidak ada yang perlu dicatat.")
            % {"day": date_format(valid_from, "j F Y")}
        }
    )


def _sentence(fact: LicenceFact) -> str:
    words = {
        "licence": fact.licence.title,
        "key": fact.get_key_display(),
        "value": fact.value,
        "day": date_format(fact.valid_from, "j F Y"),
    }
    if not fact.value:
        return _("%(licence)s: %(key)s ditarik mulai %(day)s.") % words
    return _("%(licence)s: %(key)s menjadi “%(value)s” mulai %(day)s.") % words
