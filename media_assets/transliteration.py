"""Texts for formats that know ASCII alone: broadcast WAV, CUE sheets, CD-TEXT. Pure."""

from anyascii import anyascii

from media_assets import lyrics


def to_ascii(text: str) -> str:
    """One line in ASCII; other letters, quotation marks and dashes in their nearest form."""
    return "".join(letter for letter in anyascii(lyrics.tidy(text)) if letter.isprintable()).strip()
