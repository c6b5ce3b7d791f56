"""What an officer types from a signed sheet: day, place, scan, and one block a member, in the sheet's own order."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cms.office import scans
from cms.office.numbers import DIGITS
from media_assets import paper_answers
from media_assets.forms import PARTS
from media_assets.models import CouncilMember, Decision, SheetReading
from media_assets.paper_answers import Answer, Mark
from media_assets.paper_entry import Reading

DAY = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class SittingForm(forms.Form):
    held_on = forms.DateField(label=_("Hari sidang"), widget=DAY, error_messages={"required": _("Isi hari sidangnya.")})
    place = forms.CharField(label=_("Tempat"), max_length=120, error_messages={"required": _("Isi tempat sidangnya.")})
    sheet = forms.IntegerField(required=False, max_value=10**DIGITS, widget=forms.HiddenInput)


class ScanForm(SittingForm):
    """With the scan, for whoever reads it first."""

    scan = forms.FileField(
        label=_("Pindaian atau foto lembar yang sudah ditandatangani"),
        help_text=_("PDF, JPG atau PNG, paling besar 10 MB. Hanya petugas yang dapat membukanya."),
        widget=forms.FileInput(attrs={"accept": scans.ACCEPT}),
        allow_empty_file=True,  # refused where its content is looked at
        max_length=None,
        error_messages={"required": _("Unggah pindaian atau foto lembarnya.")},
    )
    field_order = ["scan", "held_on", "place", "sheet"]


class AnswerForm(forms.Form):
    verdict = forms.ChoiceField(
        choices=Mark.choices,
        widget=forms.RadioSelect,
        label=_("Putusan"),
        error_messages={"required": _("Pilih putusan anggota ini, atau “Tidak hadir”.")},
    )
    ticks = forms.MultipleChoiceField(
        required=False,
        choices=[(tick, tick) for tick in paper_answers.TICKS],
        widget=forms.CheckboxSelectMultiple,
        label=_("Kotak yang dicentang"),
    )
    part = forms.ChoiceField(required=False, choices=PARTS, label=_("Bagian yang perlu diperbaiki"))
    reason = forms.CharField(
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        label=_("Alasan yang tertulis"),
    )

    def __init__(self, data: Any, *, member: CouncilMember, said: str, initial: dict[str, Any]) -> None:
        super().__init__(data, prefix=f"anggota-{member.pk}", initial=initial)
        self.member, self.said = member, said  # `said`: what they decided elsewhere, in words

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "verdict" in cleaned and not self.errors:
            self.answer = paper_answers.read(**cleaned)
        return cleaned

    @property
    def rows(self) -> list[tuple[str, list[tuple[str, str, bool]]]]:
        """The boxes as on the sheet: part by part (value, name, ticked)."""
        chosen = set(self["ticks"].value() or ())
        table: dict[str, list[tuple[str, str, bool]]] = {}
        for part, question in paper_answers.BOXES:
            name = f"{Decision.Part(part).label}, {Decision.Question(question).label}"
            tick = f"{part} {question}"
            table.setdefault(str(Decision.Part(part).label), []).append((tick, name, tick in chosen))
        return list(table.items())


class EntryForms:
    """All blocks of the page, as one thing that is valid or not."""

    def __init__(
        self,
        members: Iterable[CouncilMember],
        *,
        sent: tuple[Any, Any] | None = None,
        with_scan: bool,
        sheet: int | None,
        own: SheetReading | None = None,
        said: dict[int, str],
    ) -> None:
        data, files = sent or (None, None)
        first = {"held_on": own.held_on, "place": own.place} if own else {}
        kind = ScanForm if with_scan else SittingForm
        self.with_scan = with_scan
        self.sitting = kind(data, files, initial=first | {"sheet": sheet})
        before = paper_answers.of_json(own.answers) if own else {}
        self.answers = [
            AnswerForm(data, member=member, said=said.get(member.pk, ""), initial=_initial(before.get(member.pk), own))
            for member in members
        ]

    def is_valid(self) -> bool:
        return all([self.sitting.is_valid(), *(form.is_valid() for form in self.answers)])

    def reading(self) -> Reading:
        given = self.sitting.cleaned_data
        return Reading(given["held_on"], given["place"], {form.member.pk: form.answer for form in self.answers})

    def refuse(self, error: ValidationError) -> None:
        """Shown at its field where it names one of the page's own."""
        names = getattr(error, "message_dict", {})
        if names and set(names) <= set(self.sitting.fields):
            self.sitting.add_error(None, error)
        else:
            self.sitting.add_error(None, " ".join(error.messages))


def _initial(answer: Answer | None, own: SheetReading | None) -> dict[str, Any]:
    if answer:
        return answer.as_json()
    return {"verdict": Mark.ABSENT} if own else {}
