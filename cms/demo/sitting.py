"""The demo's sitting on paper: a printed sheet, a photo of it signed, and the first officer's reading."""

import io
import random
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image, ImageDraw, ImageFont

from cms.office.models import Paper
from media_assets import paper_answers, paper_entry, sitting_sheet
from media_assets.models import CouncilMember, Submission
from media_assets.paper_answers import Answer, Mark
from media_assets.paper_entry import Reading

FONT = Path(sitting_sheet.__file__).parents[1] / "cms" / "office" / "fonts" / "Cabin-SemiBold.otf"
PLACE = "Balai adat Sekayu (contoh)"
WIDTH, HEIGHT, EDGE, BLOCK = 900, 1270, 70, 330  # pixels
INK, PEN, SHEET, DESK = "#2b211c", "#1d2f7a", "#f7f2e7", "#6d5138"
PARTLY = paper_answers.read("sebagian", [tick for tick in paper_answers.TICKS if not tick.startswith("isi")])
SAID = {"adat3": Answer(Mark.WHOLE), "adat1": Answer(Mark.WHOLE), "adat2": PARTLY}  # by log-in


def load(submission: Submission, users: dict[str, Any]) -> None:
    """Left so that the second officer has something to read."""
    staff = users["komunikasi"]
    paper = sitting_sheet.issue(submission, by=staff)
    said = [(CouncilMember.objects.get(person__user=users[name]), answer) for name, answer in SAID.items()]
    reading = Reading(timezone.localdate(), PLACE, {member.pk: answer for member, answer in said})
    photo = ContentFile(_photo(paper, said), "lembar-sidang.jpg")
    paper_entry.start(submission, reading, scan=photo, replaces=None, by=staff)


def _photo(paper: Paper, said: list[tuple[CouncilMember, Answer]]) -> bytes:
    """The last page as somebody would photograph it on a desk: printed words, a pen's ticks and signatures."""
    page = Image.new("RGB", (WIDTH, HEIGHT), SHEET)
    draw, hand = ImageDraw.Draw(page), random.Random(paper.code)  # noqa: S311  a pen, not a secret
    _print(draw, EDGE, 60, f"{paper.get_kind_display()} {paper.number}", 34)
    _print(draw, EDGE, 105, paper.title, 24)
    _print(draw, EDGE, 140, f"Hari sidang: {timezone.localdate():%d-%m-%Y}   Tempat: {PLACE}", 22, PEN)
    for place, (member, answer) in enumerate(said):
        _block(draw, hand, 190 + place * (BLOCK + 20), member, answer)
    photo = page.rotate(hand.uniform(-1.5, 1.5), expand=True, fillcolor=DESK, resample=Image.Resampling.BICUBIC)
    out = io.BytesIO()
    photo.save(out, "JPEG", quality=70)
    return out.getvalue()


def _block(draw: ImageDraw.ImageDraw, hand: random.Random, top: int, member: CouncilMember, answer: Answer) -> None:
    draw.rounded_rectangle((EDGE, top, WIDTH - EDGE, top + BLOCK), 12, outline="#c9982f", width=3)
    _print(draw, EDGE + 25, top + 18, f"{member}  ({member.position})", 26)
    for row, mark in enumerate(mark for mark in Mark if mark != Mark.ABSENT):
        _box(draw, hand, EDGE + 25, top + 70 + row * 38, ticked=answer.verdict == mark)
        _print(draw, EDGE + 65, top + 68 + row * 38, str(mark.label), 22)
    for place, (part, question) in enumerate(paper_answers.BOXES):
        row, column = divmod(place, 3)
        x, y = WIDTH - 300 + column * 80, top + 110 + row * 45
        if row == 0:
            _print(draw, x - 14, top + 72, question, 20)
        if column == 0:
            _print(draw, x - 110, y, part, 20)
        _box(draw, hand, x, y, ticked=f"{part} {question}" in answer.ticks)
    _print(draw, WIDTH - 440, top + BLOCK - 42, "Tanda tangan", 20)
    _sign(draw, hand, WIDTH - 290, top + BLOCK - 40)


def _print(draw: ImageDraw.ImageDraw, x: int, y: int, words: str, size: int, colour: str = INK) -> None:
    draw.text((x, y), words, fill=colour, font=ImageFont.truetype(FONT, size))


def _box(draw: ImageDraw.ImageDraw, hand: random.Random, x: int, y: int, *, ticked: bool) -> None:
    draw.rectangle((x, y, x + 24, y + 24), outline=INK, width=2)
    if ticked:
        slip = hand.randint(-3, 3)
        draw.line([(x + 2, y + 12 + slip), (x + 10, y + 23), (x + 31 + slip, y - 9)], fill=PEN, width=5, joint="curve")


def _sign(draw: ImageDraw.ImageDraw, hand: random.Random, x: int, y: int) -> None:
    points = [(x + step * 14, y + hand.randint(-26, 22)) for step in range(12)]
    draw.line(points, fill=PEN, width=3, joint="curve")
