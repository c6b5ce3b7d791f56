"""Counting the syllables of Musi and Indonesian words and lines, as a range.

Only vowel nuclei count. Vowels that meet stay apart (bu-ah, ma-in, ni-at); ai, au, ei and oi are one nucleus at the end
of a root (pan-dai, pu-lau-nye, pa-kai-an) and, in the words that `lexicon.toml` lists, inside it (sau-da-ra).
PUEBI II.E and EYD V, "pemenggalan kata"; EYD V adds eu (seu-da-ti).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from media_assets.prosody import lexicon
from media_assets.prosody.reading import plain, read_out

LEAST, MOST = 8, 12  # of a line, in talibun and pantun alike (Djamaris; KBBI has no figure)
PREFIXES = "me|mem|men|meng|meny|n|ng|ny|ber|be|ba|per|pe|pa|pem|pen|peng|ter|te|ta|di|ke|ka|se|sa|ku|kau"
CLITICS = "nya|nye|nyo|lah|kah|tah|pun|kan|ke|ku|mu"
SUFFIXES = f"{CLITICS}|an|i"
FINAL_DIPHTHONG = re.compile(rf"(?:ai|au|ei|oi)(?:an)?(?:{CLITICS}){{0,2}}$")
DERIVED_AI = re.compile(r"(?P<verb>[a-z]+ai)(?:nya|nye|nyo|lah|kah|pun|ku|mu){0,2}")  # -kan never follows the suffix -i
SWALLOWED = {"meng": "k", "meny": "s", "men": "t", "mem": "p"}
VERB_PREFIXES = (*SWALLOWED, "memper", "diper", "menge", "me", "di", "ku", "kau")


def _stems(stems: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?:{PREFIXES}){{0,3}}(?:{'|'.join(stems)})(?:{SUFFIXES}){{0,3}}")


DIPHTHONG, HIATUS, EITHER = map(_stems, (lexicon.DIPHTHONG, lexicon.HIATUS, lexicon.EITHER))


@dataclass(frozen=True)
class Count:
    least: int
    most: int

    def __add__(self, other: "Count") -> "Count":
        return Count(self.least + other.least, self.most + other.most)

    @property
    def is_outside(self) -> bool:
        """Whether no way to sing it has a length that a line may have."""
        return self.most < LEAST or self.least > MOST


Overrides = Mapping[str, Count]  # a word in lower case → its count, above every rule
NOTHING = Count(0, 0)


def of_line(text: str, overrides: Overrides | None = None) -> Count:
    """A word that cannot be read (not in Latin letters) counts anything from one to its number of letters."""
    total = NOTHING
    for unit in read_out(text):
        own = (overrides or {}).get(plain(unit.written))
        total += own or _of_readings(unit.written, unit.readings)
    return total


@lru_cache(maxsize=8192)
def _of_readings(written: str, readings: tuple[tuple[str, ...], ...]) -> Count:
    if not readings:
        return Count(1, len(written))
    counts = [sum((of_word(word) for word in reading), NOTHING) for reading in readings]
    return Count(min(count.least for count in counts), max(count.most for count in counts))


@lru_cache(maxsize=8192)
def of_word(word: str) -> Count:
    """The count of one word of plain lower-case letters."""
    letters = re.sub(r"([a-z])\1{2,}", r"\1", word.replace("'", ""))  # a vowel held long is one vowel
    if letters in lexicon.WORDS:
        return Count(*lexicon.WORDS[letters])
    vowels = len(re.findall("[aeiou]|(?<=[^aeiou])y$", letters))
    if vowels < 2:
        return Count(1, 1)
    if DIPHTHONG.fullmatch(letters):
        return Count(vowels - 1, vowels - 1)
    if HIATUS.fullmatch(letters):
        return Count(vowels, vowels)
    if EITHER.fullmatch(letters):
        return Count(vowels - 1, vowels)
    joined = int(FINAL_DIPHTHONG.search(letters) is not None and not ends_in_suffix_i(letters))
    return Count(vowels - joined, vowels - joined)


def ends_in_suffix_i(letters: str) -> bool:
    """Whether -ai is a root in -a with the suffix -i: me-na-ma-i, me-ngu-a-sa-i, but me-ni-lai."""
    derived = DERIVED_AI.fullmatch(letters)
    if derived is None or derived["verb"] in lexicon.AI_ROOTS:
        return False
    verb = derived["verb"]
    prefixes = [prefix for prefix in VERB_PREFIXES if verb.startswith(prefix)]
    roots = {root for prefix in prefixes for root in _roots(prefix, verb.removeprefix(prefix))}
    long_enough = any(len(verb) > len(prefix) + 3 for prefix in prefixes)  # not Kutai
    return long_enough and not roots & lexicon.AI_ROOTS


def _roots(prefix: str, rest: str) -> set[str]:
    """What a verb may be made of: its prefix's nasal swallows a p, t, k or s, which stood before a vowel."""
    swallowed = {letter + rest for letter in SWALLOWED.get(prefix, "") if rest[:1] in tuple("aeiou")}
    return swallowed if swallowed and prefix != "meng" else swallowed | {rest}
