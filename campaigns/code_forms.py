"""Placing a code and sending it elsewhere; both only hand clean values to `codes`."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminPageChooser

from campaigns import codes
from campaigns.forms import SearchableCheckboxes
from campaigns.models import CampaignPage, Code, LicencePage, Village
from cms.office.numbers import RowField, RowsField, is_row


class PageChooser(AdminPageChooser):
    """Wagtail's, which fails on anything but a number."""

    def value_from_datadict(self, *args: Any) -> Any:
        value = super().value_from_datadict(*args)
        return value if is_row(value) else None


class _CodeForm(forms.ModelForm):
    """`keep` is the use case; what it refuses is said at its field."""

    licences = RowsField(
        LicencePage.objects.public(),
        label=_("Layanan"),
        widget=SearchableCheckboxes,
        help_text=_("Syaratnya tampil di bawah lagu, juga sesudah kampanye berakhir."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["page"].widget = PageChooser(target_models=codes.destinations())

    def keep(self, by: Any) -> Code | None:
        """The code as kept, or None with the reasons on the form."""
        try:
            return self._keep(by)
        except ValidationError as refusal:
            known = hasattr(refusal, "error_dict") and set(refusal.error_dict) <= set(self.fields)
            self.add_error(None, refusal if known else refusal.messages)
            return None

    def _keep(self, by: Any) -> Code:
        raise NotImplementedError

    def _post_clean(self) -> None:
        """The use case builds and checks the row; the form must not touch it before."""


class _ByKecamatan(forms.models.ModelChoiceIterator):
    """Villages under the heading of their kecamatan, each in the order of the codes."""

    def __iter__(self) -> Iterator[Any]:
        yield ("", self.field.empty_label)
        for kecamatan, villages in groupby(self.queryset, key=lambda village: village.kecamatan.name):
            yield (kecamatan, [self.choice(village) for village in villages])


class VillageField(forms.ModelChoiceField):
    iterator = _ByKecamatan

    def label_from_instance(self, village: Village) -> str:
        return village.name


class PlaceForm(_CodeForm):
    village = VillageField(
        Village.objects.select_related("kecamatan").order_by("code"),
        label=_("Desa atau kelurahan"),
        required=False,
        empty_label=_("Tidak disebut"),
    )
    campaign = RowField(CampaignPage.objects.order_by("-starts", "title"), label=_("Kampanye"), required=False)

    class Meta:
        model = Code
        fields = ("label", "medium", "page", "licences", "kecamatan", "village", "campaign")

    def _keep(self, by: Any) -> Code:
        return codes.place(**self.cleaned_data, by=by)


class RetargetForm(_CodeForm):
    reason = forms.CharField(
        label=_("Alasan"), max_length=300, help_text=_("Tersimpan dalam riwayat, misalnya: kampanye baru dimulai.")
    )

    class Meta:
        model = Code
        fields = ("page", "licences")

    def _keep(self, by: Any) -> Code:
        return codes.retarget(self.instance, **self.cleaned_data, by=by)


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Alasan"), max_length=300)
