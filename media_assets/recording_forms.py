"""Forms for recordings: input in, use case called, its refusals shown at their field."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from cms.office.numbers import RowField, RowsField
from media_assets import recordings
from media_assets.models import Master, Recording, RecordingCredit, SenjangPage
from performers.models import Person

ACCEPT = ".wav,.mp3,.flac,.m4a,.ogg,.opus,audio/*"
WORDS = [
    ("", _("Lirik yang disetujui; bila belum ada, lirik terbaru")),
    ("approved", _("Lirik yang disetujui")),
    ("latest", _("Lirik terbaru, meski belum disetujui")),
]


class _FileForm(forms.Form):
    file = forms.FileField(
        label=_("Berkas suara"),
        help_text=_("WAV, MP3, FLAC, M4A, OGG atau Opus, paling besar 1 GB. Berkas asli disimpan dan tidak diubah."),
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
        allow_empty_file=True,  # refused by the probe, in its words
        max_length=None,
        error_messages={"required": _("Pilih berkas suaranya.")},
    )

    @property
    def twin(self) -> int | None:
        """The recording that already has this file."""
        errors = self.errors.as_data().get("file", [])
        return next((error.params["recording"] for error in errors if error.code == "twin" and error.params), None)


class UploadForm(_FileForm):
    senjang = RowField(SenjangPage.objects.order_by("title"), label=_("Senjang"), empty_label=_("Pilih senjang …"))
    label = forms.CharField(
        label=_("Nama rekaman"),
        max_length=120,
        required=False,
        help_text=_("Misalnya “Studio, Juli 2026”. Bila kosong, diberi nomor."),
    )
    recorded_on = forms.DateField(label=_("Tanggal rekam"), required=False, widget=AdminDateInput)
    singers = RowsField(Person.objects.all(), label=_("Pesenjang"), required=False, widget=forms.CheckboxSelectMultiple)
    musicians = RowsField(Person.objects.all(), label=_("Pemusik"), required=False, widget=forms.CheckboxSelectMultiple)
    words = forms.ChoiceField(label=_("Lirik yang dinyanyikan"), choices=WORDS, required=False)
    guide = forms.BooleanField(
        label=_("Rekaman panduan, hanya untuk Lembaga Adat"),
        required=False,
        help_text=_("Didengar waktu senjangnya dibaca; tidak dipakai di web, radio atau CD."),
    )
    field_order = ["senjang", "file", "label", "recorded_on", "singers", "musicians", "words"]

    def save(self, *, by: Any) -> Recording | None:
        data = self.cleaned_data
        credits = [(person, RecordingCredit.Role.SINGER) for person in data["singers"]]
        credits += [(person, RecordingCredit.Role.MUSICIAN) for person in data["musicians"]]
        try:
            return recordings.add(
                data["senjang"],
                data["file"],
                by=by,
                label=data["label"],
                credits=credits,
                words=data["words"],
                recorded_on=data["recorded_on"],
                is_guide=data["guide"],
            )
        except ValidationError as refusal:
            self.add_error(None, refusal)
            return None


class ReplaceForm(_FileForm):
    def save(self, recording: Recording, *, by: Any) -> Master | None:
        try:
            return recordings.replace_master(recording, self.cleaned_data["file"], by=by)
        except ValidationError as refusal:
            self.add_error(None, refusal)
            return None
