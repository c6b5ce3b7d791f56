"""The council's approval sheet: the text it approved, line by line, who agreed, and how to check the paper."""

from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import translation
from django.utils.translation import gettext as _

from cms.office import papers
from cms.office.models import Paper
from media_assets import lyrics, permissions, sheet
from media_assets.models import Approval, Decision, Ruling, RulingRecord, SenjangPage, Submission

TEMPLATE = Path(__file__).parent / "typst" / "approval-sheet.typ"


def of(submission: Submission) -> Paper | None:
    """The sheet that was made, withdrawn since or not."""
    ruling = Ruling.objects.filter(submission=submission, verdict=Ruling.Verdict.APPROVED).first()
    return papers.of(Paper.Kind.APPROVAL, ruling) if ruling else None


def may_be_made(submission: Submission) -> bool:
    """Approved, and not taken back since: a paper made afterwards would say what no longer holds."""
    approved = Ruling.objects.filter(submission=submission, verdict=Ruling.Verdict.APPROVED).exists()
    return approved and not submission.withdrawals.exists()


def issue(submission: Submission, *, by: Any) -> Paper:
    """One sheet a ruling: made the first time, the same afterwards."""
    if not permissions.can_enter_paper(by):
        raise PermissionDenied
    if made := of(submission):
        return made
    if not may_be_made(submission):
        raise ValidationError(_("Lembar persetujuan hanya ada untuk senjang yang disetujui dan belum dicabut."))
    with translation.override("id"):
        data = _words(submission)
    return papers.issue(
        Paper.Kind.APPROVAL,
        submission.ruling,
        data,
        TEMPLATE,
        by=by,
        told_of=submission.subject,
        submission=submission.pk,
    )


def standing(paper: Paper) -> papers.Standing:
    """What the check page says today of a ruling's papers; why an approval was taken back it does not tell."""
    ruling = Ruling.objects.get(pk=paper.subject_id)
    if ruling.verdict != Ruling.Verdict.APPROVED:
        return papers.Standing(True, _("Sidang ini berakhir tanpa persetujuan atas teksnya."))
    withdrawal = ruling.submission.withdrawals.order_by("at").first()
    if withdrawal:
        return papers.Standing(False, _("Persetujuan Lembaga Adat atas teks ini sudah dicabut."), withdrawal.at)
    if not Approval.objects.filter(pk=ruling.submission.digest).exists():
        return papers.Standing(False, _("Persetujuan Lembaga Adat atas teks ini tidak berlaku lagi."))
    return papers.Standing(True, _("Persetujuan Lembaga Adat atas teks ini masih berlaku."))


def _words(submission: Submission) -> dict[str, Any]:
    moment, record = submission.ruling.at, submission.ruling.record
    short = lyrics.short(submission.digest)
    return {
        "title": _("Senjang “%(title)s”") % {"title": submission.title},
        "digest_short": short,
        "language": lyrics.language_tag(submission.language),
        "facts": [
            (_("Judul"), submission.title),
            (_("Bahasa"), str(SenjangPage.Language(submission.language).label)),
            (_("Diajukan"), papers.long_day(submission.submitted_at)),
            (_("Disetujui"), papers.long_day(moment)),
            (_("Sidik teks"), papers.spaced(short)),
        ],
        "members": _agreeing(record),
        "votes": votes(record),
        "parts": sheet.printed(submission),
        "words": _labels(record),
    }


def _agreeing(record: RulingRecord) -> list[dict[str, str]]:
    """The members whose agreement counted, the chair first, then by name."""
    voices = {voice["member"] for voice in record.agreeing()}
    return [
        {"name": seat["name"], "position": seat["position"]}
        for seat in sorted(record.seats, key=lambda seat: (not seat["chair"], seat["name"]))
        if seat["member"] in voices
    ]


def votes(record: RulingRecord) -> dict[str, Any]:
    """How many agreed to each part, question by question, when the council ruled."""
    return {
        "questions": [str(Decision.Question(question).label).capitalize() for question in record.asked],
        "rows": [
            [str(part.label), *(str(record.reached(part.value, question)) for question in record.asked)]
            for part in Decision.Part
        ],
    }


def _labels(record: RulingRecord) -> dict[str, str]:
    needed = record.needed[Decision.Question.ADAT]
    quotes_facts = Decision.Question.FACTS in record.needed
    return {
        "number": _("Nomor"),
        "statement": _("Lembaga Adat menyetujui lirik senjang ini, kata demi kata seperti tertulis di bawah."),
        "members": _("Yang menyetujui"),
        "name": _("Nama"),
        "position": _("Kedudukan"),
        "quorum": _("Suara setuju"),
        "part": _("Bagian"),
        "rule": _("Aturan sidang: sedikitnya %(n)d suara anggota untuk tiap bagian; ketua sendirian tidak cukup.")
        % {"n": needed},
        "facts_by": _("Fakta layanan diperiksa petugas kantor.") if quotes_facts else "",
        "text": _("Teks yang disetujui"),
        "line": _("No."),
        "lyric": _("Lirik"),
        "gloss": _("Arti"),
        "signed": _("Tanda tangan"),
        "seen": _("Mengetahui"),
    }
