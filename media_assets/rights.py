"""Who has rights in a song or a recording, what they consented to, and what is said where a consent is lacking."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

CHANNEL_OF = {"web": "web", "low": "web", "radio": "radio", "cd": "cd", "print": "print"}  # ours → a consent's
PLACES = {"web": _("di halaman web"), "radio": _("di radio"), "cd": _("di CD"), "print": _("di cetakan")}


@dataclass(frozen=True)
class Given:
    """One consent: both its days are included; `fits` where it is for the work in question."""

    pk: int
    channels: frozenset[str]
    since: date
    until: date | None
    is_withdrawn: bool
    fits: bool

    def is_open(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class Holder:
    """A person credited with a work, and every consent they ever gave in the capacity that it takes."""

    work: int  # the primary key of the senjang or the recording
    role: str | Promise
    person: int
    name: str
    capacity: str | Promise = ""  # "" needs no consent: whoever told the story or held the microphone
    given: tuple[Given, ...] = ()

    def allows(self, channel: str, day: date) -> bool:
        """`channel` is ours; one that no consent speaks of asks for none."""
        asked = CHANNEL_OF.get(channel)
        return (
            not self.capacity
            or asked is None
            or any(
                one.is_open(day) for one in self.given if one.fits and not one.is_withdrawn and asked in one.channels
            )
        )

    def objection(self, channel: str, day: date) -> str:
        """Who, where, why not, and what to do; "" where it is allowed."""
        if self.allows(channel, day):
            return ""
        asked = CHANNEL_OF[channel]
        mine = [one for one in self.given if one.fits and asked in one.channels]
        text, hinge = _why(mine, day)
        words = {"who": self.name, "as": self.capacity, "where": PLACES[asked]}
        return text % (words | {"day": date_format(hinge, "l, j F Y")})


def _why(mine: list[Given], day: date) -> tuple[str, date]:
    """The nearest reason: a consent that is to begin, one taken back in its time, one that has run out, or none.

    With the day on which it hinges.
    """
    left = [one for one in mine if not one.is_withdrawn]
    if ahead := [one.since for one in left if one.since > day]:
        return gettext("Izin %(who)s (%(as)s) %(where)s baru berlaku mulai %(day)s. Tunggu sampai hari itu."), min(
            ahead
        )
    if any(one.is_withdrawn and one.is_open(day) for one in mine):
        return gettext("%(who)s (%(as)s) mencabut izinnya %(where)s. Jangan pakai sebelum ada izin baru."), day
    if ended := [one.until for one in left if one.until and one.until < day]:
        text = gettext("Izin %(who)s (%(as)s) %(where)s berakhir %(day)s. Minta diperpanjang, lalu catat di Izin.")
        return text, max(ended)
    text = gettext(
        "Belum ada izin %(who)s (%(as)s) %(where)s. Minta ia menandatangani formulirnya, lalu catat di Izin."
    )
    return text, day


def lacking(holders: Iterable[Holder], channel: str, day: date) -> tuple[str, ...]:
    """A sentence for everybody whose consent this channel lacks."""
    told = (holder.objection(channel, day) for holder in holders)
    return tuple(dict.fromkeys(words for words in told if words))


def without(holders: Iterable[Holder], consent: int) -> tuple[Holder, ...]:
    """As it would be if this consent had been withdrawn."""
    return tuple(replace(holder, given=tuple(_taken_back(one, consent) for one in holder.given)) for holder in holders)


def _taken_back(one: Given, consent: int) -> Given:
    return replace(one, is_withdrawn=True) if one.pk == consent else one
