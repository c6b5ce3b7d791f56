"""What is to be respected of a song: what the council says of its use, what its authors allow, channel by channel."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from media_assets import rights

HEARD = ("web", "low")
SALE = "sale"  # nothing is sold yet; whatever sells one day asks for this channel
CHANNELS = (*HEARD, "radio", "cd", "print", SALE)
BROADCAST, NOT_BROADCAST, NOT_SOLD = "siar", "tidak-siar", "bukan-jual"
SEASONAL, NAME_AUTHOR, UNALTERED, COUNCIL_ONLY = "musiman", "sebut-penulis", "utuh", "adat-saja"
_LEAP = 2000


@dataclass(frozen=True)
class ProtocolLabel:
    """`text` is for visitors, `refusal` for whoever asks a channel of `bars`; `against` names its opposite."""

    key: str
    name: Promise
    text: Promise
    does: Promise
    bars: tuple[str, ...] = ()
    refusal: Promise | str = ""
    against: str = ""


LABELS = {
    label.key: label
    for label in (
        ProtocolLabel(
            BROADCAST,
            _("Boleh disiarkan"),
            _("Lembaga Adat mengizinkan senjang ini disiarkan di radio dan televisi."),
            _("Memberi tahu semua orang bahwa senjang ini boleh disiarkan."),
            against=NOT_BROADCAST,
        ),
        ProtocolLabel(
            NOT_BROADCAST,
            _("Tidak untuk siaran"),
            _("Lembaga Adat meminta senjang ini tidak disiarkan di radio atau televisi."),
            _("Radio tidak dapat mengunduhnya. Halaman, cetakan dan CD tetap boleh."),
            bars=("radio",),
            refusal=_("Lembaga Adat meminta senjang ini tidak disiarkan."),
            against=BROADCAST,
        ),
        ProtocolLabel(
            NOT_SOLD,
            _("Bukan untuk dijual"),
            _("Senjang ini boleh didengar dan dibagikan, tetapi tidak boleh dijual atau dipakai untuk mencari untung."),
            _("Tertulis di halaman, leaflet dan berkas lagu. CD boleh dibagikan, tidak boleh dijual."),
            bars=(SALE,),
            refusal=_("Lembaga Adat meminta senjang ini tidak dijual."),
        ),
        ProtocolLabel(
            SEASONAL,
            _("Musiman"),
            _("Senjang ini hanya dibawakan pada musimnya."),
            _("Di luar musimnya senjang tidak tampil, tidak disiarkan dan tidak dicetak. Ia kembali sendiri."),
        ),
        ProtocolLabel(
            NAME_AUTHOR,
            _("Sebut penulisnya"),
            _("Siapa pun yang membawakan atau mengutip senjang ini menyebut penulisnya."),
            _("Senjang tidak dapat dipakai di mana pun selama penulisnya belum dicatat."),
        ),
        ProtocolLabel(
            UNALTERED,
            _("Jangan diubah"),
            _("Senjang ini dibawakan utuh: tidak dipotong, tidak disambung, kata-katanya tidak diganti."),
            _("Leaflet tidak memuat potongan liriknya, dan potongan untuk siaran ditolak."),
        ),
        ProtocolLabel(
            COUNCIL_ONLY,
            _("Hanya untuk kalangan adat"),
            _("Senjang ini disimpan oleh Lembaga Adat dan tidak dibuka untuk umum."),
            _("Lagu dan liriknya turun dari semua saluran. Syarat layanannya tetap tampil."),
            bars=CHANNELS,
            refusal=_("Senjang ini hanya untuk kalangan adat, jadi tidak dibuka untuk umum."),
        ),
    )
}
HELD = _("Senjang ini sedang ditahan: ada permohonan penurunan yang menunggu putusan Lembaga Adat.")
NAMELESS = _("Penulis senjang ini belum dicatat, padahal Lembaga Adat meminta penulisnya disebut.")
PENDING = _("Izin penulis atau penggubah senjang ini sedang diurus, jadi senjangnya belum dapat ditampilkan.")
CUT = _("Lembaga Adat meminta senjang ini tidak dipotong atau diubah.")


@dataclass(frozen=True)
class Season:
    """Days of every year as "MM-DD", both included; `opens` after `closes` runs over new year."""

    opens: str
    closes: str

    def is_open(self, day: date) -> bool:
        today = f"{day:%m-%d}"
        if self.opens <= self.closes:
            return self.opens <= today <= self.closes
        return today >= self.opens or today <= self.closes

    def opens_next(self, day: date) -> date:
        """The first day of the next season after `day`; 29 February is 1 March where the year has none."""
        start = _day_of(self.opens, day.year)
        return start if start > day else _day_of(self.opens, day.year + 1)

    @property
    def is_whole_year(self) -> bool:
        last = _day_of(self.closes, _LEAP)
        return f"{last + timedelta(days=1):%m-%d}" == self.opens

    @property
    def is_leap_day_only(self) -> bool:
        return self.opens == self.closes == "02-29"

    @property
    def words(self) -> str:
        first, last = (date_format(_day_of(day, _LEAP), "j F") for day in (self.opens, self.closes))
        return first if first == last else gettext("%(first)s sampai %(last)s") % {"first": first, "last": last}


def day_of_year(day: int, month: int) -> str | None:
    """ "MM-DD", or None where the calendar has no such day; 29 February it has."""
    try:
        return f"{date(_LEAP, month, day):%m-%d}"
    except ValueError:
        return None


def _day_of(month_day: str, year: int) -> date:
    month, day = map(int, month_day.split("-"))
    try:
        return date(year, month, day)
    except ValueError:  # 29 February
        return date(year, 3, 1)


@dataclass(frozen=True)
class Mark:
    """A label in force: `words` are the council's own or "", `voice` the address of the elder's voice or ""."""

    key: str
    season: Season | None = None
    words: str = ""
    voice: str = ""

    @property
    def label(self) -> ProtocolLabel:
        return LABELS[self.key]

    @property
    def name(self) -> str:
        return f"{self.label.name}: {self.season.words}" if self.season else str(self.label.name)

    @property
    def text(self) -> str:
        return self.words or str(self.label.text)


@dataclass(frozen=True)
class Standing:
    """What is to be respected of one senjang; `cover` is the note to be read before its words, else "".

    `holders` are those whom the song names, and whoever is named where the same words stand on another page.
    """

    marks: tuple[Mark, ...] = ()
    names_author: bool = True
    is_held: bool = False
    cover: str = ""
    holders: tuple[rights.Holder, ...] = ()


@dataclass(frozen=True)
class Answer:
    """True where the use is allowed; else `asked` says what the council asks and `lacking` whose consent is lacking."""

    asked: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()

    @property
    def reasons(self) -> tuple[str, ...]:
        """All the sentences why not, for staff and station."""
        return self.asked + self.lacking

    @property
    def told(self) -> tuple[str, ...]:
        """The same for visitors, who need not know who gave a consent and who took it back."""
        return self.asked + ((str(PENDING),) if self.lacking else ())

    def __bool__(self) -> bool:
        return not self.reasons


def allows(standing: Standing, channel: str, day: date, *, altered: bool = False) -> Answer:
    """May the song be used on a channel (of CHANNELS) on a day? `altered` asks for a cut or a changed version."""
    lacking = rights.lacking(standing.holders, channel, day)
    return Answer(tuple(_reasons(standing, channel, day, altered)), lacking)


def _reasons(standing: Standing, channel: str, day: date, altered: bool) -> Iterator[str]:
    if standing.is_held:
        yield str(HELD)
    for mark in standing.marks:
        if channel in mark.label.bars:
            yield str(mark.label.refusal)
        if mark.season and not mark.season.is_open(day):
            opens = date_format(mark.season.opens_next(day), "l, j F Y")
            yield gettext("Senjang ini musiman: boleh dipakai lagi mulai %(day)s.") % {"day": opens}
        if mark.key == NAME_AUTHOR and not standing.names_author:
            yield str(NAMELESS)
        if mark.key == UNALTERED and altered:
            yield str(CUT)
