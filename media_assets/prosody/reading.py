"""A line as it is sung: its words, with acronyms spelled out and numbers read.

A line becomes `Spoken` units. Each unit has one or more readings, a reading is a list of lower-case words of plain
letters: `NIB-nye` is en, i, be + nye; `15` is lima, belas or satu, lima.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from media_assets.prosody.lexicon import ABBREVIATIONS, READ_AS_WORDS, SPELLED

Reading = tuple[str, ...]
LETTER_NAMES = {
    "a": "a", "b": "be", "c": "ce", "d": "de", "e": "e", "f": "ef", "g": "ge", "h": "ha", "i": "i", "j": "je",
    "k": "ka", "l": "el", "m": "em", "n": "en", "o": "o", "p": "pe", "q": "ki", "r": "er", "s": "es", "t": "te",
    "u": "u", "v": "ve", "w": "we", "x": "eks", "y": "ye", "z": "zet",
}  # fmt: skip
DIGITS = ["nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"]
SCALES = ((10**9, "miliar"), (10**6, "juta"), (1000, "ribu"), (100, "ratus"), (10, "puluh"))
SIGNS = {"%": "persen", "&": "dan"}
CLITICS = ("nya", "nye", "nyo", "ku", "mu", "lah", "kah")
GLOTTAL = "'’ʼ‘`ʔ"
TOKEN = re.compile(rf"\d+(?:[.,:/]\d+)*|[^\W\d_]+(?:[{GLOTTAL}](?=[^\W\d_])[^\W\d_]+)*[{GLOTTAL}]?|[%&]")
TWICE = re.compile(r"[\[(]\s*(?:\d+\s*[x×]|[x×]\s*\d+)\s*[\])]", re.IGNORECASE)  # "(2x)": an order to repeat, not sung
THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+")
REGULAR = re.compile(r"(?:[^aeiou]{0,2}[aeiou])+[^aeiou]{0,2}")
LONGEST_NUMBER = 12  # digits; a longer one is only ever read digit by digit


@dataclass(frozen=True)
class Spoken:
    """One written word and the ways to read it; none where it is not in Latin letters."""

    written: str
    readings: tuple[Reading, ...]


def plain(text: str) -> str:
    """Lower case, without accents: é, è and ê are one letter to the ear of these rules."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def read_out(text: str) -> list[Spoken]:
    """All that is sung of a line, in order."""
    sung = TWICE.sub(" ", unicodedata.normalize("NFC", text))
    shouted = sung.isupper()
    units: list[Spoken] = []
    for match in TOKEN.finditer(sung):
        piece = match.group()
        if piece == "2" and units and match.start() and sung[match.start() - 1].isalpha():
            units.append(units[-1])  # kupu2
        else:
            units.append(Spoken(piece, readings(piece, shouted)))
    return units


@lru_cache(maxsize=8192)
def readings(piece: str, shouted: bool = False) -> tuple[Reading, ...]:
    if piece[0].isdecimal():
        return number_readings(piece)
    if piece in SIGNS:
        return ((SIGNS[piece],),)
    word = plain(piece.rstrip(GLOTTAL))
    bare = "".join(c for c in word if c not in GLOTTAL)
    if not re.fullmatch("[a-z]+", bare):
        return ()
    if bare in ABBREVIATIONS:
        return (tuple(ABBREVIATIONS[bare]),)
    if acronym := _acronym(piece, bare, shouted):
        return (acronym,)
    if not re.search("[aeiouy]", bare):
        return (tuple(LETTER_NAMES[c] for c in bare),) if len(bare) == 1 else ((bare,), spell(bare))
    ending = "'" if piece[-1] in GLOTTAL else ""
    return (("".join("'" if c in GLOTTAL else c for c in word) + ending,),)


def spell(letters: str) -> Reading:
    return tuple(LETTER_NAMES[c] for c in letters)


def _acronym(piece: str, bare: str, shouted: bool) -> Reading:
    """Letter names of an acronym, with the -nye that may hang on it; empty for any other word."""
    if hung := re.fullmatch(rf"([A-Z]{{2,}})({'|'.join(CLITICS)})", piece):
        letters, clitic = hung.group(1).lower(), hung.group(2)
        return (letters, clitic) if letters in READ_AS_WORDS else (*spell(letters), clitic)
    if bare in READ_AS_WORDS:
        return ()
    if bare in SPELLED and (piece.isupper() or not REGULAR.fullmatch(bare)):
        return spell(bare)
    if not piece.isupper() or len(bare) < 2:
        return ()
    word_like = REGULAR.fullmatch(bare) is not None and (shouted or len(bare) > 5)
    return () if word_like else spell(bare)


@lru_cache(maxsize=1024)
def number_readings(piece: str) -> tuple[Reading, ...]:
    """As a number and digit by digit; a singer may do either, so the count becomes a range."""
    by_digit = tuple(DIGITS[int(c)] for c in piece if c.isdecimal())
    if THOUSANDS.fullmatch(piece) and len(by_digit) <= LONGEST_NUMBER:
        return (tuple(cardinal(int(piece.replace(".", "")))),)
    parts = re.split("[.,:/]", piece)
    if any(len(part) > LONGEST_NUMBER for part in parts):
        return (by_digit,)
    whole = tuple(chain.from_iterable(cardinal(int(part)) for part in parts))
    if len(parts) == 1:
        return (whole, by_digit)
    with_signs = (*whole, *("koma" for _ in parts[1:]))
    short = tuple(chain.from_iterable(cardinal(int(part)) for part in parts if int(part))) or whole  # 07.00: tujuh
    return (short, whole, with_signs, by_digit)


def cardinal(number: int) -> list[str]:
    """1.500 → seribu lima ratus."""
    if number < 10:
        return [DIGITS[number]]
    if 10 < number < 20:
        return ["sebelas"] if number == 11 else [DIGITS[number - 10], "belas"]
    for size, name in SCALES:
        if number >= size:
            many, rest = divmod(number, size)
            head = ["se" + name] if many == 1 and size <= 1000 else [*cardinal(many), name]
            return head + (cardinal(rest) if rest else [])
    return []
