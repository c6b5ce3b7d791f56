"""The demo's consents: one ends soon, one was signed by a mother, one was withdrawn and took a recording along."""

import random
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import ImageDraw

from cms.demo import campaign, pen
from media_assets.models import RecordingCredit, SenjangPage
from performers import consenting, reminding
from performers.models import Channel, Consent, Person

AUTHOR, PERFORMER = Consent.Capacity.AUTHOR, Consent.Capacity.PERFORMER
ALL = tuple(Channel)
HEARD = (Channel.WEB, Channel.RADIO, Channel.CD)
SINCE, LAST, SOON = timedelta(days=90), timedelta(days=640), timedelta(days=12)
REMEMBERED, OLD_TAKE = "kenangan-ninek-pesenjang", "Latihan di balai (suara contoh)"


@dataclass(frozen=True)
class Paper:
    """`lasts` None = without end."""

    person: str
    capacity: Consent.Capacity
    channels: tuple[Channel, ...] = ALL
    lasts: timedelta | None = LAST
    guardian: tuple[str, str] = ("", "")
    only_for: str = ""  # slug


PAPERS = (
    Paper("Zainal Arifin Contoh", AUTHOR, lasts=None),
    Paper("Nurbaiti Contoh", AUTHOR, HEARD, lasts=None),
    Paper("Nurbaiti Contoh", AUTHOR, (Channel.PRINT,), lasts=SOON),
    Paper("Kuyung Seko (Rangga Contoh)", PERFORMER),
    Paper("Kupek Ayu (Melati Contoh)", PERFORMER),
    Paper("Sanggar Contoh Serasan", PERFORMER, HEARD),
    Paper("Intan Contoh", PERFORMER, HEARD, guardian=("Fatimah Contoh", "ibu")),
    Paper("Badri Contoh", PERFORMER, HEARD, only_for=REMEMBERED),
)
WITHDRAWN = "Badri Contoh"


def load(users: dict[str, Any]) -> None:
    staff = users["komunikasi"]
    _old_take(by=staff)
    given = {paper: _give(paper, by=staff) for paper in PAPERS}
    taken_back = next(consent for paper, consent in given.items() if paper.person == WITHDRAWN)
    consenting.withdraw(taken_back, reason="Diminta penampilnya: suaranya waktu itu sedang serak.", by=staff)
    reminding.look()


def _old_take(*, by: Any) -> None:
    """Sung by two; when one of them takes the consent back, nobody hears it any more."""
    page = SenjangPage.objects.get(slug=REMEMBERED)
    singers = [Person.objects.get(name=name) for name in ("Intan Contoh", WITHDRAWN)]
    credits = [(singer, RecordingCredit.Role.SINGER) for singer in singers]
    campaign.beginning("ubat", page, by=by, seconds=45, label=OLD_TAKE, credits=credits)


def _give(paper: Paper, *, by: Any) -> Consent:
    today = timezone.localdate()
    return consenting.give(
        Person.objects.get(name=paper.person),
        capacity=paper.capacity,
        channels=paper.channels,
        valid_from=today - SINCE,
        until=today + paper.lasts if paper.lasts else None,
        minor=any(paper.guardian),
        guardian_name=paper.guardian[0],
        guardian_relation=paper.guardian[1],
        limited_to=SenjangPage.objects.filter(slug=paper.only_for).values_list("pk", flat=True),
        scan=ContentFile(_form(paper), "izin.jpg"),
        by=by,
    )


def _form(paper: Paper) -> bytes:
    """A page of ours, filled in and signed as somebody would photograph it."""
    page, hand = pen.sheet(), random.Random(f"{paper.person} {paper.lasts}")  # noqa: S311  a pen, not a secret
    draw = ImageDraw.Draw(page)
    pen.write(draw, 70, 70, "SURAT IZIN PEMAKAIAN KARYA (contoh)", 36)
    guardian = f"{paper.guardian[0]} ({paper.guardian[1]})" if paper.guardian[0] else "–"
    lines = {
        "Nama": paper.person,
        "Sebagai": str(paper.capacity.label),
        "Boleh dipakai di": ", ".join(str(channel.label) for channel in paper.channels),
        "Mulai": f"{timezone.localdate() - SINCE:%d-%m-%Y}",
        "Sampai dengan": f"{timezone.localdate() + paper.lasts:%d-%m-%Y}" if paper.lasts else "tanpa batas akhir",
        "Wali (bila belum dewasa)": guardian,
    }
    for place, (head, words) in enumerate(lines.items()):
        pen.write(draw, 70, 190 + place * 90, head, 24)
        pen.write(draw, 380, 186 + place * 90, words, 28, pen.PEN)
        draw.line([(370, 224 + place * 90), (830, 224 + place * 90)], fill=pen.INK)
    pen.write(draw, 70, 820, "Saya tahu bahwa izin ini dapat saya cabut kapan saja.", 24)
    pen.write(draw, 520, 930, "Tanda tangan", 24)
    pen.sign(draw, hand, 530, 1030)
    return pen.photo(page, hand)
