"""What a consent is about, as apps to the right tell it: the works it may be limited to, and what rests on it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.utils.functional import Promise

from performers.models import Consent


class Repertoire(Protocol):
    """The works there are; `limit` writes the rows in the transaction that writes the consent."""

    def choices(self) -> list[tuple[int, str]]: ...

    def limit(self, consent: Consent, works: Iterable[int]) -> None: ...

    def named(self, consents: Iterable[Consent]) -> dict[int, dict[int, str]]:
        """Of each limited consent the works by primary key; one query for all."""
        ...


@dataclass(frozen=True)
class Thing:
    """`note` says where it is, or what to do about what cannot be called back."""

    title: str
    url: str = ""
    note: str = ""


@dataclass(frozen=True)
class Taken:
    """What goes, or is out of reach already, under one heading."""

    heading: str | Promise
    things: list[Thing] = field(default_factory=list)


REPERTOIRE: list[Repertoire] = []  # one, once its app is ready
RESTS: list[Callable[[Consent, Any], Iterable[Taken]]] = []  # (consent, day) → what a withdrawal on that day takes


def choices() -> list[tuple[int, str]]:
    return [choice for repertoire in REPERTOIRE for choice in repertoire.choices()]


def limit(consent: Consent, chosen: Iterable[int]) -> None:
    for repertoire in REPERTOIRE:
        repertoire.limit(consent, chosen)


def named(consents: Iterable[Consent]) -> dict[int, dict[int, str]]:
    """Nothing of a consent that is for all of a person's works."""
    limited = [consent for consent in consents if consent.is_limited]
    found: dict[int, dict[int, str]] = {consent.pk: {} for consent in limited}
    if limited:
        for repertoire in REPERTOIRE:
            for pk, titles in repertoire.named(limited).items():
                found[pk] |= titles
    return found


def taken_by(consent: Consent, day: Any) -> list[Taken]:
    """What its withdrawal takes off the air on that day, and what it can no longer reach; only what is there."""
    return [taken for find in RESTS for taken in find(consent, day) if taken.things]
