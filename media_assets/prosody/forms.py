"""The form of a stanza as it stands: which form its lines make, how each ends, and which lines rhyme.

A senjang's stanza is a talibun: an even number of lines above four, half sampiran, half isi, line i rhyming with line
i + h (abc-abc); a pantun has four (Djamaris; KBBI; the press on senjang). Lines marked as formula (greeting, refrain)
stand outside.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from media_assets.prosody import rhyme, syllables
from media_assets.prosody.reading import read_out
from media_assets.prosody.rhyme import Grade
from media_assets.prosody.syllables import Count

PANTUN = 4
LONGEST = 20  # lines of a talibun that somebody has a name for
OUTSIDE = "-"  # a formula line's place in the scheme
LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class Line:
    text: str
    spoken: str = ""  # how it is sung, where the letters do not say so
    formula: bool = False
    uid: str = ""

    @property
    def sung(self) -> str:
        return self.spoken or self.text


@dataclass(frozen=True)
class Stanza:
    part: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Heard:
    """A line as it sounds; `no` counts from 1 within the stanza."""

    no: int
    line: Line
    syllables: Count
    written: str  # the word it ends in, as written
    last: str  # and as sung
    sound: str  # how that ends
    is_readable: bool  # all of it in Latin letters


@dataclass(frozen=True)
class Pair:
    """Two lines of one stanza and how well they rhyme."""

    one: Heard
    other: Heard
    grade: Grade


@dataclass(frozen=True)
class Form:
    """A stanza as it stands."""

    part: str
    name: str  # talibun, pantun, karmina, lain (an odd number), kata tetap (nothing but formula lines)
    scheme: str  # a letter a line
    heard: tuple[Heard, ...]
    language: str
    pairs: tuple[Pair, ...] = field(default=())  # line i and line i + h; none without halves

    @property
    def counted(self) -> list[Heard]:
        return [heard for heard in self.heard if not heard.line.formula]

    @property
    def half(self) -> int:
        return len(self.pairs)


def read(stanza: Stanza, language: str, overrides: Mapping[str, Count] | None = None) -> Form:
    heard = tuple(hear(no, line, language, overrides) for no, line in enumerate(stanza.lines, 1))
    counted = [line for line in heard if not line.line.formula]
    return Form(
        part=stanza.part,
        name=name_of(len(counted)),
        scheme=scheme_of(heard, language),
        heard=heard,
        language=language,
        pairs=tuple(halves(counted, language)),
    )


def hear(no: int, line: Line, language: str, overrides: Mapping[str, Count] | None = None) -> Heard:
    units = read_out(line.sung)
    last = rhyme.last_word(line.sung)
    return Heard(
        no=no,
        line=line,
        syllables=syllables.of_line(line.sung, overrides),
        written=units[-1].written if units else "",
        last=last,
        sound=rhyme.sound(last, language),
        is_readable=all(unit.readings for unit in units),
    )


def name_of(lines: int) -> str:
    if lines == 0:
        return "kata tetap"
    if lines % 2:
        return "lain"
    return {2: "karmina", PANTUN: "pantun"}.get(lines, "talibun")


def halves(counted: Sequence[Heard], language: str) -> Iterator[Pair]:
    half, odd = divmod(len(counted), 2)
    if half > 1 and not odd:
        for one, other in zip(counted[:half], counted[half:], strict=True):
            yield Pair(one, other, rhyme.grade(one.last, other.last, language))


def scheme_of(heard: Sequence[Heard], language: str) -> str:
    """A letter a line: that of its partner in the first half where they rhyme, however nearly, else that of the
    first line it rhymes with perfectly, else a new one. After z come the capitals and then more letters of Unicode."""
    counted = [line for line in heard if not line.line.formula]
    letters: dict[int, int] = {pair.other.no: pair.one.no for pair in halves(counted, language) if pair.grade.rhymes}
    by_tail: dict[rhyme.Tail, int] = {}
    given: dict[int, int] = {}
    new = 0
    for line in counted:
        heard_as = rhyme.tails(line.last, language)
        known = given[letters[line.no]] if line.no in letters else None
        if known is None:
            known = next((by_tail[tail] for tail in heard_as if tail in by_tail), new)
            new = max(new, known + 1)
        given[line.no] = known
        for tail in heard_as:
            by_tail.setdefault(tail, known)
    return "".join(letter(given[line.no]) if line.no in given else OUTSIDE for line in heard)


def letter(index: int) -> str:
    return LETTERS[index] if index < len(LETTERS) else chr(0x3B1 + index - len(LETTERS))


def of_lyric(parts: Mapping[str, Sequence[Sequence[Mapping[str, object]]]]) -> list[Stanza]:
    """The stanzas of a lyric as `media_assets.lyrics` keeps it; a line that has no words yet keeps its number only."""
    stanzas = [
        Stanza(part, tuple(_line(line) for line in stanza)) for part, written in parts.items() for stanza in written
    ]
    return [stanza for stanza in stanzas if any(line.text for line in stanza.lines)]


def _line(line: Mapping[str, object]) -> Line:
    text = str(line["text"])
    return Line(text, str(line["spoken"]), bool(line["formula"]) or not text, str(line["uid"]))
