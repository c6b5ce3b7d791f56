"""Finds known terms in a line: whole words only, in any case, never inside another word. No database, no Django."""

import unicodedata
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from media_assets import lyrics

_JOINS = "-'’"  # inside a word they belong to it: anak-anak, ka’bah


class Piece(NamedTuple):
    """A stretch of a line; `term` is the key of the term it is, "" for what lies between."""

    text: str
    term: str = ""


def key(text: str) -> str:
    """What two writings of one term have in common."""
    return lyrics.tidy(text).casefold().replace("’", "'")


def words(text: str) -> list[str]:
    """The words of a line as written, each once."""
    return list(dict.fromkeys(text[start:end] for start, end in _spans(text)))


def mark(text: str, terms: Mapping[str, object], seen: set[str]) -> list[Piece]:
    """The line in pieces, the first place of each term that is not in `seen` yet marked; `seen` learns it."""
    spans, pieces, done, at = list(_spans(text)), [], 0, 0
    longest = max((len(term.split()) for term in terms), default=0)
    while at < len(spans):
        for end in range(min(at + longest, len(spans)), at, -1):
            here = text[spans[at][0] : spans[end - 1][1]]
            found = key(here)
            if found in terms:
                if found not in seen:
                    seen.add(found)
                    pieces += [Piece(text[done : spans[at][0]]), Piece(here, found)]
                    done = spans[end - 1][1]
                at = end - 1  # a shorter term inside it is not meant
                break
        at += 1
    return [piece for piece in (*pieces, Piece(text[done:])) if piece.text]


def _spans(text: str) -> Iterator[tuple[int, int]]:
    start = None
    for at, sign in enumerate(text + " "):
        inside = _is_letter(sign) or (
            start is not None and sign in _JOINS and at + 1 < len(text) and _is_letter(text[at + 1])
        )
        if inside and start is None:
            start = at
        elif not inside and start is not None:
            yield start, at
            start = None


def _is_letter(sign: str) -> bool:
    return unicodedata.category(sign)[0] in "LMN"
