"""The demo's sitting on paper: a printed sheet, a photo of it signed, and the first officer's reading."""

import random
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import ImageDraw

from cms.demo import pen
from cms.office.models import Paper
from media_assets import paper_answers, paper_entry, sitting_sheet
from media_assets.models import CouncilMember, Submission
from media_assets.paper_answers import Answer, Mark
from media_assets.paper_entry import Reading

PLACE = "Balai adat Sekayu (contoh)"
EDGE, BLOCK = 70, 330  # pixels
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
    page = pen.sheet()
    draw, hand = ImageDraw.Draw(page), random.Random(paper.code)  # noqa: S311  a pen, not a secret
    pen.write(draw, EDGE, 60, f"{paper.get_kind_display()} {paper.number}", 34)
    pen.write(draw, EDGE, 105, paper.title, 24)
    pen.write(draw, EDGE, 140, f"Hari sidang: {timezone.localdate():%d-%m-%Y}   Tempat: {PLACE}", 22, pen.PEN)
    for place, (member, answer) in enumerate(said):
        _block(draw, hand, 190 + place * (BLOCK + 20), member, answer)
    return pen.photo(page, hand)


def _block(draw: ImageDraw.ImageDraw, hand: random.Random, top: int, member: CouncilMember, answer: Answer) -> None:
    draw.rounded_rectangle((EDGE, top, pen.WIDTH - EDGE, top + BLOCK), 12, outline="#c9982f", width=3)
    pen.write(draw, EDGE + 25, top + 18, f"{member}  ({member.position})", 26)
    for row, mark in enumerate(mark for mark in Mark if mark != Mark.ABSENT):
        _box(draw, hand, EDGE + 25, top + 70 + row * 38, ticked=answer.verdict == mark)
        pen.write(draw, EDGE + 65, top + 68 + row * 38, str(mark.label), 22)
    for place, (part, question) in enumerate(paper_answers.BOXES):
        row, column = divmod(place, 3)
        x, y = pen.WIDTH - 300 + column * 80, top + 110 + row * 45
        if row == 0:
            pen.write(draw, x - 14, top + 72, question, 20)
        if column == 0:
            pen.write(draw, x - 110, y, part, 20)
        _box(draw, hand, x, y, ticked=f"{part} {question}" in answer.ticks)
    pen.write(draw, pen.WIDTH - 440, top + BLOCK - 42, "Tanda tangan", 20)
    pen.sign(draw, hand, pen.WIDTH - 290, top + BLOCK - 40)


def _box(draw: ImageDraw.ImageDraw, hand: random.Random, x: int, y: int, *, ticked: bool) -> None:
    draw.rectangle((x, y, x + 24, y + 24), outline=pen.INK, width=2)
    if ticked:
        slip = hand.randint(-3, 3)
        draw.line(
            [(x + 2, y + 12 + slip), (x + 10, y + 23), (x + 31 + slip, y - 9)], fill=pen.PEN, width=5, joint="curve"
        )
