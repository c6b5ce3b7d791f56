"""Reads who is credited with songs and recordings and what they consented to: one query for a hundred as for one."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from media_assets.models import Recording, RecordingCredit, SenjangCredit
from media_assets.rights import Given, Holder
from performers.models import Channel, Consent

CAPACITIES: dict[str, Consent.Capacity] = {  # of the roles that take a consent
    SenjangCredit.Role.AUTHOR: Consent.Capacity.AUTHOR,
    SenjangCredit.Role.ARRANGER: Consent.Capacity.ARRANGER,
    RecordingCredit.Role.SINGER: Consent.Capacity.PERFORMER,
    RecordingCredit.Role.MUSICIAN: Consent.Capacity.PERFORMER,
}
_CHANNELS = [f"for_{channel}" for channel in Channel]
_OF_CONSENT = ["pk", "capacity", "valid_from", "until", "withdrawal", "is_limited", *_CHANNELS, "works__senjang"]
_COLUMNS = ["pk", "role", "person", "person__name", *(f"person__consents__{name}" for name in _OF_CONSENT)]


@dataclass
class _Consent:
    capacity: str
    since: Any
    until: Any
    is_withdrawn: bool
    is_limited: bool
    channels: frozenset[str]
    works: set[int] = field(default_factory=set)


@dataclass
class Credit:
    """One credit of one work, with every consent of its person."""

    work: int
    role: str
    person: int
    name: str
    consents: dict[int, _Consent] = field(default_factory=dict)

    def holder(self, songs: Collection[int]) -> Holder:
        """`songs`: those whose naming makes a limited consent fit."""
        capacity = CAPACITIES.get(self.role)
        given = tuple(
            Given(pk, one.channels, one.since, one.until, one.is_withdrawn, _fits(one, songs))
            for pk, one in self.consents.items()
            if one.capacity == capacity
        )
        label = (SenjangCredit.Role if self.role in SenjangCredit.Role else RecordingCredit.Role)(self.role).label
        return Holder(self.work, label, self.person, self.name, capacity.label if capacity else "", given)


def _fits(consent: _Consent, songs: Collection[int]) -> bool:
    return not consent.is_limited or bool(consent.works.intersection(songs))


def of_songs(songs: Collection[int]) -> list[Credit]:
    """By primary key, in the order in which the page names them."""
    credits = SenjangCredit.objects.filter(senjang__in=songs).order_by("sort_order", "pk")
    return _gathered(credits.values_list("senjang", *_COLUMNS))


def of_recordings(recordings: Iterable[Recording]) -> dict[int, tuple[Holder, ...]]:
    """By primary key, each in the order of names."""
    songs = {recording.pk: [recording.senjang_id] for recording in recordings}
    credits = RecordingCredit.objects.filter(recording__in=songs).order_by("person__name", "pk")
    found: dict[int, list[Holder]] = {pk: [] for pk in songs}
    for credit in _gathered(credits.values_list("recording", *_COLUMNS)):
        found[credit.work].append(credit.holder(songs[credit.work]))
    return {pk: tuple(holders) for pk, holders in found.items()}


def _gathered(rows: Iterable[tuple[Any, ...]]) -> list[Credit]:
    """A row is a credit, one of its person's consents (or none) and one work that this is limited to (or none)."""
    found: dict[int, Credit] = {}
    for work, pk, role, person, name, consent, *facts in rows:
        credit = found.setdefault(pk, Credit(work, role, person, name))
        if consent is None:
            continue
        capacity, since, until, withdrawal, is_limited, *channels, song = facts
        if consent not in credit.consents:
            given = frozenset(str(one) for one, is_given in zip(Channel, channels, strict=True) if is_given)
            credit.consents[consent] = _Consent(capacity, since, until, bool(withdrawal), is_limited, given)
        if song is not None:
            credit.consents[consent].works.add(song)
    return list(found.values())
