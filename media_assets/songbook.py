"""Senjang as visitors meet them in a list: whence the tune, what it makes known, how it begins."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from media_assets import fitness
from media_assets.models import SenjangPage

OPENING_LINES = 2


@dataclass(frozen=True)
class SongCard:
    """`irama` is a kecamatan or ""; `opening` the first lines as sung; `licences` titles of what it makes known.

    `is_heard`: there is a recording to listen to; without one its page has the words alone.
    """

    title: str
    url: str
    irama: str
    opening: tuple[str, ...]
    licences: tuple[str, ...]
    is_heard: bool


def cards(songs: Iterable[SenjangPage]) -> list[SongCard]:
    """In the order given, without those that may not be shown today. Wants `listed()` songs."""
    shown = [song for song in songs if song.is_public]
    standings = fitness.standings_of(song.pk for song in shown)
    today = timezone.localdate()
    named, heard = fitness.shown_on(today, standings), fitness.heard_on(today, standings)
    return [
        _card(song, is_covered=bool(standings[song.pk].cover), is_heard=song.pk in heard)
        for song in shown
        if song.pk in named
    ]


def _card(song: SenjangPage, *, is_covered: bool, is_heard: bool) -> SongCard:
    return SongCard(
        title=song.title,
        url=song.get_url() or "",
        irama=song.irama.name if song.irama else "",
        opening=() if is_covered else opening(song),
        licences=tuple(link.licence.title for link in song.licence_links.all() if link.licence.live),
        is_heard=is_heard,
    )


def opening(song: SenjangPage) -> tuple[str, ...]:
    return tuple(line["text"] for stanza in song.parts["pembuka"] for line in stanza)[:OPENING_LINES]
