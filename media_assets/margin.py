"""What stands in the margin of a text: which notes belong beside which line, and the words a member would have."""

from collections.abc import Iterator
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import ngettext

from media_assets import lyrics
from media_assets.models import CouncilMember, LineNote, Submission


class Mark(NamedTuple):
    """A note as it is shown: `reworded` when its line no longer reads as it did, `fits` when it can be accepted."""

    note: LineNote
    reworded: bool
    fits: bool
    own: bool


class Margin(NamedTuple):
    """`beside` by the line's uid; `lost` are notes on lines that are gone; `open` counts those nobody has answered."""

    beside: dict[str, list[Mark]]
    lost: list[Mark]
    open: int

    @property
    def own(self) -> list[Mark]:
        return [mark for marks in self.beside.values() for mark in marks if mark.own]

    @property
    def waits(self) -> str:
        return waits(self.open)


def of(submission: Submission, member: CouncilMember | None = None) -> Margin:
    """All notes on this senjang up to this version, in one query; a member whose seat has ended reads none."""
    lines, beside, lost = places(submission), dict[str, list[Mark]](), list[Mark]()
    notes = list(LineNote.objects.on(submission).with_story())
    gone = member is not None and not member.is_serving(timezone.localdate())
    for note in [] if gone else notes:
        line = lines.get(note.uid)
        reworded = line is not None and lyrics.wording(line[1]) != note.shown
        own = member is not None and note.member_id == member.pk
        mark = Mark(note, reworded, note.suggestion is not None and fits(note, lines), own)
        (lost if line is None else beside.setdefault(note.uid, [])).append(mark)
    return Margin(beside, lost, sum(note.is_open for note in notes))


def waits(count: int) -> str:
    """ "" when nothing is open."""
    if not count:
        return ""
    words = ngettext("Menunggu jawaban staf atas %(n)d catatan.", "Menunggu jawaban staf atas %(n)d catatan.", count)
    return words % {"n": count}


def places(submission: Submission) -> dict[str, tuple[str, lyrics.Line]]:
    """Each line's part and the line, by its uid."""
    return {line["uid"]: (part, line) for part, line in _lines(submission)}


def _lines(submission: Submission) -> Iterator[tuple[str, lyrics.Line]]:
    for part in lyrics.PARTS:
        for stanza in submission.text[part]:
            for line in stanza:
                yield part, line


def fits(note: LineNote, lines: dict[str, tuple[str, lyrics.Line]]) -> bool:
    """Whether the line still stands in its part and reads as it did when the note was written."""
    part, line = lines.get(note.uid, ("", None))
    return line is not None and part == note.part and lyrics.wording(line) == note.shown


def stands(note: LineNote, lines: dict[str, tuple[str, lyrics.Line]]) -> bool:
    """Whether the text has the line as it was shown to the note's writer, or as they would have it."""
    return note.uid in lines and lyrics.wording(lines[note.uid][1]) in (note.shown, note.suggestion)


def wishes(submission: Submission, member: CouncilMember) -> list[LineNote]:
    """The member's open suggestions that could be accepted as this text stands."""
    lines = places(submission)
    mine = LineNote.objects.on(submission).open().suggesting().filter(member=member)
    return [note for note in mine if fits(note, lines)]


def wished_digests(submission: Submission, wished: list[LineNote]) -> dict[str, str]:
    """By part, for the parts that the wishes touch: the digest with exactly these wordings in place."""
    changes = {note.uid: note.suggestion for note in wished if note.suggestion}
    text = {part: [lyrics.reword(stanza, changes) for stanza in submission.text[part]] for part in lyrics.PARTS}
    digests = lyrics.part_digests(submission.title, text)
    return {part: digests[part] for part in lyrics.PARTS if any(note.part == part for note in wished)}
