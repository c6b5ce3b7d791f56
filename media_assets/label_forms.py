"""What the council and staff send about a song's use: a label, a cover, and why."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from media_assets import covering, labelling, protocol
from media_assets.models import SenjangPage

DAYS = [(str(day), str(day)) for day in range(1, 32)]
MONTH_NAMES = [(str(number), name) for number, name in MONTHS.items()]
ACCEPT = ".mp3,.m4a,.ogg,.opus,.wav,.flac,audio/*"


def reason_field(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Tulis alasannya, supaya orang lain tahu mengapa.")},
    )


class ReasonForm(forms.Form):
    """Why something is taken away again; `save` calls the use case that does it."""

    reason = reason_field(_("Mengapa?"))

    def save(self, act: Any, *args: Any, by: Any) -> bool:
        return _tried(self, act, *args, by=by, reason=self.cleaned_data["reason"])


class LabelForm(forms.Form):
    """For the seasonal label also when; two small choices each, since a date field would ask for a year."""

    from_day = forms.ChoiceField(label=_("Mulai tanggal"), choices=DAYS, required=False)
    from_month = forms.ChoiceField(label=_("Mulai bulan"), choices=MONTH_NAMES, required=False)
    until_day = forms.ChoiceField(label=_("Sampai dengan tanggal"), choices=DAYS, required=False)
    until_month = forms.ChoiceField(label=_("Sampai dengan bulan"), choices=MONTH_NAMES, required=False)
    words = forms.CharField(
        label=_("Kata-kata Lembaga Adat sendiri (boleh kosong)"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Dibaca pengunjung. Bila kosong, tertulis kalimat di atas."),
    )
    voice = forms.FileField(
        label=_("Suara tetua adat (boleh kosong)"),
        required=False,
        allow_empty_file=True,  # refused by the probe, in its words
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
        help_text=_("Rekaman dari ponsel, paling lama tiga menit dan paling besar 10 MB. Didengar pengunjung."),
    )
    reason = reason_field(_("Mengapa label ini dipasang?"))

    def __init__(self, key: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.key = key
        if key != protocol.SEASONAL:
            for name in ("from_day", "from_month", "until_day", "until_month"):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.key == protocol.SEASONAL:
            opens, closes = (self._day_of(cleaned, end) for end in ("from", "until"))
            cleaned["season"] = protocol.Season(opens, closes) if opens and closes else None
        return cleaned

    def _day_of(self, cleaned: dict[str, Any], end: str) -> str | None:
        day, month = cleaned.get(f"{end}_day"), cleaned.get(f"{end}_month")
        found = protocol.day_of_year(int(day), int(month)) if day and month else None
        if found is None:
            self.add_error(f"{end}_day", _("Tanggal ini tidak ada dalam kalender."))
        return found

    def save(self, senjang: SenjangPage, *, by: Any) -> bool:
        data = self.cleaned_data
        wanted = {name: data.get(name) for name in ("season", "voice")}
        return _tried(
            self, labelling.put_on, senjang, self.key, by=by, reason=data["reason"], words=data["words"], **wanted
        )


class CoverForm(forms.Form):
    note = forms.CharField(
        label=_("Catatan di depan senjang"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Misalnya: “Penyanyi dalam rekaman ini sudah wafat.” Pengunjung membacanya sebelum membuka."),
        error_messages={"required": _("Tulis catatan yang dibaca pengunjung sebelum membuka senjang ini.")},
    )
    reason = reason_field(_("Mengapa ditutup?"))

    def save(self, senjang: SenjangPage, *, by: Any) -> bool:
        return _tried(self, covering.cover, senjang, by=by, **self.cleaned_data)


def _tried(form: forms.Form, act: Any, *args: Any, **kwargs: Any) -> bool:
    """Call the use case; what it refuses shows at its field."""
    try:
        act(*args, **kwargs)
    except ValidationError as refusal:
        told = refusal.message_dict if hasattr(refusal, "error_dict") else {"": refusal.messages}
        for field, sentences in told.items():
            for sentence in sentences:
                form.add_error(field if field in form.fields else None, sentence)
        return False
    return True
