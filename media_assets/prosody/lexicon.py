"""The exceptions of counting and rhyming, read once from `lexicon.toml`."""

import tomllib
from pathlib import Path
from typing import Any

DATA: dict[str, Any] = tomllib.loads((Path(__file__).parent / "lexicon.toml").read_text(encoding="utf-8"))

SYLLABLES = DATA["syllables"]
DIPHTHONG, HIATUS, EITHER = (tuple(SYLLABLES[key]) for key in ("diphthong", "hiatus", "either"))
AI_ROOTS = frozenset(SYLLABLES["ai_roots"])
WORDS: dict[str, tuple[int, int]] = {
    word: (count, count) if isinstance(count, int) else (count[0], count[1])
    for word, count in SYLLABLES["words"].items()
}

READ_AS_WORDS = frozenset(DATA["reading"]["as_words"])
SPELLED = frozenset(DATA["reading"]["spelled"])
ABBREVIATIONS: dict[str, list[str]] = {short: long.split() for short, long in DATA["reading"]["abbreviations"].items()}

PALEMBANG = frozenset(DATA["dialect"]["palembang"])
COMMON_E = frozenset(DATA["dialect"]["common_e"])
MUSI: dict[str, str] = DATA["dialect"]["musi"]
MUSI_WORDS = frozenset(MUSI.values())
