"""The colours of the stylesheet can be read: WCAG 2 contrast, computed from the tokens themselves."""

import re
from pathlib import Path

import pytest

CSS = Path(__file__).parents[1] / "cms" / "static" / "cms" / "site.css"
TEXT = 4.5
SHAPE = 3.0
PAIRS = [
    ("text", "ground", TEXT),
    ("text", "paper", TEXT),
    ("text", "sunk", TEXT),
    ("quiet", "ground", TEXT),
    ("quiet", "paper", TEXT),
    ("quiet", "sunk", TEXT),
    ("maroon", "ground", TEXT),
    ("maroon", "paper", TEXT),
    ("teal", "ground", TEXT),
    ("teal", "paper", TEXT),
    ("teal-deep", "sunk", TEXT),
    ("on-teal", "teal", TEXT),
    ("on-teal", "teal-deep", TEXT),
    ("on-band", "band", TEXT),
    ("on-band", "band-deep", TEXT),
    ("on-band-quiet", "band", TEXT),
    ("on-band-quiet", "band-deep", TEXT),
    ("band-gold", "band", TEXT),
    ("band-gold", "band-deep", TEXT),
    ("ok", "ok-ground", TEXT),
    ("wait", "wait-ground", TEXT),
    ("stop", "stop-ground", TEXT),
    ("stop", "paper", TEXT),
    ("stop", "ground", TEXT),
    ("text", "ok-ground", TEXT),
    ("text", "wait-ground", TEXT),
    ("text", "stop-ground", TEXT),
    ("edge", "ground", SHAPE),
    ("edge", "paper", SHAPE),
    ("teal", "sunk", SHAPE),
]


def tokens() -> dict[str, dict[str, str]]:
    light, dark = re.findall(r":root \{([^}]*--ground: #(?:FBF6EC|17110E);[^}]*)\}", CSS.read_text())
    read = {
        name: dict(re.findall(r"--([\w-]+): (#[0-9A-F]{6});", block))
        for name, block in (("light", light), ("dark", dark))
    }
    return {"light": read["light"], "dark": read["light"] | read["dark"]}


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_formula_agrees_with_the_standards_own_ends():
    assert (contrast("#000000", "#FFFFFF"), contrast("#777777", "#777777")) == (21.0, 1.0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("front", "back", "least"), PAIRS)
def test_every_pair_of_colours_can_be_read(scheme, front, back, least):
    colours = tokens()[scheme]

    assert round(contrast(colours[front], colours[back]), 1) >= least


def test_every_colour_used_is_a_token_of_the_sheet():
    sheet = CSS.read_text()
    named = set(re.findall(r"--([\w-]+):", sheet))

    assert set(re.findall(r"var\(--([\w-]+)\)", sheet)) <= named


def test_the_stylesheet_stays_small():
    assert len(CSS.read_bytes()) <= 24_000


@pytest.mark.parametrize("name", ["kuyung", "kupek", "mark", "pucuk", "pucuk-gold"])
def test_our_drawings_stay_small_and_carry_no_script(name):
    drawing = CSS.with_name(f"{name}.svg").read_text()

    assert len(drawing) < 4_000
    assert "viewBox" in drawing
    assert not re.search(r"<script|<image|style=|href=", drawing)
