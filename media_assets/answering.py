"""The office answers what members wrote in the margin: in words, or by taking a suggested wording over."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.office import names, notices, trail
from media_assets import invitations, lyrics, margin, noting, permissions, proceedings, review, submitting, turns
from media_assets.models import LineNote, NoteClosing, Ruling, SenjangPage, Submission
from media_assets.review_state import latest_digest, refusal


def answer(note: LineNote, *, words: str, by: Any) -> NoteClosing:
    """Answer in words; the text stays as it is."""
    text = _("%(who)s menjawab catatan %(member)s pada senjang “%(title)s”: %(words)s")
    return _close(note, NoteClosing.Kind.ANSWERED, words, "jawab catatan", text, by=by)


def decline(note: LineNote, *, words: str, by: Any) -> NoteClosing:
    """A suggested wording is not used, and why."""
    text = _("%(who)s tidak memakai usul %(member)s pada senjang “%(title)s”: %(words)s")
    return _close(note, NoteClosing.Kind.DECLINED, words, "tolak usul", text, by=by)


@transaction.atomic
def _close(note: LineNote, kind: NoteClosing.Kind, words: str, verb: str, text: str, *, by: Any) -> NoteClosing:
    if not permissions.can_answer_notes(by):
        raise PermissionDenied
    if not (words := words.strip()):
        raise ValidationError(_("Tulis jawabannya, supaya yang menulis catatan tahu."))
    if kind == NoteClosing.Kind.DECLINED and note.suggestion is None:
        raise ValidationError(_("Catatan ini tidak mengusulkan kata lain. Jawab saja catatannya."))
    waiting = _waiting(note)
    note = _still_open([note.pk])[0]
    closing = NoteClosing.objects.create(note=note, kind=kind, words=words, officer=by)
    last = waiting or note.submission
    said = {"who": names.of_account(by), "member": note.member, "title": last.title, "words": words}
    trail.record(verb, last.subject, text % said, by=by, submission=last.pk, note=note.pk)
    noting.tell(last, by=by)
    if waiting and waiting.page and latest_digest(waiting.page) == waiting.digest:
        review.conclude(waiting, by=by)  # the answer may have been all that was missing
    return closing


def _waiting(note: LineNote) -> Submission | None:
    """The version that is before the council now, locked as by each verdict."""
    page = note.submission.page_id
    found = Submission.objects.waiting().filter(page=page).first() if page else None
    return proceedings.lock(found, whatever_the_text=True) if found else None


def _still_open(keys: Iterable[int]) -> list[LineNote]:
    """The notes, locked; two of the staff answer one after the other, and the second is told."""
    wanted = set(keys)
    locked = LineNote.objects.filter(pk__in=wanted).select_for_update(of=("self",)).order_by("pk")
    found = {note.pk for note in locked}
    notes = list(LineNote.objects.filter(pk__in=found).open().select_related("submission", "member__person"))
    if not wanted or len(notes) != len(wanted):
        raise ValidationError(_("Catatan ini sudah dijawab atau ditarik. Muat ulang halamannya."))
    return notes


@transaction.atomic
def accept(submission: Submission, *, notes: Iterable[int], by: Any) -> Submission:
    """Take suggested wordings over into one new version and put that before the council; returns it.

    Whoever was invited to the old version is invited to the new one, and what was agreed to parts that stay counts on.
    """
    if not permissions.can_answer_notes(by):
        raise PermissionDenied
    if not (keys := set(notes)):
        raise ValidationError(_("Tandai dulu usul yang diterima."))
    submission = proceedings.lock(submission)
    chosen = _still_open(keys)
    draft = _reworded(submission, chosen)
    if sentence := refusal(draft):
        raise ValidationError(_("Usul ini tidak dapat diterima begitu saja. %(why)s") % {"why": sentence})
    proceedings.rule(submission, Ruling.Verdict.RENEWED)
    notices.finish(proceedings.sheet_key(submission), by=by)
    proceedings.task_of(submission).specific.reject(user=by, comment=_("Diperbarui dengan usul anggota"))
    draft.save_revision(user=by, log_action=True)
    for note in chosen:
        NoteClosing.objects.create(note=note, kind=NoteClosing.Kind.ACCEPTED, officer=by)
    newer = submitting.submit(draft, by=by)
    invitations.carry(submission, newer)
    turns.carry(submission, newer)
    _tell(submission, newer, len(chosen), by)
    review.conclude(newer, by=by)  # who agreed with exactly these changes has agreed to this version
    return newer


def _reworded(submission: Submission, notes: list[LineNote]) -> SenjangPage:
    """The text under review with the suggested words in their lines, not saved yet."""
    lines = margin.places(submission)
    changes: dict[str, lyrics.Wording] = {}
    for note in notes:
        named = {"line": note.text, "member": note.member}
        if note.suggestion is None or note.submission.page_id != submission.page_id or not margin.fits(note, lines):
            raise ValidationError(
                _("Usul %(member)s untuk “%(line)s” tidak cocok lagi: barisnya sudah berubah, pindah atau dihapus.")
                % named
            )
        if note.uid in changes:
            raise ValidationError(_("Ada dua usul untuk baris “%(line)s”. Pilih satu saja.") % named)
        changes[note.uid] = note.suggestion
    draft = SenjangPage.objects.get(pk=submission.page_id).get_latest_revision_as_object()
    for part in lyrics.PARTS:
        for block in getattr(draft, part):
            block.value[:] = lyrics.reword(block.value, changes)
    return draft


def _tell(submission: Submission, newer: Submission, count: int, by: Any) -> None:
    words = ngettext(
        "%(who)s menerima %(n)d usul anggota; senjang “%(title)s” menjadi versi baru.",
        "%(who)s menerima %(n)d usul anggota; senjang “%(title)s” menjadi versi baru.",
        count,
    )
    text = words % {"who": names.of_account(by), "n": count, "title": submission.title}
    trail.record("terima usul", submission.subject, text, by=by, submission=submission.pk, newer=newer.pk)
    noting.tell(newer, by=by)
