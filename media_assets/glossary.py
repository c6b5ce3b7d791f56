"""The known terms of one lyric: where each stands first in a part, and what it means."""

from typing import Any, NamedTuple

from media_assets import glossing, lyrics
from media_assets.models import Word


class Told(NamedTuple):
    """`parts` as given, each line with its `pieces`; `entries` the words that stand in them, in their order."""

    parts: list[tuple[str, list[list[dict[str, Any]]]]]
    entries: list[Word]


def of(parts: list[tuple[str, list[lyrics.Stanza]]], language: str) -> Told:
    """One query, for a lyric of any length."""
    known = {word.key: word for word in Word.objects.published().filter(language=language)}
    met: dict[str, Word] = {}
    told = []
    for part, stanzas in parts:
        seen: set[str] = set()
        told.append((part, [[_line(line, known, seen, met) for line in stanza] for stanza in stanzas]))
    return Told(told, list(met.values()))


def _line(line: lyrics.Line, known: dict[str, Word], seen: set[str], met: dict[str, Word]) -> dict[str, Any]:
    """With its pieces: text, the word it is, and whether that is the word's first place on the page."""
    pieces = []
    for piece in glossing.mark(line["text"], known, seen):
        word = known.get(piece.term) if piece.term else None
        pieces.append({"text": piece.text, "word": word, "first": bool(word) and piece.term not in met})
        if word:
            met.setdefault(piece.term, word)
    return {**line, "pieces": pieces}
