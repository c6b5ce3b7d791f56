"""Tells the office 30, 14 and 0 days ahead of a consent's last day, once each, until it is renewed or taken back."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cms.office import notices
from cms.office.models import Notice, OfficeSettings, Role
from performers import works
from performers.consenting import AHEAD, close_reminders, reminder_key
from performers.models import Consent


def look() -> int:
    """The daily job; returns how many it told. A day on which it did not run is made up for on the next."""
    today = timezone.localdate()
    ending = list(Consent.objects.ending_within(max(AHEAD), today).listed().order_by("until", "pk"))
    later = _later(ending)
    named = works.named([*ending, *(one for others in later.values() for one in others)])
    told = 0
    for consent in ending:
        if any(_renews(other, consent, named) for other in later[consent.pk]):
            close_reminders(consent, AHEAD)
        else:
            told += _tell(consent, today)
    return told


def message(consent: Consent) -> str:
    """For the person, by WhatsApp."""
    words = {
        "who": consent.guardian_name or consent.person.name,
        "person": consent.person.name,
        "as": consent.get_capacity_display(),
        "channels": consent.channel_names,
        "day": date_format(_last(consent), "l, j F Y"),
        "office": OfficeSettings.load().short_name,
    }
    text = _(
        "Yth. %(who)s, izin %(person)s sebagai %(as)s untuk %(channels)s berlaku sampai %(day)s. "
        "Bersediakah diperpanjang? Formulirnya dapat ditandatangani di kantor. Terima kasih, %(office)s."
    )
    return text % words


def _tell(consent: Consent, today: date) -> int:
    """1 where the crossing is new, also if somebody has marked its notice as done since."""
    left = (_last(consent) - today).days
    crossing = min(days for days in AHEAD if days >= left)
    key = reminder_key(consent, crossing)
    if Notice.objects.filter(key=key).exists():
        return 0
    close_reminders(consent, [days for days in AHEAD if days > crossing])
    level = Notice.Level.INFO if crossing == max(AHEAD) else Notice.Level.WARNING
    notices.tell(Role.COMMUNICATIONS, _text(consent, left), key=key, url=consent.address, level=level)
    return 1


def _text(consent: Consent, left: int) -> str:
    words = {
        "who": consent,
        "channels": consent.channel_names,
        "day": date_format(_last(consent), "l, j F Y"),
        "left": left,
    }
    if left:
        text = _("Izin %(who)s untuk %(channels)s berakhir %(left)d hari lagi, %(day)s. Minta diperpanjang.")
    else:
        text = _("Izin %(who)s untuk %(channels)s berakhir malam ini, %(day)s. Besok karyanya turun.")
    return text % words


def _later(ending: Iterable[Consent]) -> dict[int, list[Consent]]:
    """Of each the others of the same person and capacity that go on after it, without a day between."""
    people = {consent.person_id for consent in ending}
    standing = list(Consent.objects.standing().filter(person__in=people))
    return {
        consent.pk: [
            other
            for other in standing
            if (other.person_id, other.capacity) == (consent.person_id, consent.capacity)
            and other.valid_from <= _last(consent) + timedelta(days=1)
            and _last(other) > _last(consent)
        ]
        for consent in ending
    }


def _renews(other: Consent, consent: Consent, named: dict[int, dict[int, str]]) -> bool:
    """For every channel and every work of the one that ends."""
    if not set(consent.channels) <= set(other.channels):
        return False
    return not other.is_limited or (consent.is_limited and set(named[consent.pk]) <= set(named[other.pk]))


def _last(consent: Consent) -> date:
    return consent.until or date.max
