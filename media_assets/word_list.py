"""The word list grows from reviews: a member proposes what a word means, staff publish it, visitors read it on tap."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files import File
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.office import notices, trail
from cms.office.models import Role
from media_assets import glossing, lyrics, permissions, word_sound
from media_assets.models import CouncilMember, Submission, Word

NOTICE = "kosakata"
VERBS = {
    Word.State.PROPOSED: "simpan kata",
    Word.State.PUBLISHED: "terbitkan kata",
    Word.State.DECLINED: "tolak kata",
}


@transaction.atomic
def propose(
    submission: Submission,
    *,
    member: CouncilMember,
    part: str,
    term: str,
    meaning: str,
    by: Any = None,
    through: str = "",
) -> Word:
    """A member says what a word of this part means; staff decide whether visitors read it."""
    if not permissions.can_propose_word(member, by=by, through=through):
        raise PermissionDenied
    term, meaning = lyrics.tidy(term), lyrics.tidy(meaning)
    _refuse_unfit(term, meaning)
    line = line_with(term, submission.text.get(part, []))
    if not line:
        raise ValidationError({"term": _("Kata itu tidak ada di bagian ini. Tulis seperti dalam liriknya.")})
    word = Word.objects.create(
        term=term, language=submission.language, meaning=meaning, member=member, submission=submission, line=line[:300]
    )
    words = {"member": member, "term": term, "meaning": meaning}
    text = _("%(member)s menjelaskan kata “%(term)s”: %(meaning)s") % words
    trail.record("usul kata", word, text, by=by, through=through)
    notices.tell(Role.COMMUNICATIONS, text, key=NOTICE, url=reverse("words:index"))
    return word


def line_with(term: str, stanzas: list[lyrics.Stanza]) -> str:
    """The first line in which the term stands as whole words, "" where none does."""
    for stanza in stanzas:
        for line in stanza:
            if any(piece.term for piece in glossing.mark(line["text"], {glossing.key(term): term}, set())):
                return line["text"]
    return ""


def _refuse_unfit(term: str, meaning: str) -> None:
    """Tidied text may be longer or emptier than what was typed."""
    if not glossing.words(term):
        raise ValidationError({"term": _("Tulis katanya dengan huruf.")})
    if len(term) > 60:
        raise ValidationError({"term": _("Katanya terlalu panjang: paling banyak 60 huruf.")})
    if not meaning:
        raise ValidationError({"meaning": _("Tulis artinya.")})


def twice() -> str:
    return _("Kata ini sudah terbit dalam kosakata. Ubah yang sudah ada itu.")


def save(word: Word, *, by: Any, sound: File | None = None, silent: bool = False) -> Word:
    """Keep what staff wrote; `sound` is a new upload of how it is said, `silent` takes the old one away."""
    if not permissions.can_keep_words(by):
        raise PermissionDenied
    word.term, word.meaning, word.example = map(lyrics.tidy, (word.term, word.meaning, word.example))
    _refuse_unfit(word.term, word.meaning)
    made = word_sound.make(sound) if sound else None
    word.set_by, word.set_at = by, timezone.now()
    old = word.audio.name if word.audio and (made or silent) else ""
    try:
        with transaction.atomic():
            if made:
                word.audio.save(made.name, ContentFile(made.content), save=False)
            elif silent:
                word.audio = ""
            word.save()
            text = _("Kata “%(term)s” (%(state)s): %(meaning)s")
            words = {"term": word.term, "state": word.get_state_display(), "meaning": word.meaning}
            trail.record(VERBS[Word.State(word.state)], word, text % words, by=by)
            if not Word.objects.proposed().exists():
                notices.finish(NOTICE, by=by)
    except IntegrityError as refused:
        if made and word.audio.name:
            word.audio.storage.delete(word.audio.name)
        raise ValidationError({"term": twice()}) from refused
    if old and old != word.audio.name:
        word.audio.storage.delete(old)
    return word
