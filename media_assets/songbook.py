"""Senjang as visitors meet them in a list: whence the tune, what it makes known, how it begins."""

from collections.abc import Iterable
from dataclasses import dataclass

from media_assets.models import SenjangPage

OPENING_LINES = 2


@dataclass(frozen=True)
class SongCard:
    """`irama` is a kecamatan or ""; `opening` the first lines as sung; `licences` titles of what it makes known."""

    title: str
    url: str
    irama: str
    opening: tuple[str, ...]
    licences: tuple[str, ...]


def cards(songs: Iterable[SenjangPage]) -> list[SongCard]:
    """In the order given, without those whose words no longer stand approved. Wants `listed()` songs."""
    return [_card(song) for song in songs if song.is_public]


def _card(song: SenjangPage) -> SongCard:
    return SongCard(
        title=song.title,
        url=song.get_url() or "",
        irama=song.irama.name if song.irama else "",
        opening=tuple(line["text"] for stanza in song.parts["pembuka"] for line in stanza)[:OPENING_LINES],
        licences=tuple(link.licence.title for link in song.licence_links.all() if link.licence.live),
    )
