"""The office as a visitor needs it today: where, when, whom to ask."""

from dataclasses import dataclass
from datetime import date, time
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from cms.office.models import OfficeSettings, Weekday
from cms.office.notices import whatsapp_url


@dataclass(frozen=True)
class Contact:
    name: str
    short_name: str
    address: str
    phone: str
    whatsapp: str
    map_url: str
    today: str
    week: tuple[tuple[str, str], ...]

    @property
    def phone_link(self) -> str:
        return "".join(sign for sign in self.phone if sign in "+0123456789")

    def ask_url(self, thing: str, own_number: str = "") -> str:
        """WhatsApp with the question begun; "" where the office has no number."""
        return self.tell_url(_("Halo, saya ingin bertanya tentang %(thing)s.") % {"thing": thing}, own_number)

    def tell_url(self, text: str, own_number: str = "") -> str:
        number = own_number or self.whatsapp
        return whatsapp_url(text, number) if number else ""


@lru_cache(maxsize=16)
def on(day: date, generation: int, language: str) -> Contact:
    """Every visitor page shows it, so it is read once a generation; the language decides its words."""
    office = OfficeSettings.objects.prefetch_related("hours", "whatsapp_lines").first() or OfficeSettings()
    hours = sorted(office.hours.all(), key=lambda hour: (hour.weekday, hour.opens)) if office.pk else []
    lines = list(office.whatsapp_lines.all()) if office.pk else []
    return Contact(
        name=office.name,
        short_name=office.short_name,
        address=office.address,
        phone=office.phone,
        whatsapp=lines[0].digits if lines else "",
        map_url=office.map_url,
        today=_today(hours, day),
        week=tuple((str(Weekday(n).label), _spans(hours, n) or _("tutup")) for n in Weekday.values if hours),
    )


def _today(hours: list[Any], day: date) -> str:
    if not hours:
        return ""
    words = {"day": Weekday(day.isoweekday()).label, "hours": _spans(hours, day.isoweekday())}
    return (_("Hari ini, %(day)s: buka %(hours)s") if words["hours"] else _("Hari ini, %(day)s: tutup")) % words


def _spans(hours: list[Any], weekday: int) -> str:
    spans = [f"{_clock(hour.opens)}–{_clock(hour.closes)}" for hour in hours if hour.weekday == weekday]
    return _("%(hours)s WIB") % {"hours": ", ".join(spans)} if spans else ""


def _clock(moment: time) -> str:
    return f"{moment:%H.%M}"
