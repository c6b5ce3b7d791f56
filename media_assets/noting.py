"""A member writes in the margin: a note on a line or another wording for it, and takes it back."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from cms.office import notices, trail
from cms.office.models import Role
from media_assets import lyrics, margin, permissions, proceedings, review
from media_assets.models import CouncilMember, LineNote, NoteClosing, Submission
from media_assets.stanza_block import MAX_LENGTH

LONGEST = 2000


@transaction.atomic
def write(
    submission: Submission,
    *,
    member: CouncilMember,
    uid: str,
    words: str = "",
    suggestion: lyrics.Wording | None = None,
    by: Any = None,
    through: str = "",
) -> LineNote:
    """Note something on a line, suggest its words anew, or both. The same note once more is the note that is there."""
    submission = proceedings.lock(submission)
    permissions.ask_member(submission, member, by, through)
    if (place := margin.places(submission).get(uid)) is None:
        raise ValidationError(_("Baris itu tidak ada dalam teks ini. Kembali ke teksnya, lalu pilih barisnya lagi."))
    shown, words = lyrics.wording(place[1]), "\n".join(lyrics.tidy_lines(words))
    new = _changed(shown, suggestion)
    _check(words, new)
    mine = LineNote.objects.on(submission).open().filter(member=member, uid=uid)
    for note in mine:
        if (note.words, note.suggestion, note.shown) == (words, new, shown):
            return note  # a second tap, or sent once more on a bad line
    for note in mine.suggesting() if new else []:
        NoteClosing.objects.create(note=note, kind=NoteClosing.Kind.TAKEN_BACK, words=_("Diganti usul yang baru."))
    note = _keep(submission, member, uid, place[0], shown, words, new)
    said = {"member": member, "title": submission.title, "line": shown.text}
    text = _("%(member)s menulis catatan pada baris “%(line)s” dalam senjang “%(title)s”.") % said
    trail.record("catat", submission.subject, text, by=by, through=through, submission=submission.pk, note=note.pk)
    tell(submission, by=by)
    return note


def _changed(shown: lyrics.Wording, wanted: lyrics.Wording | None) -> lyrics.Wording | None:
    """The wording as it would be, where that differs; what is left empty stays as it is."""
    tidied = lyrics.Wording(*(lyrics.tidy(one) for one in wanted)) if wanted else shown
    whole = lyrics.Wording(*(new or old for new, old in zip(tidied, shown, strict=True)))
    return whole if whole != shown else None


def _check(words: str, new: lyrics.Wording | None) -> None:
    if not words and new is None:
        raise ValidationError({"words": _("Tulis catatannya, atau ubah kata-kata barisnya.")})
    if len(words) > LONGEST:
        raise ValidationError({"words": _("Catatan paling panjang %(n)d huruf.") % {"n": LONGEST}})
    if new and max(map(len, new)) > MAX_LENGTH:
        raise ValidationError({"new_text": _("Satu baris paling panjang %(n)d huruf.") % {"n": MAX_LENGTH}})


def _keep(
    submission: Submission,
    member: CouncilMember,
    uid: str,
    part: str,
    shown: lyrics.Wording,
    words: str,
    new: lyrics.Wording | None,
) -> LineNote:
    now = new or lyrics.Wording("")
    return LineNote.objects.create(
        submission=submission,
        member=member,
        part=part,
        uid=uid,
        words=words,
        **shown._asdict(),
        **{f"new_{name}": value for name, value in now._asdict().items()},
    )


@transaction.atomic
def take_back(
    note: LineNote, *, submission: Submission, member: CouncilMember, by: Any = None, through: str = ""
) -> NoteClosing:
    """Whoever wrote it takes it back; `submission` is the version before them, on which nothing may wait for it now."""
    submission = proceedings.lock(submission)
    permissions.ask_member(submission, member, by, through)
    note = LineNote.objects.on(submission).select_for_update(of=("self",)).get(pk=note.pk)
    if note.member_id != member.pk:
        raise PermissionDenied(_("Catatan ini bukan milik Anda."))
    if not note.is_open:
        raise ValidationError(_("Catatan ini sudah dijawab atau ditarik."))
    closing = NoteClosing.objects.create(note=note, kind=NoteClosing.Kind.TAKEN_BACK)
    said = {"member": member, "title": submission.title, "line": note.text}
    text = _("%(member)s menarik catatannya pada baris “%(line)s” dalam senjang “%(title)s”.") % said
    trail.record("tarik catatan", submission.subject, text, by=by, through=through, submission=submission.pk)
    tell(submission, by=by)
    review.conclude(submission, by=by)
    return closing


def tell(submission: Submission, *, by: Any = None) -> None:
    """One open notice a senjang, however many notes; none once all are answered."""
    count, key = LineNote.objects.on(submission).open().count(), f"catatan-{proceedings.key(submission)}"
    if not count:
        notices.finish(key, by=by)
        return
    words = {"n": count, "title": submission.title}
    text = _("Senjang “%(title)s”: %(n)d catatan anggota Lembaga Adat menunggu jawaban.") % words
    notices.tell(Role.COMMUNICATIONS, text, key=key, url=reverse("submissions:inspect", args=[submission.pk]))
