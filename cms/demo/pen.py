"""Draws the demo's signed papers: printed words, a pen's signature, and the photo somebody takes of the sheet."""

import io
import random
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from cms.office import pdf

FONT = Path(pdf.__file__).parent / "fonts" / "Cabin-SemiBold.otf"
WIDTH, HEIGHT = 900, 1270  # pixels
INK, PEN, SHEET, DESK = "#2b211c", "#1d2f7a", "#f7f2e7", "#6d5138"


def sheet() -> Image.Image:
    return Image.new("RGB", (WIDTH, HEIGHT), SHEET)


def write(draw: ImageDraw.ImageDraw, x: int, y: int, words: str, size: int, colour: str = INK) -> None:
    draw.text((x, y), words, fill=colour, font=ImageFont.truetype(FONT, size))


def sign(draw: ImageDraw.ImageDraw, hand: random.Random, x: int, y: int) -> None:
    points = [(x + step * 14, y + hand.randint(-26, 22)) for step in range(12)]
    draw.line(points, fill=PEN, width=3, joint="curve")


def photo(page: Image.Image, hand: random.Random) -> bytes:
    """On a desk, not quite straight."""
    turned = page.rotate(hand.uniform(-1.5, 1.5), expand=True, fillcolor=DESK, resample=Image.Resampling.BICUBIC)
    out = io.BytesIO()
    turned.save(out, "JPEG", quality=70)
    return out.getvalue()
