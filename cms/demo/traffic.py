"""The demo's printed codes, and a fortnight of scans and listens behind them: the same ones every time."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

from campaigns import codes
from campaigns.models import CampaignPage, Code, Listen, Scan, Village
from media_assets.models import SenjangPage

DAYS = 14
HABITS = {
    Listen.Event.PLAY: 0.62,
    Listen.Event.LISTEN_30: 0.41,
    Listen.Event.WHATSAPP: 0.07,
    Listen.Event.DIRECTIONS: 0.1,
}


@dataclass(frozen=True)
class Place:
    label: str
    medium: str
    kecamatan: str
    village: str
    song: str  # slug
    a_day: float  # scans to expect


PLACES = [
    Place("Leaflet meja loket", Code.Medium.LEAFLET, "Sekayu", "Serasan Jaya", "badagang-tenang-ade-nib", 9),
    Place("Poster pasar", Code.Medium.POSTER, "Sungai Lilin", "Sungai Lilin", "badagang-tenang-ade-nib", 6),
    Place("Poster balai desa", Code.Medium.POSTER, "Babat Toman", "Mangun Jaya", "kemplang-ibu-ade-nomonye", 4),
    Place("Leaflet puskesmas", Code.Medium.LEAFLET, "Sanga Desa", "Ngulak I", "ubat-beno-apotek-baizin", 5),
    Place("Poster apotek", Code.Medium.POSTER, "Bayung Lencir", "Bayung Lencir", "ubat-beno-apotek-baizin", 3),
    Place("Leaflet posyandu", Code.Medium.LEAFLET, "Keluang", "Keluang", "kemplang-ibu-ade-nomonye", 2),
    Place("Poster dermaga", Code.Medium.POSTER, "Lalan", "", "badagang-tenang-ade-nib", 1.5),
    Place("Leaflet bazar tahun lalu", Code.Medium.LEAFLET, "Lais", "", "kemplang-ibu-ade-nomonye", 0.5),
]
HELD, RETIRED = "Poster dermaga", "Leaflet bazar tahun lalu"


def load(users: dict[str, Any], campaign: CampaignPage) -> None:
    staff = users["komunikasi"]
    placed = {place.label: _place(place, campaign, by=staff) for place in PLACES}
    codes.hold(placed[HELD], reason="Ada laporan stiker lain ditempel di atasnya; sedang diperiksa.", by=staff)
    codes.retire(placed[RETIRED], reason="Bazar sudah selesai dan leaflet ditarik.", by=staff)
    dice = random.Random(2026)  # noqa: S311  the same visitors every time
    scans = [scan for place in PLACES for scan in _scans(placed[place.label], place.a_day, dice)]
    Scan.objects.bulk_create(scans)
    listens = [listen for scan in scans for listen in _listens(scan, dice)]
    Listen.objects.bulk_create(listens, ignore_conflicts=True)  # a phone's second scan adds nothing


def _place(place: Place, campaign: CampaignPage, *, by: Any) -> Code:
    page = SenjangPage.objects.get(slug=place.song)
    village = Village.objects.filter(kecamatan__name=place.kecamatan, name=place.village).first()
    village = village or Village.objects.filter(kecamatan__name=place.kecamatan).first()
    return codes.place(
        page,
        label=f"{place.label}, {village}",
        medium=place.medium,
        licences=[link.licence for link in page.licence_links.all()],
        village=village,
        campaign=campaign,
        by=by,
    )


def _scans(code: Code, a_day: float, dice: random.Random) -> Iterator[Scan]:
    today = timezone.localdate()
    for back in range(DAYS, 0, -1):
        day = today - timedelta(days=back)
        quiet = 0.5 if day.isoweekday() > 5 else 1.0
        for _visitor in range(round(dice.gauss(a_day * quiet, a_day / 4))):
            at = datetime.combine(day, time(dice.randint(7, 20), dice.randint(0, 59)), timezone.get_current_timezone())
            device = f"{dice.getrandbits(128):032x}"[:22]
            kind = dice.choices([Scan.Kind.SCAN, Scan.Kind.SHARE, Scan.Kind.BOT], [88, 9, 3])[0]
            yield Scan(code=code, kind=kind, device=device, day=day, at=at)
            if kind == Scan.Kind.SCAN and dice.random() < 0.12:  # the same phone, once more
                yield Scan(code=code, kind=kind, device=device, day=day, at=at + timedelta(minutes=3))


def _listens(scan: Scan, dice: random.Random) -> Iterator[Listen]:
    """What this phone then did; 30 seconds only after a play."""
    chance = dice.random()
    if scan.kind == Scan.Kind.BOT:
        return
    for event, share in HABITS.items():
        if (chance if event in (Listen.Event.PLAY, Listen.Event.LISTEN_30) else dice.random()) < share:
            yield Listen(code=scan.code, event=event, device=scan.device, day=scan.day, at=scan.at)
