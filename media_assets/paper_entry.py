"""What a signed sheet says, read by two officers who do not see each other's reading; alike, it becomes verdicts."""

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files import File
from django.db import transaction
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from cms.office import names, notices, scans, trail
from cms.office.models import Notice, Role
from media_assets import paper_answers, paper_verdicts, permissions, proceedings
from media_assets.models import CouncilMember, SheetReading, SignedSheet, Sitting, Submission
from media_assets.models.sittings import FOLDER
from media_assets.paper_answers import Answer


class Reading(NamedTuple):
    held_on: date
    place: str
    answers: dict[int, Answer]  # by member


def start(submission: Submission, reading: Reading, *, scan: File, replaces: int | None, by: Any) -> SheetReading:
    """The first officer keeps the scan and says what it shows; `replaces` is the scan that is given up for this one."""
    if not permissions.can_enter_paper(by):
        raise PermissionDenied
    with scans.kept(scan, FOLDER, SignedSheet.objects.all()) as facts, transaction.atomic():
        submission = proceedings.lock(submission)
        before = SignedSheet.objects.open_for(submission)
        if (before.pk if before else None) != replaces:
            raise ValidationError(_("Petugas lain baru saja mengunggah pindaian. Bacalah pindaian itu, lalu catat."))
        sheet = SignedSheet.objects.create(submission=submission, by=by, **facts)
        return _read(submission, sheet, reading, by)


@transaction.atomic
def read(submission: Submission, reading: Reading, *, sheet: int, by: Any) -> SheetReading:
    """Another officer, or the same once more, says what the scan shows."""
    if not permissions.can_enter_paper(by):
        raise PermissionDenied
    submission = proceedings.lock(submission)
    current = SignedSheet.objects.open_for(submission)
    if current is None or current.pk != sheet:
        raise ValidationError(
            _("Lembar ini sudah selesai dicatat, atau pindaiannya diganti. Lihat keadaannya di sini.")
        )
    return _read(submission, current, reading, by)


def differing(sheet: SignedSheet, officer: Any) -> list[tuple[int, str]]:
    """(member or 0, field) wherever this officer's newest reading is not like another's; never what the other read."""
    newest = sheet.readings.latest_of_each()
    own = next((one for one in newest if one.officer_id == officer.pk), None)
    others = [one for one in newest if one.officer_id != officer.pk]
    return sorted({pair for other in others for pair in _differences(own, other)}) if own else []


def told(pairs: Iterable[tuple[int, str]]) -> list[str]:
    """Each difference in words: “Pak Mahmud: putusan”."""
    pairs = list(pairs)
    members = CouncilMember.objects.select_related("person").in_bulk([member for member, _field in pairs if member])
    fields = paper_answers.FIELDS
    return [f"{members[pk]}: {fields[field]}" if pk in members else str(fields[field]) for pk, field in pairs]


def is_involved(user: Any, submission: Submission) -> bool:
    """Had a hand in the text, or sits on the council: may record with somebody who is neither."""
    return permissions.had_a_hand(user, submission) or CouncilMember.objects.filter(person__user=user).exists()


def _read(submission: Submission, sheet: SignedSheet, reading: Reading, by: Any) -> SheetReading:
    """The submission is locked."""
    _refuse_day(submission, reading.held_on)
    paper_verdicts.refuse_wrong(submission, reading.answers)
    others = [one for one in sheet.readings.latest_of_each() if one.officer_id != by.pk]
    if others and is_involved(by, submission) and all(is_involved(one.officer, submission) for one in others):
        raise ValidationError(
            _(
                "Anda dan petugas pertama sama-sama ikut menulis senjang ini atau duduk di Lembaga Adat. "
                "Mintalah petugas lain membaca lembar ini."
            )
        )
    row = SheetReading.objects.create(
        sheet=sheet,
        officer=by,
        held_on=reading.held_on,
        place=" ".join(reading.place.split()),
        answers={str(member): answer.as_json() for member, answer in sorted(reading.answers.items())},
    )
    words = {"who": names.of_account(by), "title": submission.title}
    text = _("%(who)s mencatat bacaannya atas lembar sidang senjang “%(title)s”.") % words
    trail.record("catat lembar sidang", submission.subject, text, by=by, submission=submission.pk, sheet=sheet.pk)
    alike = next((one for one in others if not _differences(one, row) and _is_fair(one, row, submission)), None)
    if alike:
        _settle(submission, alike, row)
    else:
        _ask_on(submission, row, others)
    return row


def _refuse_day(submission: Submission, day: date) -> None:
    first, last = timezone.localdate(submission.submitted_at), timezone.localdate()
    if not first <= day <= last:
        raise ValidationError({"held_on": _("Hari sidang harus antara hari pengajuan dan hari ini.")})


def _differences(one: SheetReading, other: SheetReading) -> list[tuple[int, str]]:
    whole = [(0, "held_on")] * (one.held_on != other.held_on)
    whole += [(0, "place")] * (paper_answers.plain(one.place) != paper_answers.plain(other.place))
    return whole + paper_answers.differences(paper_answers.of_json(one.answers), paper_answers.of_json(other.answers))


def _is_fair(one: SheetReading, other: SheetReading, submission: Submission) -> bool:
    """At least one of two officers had no hand in the text."""
    return not (is_involved(one.officer, submission) and is_involved(other.officer, submission))


def _settle(submission: Submission, first: SheetReading, second: SheetReading) -> None:
    """Two read the same: from here on the sheet counts, in the transaction of the second reading."""
    sitting = Sitting.objects.create(
        sheet=second.sheet,
        held_on=second.held_on,
        place=second.place,
        answers=second.answers,
        first_by=first.officer,
        second_by=second.officer,
    )
    notices.finish(proceedings.sheet_key(submission), by=second.officer)
    number = paper_verdicts.number_of(submission)
    officers = get_text_list([names.of_account(first.officer), names.of_account(second.officer)], _("dan"))
    words = {"who": officers, "number": number, "title": submission.title}
    text = _("%(who)s membaca sama lembar sidang %(number)s senjang “%(title)s”: putusannya dicatat.") % words
    trail.record("sahkan lembar sidang", submission.subject, text, by=second.officer, submission=submission.pk)
    paper_verdicts.give(submission, paper_answers.of_json(sitting.answers))


def _ask_on(submission: Submission, row: SheetReading, others: list[SheetReading]) -> None:
    """Tell the others that somebody must read it as well, or that two readings are not the same."""
    words = {"who": names.of_account(row.officer), "title": submission.title}
    if others:
        text = _("Dua bacaan lembar sidang senjang “%(title)s” berbeda. Kedua petugas diminta mencatat lagi.") % words
        trail.record("beda lembar sidang", submission.subject, text, by=row.officer, submission=submission.pk)
    else:
        text = _("%(who)s mencatat lembar sidang senjang “%(title)s”. Petugas lain diminta membacanya juga.") % words
    address = paper_verdicts.entry_address(submission)
    notices.tell(
        Role.COMMUNICATIONS, text, key=proceedings.sheet_key(submission), url=address, level=Notice.Level.WARNING
    )
