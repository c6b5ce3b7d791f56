"""A signed form as staff enter it, and taking it back; clean values go to `consenting`, its refusals to their field."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from campaigns.forms import SearchableCheckboxes
from cms.office import scans
from performers import consenting, works
from performers.models import Channel, Consent, ConsentWithdrawal, Person

CAPACITY_OF = {
    Person.Role.AUTHOR: Consent.Capacity.AUTHOR,
    Person.Role.ARRANGER: Consent.Capacity.ARRANGER,
    Person.Role.SINGER: Consent.Capacity.PERFORMER,
    Person.Role.MUSICIAN: Consent.Capacity.PERFORMER,
}


class _UseCaseForm(forms.Form):
    def refuse(self, error: ValidationError) -> None:
        """Shown at its field where it names one of this form's, else above it."""
        known = hasattr(error, "error_dict") and set(error.error_dict) <= set(self.fields)
        self.add_error(None, error if known else error.messages)


class GiveForm(_UseCaseForm):
    capacity = forms.ChoiceField(
        label=_("Sebagai"),
        choices=Consent.Capacity.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih apakah izin ini sebagai penampil, penulis atau penggubah.")},
    )
    channels = forms.MultipleChoiceField(
        label=_("Boleh dipakai di"),
        choices=Channel.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Centang hanya yang tertulis pada formulirnya."),
        error_messages={"required": _("Pilih sedikitnya satu saluran yang diizinkan.")},
    )
    valid_from = forms.DateField(
        label=_("Berlaku mulai"), widget=AdminDateInput, error_messages={"required": _("Isi hari mulai berlakunya.")}
    )
    until = forms.DateField(
        label=_("Sampai dengan"),
        required=False,
        widget=AdminDateInput,
        help_text=_("Hari terakhir yang masih boleh. Kosongkan bila izinnya tanpa batas akhir."),
    )
    limited_to = forms.TypedMultipleChoiceField(
        label=_("Hanya untuk senjang tertentu"),
        required=False,
        choices=works.choices,
        coerce=int,
        widget=SearchableCheckboxes,
        help_text=_("Jangan centang apa pun bila izinnya untuk semua karyanya."),
    )
    minor = forms.BooleanField(label=_("Orang ini belum dewasa; walinya ikut menandatangani"), required=False)
    guardian_name = forms.CharField(label=_("Nama wali"), required=False, max_length=120)
    guardian_relation = forms.CharField(
        label=_("Hubungan wali"), required=False, max_length=60, help_text=_("Misalnya ibu, ayah atau paman.")
    )
    scan = forms.FileField(
        label=_("Formulir yang sudah ditandatangani"),
        help_text=_("PDF, JPG atau PNG, paling besar 10 MB. Hanya staf yang mengurus izin dapat membukanya."),
        widget=forms.FileInput(attrs={"accept": scans.ACCEPT}),
        allow_empty_file=True,  # refused where its content is looked at
        max_length=None,
        error_messages={"required": _("Unggah pindaian atau foto formulirnya.")},
    )

    def __init__(self, data: Any = None, files: Any = None, *, person: Person) -> None:
        capacity = CAPACITY_OF.get(Person.Role(person.role))
        super().__init__(data, files, initial={"capacity": capacity})
        self.person = person
        if not works.choices():
            del self.fields["limited_to"]

    def save(self, *, by: Any) -> Consent | None:
        try:
            return consenting.give(self.person, **self.cleaned_data, by=by)
        except ValidationError as refused:
            self.refuse(refused)
            return None


class WithdrawForm(_UseCaseForm):
    reason = forms.CharField(
        label=_("Alasan"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Misalnya: diminta penampilnya lewat surat tanggal 3 Maret 2026. Tersimpan dalam riwayat."),
        error_messages={"required": _("Tulis alasannya, supaya orang lain tahu mengapa.")},
    )

    def save(self, consent: Consent, *, by: Any) -> ConsentWithdrawal | None:
        try:
            return consenting.withdraw(consent, reason=self.cleaned_data["reason"], by=by)
        except ValidationError as refused:
            self.refuse(refused)
            return None
