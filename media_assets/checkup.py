"""What is wrong with a take as it came, told in words before it is used: read from the one measuring pass. Pure.

The facts, as kept with a master: `lufs`, `mono` (LUFS mixed down to one channel), `range` (LU), `peak` (dBTP), `lead`
and `tail` (seconds of silence at the ends), `floor` (dBFS that all but the quietest hundredth of its moments reach),
`channels` (for each `rms` and `peak` in dBFS and `flat`, ffmpeg's flat factor), `dropouts` (seconds at which the sound
breaks off for a moment).
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

FILTERS = (
    "astats=measure_overall=none:measure_perchannel=RMS_level+Peak_level+Flat_factor,"
    "silencedetect=n=-50dB:d=0.4,silencedetect=n=-80dB:d=0.02"
)
QUIETEST = -120.0  # dB; stands for nothing at all, which JSON has no number for
LONG_LEAD, LONG_TAIL = 2.0, 4.0  # seconds
DROPOUT = (0.02, 0.12)  # seconds; longer is a pause that somebody meant, such as between song and music
MOST_DROPOUTS = 50  # that are kept; more say no more
NOISY, FAINT, HOT = -45.0, -36.0, -0.1  # dBFS, LUFS, dBTP
CLIPPED = 12.0  # flat factor from which peaks are cut off, not only touched
PAUSE = 15.0  # dB below the song: quieter than that, nobody sings or plays
DEAD, LIVELY = -70.0, -45.0  # dBFS RMS of a channel that carries nothing, and of one that does
CANCELS = 6.0  # LU that a radio in mono loses of a take whose channels fight each other

Facts = Mapping[str, Any]


class Grade(NamedTuple):
    key: str
    word: Any


WARN, STOP = Grade("warn", gettext_lazy("Perhatikan")), Grade("stop", gettext_lazy("Perbaiki dulu"))


@dataclass(frozen=True)
class Finding:
    key: str
    grade: Grade
    text: str


def facts(log: str, length: float) -> dict[str, Any]:
    """What the filters have logged of a take of so many seconds."""
    quiet = _stretches(log, "silencedetect_2", length)
    lead = next((end for start, end in quiet if start <= 0.01), 0.0)
    tail = next((end - start for start, end in quiet if end >= length - 0.05 and start > 0.01), 0.0)
    breaks = [start for start, end in _stretches(log, "silencedetect_3", length) if _is_dropout(start, end, length)]
    return {
        "lead": round(lead, 2),
        "tail": round(tail, 2),
        "channels": _channels(log),
        "dropouts": [round(start, 2) for start in breaks[:MOST_DROPOUTS]],
    }


def _stretches(log: str, name: str, length: float) -> list[tuple[float, float]]:
    starts = [max(0.0, float(at)) for at in re.findall(rf"\[Parsed_{name} @ \w+\] silence_start: (-?[\d.]+)", log)]
    ends = [float(at) for at in re.findall(rf"\[Parsed_{name} @ \w+\] silence_end: ([\d.]+)", log)]
    return list(zip(starts, [*ends, length], strict=False))


def _is_dropout(start: float, end: float, length: float) -> bool:
    return DROPOUT[0] <= end - start <= DROPOUT[1] and start > 0.05 and end < length - 0.05


def _channels(log: str) -> list[dict[str, float]]:
    names = {"rms": "RMS level dB", "peak": "Peak level dB", "flat": "Flat factor"}
    columns = {key: [_number(text) for text in re.findall(rf"{name}: (\S+)", log)] for key, name in names.items()}
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=False)]


def _number(text: str) -> float:
    return finite(float(text))


def finite(number: float) -> float:
    """As JSON can hold it."""
    return round(max(QUIETEST, number), 1) if number == number else QUIETEST  # not a number: of nothing at all


def marks(facts: Facts, length: float) -> list[tuple[float, float]]:
    """What the picture of the take marks, as (place, width) in thousandths of it: silent ends and dropouts."""
    ends = [(0.0, facts["lead"])] * (facts["lead"] > LONG_LEAD)
    ends += [(length - facts["tail"], facts["tail"])] * (facts["tail"] > LONG_TAIL)
    breaks = [(at, length / 250) for at in facts["dropouts"]]
    return [(round(1000 * at / length, 1), round(1000 * width / length, 1)) for at, width in [*ends, *breaks]]


def is_whole(facts: Facts | None) -> bool:
    """Nothing that keeps it off radio and CD; a take that was never looked at counts as whole."""
    return not facts or all(finding.grade is not STOP for finding in findings(facts))


def findings(facts: Facts) -> list[Finding]:
    """All of them together, the gravest first; [] for a take that is as it should be."""
    found = [finding for rule in RULES if (finding := rule(facts))]
    return sorted(found, key=lambda finding: finding.grade is not STOP)


def _dead_channel(facts: Facts) -> Finding | None:
    levels = [channel["rms"] for channel in facts["channels"]]
    if len(levels) < 2 or min(levels) > DEAD or max(levels) < LIVELY:
        return None
    side = _("kiri") if levels[0] < levels[1] else _("kanan")
    text = _("Saluran %(side)s kosong. Pakai rekaman mono, atau salin suaranya ke kedua saluran.")
    return Finding("channel", STOP, text % {"side": side})


def _cancelling(facts: Facts) -> Finding | None:
    if len(facts["channels"]) < 2 or facts["lufs"] - facts["mono"] < CANCELS or _dead_channel(facts):
        return None
    text = _("Kedua saluran saling meniadakan: di radio mono suaranya hampir hilang. Balik fase salah satunya.")
    return Finding("phase", STOP, text)


def _clipped(facts: Facts) -> Finding | None:
    if not any(channel["flat"] >= CLIPPED and channel["peak"] > -6 for channel in facts["channels"]):
        return None
    return Finding(
        "clipped", WARN, _("Puncak suaranya terpotong, jadi terdengar pecah. Rekam ulang dengan level lebih rendah.")
    )


def _hot(facts: Facts) -> Finding | None:
    if facts["peak"] < HOT or _clipped(facts):
        return None
    text = _("Puncaknya %(peak)s dBTP, sangat dekat dengan batas. Berkas jadi tetap diturunkan ke batas saluran.")
    return Finding("hot", WARN, text % {"peak": _said(facts["peak"])})


def _faint(facts: Facts) -> Finding | None:
    if facts["lufs"] >= FAINT:
        return None
    text = _("Rekaman ini sangat pelan (%(lufs)s LUFS); dengungnya ikut terangkat. Rekam lebih dekat ke mikrofon.")
    return Finding("faint", WARN, text % {"lufs": _said(facts["lufs"])})


def _noisy(facts: Facts) -> Finding | None:
    if facts["floor"] <= NOISY or facts["floor"] > facts["lufs"] - PAUSE:
        return None
    text = _("Bagian paling sepi masih berbunyi %(floor)s dBFS. Rekam di ruang yang lebih tenang, kalau bisa.")
    return Finding("noisy", WARN, text % {"floor": _said(facts["floor"])})


def _broken(facts: Facts) -> Finding | None:
    if not facts["dropouts"]:
        return None
    text = _(
        "Suara terputus sesaat di %(times)s. Kalau itu bukan jeda antara lagu dan musik, salin ulang dari sumbernya."
    )
    return Finding("dropouts", WARN, text % {"times": _times(facts["dropouts"])})


def _times(seconds: list[float]) -> str:
    shown = ", ".join(f"{int(at // 60)}.{int(at % 60):02d}" for at in seconds[:5])
    more = len(seconds) - 5
    return shown if more <= 0 else _("%(times)s dan %(more)d tempat lain") % {"times": shown, "more": more}


def _slow_start(facts: Facts) -> Finding | None:
    if facts["lead"] <= LONG_LEAD or _faint(facts):
        return None
    text = _("%(seconds)s detik pertama hening. Potong awalnya, supaya pendengar tidak mengira lagunya rusak.")
    return Finding("lead", WARN, text % {"seconds": _said(facts["lead"])})


def _slow_end(facts: Facts) -> Finding | None:
    if facts["tail"] <= LONG_TAIL or _faint(facts):
        return None
    return Finding("tail", WARN, _("%(seconds)s detik terakhir hening.") % {"seconds": _said(facts["tail"])})


def _said(number: float) -> str:
    return number_format(round(number, 1), 1)


RULES: tuple[Callable[[Facts], Finding | None], ...] = (
    _dead_channel,
    _cancelling,
    _clipped,
    _hot,
    _faint,
    _noisy,
    _broken,
    _slow_start,
    _slow_end,
)
