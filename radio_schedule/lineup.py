"""What the station may air today, and what not and why."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.formats import number_format
from django.utils.text import slugify
from django.utils.translation import gettext as _

from cms.office import measures
from media_assets import fitness
from media_assets.models import Recording, Rendition
from radio_schedule import permissions

CHANNEL = "radio"
WORD_LENGTH = 60


@dataclass(frozen=True)
class Item:
    """One recording in words ready to show; `objections` empty = fit for air today."""

    pk: int
    title: str
    label: str
    performers: str
    length: str
    size: str
    loudness: str
    file_name: str
    objections: list[str]


def on(day: date) -> tuple[list[Item], list[Item]]:
    """Fit and not fit, each by title. As many queries for a hundred recordings as for one."""
    recordings = (
        Recording.objects.select_related("senjang")
        .prefetch_related("credits__person")
        .order_by("senjang__title", "label", "pk")
    )
    items = [_item(case) for case in fitness.cases(recordings, day)]
    return [item for item in items if not item.objections], [item for item in items if item.objections]


def file_for(recording: Recording, day: date, *, by: object) -> Rendition:
    """The file to air; refused with every reason where it may not be aired today."""
    if not permissions.can_download(by):
        raise PermissionDenied
    case = fitness.Case(recording, day)
    if reasons := case.objections(CHANNEL):
        raise ValidationError(reasons)
    return case.files[fitness.FILE_OF[CHANNEL]]


def file_name(recording: Recording) -> str:
    """ASCII, since playout systems of many ages read it; the number keeps two of a name apart."""
    words = slugify(f"{recording.senjang.title} {_own_label(recording)}")[:WORD_LENGTH].strip("-")
    return "-".join(part for part in (words, str(recording.pk)) if part) + ".wav"


def _item(case: fitness.Case) -> Item:
    recording = case.recording
    file = case.files.get(fitness.FILE_OF[CHANNEL])
    return Item(
        pk=recording.pk,
        title=recording.words.get("title") or recording.senjang.title,
        label=_own_label(recording),
        performers=", ".join(credit.person.name for credit in recording.credits.all()),
        length=measures.length(round(file.duration)) if file else "",
        size=measures.size(file.size) if file else "",
        loudness=_loudness(file.lufs) if file else "",
        file_name=file_name(recording),
        objections=case.objections(CHANNEL),
    )


def _own_label(recording: Recording) -> str:
    """What the label says beside the title, which stands before it everywhere: "Lagu Satu (studio)" says "studio"."""
    label, title = recording.label, recording.senjang.title
    if label.casefold().startswith(title.casefold()):
        label = label[len(title) :].strip(" ()-–:,.")
    return label


def _loudness(lufs: float | None) -> str:
    return "" if lufs is None else _("%(lufs)s LUFS") % {"lufs": number_format(round(lufs, 1), 1).replace("-", "−")}
