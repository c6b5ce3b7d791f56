"""The demo's own senjang as written in `senjang/*.toml`, and where their tracks are. No database."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from media_assets import lyrics

HERE = Path(__file__).parent
ORDER = ("dagang", "ubat", "kemplang", "umah", "trayek", "gudang")
WITH_CARE = ("umo", "kenangan", "tepung")


@dataclass(frozen=True)
class Song:
    name: str
    title: str
    slug: str
    language: str
    irama: str
    author: str
    singers: list[str]
    stage: str  # published, sent back, waiting, on paper
    reason: str
    licences: dict[str, list[str]]  # role → codes
    quotes: list[dict[str, str]]  # words, licence, key
    notes: list[dict[str, str]]  # by, line, and words or new_text with new_gloss
    parts: dict[str, list[lyrics.Stanza]]

    @property
    def track(self) -> Path | None:
        path = HERE / "audio" / f"{self.name}.opus"
        return path if path.exists() else None


def read_all() -> list[Song]:
    return [read(name) for name in ORDER]


def read(name: str) -> Song:
    data = tomllib.loads((HERE / "senjang" / f"{name}.toml").read_text(encoding="utf-8"))
    stanzas = data.pop("stanzas")
    parts = {part: [_lines(s["lines"]) for s in stanzas if s["part"] == part] for part in lyrics.PARTS}
    return Song(name=name, parts=parts, **({"reason": "", "licences": {}, "quotes": [], "notes": []} | data))


def _lines(text: str) -> lyrics.Stanza:
    """A row a line: `text | gloss | spoken form`, the last one only where it differs."""
    return [_line(*(cell.strip() for cell in row.split("|"))) for row in text.strip().splitlines()]


def _line(text: str, gloss: str, spoken: str = "") -> lyrics.Line:
    return lyrics.Line(uid=lyrics.new_uid(), text=text, gloss=gloss, spoken=spoken, formula=False)


def as_stream(stanzas: list[lyrics.Stanza]) -> list[tuple[str, Any]]:
    """A part as a StreamField takes it."""
    return [("bait", stanza) for stanza in stanzas]
