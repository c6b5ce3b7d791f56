"""A lyric as plain values: tidying, digests, and keeping each line's identity through edits. No database, no Django.

A part is a list of stanzas, a stanza a list of lines, a line a dict
`{"uid": 8 hex digits, "text": str, "gloss": str, "spoken": str, "formula": bool}`.
"""

import hashlib
import json
import secrets
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import NamedTuple, TypedDict

PARTS = ("pembuka", "isi", "penutup")
TAGS = {"mui": "mui", "ind": "id"}  # the shortest code of a language is its tag (BCP 47)
ALIKE = 0.5  # likeness from which a line counts as reworded, not as another one
RULE = "1:"  # version of the digest's rule; a new rule gets a new prefix, so that old approvals stay what they were


class Line(TypedDict):
    uid: str
    text: str
    gloss: str
    spoken: str
    formula: bool


Stanza = list[Line]


class Wording(NamedTuple):
    """The words of one line: as written, what they mean, how they are sung where that differs."""

    text: str
    gloss: str = ""
    spoken: str = ""


def language_tag(language: str) -> str:
    """What browsers and screen readers know a lyric's language by."""
    return TAGS.get(language, language)


def tidy(text: str) -> str:
    """One line as it counts: NFC, no control or invisible characters (zero-width, bidi), single blanks."""
    kept = "".join(
        " " if c.isspace() else c for c in text if c.isspace() or unicodedata.category(c) not in ("Cc", "Cf", "Cs")
    )
    return unicodedata.normalize("NFC", " ".join(kept.split()))


def tidy_lines(text: str) -> list[str]:
    """The non-empty lines of a text area, tidied."""
    return [line for line in _split(text) if line]


def _split(text: str) -> list[str]:
    return [tidy(line) for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]


def _fingerprint(value: object) -> str:
    return RULE + hashlib.sha256(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def spoken(stanzas: Iterable[Sequence[Line]]) -> list[list[list[str]]]:
    """All that a digest sees of a part: text, gloss and sung form of every line."""
    return [
        [[tidy(line["text"]), tidy(line["gloss"]), tidy(line["spoken"])] for line in stanza]
        for stanza in stanzas
        if stanza
    ]


def part_digests(title: str, parts: dict[str, list[Stanza]]) -> dict[str, str]:
    """One digest a part, "" for an empty one or one with a line that has no words yet, only a gloss.

    The title belongs to pembuka, since it is part of the work.
    """
    digests = {}
    for part in PARTS:
        words = spoken(parts.get(part, []))
        head = tidy(title) if part == "pembuka" else ""
        whole = words and all(text for stanza in words for text, _gloss, _sung in stanza)
        digests[part] = _fingerprint([part, head, words]) if whole else ""
    return digests


def digest(title: str, parts: dict[str, list[Stanza]]) -> str:
    """The digest of a whole lyric; "" while any part is not whole, and "" is never approved."""
    digests = part_digests(title, parts)
    return _fingerprint([digests[part] for part in PARTS]) if all(digests.values()) else ""


def short(digest: str) -> str:
    """What an eye compares on paper: 16 of its 64 signs."""
    return digest[-64:][:16]


def new_uid() -> str:
    return secrets.token_hex(4)


def align(old: Sequence[Line], text: str, gloss: str) -> Stanza:
    """The stanza that two text areas now hold, each line keeping its uid where it stayed, moved or was reworded.

    `gloss` is read row by row beside `text`; rows that are blank on both sides do not count.
    """
    rows = [row for row in zip_longest(_split(text), _split(gloss), fillvalue="") if any(row)]
    known = [line for line in old if tidy(line["text"]) or tidy(line["gloss"])]
    origin = _origins([_key(line["text"], line["gloss"]) for line in known], [_key(*row) for row in rows])
    lines: Stanza = []
    for row, (words, meaning) in enumerate(rows):
        source = known[origin[row]] if row in origin else None
        lines.append(
            Line(
                uid=source["uid"] if source else new_uid(),
                text=words,
                gloss=meaning,
                spoken=tidy(source["spoken"]) if source else "",
                formula=source["formula"] if source else False,
            )
        )
    return lines


def _key(text: str, gloss: str) -> str:
    """What a row is known by: its words, or its gloss while it has none (never mistaken for words)."""
    return tidy(text) or "\n" + tidy(gloss)


def _origins(old: list[str], new: list[str]) -> dict[int, int]:
    """For each new row the old row it comes from: equal lines first, then rewordings, then lines that moved."""
    origin: dict[int, int] = {}
    gaps: list[tuple[range, range]] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            origin.update(zip(range(j1, j2), range(i1, i2), strict=True))
        else:
            gaps.append((range(i1, i2), range(j1, j2)))
    free = [row for row in range(len(old)) if row not in origin.values()]
    for row in [row for row in range(len(new)) if row not in origin]:  # moved, word for word
        match = next((i for i in free if old[i] == new[row]), None)
        if match is not None:
            origin[row] = match
            free.remove(match)
    for befores, afters in gaps:
        _pair_reworded(old, new, [i for i in befores if i in free], [j for j in afters if j not in origin], origin)
    return origin


def _pair_reworded(
    old: list[str], new: list[str], befores: list[int], afters: list[int], origin: dict[int, int]
) -> None:
    """Within one gap: as many rows before as after are rewordings in order; else the most alike pair first.

    Alike by shared pairs of letters, not by `SequenceMatcher.ratio`: that takes seconds for a whole pasted stanza.
    """
    if len(befores) == len(afters):
        origin.update(zip(afters, befores, strict=True))
        return
    of_old = {i: _letter_pairs(old[i]) for i in befores}
    of_new = {j: _letter_pairs(new[j]) for j in afters}
    alike = [(_likeness(of_old[i], of_new[j]), i, j) for i in befores for j in afters]
    taken: set[int] = set()
    for ratio, i, j in sorted(alike, key=lambda pair: (-pair[0], pair[1], pair[2])):
        if ratio < ALIKE:
            break
        if i not in taken and j not in origin:
            origin[j] = i
            taken.add(i)


def _letter_pairs(line: str) -> set[str]:
    padded = f" {line.casefold()} "
    return {padded[at : at + 2] for at in range(len(padded) - 1)}


def _likeness(one: set[str], other: set[str]) -> float:
    """0–1: Dice's coefficient."""
    return 2 * len(one & other) / (len(one) + len(other))


def find_line(words: str, parts: dict[str, list[Stanza]]) -> Line | None:
    """The first line that holds these words as they stand, or None."""
    wanted = tidy(words)
    lines = (line for part in PARTS for stanza in parts.get(part, []) for line in stanza)
    return next((line for line in lines if wanted and wanted in tidy(line["text"])), None)


def wording(line: Line) -> Wording:
    return Wording(tidy(line["text"]), tidy(line["gloss"]), tidy(line["spoken"]))


def reword(stanza: Stanza, changes: Mapping[str, Wording]) -> Stanza:
    """The stanza with other words for the lines named by uid; every line stays the line it was."""
    return [
        Line(uid=line["uid"], formula=line["formula"], text=new.text, gloss=new.gloss, spoken=new.spoken)
        if (new := changes.get(line["uid"]))
        else line
        for line in stanza
    ]


def unique_uids(parts: dict[str, list[Stanza]]) -> None:
    """Give a copied line (a stanza duplicated in the editor) an identity of its own, in place."""
    seen: set[str] = set()
    for part in PARTS:
        for stanza in parts[part]:
            for line in stanza:
                if line["uid"] in seen:
                    line["uid"] = new_uid()
                seen.add(line["uid"])
