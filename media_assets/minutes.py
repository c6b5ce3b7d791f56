"""The minutes of a ruling (berita acara): day and place, who was heard through what, verdicts, votes and result."""

from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from cms.office import names, numerals, papers
from cms.office.models import Paper
from media_assets import lyrics, margin, permissions
from media_assets.models import Decision, LineNote, Ruling, RulingRecord, SenjangPage, Sitting, Submission
from media_assets.paper_answers import Mark
from media_assets.ruling_record import Aside

RULED = (Ruling.Verdict.APPROVED, Ruling.Verdict.SENT_BACK, Ruling.Verdict.NOT_PUBLIC)
TEMPLATE = Path(__file__).parent / "typst" / "minutes.typ"


def of(submission: Submission) -> Paper | None:
    ruling = _ruling(submission)
    return papers.of(Paper.Kind.MINUTES, ruling) if ruling else None


def may_be_made(submission: Submission) -> bool:
    """Where the council or the office's check of facts ended it; what staff took back nobody ruled on."""
    ruling = _ruling(submission)
    return ruling is not None and ruling.verdict in RULED


def issue(submission: Submission, *, by: Any) -> Paper:
    """One paper a ruling: made the first time, the same afterwards."""
    if not permissions.can_enter_paper(by):
        raise PermissionDenied
    if made := of(submission):
        return made
    if not may_be_made(submission):
        raise ValidationError(_("Berita acara hanya ada untuk pengajuan yang sudah diputuskan."))
    with translation.override("id"):
        data = _words(submission)
    return papers.issue(
        Paper.Kind.MINUTES,
        submission.ruling,
        data,
        TEMPLATE,
        by=by,
        told_of=submission.subject,
        submission=submission.pk,
    )


def _ruling(submission: Submission) -> Ruling | None:
    return Ruling.objects.filter(submission=submission).first()


def _words(submission: Submission) -> dict[str, Any]:
    ruling, record = submission.ruling, submission.ruling.record
    sittings = list(
        Sitting.objects.filter(sheet__submission=submission).select_related("first_by", "second_by").order_by("at")
    )
    heard, absent = _heard(record), _absent(record, sittings)
    return {
        "title": _("Senjang “%(title)s”") % {"title": submission.title},
        "digest_short": lyrics.short(submission.digest),
        "facts": _facts(submission, sittings),
        "statement": _statement(submission, sittings),
        "present": heard,
        "silent": [seat["name"] for seat in _silent(record) if seat not in absent],
        "aside": [
            (seat["name"], str(Aside(seat["aside"]).label), seat["reason"]) for seat in record.seats if seat["aside"]
        ]
        + [(seat["name"], _("tidak hadir di sidang"), "") for seat in absent],
        "questions": [str(Decision.Question(question).label).capitalize() for question in record.asked],
        "votes": _votes(record),
        "verdicts": _verdicts(record),
        "reasons": _reasons(record) + _notes(submission),
        "result": _result(ruling, record),
        "signing": [{"name": name, "position": position} for name, position, _way in heard],
        "recorders": _recorders(sittings),
        "words": _labels(record),
    }


def _facts(submission: Submission, sittings: list[Sitting]) -> list[tuple[str, str]]:
    ruling = submission.ruling
    return [
        (_("Judul"), submission.title),
        (_("Bahasa"), str(SenjangPage.Language(submission.language).label)),
        (_("Diajukan"), papers.long_day(submission.submitted_at)),
        (_("Diputuskan"), papers.long_day(ruling.at)),
        *[(_("Sidang"), f"{date_format(one.held_on, 'l, j F Y')}, {one.place}") for one in sittings],
        (_("Hasil"), capfirst(str(ruling.get_verdict_display()))),
        (_("Sidik teks"), papers.spaced(lyrics.short(submission.digest))),
    ]


def _statement(submission: Submission, sittings: list[Sitting]) -> str:
    """Day in words and in figures, as minutes begin."""
    day = sittings[-1].held_on if sittings else timezone.localdate(submission.ruling.at)
    words = {
        "weekday": date_format(day, "l"),
        "day": numerals.spell(day.day),
        "month": date_format(day, "F"),
        "year": numerals.spell(day.year),
        "figures": day.strftime("%d-%m-%Y"),
        "title": submission.title,
        "place": sittings[-1].place if sittings else "",
    }
    if sittings:
        return (
            _(
                "Pada hari ini, %(weekday)s, tanggal %(day)s bulan %(month)s tahun %(year)s (%(figures)s), bertempat "
                "di %(place)s, Lembaga Adat bersidang atas senjang “%(title)s”."
            )
            % words
        )
    return (
        _(
            "Pada hari ini, %(weekday)s, tanggal %(day)s bulan %(month)s tahun %(year)s (%(figures)s), Lembaga Adat "
            "memutuskan senjang “%(title)s” tanpa duduk bersama: setiap anggota memberi putusannya sendiri-sendiri."
        )
        % words
    )


def _said(record: RulingRecord, seat: dict[str, Any]) -> list[dict[str, Any]]:
    return [voice for voice in record.voices if voice["member"] == seat["member"]]


def _heard(record: RulingRecord) -> list[tuple[str, str, str]]:
    """(name, position, through what) of every member whose voice was there."""
    rows = []
    for seat in sorted(record.seats, key=lambda seat: (not seat["chair"], seat["name"])):
        said = [] if seat["aside"] else _said(record, seat)
        ways = sorted({str(Decision.Way(voice["way"]).label) for voice in said if voice["way"]})
        if said:
            rows.append((seat["name"], seat["position"], ", ".join(ways) or "–"))
    return rows


def _silent(record: RulingRecord) -> list[dict[str, Any]]:
    """The seats of those who might have ruled, and of whom nothing was heard."""
    return [seat for seat in record.seats if not seat["aside"] and not _said(record, seat)]


def _absent(record: RulingRecord, sittings: list[Sitting]) -> list[dict[str, Any]]:
    """Of these, whom both officers read as absent on the sheet; the sheet has no room for why."""
    marked = {int(pk) for one in sittings for pk, said in one.answers.items() if said["verdict"] == Mark.ABSENT}
    return [seat for seat in _silent(record) if seat["member"] in marked]


def _votes(record: RulingRecord) -> list[list[str]]:
    """Part by part, question by question: votes reached of those needed."""
    return [
        [str(part.label), *(_of(record.reached(part.value, question), votes) for question, votes in needed)]
        for needed in [[(question, record.needed[question]) for question in record.asked]]
        for part in Decision.Part
    ]


def _of(reached: int, needed: int) -> str:
    return _("%(reached)d (perlu %(needed)d)") % {"reached": reached, "needed": needed}


def _verdicts(record: RulingRecord) -> list[list[str]]:
    """A row a voice and part: name, part, the verdict on each question."""
    rows: dict[tuple[str, tuple[int, int], str], dict[str, str]] = {}
    for voice in _counted(record):
        said = rows.setdefault((voice["name"], _who(voice), voice["part"]), {})
        said[voice["question"]] = str(Decision.Verdict(voice["verdict"]).label)
    parts = list(Decision.Part.values)
    return [
        [row[0], str(Decision.Part(row[2]).label), *(rows[row].get(question, "–") for question in record.asked)]
        for row in sorted(rows, key=lambda row: (*row[:2], parts.index(row[2])))
    ]


def _who(voice: dict[str, Any]) -> tuple[int, int]:
    """Tells two of one name apart, members and officers; older records do not say which officer it was."""
    return voice["member"] or 0, voice.get("officer") or 0


def _counted(record: RulingRecord) -> list[dict[str, Any]]:
    """The voices of those who did not step aside afterwards."""
    aside = {seat["member"] for seat in record.seats if seat["aside"]}
    return [voice for voice in record.voices if voice["member"] not in aside]


def _reasons(record: RulingRecord) -> list[str]:
    """Each reason once, with whose it is and the parts it is about."""
    parts: dict[tuple[tuple[int, int], str, str], list[str]] = {}
    for voice in _counted(record):
        if voice["reason"]:
            named = parts.setdefault((_who(voice), voice["name"], voice["reason"]), [])
            named += [part for part in [voice["part"]] if part not in named]
    return [f"{name} ({', '.join(named)}): {reason}" for (_who_said, name, reason), named in parts.items()]


def _notes(submission: Submission) -> list[str]:
    """What members wrote beside lines that stand in this very text, and how it had been answered by then.

    Also what was written on an earlier version: a line stands as its writer read it, or as they wished it to be.
    """
    lines, until = margin.places(submission), submission.ruling.at
    number = {uid: no for no, uid in enumerate(lines, 1)}
    found = LineNote.objects.on(submission).filter(at__lte=until).with_story()
    return [_note(note, number[note.uid], until) for note in found if margin.stands(note, lines)]


def _note(note: LineNote, number: int, until: datetime) -> str:
    told = [note.words, _("usul: “%(words)s”") % {"words": note.new_text} if note.new_text else ""]
    closing = None if note.is_open else note.closing
    if closing and closing.at <= until:
        told.append(f"{closing.get_kind_display()} {closing.voice}{': ' if closing.words else ''}{closing.words}")
    words = {"number": number, "member": note.member, "told": "; ".join(one for one in told if one)}
    return _("Baris %(number)d, %(member)s: %(told)s") % words


def _result(ruling: Ruling, record: RulingRecord) -> str:
    if ruling.verdict == Ruling.Verdict.APPROVED:
        return _("Lembaga Adat menyetujui lirik senjang ini, kata demi kata, dengan sidik teks seperti di atas.")
    if ruling.verdict == Ruling.Verdict.NOT_PUBLIC:
        return _("Lembaga Adat memutuskan bahwa kata-kata senjang ini tidak untuk umum.")
    if any(voice["member"] is None and voice["verdict"] == Decision.Verdict.SEND_BACK for voice in record.voices):
        return _("Kantor mengembalikan senjang ini kepada penulisnya, karena ada fakta layanan yang keliru.")
    return _("Lembaga Adat mengembalikan senjang ini kepada penulisnya untuk diperbaiki.")


def _recorders(sittings: list[Sitting]) -> list[dict[str, str]]:
    if not sittings:
        return []
    last = sittings[-1]
    return [
        {"name": names.of_account(one), "position": _("Petugas pencatat")} for one in (last.first_by, last.second_by)
    ]


def _labels(record: RulingRecord) -> dict[str, str]:
    needed = record.needed[Decision.Question.ADAT]
    rule = _("Aturan sidang: sedikitnya %(n)d suara anggota untuk tiap bagian; ketua sendirian tidak cukup.")
    rebuilt = _("Disusun kemudian dari putusan yang tersimpan; suara yang perlu menurut aturan yang sekarang.")
    return {
        "number": _("Nomor"),
        "present": _("Yang memberi putusan"),
        "nobody": _("Tidak ada anggota yang memberi putusan."),
        "name": _("Nama"),
        "position": _("Kedudukan"),
        "way": _("Lewat"),
        "silent": _("Tidak memberi putusan"),
        "aside": _("Yang tidak ikut memutuskan"),
        "why": _("Sebab"),
        "reason": _("Alasan"),
        "votes": _("Suara setuju yang tercapai dan yang perlu"),
        "rule": (rebuilt + " " if record.rebuilt else "") + rule % {"n": needed},
        "part": _("Bagian"),
        "verdicts": _("Putusan menurut bagian dan pertanyaan"),
        "reasons": _("Alasan dan catatan"),
        "no_reasons": _("Tidak ada alasan atau catatan tertulis."),
        "result": _("Hasil"),
        "signed": _("Tanda tangan"),
        "seen": _("Mengetahui"),
    }
