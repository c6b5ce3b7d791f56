"""What the form adviser says about a stanza, and why, in plain words; each rule yields all that it finds.

Advice only: nothing here stops anybody. `advise` is the one door for the command and for the editor.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from media_assets.prosody import forms, lexicon, rhyme, syllables
from media_assets.prosody.forms import Form, Heard, Pair, Stanza
from media_assets.prosody.rhyme import MUSI, Grade
from media_assets.prosody.syllables import Count

KINDS = ("lines", "rhyme", "syllables", "opening", "closing", "dialect")
TOLERATED = "aaaa"  # in a pantun
# Asking leave. "Izin" alone is no sign, nor is "mohon izin usaha": these songs are about licences.
ASK = r"(?:(?:ba|ber|me|mem|di)?(?:min?t[aeo]k?|pint[aeo]|mohon))"
LICENCE = r"(?:usah|bangun|men|trayek|prakt|lokasi|reklame|edar|angkut|apotek|toko)"
LEAVE = re.compile(
    rf"\b{ASK}\s+(?:dulu\s+|kami\s+)?i[zj]in\b(?!\s+{LICENCE})|\b(?:di)?i[zj]in(?:kan|ke)(?:lah)?\b"
    r"|\bpermisi|\bampun|\bmaaf|\btab(?:i[kq]?|ek)\b|\b(?:me)?numpang\b|\bperkenan(?:kan|ke)",
    re.IGNORECASE,
)
APOLOGY = re.compile(r"maaf|\b(?:di|meng|ng)?ampun|khilaf|jangan (?:di)?(?:ingat|ambi[lk]|simpan)", re.IGNORECASE)
FAREWELL = re.compile(
    r"pamit|(?:mohon|mint[aeo]k?) diri|(?:undur|undo)\b|permisi|selamat (?:tinggal|jalan)|wassalam"
    r"|(?:jumpa|betemu|bertemu|basuo|basue) (?:la[gh]i|pul[aeo])|sampai (?:jumpa|di sini|sini)|kami (?:pulang|balek)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Hint:
    """`line` and `other` are line numbers within the stanza."""

    kind: str
    line: int
    text: str
    other: int | None = None
    grade: str | None = None
    topic: str = ""  # tells two hints of one kind on one line apart


@dataclass(frozen=True)
class Advice:
    """A stanza as it stands, and what might be better."""

    form: Form
    hints: tuple[Hint, ...]


def advise(stanzas: Sequence[Stanza], language: str, overrides: Mapping[str, Count] | None = None) -> list[Advice]:
    read = [forms.read(stanza, language, overrides) for stanza in stanzas]
    of_parts = {id(form): hint for form, hint in [*opening(read), *closing(read)]} if read else {}
    found: list[Advice] = []
    for form in read:
        hints = [*count(form), *lengths(form), *dialects(form)]
        if len(form.counted) <= forms.LONGEST:  # a longer one is to be divided first
            hints += [*rhymes(form), *clashes(form)]
        hints += of_parts.get(id(form), [])
        found.append(Advice(form, tuple(sorted(hints, key=place))))
    return found


def place(hint: Hint) -> tuple[int, int, int]:
    return hint.line, KINDS.index(hint.kind), hint.other or 0


def count(form: Form) -> Iterator[Hint]:
    """Even, and four or more."""
    lines = len(form.counted)
    said = {"n": lines, "longest": forms.LONGEST}
    text = ""
    if form.name == "lain":
        text = _(
            "Bait ini %(n)d baris. Talibun genap barisnya (6, 8 atau 10), separuh sampiran dan separuh isi. Tambah "
            "atau kurangi satu baris; bila ada baris sapaan atau ulangan, tandai sebagai sapaan atau kata tetap."
        )
    elif form.name == "karmina":
        text = _("Bait ini hanya dua baris. Bait senjang enam baris atau lebih, pantun empat baris. Tambah barisnya.")
    elif lines > forms.LONGEST:
        text = _("Bait ini %(n)d baris; talibun paling panjang %(longest)d baris. Bagilah menjadi beberapa bait.")
    if text:
        yield Hint("lines", form.counted[-1].no, text % said)


def rhymes(form: Form) -> Iterator[Hint]:
    """Line i with line i + h."""
    for pair in form.pairs:
        if pair.one.last and pair.other.last and pair.grade != Grade.PERFECT:
            yield Hint("rhyme", pair.one.no, _of_pair(pair, form), pair.other.no, pair.grade.name.lower())


def _of_pair(pair: Pair, form: Form) -> str:
    said = _said(pair.one, pair.other) | {"scheme": "-".join(form.scheme)}
    if pair.grade == Grade.IDENTICAL:
        return (
            _(
                "Baris %(one)d dan baris %(other)d berakhir dengan kata yang sama, “%(word)s”. Boleh, tetapi lebih "
                "kaya bila katanya berlainan dan bunyinya sama."
            )
            % said
        )
    if pair.grade == Grade.NEAR:
        return (
            _(
                "Baris %(one)d (“%(word)s”) dan baris %(other)d (“%(word2)s”) hampir bersajak: “-%(sound)s” dengan "
                "“-%(sound2)s”. Biarkan bila enak dinyanyikan, atau cari kata yang sama bunyi akhirnya."
            )
            % said
        )
    if pair.grade == Grade.ASSONANCE:
        return (
            _(
                "Baris %(one)d (“%(word)s”) dan baris %(other)d (“%(word2)s”) baru sama vokalnya: “-%(sound)s” dengan "
                "“-%(sound2)s”. Ganti kata terakhir salah satunya, supaya bunyi akhirnya sama."
            )
            % said
        )
    return (
        _(
            "Baris %(one)d (“%(word)s”) seharusnya bersajak dengan baris %(other)d (“%(word2)s”), tetapi “-%(sound)s” "
            "dan “-%(sound2)s” tidak sama. Ganti kata terakhir salah satunya. Sajak bait ini sekarang %(scheme)s."
        )
        % said
    )


def _said(one: Heard, other: Heard) -> dict[str, object]:
    return {
        "one": one.no, "word": one.written, "sound": one.sound,
        "other": other.no, "word2": other.written, "sound2": other.sound,
    }  # fmt: skip


def clashes(form: Form) -> Iterator[Hint]:
    """Within the first half every line has a sound of its own; a pantun may be a-a-a-a."""
    if form.scheme.replace(forms.OUTSIDE, "") == TOLERATED:
        return
    first: dict[str, Heard] = {}
    for heard in form.counted[: form.half]:
        mark = form.scheme[heard.no - 1]
        if mark in first and heard.last:
            one = first[mark]
            grade = rhyme.grade(one.last, heard.last, form.language)
            text = _(
                "Baris %(one)d dan baris %(other)d sama bunyi akhirnya, “-%(sound)s”, padahal sama-sama di paruh "
                "pertama. Beri tiap baris sampiran bunyi sendiri (%(wanted)s)."
            ) % (_said(one, heard) | {"wanted": _wanted(form.half)})
            yield Hint("rhyme", one.no, text, heard.no, grade.name.lower())
        first.setdefault(mark, heard)


def _wanted(half: int) -> str:
    letters = "".join(forms.letter(index) for index in range(half))
    return f"{letters}-{letters}"


def lengths(form: Form) -> Iterator[Hint]:
    for heard in form.counted:
        said = {
            "no": heard.no, "n": _range(heard.syllables), "least": syllables.LEAST, "most": syllables.MOST,
        }  # fmt: skip
        if not heard.is_readable:
            text = _("Baris %(no)d memuat huruf bukan Latin, jadi suku kata dan sajaknya tidak dapat dihitung.")
        elif not heard.syllables.is_outside:
            continue
        elif heard.syllables.most < syllables.LEAST:
            text = _(
                "Baris %(no)d: %(n)s suku kata; lazimnya %(least)d sampai %(most)d. Tambah satu-dua kata supaya tidak "
                "terlalu pendek bila dinyanyikan."
            )
        else:
            text = _(
                "Baris %(no)d: %(n)s suku kata; lazimnya %(least)d sampai %(most)d. Kurangi kata atau pilih kata yang "
                "lebih pendek."
            )
        yield Hint("syllables", heard.no, text % said)


def _range(count: Count) -> str:
    return str(count.least) if count.least == count.most else f"{count.least}–{count.most}"


def opening(read: Sequence[Form]) -> Iterator[tuple[Form, list[Hint]]]:
    """The pembuka asks leave."""
    stanzas = [form for form in read if form.part == "pembuka" and form.heard]
    if stanzas and not LEAVE.search(_words(stanzas)):
        text = _(
            "Pembuka ini belum meminta izin. Pesenjang memulai dengan memohon izin atau ampun kepada tuan rumah, "
            "misalnya “permisi”, “ampun tabik” atau “minte izin basenjang”."
        )
        yield stanzas[0], [Hint("opening", 1, text)]


def closing(read: Sequence[Form]) -> Iterator[tuple[Form, list[Hint]]]:
    """The penutup asks pardon and takes leave."""
    stanzas = [form for form in read if form.part == "penutup" and form.heard]
    if not stanzas:
        return
    words, last = _words(stanzas), len(stanzas[-1].heard)
    hints = []
    if not APOLOGY.search(words):
        text = _("Penutup ini belum meminta maaf. Tambahkan, misalnya “maaf kalu ade salah”.")
        hints.append(Hint("closing", last, text, topic="pardon"))
    if not FAREWELL.search(words):
        text = _("Penutup ini belum berpamit. Tambahkan, misalnya “kami pamit” atau “kami mohon diri”.")
        hints.append(Hint("closing", last, text, topic="farewell"))
    yield stanzas[-1], hints


def _words(stanzas: Sequence[Form]) -> str:
    return " ".join(heard.line.text for form in stanzas for heard in form.heard)


def dialects(form: Form) -> Iterator[Hint]:
    """The words at the rhyme places of one stanza are of one variety: Musi -e, Indonesian -a, Palembang -o."""
    spoken = [(heard, variety) for heard in form.counted if (variety := variety_of(heard))]
    kinds = Counter(variety for _heard, variety in spoken)
    if len(kinds) < 2:
        return
    own = MUSI if form.language == MUSI else "ind"
    base = own if own in kinds else kinds.most_common(1)[0][0]
    model = next(heard for heard, variety in spoken if variety == base)
    names = {MUSI: _("Musi"), "ind": _("Indonesia"), "plm": _("Palembang")}
    for heard, variety in spoken:
        if variety != base:
            text = _(
                "Baris %(one)d berakhir “%(word)s” (ragam %(variety)s), baris %(other)d “%(word2)s” (ragam %(base)s). "
                "Dalam satu bait, kata di ujung baris sebaiknya satu ragam."
            ) % (_said(heard, model) | {"variety": names[variety], "base": names[base]})
            yield Hint("dialect", heard.no, text, model.no)


def variety_of(heard: Heard) -> str:
    """mui, ind or plm where the end of the line's last word tells; "" where it does not, and for names."""
    word = heard.last
    if not word or _is_name(heard):
        return ""
    if word in lexicon.PALEMBANG or word.endswith("nyo"):
        return "plm"
    if word in lexicon.MUSI_WORDS or "gh" in word:
        return MUSI
    if word in lexicon.MUSI:
        return "ind"
    if len(word) > 3 and re.search("[^aeiou][ae]$|[iu][ae]$", word) and word not in lexicon.COMMON_E:
        return "ind" if word.endswith("a") else MUSI
    return ""


def _is_name(heard: Heard) -> bool:
    """Written with a capital inside its line, or spelled out."""
    written = re.findall(r"[^\W_]+", heard.line.sung)
    return len(written) > 1 and written[-1][0].isupper()
