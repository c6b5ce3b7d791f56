"""What a stranger sends to have a song taken down; little is asked, and a field that only machines fill in."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from media_assets import takedowns
from media_assets.models import SenjangPage, TakedownRequest


class TakedownForm(forms.Form):
    relation = forms.ChoiceField(
        label=_("Siapa Anda bagi senjang ini?"),
        choices=TakedownRequest.Relation.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih salah satu.")},
    )
    reason = forms.CharField(
        label=_("Mengapa senjang ini perlu diturunkan?"),
        max_length=2000,
        min_length=10,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_(
            "Dibaca Lembaga Adat dan kantor, dan tetap disimpan. "
            "Jangan menulis nomor telepon, nomor KTP atau data orang lain."
        ),
        error_messages={
            "required": _("Tulis alasannya, supaya Lembaga Adat dapat memutuskan."),
            "min_length": _("Jelaskan sedikit lagi, supaya Lembaga Adat dapat memutuskan."),
        },
    )
    contact = forms.CharField(
        label=_("Nomor WhatsApp atau surel (boleh kosong)"),
        max_length=120,
        required=False,
        help_text=_("Hanya untuk bertanya kembali. Dihapus begitu permohonan diputuskan, paling lama 90 hari."),
    )
    website = forms.CharField(
        label=_("Biarkan kosong"), required=False, widget=forms.TextInput(attrs={"tabindex": -1, "autocomplete": "off"})
    )

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise ValidationError(_("Kosongkan kolom yang bertuliskan “Biarkan kosong”, lalu kirim lagi."))
        return ""

    def save(self, senjang: SenjangPage) -> TakedownRequest | None:
        data = self.cleaned_data
        try:
            return takedowns.ask(senjang, relation=data["relation"], reason=data["reason"], contact=data["contact"])
        except ValidationError as refusal:
            self.add_error(None, refusal.messages[0])
            return None
