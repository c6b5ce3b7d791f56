"""Whether two lines rhyme, and how well: by the last vowel nucleus and what closes it.

Musi is compared after normalising (gh is the r sound; ' and q are the glottal stop, which Indonesian writes k; a final
-a is sung -e; -ar, -ir, -ur are sung -o). Where a word can be heard two ways, both are tried. The grades below perfect
are the project's proposal for the Lembaga Adat to confirm.
"""

import re
from enum import IntEnum
from functools import lru_cache

from media_assets.prosody import lexicon
from media_assets.prosody.reading import read_out
from media_assets.prosody.syllables import HIATUS, ends_in_suffix_i

MUSI = "mui"
NUCLEUS = re.compile(r"(ai|au|ei|oi|[aeiou])$|([aeiou])([^aeiou]+)$")
ALIKE = ({"n", "ng", "m", "ny"}, {"p", "t", "k", "b", "d", "g"}, {"h", ""}, {"s", "z", "sy", "x"}, {"f", "v", "p"})
NEAR_NUCLEI = ({"i", "e"}, {"u", "o"}, {"ai", "e"}, {"au", "o"})


class Grade(IntEnum):
    NONE = 0
    ASSONANCE = 1  # the vowel alone
    NEAR = 2
    PERFECT = 3
    IDENTICAL = 4  # the same word

    @property
    def rhymes(self) -> bool:
        return self >= Grade.NEAR


Tail = tuple[str, str]  # nucleus and coda


def last_word(text: str) -> str:
    """The last word that is sung of a line, in plain letters; "" where there is none or it cannot be read."""
    units = read_out(text)
    return units[-1].readings[0][-1] if units and units[-1].readings else ""


def grade(one: str, other: str, language: str) -> Grade:
    """Of two words; symmetric."""
    if not one or not other:
        return Grade.NONE
    if one == other:
        return Grade.IDENTICAL
    return max(
        (_compare(a, b) for a in tails(one, language) for b in tails(other, language)),
        default=Grade.NONE,
    )


def _compare(one: Tail, other: Tail) -> Grade:
    if one == other:
        return Grade.PERFECT
    (vowel, coda), (vowel2, coda2) = one, other
    same_vowel = vowel == vowel2
    if same_vowel and any({coda, coda2} <= group for group in ALIKE):
        return Grade.NEAR
    if coda == coda2 and any({vowel, vowel2} <= group for group in NEAR_NUCLEI):
        return Grade.NEAR
    return Grade.ASSONANCE if same_vowel else Grade.NONE


def sound(word: str, language: str) -> str:
    """How the word ends, as people write it: ang, e, ai; "" where it cannot be told."""
    heard = tails(word, language)
    return "".join(heard[0]) if heard else ""


@lru_cache(maxsize=8192)
def tails(word: str, language: str) -> tuple[Tail, ...]:
    """The ways to hear the end of a word, the likeliest first."""
    letters = re.sub(r"([a-z])\1{2,}", r"\1", word)
    if language == MUSI:
        letters = letters.replace("gh", "r")
        letters = lexicon.MUSI.get(letters, letters)
    glottal = re.search("['q]$", letters)
    letters = re.sub("['q]", "", letters) + ("k" if glottal else "")
    letters = re.sub("(?<=[^aeiou])y$", "i", letters)
    first = _tail(letters)
    if first is None:
        return ()
    heard = [first]
    if first[0] in ("ai", "au") and (ends_in_suffix_i(letters) or HIATUS.fullmatch(letters)):
        heard.append((first[0][1], ""))  # me-na-ma-i also ends in i
    if language == MUSI and first == ("a", ""):
        heard.insert(0, ("e", ""))
    if language == MUSI and word in lexicon.PALEMBANG:
        heard.append(("e", ""))
    if glottal:
        heard.append((first[0], ""))  # it may have been a closing quotation mark
    return tuple(heard)


def _tail(letters: str) -> Tail | None:
    found = NUCLEUS.search(letters)
    if found is None:
        return None
    return (found[1], "") if found[1] else (found[2], found[3])
