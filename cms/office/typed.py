"""Codes that people read from paper and type: signs that are hard to mistake, and a check character at the end."""

import unicodedata

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MISREAD = str.maketrans("OIL", "011")


def check_character(body: str) -> str:
    """The Luhn mod 32 character that closes `body`."""
    total = 0
    for place, sign in enumerate(reversed(body)):
        value = ALPHABET.index(sign)
        if place % 2 == 0:
            value = sum(divmod(2 * value, 32))
        total += value
    return ALPHABET[-total % 32]


def read(typed: str) -> str:
    """What somebody meant: any case, blanks and hyphens, O for 0, I or L for 1, or the whole address pasted."""
    text = unicodedata.normalize("NFKC", typed[:300]).upper().partition("?")[0].rstrip("/").rpartition("/")[2]
    return "".join(text.replace("-", " ").split()).translate(_MISREAD)


def is_plain(code: str, length: int) -> bool:
    """Of the right length and signs: worth asking the database for."""
    return len(code) == length and set(code) <= set(ALPHABET)


def is_well_formed(code: str, length: int) -> bool:
    return is_plain(code, length) and code[-1] == check_character(code[:-1])
