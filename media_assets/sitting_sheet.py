"""The review sheet of a sitting: the text to read aloud, boxes to tick for each member, a code that leads back."""

from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cms.office import papers
from cms.office.models import Paper
from media_assets import lyrics, permissions, review_state, sheet, turns
from media_assets.models import Decision, Ruling, SenjangPage, Sitting, Submission
from media_assets.paper_answers import Mark

TEMPLATE = Path(__file__).parent / "typst" / "sitting-sheet.typ"


def of(submission: Submission) -> Paper | None:
    return papers.of(Paper.Kind.SITTING, submission)


def issue(submission: Submission, *, by: Any) -> Paper:
    """One sheet a submission, so that its code stands for these very words; copies are printed from it."""
    if not permissions.can_enter_paper(by):
        raise PermissionDenied
    if made := of(submission):
        return made
    if not Submission.objects.waiting().filter(pk=submission.pk).exists():
        raise ValidationError(_("Pengajuan ini sudah selesai, jadi tidak perlu lembar sidang lagi."))
    members = review_state.eligible(submission)
    if not members:
        raise ValidationError(_("Belum ada anggota yang dapat memutuskan senjang ini."))
    with translation.override("id"):
        data = _words(submission) | {
            "members": [{"name": str(member), "position": member.position} for member in members]
        }
    return papers.issue(
        Paper.Kind.SITTING, submission, data, TEMPLATE, by=by, told_of=submission.subject, submission=submission.pk
    )


def standing(paper: Paper) -> papers.Standing:
    """What the check page says of a sheet; how the sitting ended it leaves to the papers made afterwards."""
    submission = Submission.objects.get(pk=paper.subject_id)
    ruling = Ruling.objects.filter(submission=submission).first()
    if ruling:
        return papers.Standing(False, _ended(submission, ruling), ruling.at)
    if newer_than(submission) or not Submission.objects.waiting().filter(pk=submission.pk).exists():
        return papers.Standing(False, _("Lembar ini untuk versi yang tidak lagi ditunggu putusannya."))
    return papers.Standing(True, _("Teks di lembar ini masih menunggu putusan Lembaga Adat."))


def _ended(submission: Submission, ruling: Ruling) -> str:
    """A text that was recalled or replaced ended without a verdict, and as a rule without a sitting."""
    if ruling.verdict not in (Ruling.Verdict.RECALLED, Ruling.Verdict.RENEWED):
        return _("Teks di lembar ini sudah diputuskan.")
    if Sitting.objects.filter(sheet__submission=submission).exists():
        return _("Teks di lembar ini tidak jadi diputuskan.")
    if newer_than(submission):
        return _("Versi yang lebih baru menggantikan teks di lembar ini. Tidak ada sidang atas lembar ini.")
    return _("Kantor menarik kembali teks di lembar ini. Tidak ada sidang atas lembar ini.")


def door(paper: Paper, user: Any) -> str:
    """Where the sheet's code leads whoever may record what was ticked on it; "" for everybody else."""
    return reverse("submissions:enter_paper", args=[paper.subject_id]) if permissions.can_enter_paper(user) else ""


def newer_than(submission: Submission) -> Submission | None:
    """The newest submission of the same senjang, where this is not it."""
    later = Submission.objects.filter(page=submission.page_id, pk__gt=submission.pk)
    return later.order_by("-pk").first() if submission.page_id else None


def _words(submission: Submission) -> dict[str, Any]:
    return {
        "title": _("Senjang “%(title)s”") % {"title": submission.title},
        "digest_short": lyrics.short(submission.digest),
        "language": lyrics.language_tag(submission.language),
        "facts": [fact for fact in _facts(submission) if fact[1]],
        "parts": sheet.printed(submission),
        "questions": [str(question.label).capitalize() for question in Decision.OF_MEMBERS],
        "words": _labels(submission),
    }


def _facts(submission: Submission) -> list[tuple[str, str]]:
    """What the text is, each with its name; "" where there is nothing to say."""
    version = Submission.objects.filter(page=submission.page_id, pk__lte=submission.pk).count()
    submitted = papers.long_day(submission.submitted_at)
    authors = [str(person) for _role, person in sheet.about(submission)["credits"]]
    return [
        (_("Judul"), submission.title),
        (_("Penulis"), ", ".join(authors)),
        (_("Bahasa"), str(SenjangPage.Language(submission.language).label)),
        (_("Versi"), _("pengajuan ke-%(n)d, %(day)s") % {"n": version, "day": submitted}),
        (_("Diharap selesai"), date_format(turns.due(submission), "l, j F Y")),
        (_("Sidik teks"), papers.spaced(lyrics.short(submission.digest))),
    ]


def _labels(submission: Submission) -> dict[str, str]:
    needed = review_state.votes_needed(submission)[Decision.Question.ADAT]
    return {
        "number": _("Nomor"),
        "how": _(
            "Bacalah teksnya, lalu centang satu putusan pada kotak tiap anggota dan tanda tangani. Selain setuju, "
            "tulislah alasannya. Sesudah sidang, petugas memindai kode di atas dan mencatat isi lembar ini."
        ),
        "held_on": _("Hari dan tanggal sidang"),
        "place": _("Tempat"),
        "text": _("Teks yang dibaca"),
        "line": _("No."),
        "lyric": _("Lirik dan artinya"),
        "notes": _("Catatan"),
        "verdicts": _("Putusan anggota"),
        "rule": _("Tiap bagian perlu sedikitnya %(n)d suara setuju; ketua sendirian tidak cukup.") % {"n": needed},
        "whole": str(Mark.WHOLE.label),
        "partly": _("Setuju sebagian, yaitu yang dicentang:"),
        "part": _("Bagian"),
        "send_back": _("Minta perbaikan, bagian:"),
        "not_public": str(Mark.NOT_PUBLIC.label),
        "left": str(Mark.LEFT.label),
        "absent": str(Mark.ABSENT.label),
        "reason": _("Alasan"),
        "signed": _("Tanda tangan"),
        "other": _("Anggota lain"),
        "name": _("Nama"),
        "remarks": _("Catatan sidang"),
    }
