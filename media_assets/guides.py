"""The guide recording: staff choose it, the council hears it beside the text that is under review."""

from typing import Any, NamedTuple

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.office import measures, trail
from media_assets import lyrics, recipes
from media_assets.models import Decision, Guide, Recording, Rendition, SenjangPage, Submission
from media_assets.permissions import can_change_recording

QUALITIES = {"biasa": recipes.WEB, "hemat": recipes.LOW}


class Heard(NamedTuple):
    """The review page's words for it; `files` are quality and size, none while they are being made.

    `differs` names the parts whose words are not those under review.
    """

    label: str
    length: str
    files: list[tuple[str, str]]
    differs: str


@transaction.atomic
def mark(recording: Recording, *, by: Any, council_only: bool = True) -> Guide:
    """Make this the guide of its senjang, in place of another; a door once shut stays shut until `unmark`."""
    if not can_change_recording(by):
        raise PermissionDenied
    SenjangPage.objects.select_for_update(of=("self",)).get(pk=recording.senjang_id)  # two of staff at once: the last
    senjang, shut = recording.senjang, Guide.objects.filter(recording=recording, council_only=True).exists()
    values = {"senjang": senjang, "council_only": council_only or shut, "is_current": True, "set_at": timezone.now()}
    Guide.objects.filter(senjang=senjang).update(is_current=False)
    guide, _made = Guide.objects.update_or_create(recording=recording, defaults=values)
    text = _("“%(label)s” menjadi rekaman panduan senjang %(senjang)s.")
    trail.record("tetapkan panduan", recording, _words(text, recording), by=by, council_only=guide.council_only)
    return guide


@transaction.atomic
def unmark(recording: Recording, *, by: Any) -> None:
    """Let it be a recording like others again."""
    if not can_change_recording(by):
        raise PermissionDenied
    gone, _rows = Guide.objects.filter(recording=recording).delete()
    if gone:
        text = _("“%(label)s” bukan lagi rekaman panduan senjang %(senjang)s.")
        trail.record("lepas panduan", recording, _words(text, recording), by=by)


def _words(text: str, recording: Recording) -> str:
    return text % {"label": recording.label, "senjang": recording.senjang.title}


def of(submission: Submission) -> Guide | None:
    if submission.page_id is None:
        return None
    return Guide.objects.filter(senjang=submission.page_id, is_current=True).select_related("recording").first()


def heard(submission: Submission) -> Heard | None:
    guide = of(submission)
    if guide is None:
        return None
    files, recording = guide.recording.files(), guide.recording
    ready = [(quality, measures.size(files[r].size)) for quality, r in QUALITIES.items() if r in files]
    length = measures.length(round(files[recipes.WEB].duration)) if recipes.WEB in files else ""
    return Heard(recording.label, length, ready, _differences(recording, submission))


def file_of(submission: Submission, quality: str) -> Rendition | None:
    """The file that the page offers under this name."""
    guide = of(submission)
    return guide.recording.files().get(QUALITIES.get(quality, "")) if guide else None


def _differences(recording: Recording, submission: Submission) -> str:
    if recording.digest == submission.digest:
        return ""
    sung = lyrics.part_digests(recording.words["title"], recording.words["parts"])
    labels = [str(Decision.Part(part).label) for part in lyrics.PARTS if sung[part] != submission.part_digests[part]]
    return ", ".join(labels)
