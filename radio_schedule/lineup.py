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
    """One recording in words ready to show; `objections` empty = fit for air today.

    `is_kept_back`: nothing is lacking; only the council, or a request that it has to answer, keeps it off the air.
    """

    pk: int
    title: str
    label: str
    performers: str
    length: str
    size: str
    loudness: str
    file_name: str
    objections: list[str]
    is_kept_back: bool


def on(day: date) -> tuple[list[Item], list[Item]]:
    """Fit and not fit, each by title. As many queries for a hundred recordings as for one."""
    recordings = (
        Recording.objects.select_related("senjang")
        .prefetch_related("credits__person")
        .order_by("senjang__title", "label", "pk")
    )
    items = [_item(case) for case in fitness.cases(recordings, day)]
    return [item for item in items if not item.objections], [item for item in items if item.objections]


def nothing_to_air(unfit: list[Item]) -> str:
    """Why the list is empty: nothing has been made ready, or what is ready may not be aired today."""
    if any(item.is_kept_back for item in unfit):
        return _(
            "Hari ini tidak ada rekaman yang boleh disiarkan: yang sudah siap sedang ditahan atau dibatasi "
            "Lembaga Adat. Begitu boleh, berkasnya muncul di sini."
        )
    return _("Belum ada rekaman yang siap disiarkan hari ini. Begitu kantor menyiapkannya, berkasnya muncul di sini.")


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
        is_kept_back=bool(case.asked(CHANNEL)) and not case.lacking(CHANNEL),
    )


def _own_label(recording: Recording) -> str:
    """What the label says beside the title, which stands before it everywhere: "Lagu Satu (studio)" says "studio"."""
    label, title = recording.label, recording.senjang.title
    if label.casefold().startswith(title.casefold()):
        label = label[len(title) :].strip(" ()-–:,.")
    return label


def _loudness(lufs: float | None) -> str:
    return "" if lufs is None else _("%(lufs)s LUFS") % {"lufs": number_format(round(lufs, 1), 1).replace("-", "−")}
