"""The campaign's form: licences and kecamatan as lists of boxes to tick, the long one with a search box."""

from typing import Any

from django import forms
from wagtail.admin.forms import WagtailAdminPageForm


class SearchableCheckboxes(forms.CheckboxSelectMultiple):
    """Boxes to tick with a box that narrows them; without JavaScript the whole list."""

    template_name = "campaigns/admin/searchable_checkboxes.html"

    class Media:
        js = ("campaigns/searchable-checkboxes.js",)


class CampaignForm(WagtailAdminPageForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        licences = self.fields.get("licences")
        if isinstance(licences, forms.ModelMultipleChoiceField) and licences.queryset is not None:
            rows = licences.queryset.order_by("code")
            licences.choices = [(page.pk, f"{page.code} · {page.title} · {page.sector}") for page in rows]
