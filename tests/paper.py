"""A sitting on paper as its tests need it: members, a printed sheet, a scan, what an officer reads on it."""

from datetime import date
from io import BytesIO

from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image

from cms.office.models import Role
from media_assets import paper_answers, paper_entry, sitting_sheet, submitting
from media_assets.models import CouncilRule, Decision, SheetReading, Sitting
from media_assets.paper_answers import Answer, Mark
from media_assets.paper_entry import Reading
from tests import factories
from tests.test_review import complete

WHOLE, ABSENT = Answer(Mark.WHOLE), Answer(Mark.ABSENT)


def picture(kind="JPEG", size=(60, 80), name="lembar.jpg"):
    out = BytesIO()
    Image.new("RGB", size, "white").save(out, kind)
    return ContentFile(out.getvalue(), name)


def members(user_in, *given, quorum=2):
    """Serving members by name; "Ketua" in a name makes them the chair."""
    CouncilRule.objects.update_or_create(defaults={"quorum": quorum})
    return [
        factories.CouncilMemberFactory(
            person__name=name, person__user=user_in(Role.COUNCIL), is_chair=name.startswith("Ketua")
        )
        for name in given
    ]


def printed(staff, **fields):
    """A submission whose sheet has been made."""
    submission = submitting.submit(complete(**fields), by=staff)
    sitting_sheet.issue(submission, by=staff)
    return submission


def reading(answers, *, held_on: date | None = None, place="Balai adat Sekayu"):
    """`{member: Answer}`, or shorter `{member: (verdict, …)}`."""
    told = {one.pk: said if isinstance(said, Answer) else paper_answers.read(*said) for one, said in answers.items()}
    return Reading(held_on or timezone.localdate(), place, told)


def first(submission, answers, *, by, **fields):
    """The first officer's reading, with the scan; returns the signed sheet."""
    return paper_entry.start(submission, reading(answers, **fields), scan=picture(), replaces=None, by=by).sheet


def again(sheet, answers, *, by, **fields):
    return paper_entry.read(sheet.submission, reading(answers, **fields), sheet=sheet.pk, by=by)


def written():
    """How many readings, sittings and votes there are."""
    return SheetReading.objects.count(), Sitting.objects.count(), Decision.objects.count()
