"""The desk for facts: list, filter, export, and record a change from a day on; nothing is edited or deleted."""

from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.widgets import AdminDateInput
from wagtail.admin.widgets.button import HeaderButton
from wagtail.permission_policies import ModelPermissionPolicy

from campaigns import facts
from campaigns.licence_admin import choice_filter
from campaigns.models import FactKey, LicenceFact, LicencePage
from campaigns.permissions import can_read_facts
from cms.office import names
from cms.office.desks import Desk, Listing, menu_item_for
from cms.office.exports import PlainExport
from cms.office.numbers import RowField, RowFilter

POLICY = ModelPermissionPolicy(LicenceFact)
WHEN = [("sekarang", _("Berlaku sekarang")), ("depan", _("Akan berlaku"))]


class FactFilters(WagtailFilterSet):
    licence = RowFilter(
        label=_("Layanan"), queryset=lambda request: LicencePage.objects.order_by("code"), empty_label=_("Semua")
    )
    key = choice_filter(_("Unsur"), FactKey)
    when = django_filters.ChoiceFilter(
        label=_("Waktu"), method="by_time", choices=WHEN, widget=forms.RadioSelect, empty_label=_("Semua")
    )

    class Meta:
        model = LicenceFact
        fields: list[str] = []

    def by_time(self, rows: Any, name: str, value: str) -> Any:
        today = timezone.localdate()
        return rows.ahead_of(today) if value == "depan" else rows.in_force(today)


class FactIndex(PlainExport, Listing):
    model = LicenceFact
    page_title = _("Isi layanan")
    header_icon = "clipboard-list"
    index_url_name = "fakta:index"
    index_results_url_name = "fakta:index_results"
    filterset_class = FactFilters
    default_ordering = ["-recorded_at", "-pk"]
    search_fields = ["licence__title", "licence__code", "value", "source"]
    list_export = ["licence.code", "licence.title", "get_key_display", "value", "valid_from", "source", "recorded_at"]
    export_headings = {
        "licence.code": _("Kode"),
        "licence.title": _("Layanan"),
        "get_key_display": _("Unsur"),
        "value": _("Isi"),
        "valid_from": _("Berlaku mulai"),
        "source": _("Sumber"),
        "recorded_at": _("Dicatat"),
    }
    export_filename = "isi-layanan"

    @cached_property
    def columns(self) -> list[Column]:
        return [
            Column("licence", label=_("Layanan"), accessor="licence.title", sort_key="licence__title"),
            Column("key", label=_("Unsur"), accessor="get_key_display", sort_key="key"),
            Column("value", label=_("Isi"), width="35%"),
            Column("valid_from", label=_("Berlaku mulai"), sort_key="valid_from"),
            Column("source", label=_("Sumber")),
            Column("recorded_by", label=_("Pencatat"), accessor=lambda fact: names.of_account(fact.recorded_by)),
        ]

    def get_base_queryset(self) -> QuerySet[Any]:
        return LicenceFact.objects.select_related("licence", "recorded_by")

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        if not self.user_has_permission("add"):
            return []
        return [HeaderButton(_("Catat isi layanan"), url=reverse("fakta:add"), icon_name="plus")]


class FactForm(forms.Form):
    licence = RowField(label=_("Layanan"), queryset=LicencePage.objects.order_by("code"))
    key = forms.ChoiceField(label=_("Unsur"), choices=FactKey)
    value = forms.CharField(
        label=_("Isi"),
        required=False,
        strip=False,
        max_length=facts.LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Satu butir sebaris. Kosongkan untuk menarik isi yang berlaku."),
    )
    valid_from = forms.DateField(label=_("Berlaku mulai"), widget=AdminDateInput())
    source = forms.CharField(
        label=_("Sumber"), max_length=200, help_text=_("Peraturan, keputusan atau pengumuman yang menjadi dasarnya.")
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def save(self, *, by: Any) -> LicenceFact | None:
        """Record it; a refusal becomes the form's errors, and whoever sends it again has seen what there is now."""
        try:
            return facts.record(**self.cleaned_data, by=by)
        except ValidationError as refusal:
            self.add_error(None, refusal)
            if self.cleaned_data["seen"] is not None:
                newest = facts.newest(self.cleaned_data["licence"], self.cleaned_data["key"])
                self.data = {name: self.data[name] for name in self.data} | {"seen": newest}
            return None


class RecordFact(PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView):
    permission_policy = POLICY
    permission_required = "add"
    form_class = FactForm
    template_name = "campaigns/admin/record_fact.html"
    page_title = _("Catat isi layanan")
    header_icon = "clipboard-list"
    _show_breadcrumbs = True

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        here = [{"url": reverse("fakta:index"), "label": _("Isi layanan")}, {"url": "", "label": self.page_title}]
        return [*super().get_breadcrumbs_items(), *here]

    @cached_property
    def licence(self) -> LicencePage | None:
        """The licence that the address names."""
        asked = self.request.GET.get("layanan", "")
        return LicencePage.objects.filter(pk=int(asked)).first() if asked.isdecimal() and len(asked) < 10 else None

    def get_initial(self) -> dict[str, Any]:
        key = self.request.GET.get("unsur", "")
        initial: dict[str, Any] = {"valid_from": timezone.localdate(), "licence": self.licence, "key": key}
        if self.licence and key in FactKey.values:
            now = facts.in_force(self.licence, key, timezone.localdate())
            initial |= {"value": now.value if now else "", "seen": facts.newest(self.licence, key)}
        return initial

    def form_valid(self, form: FactForm) -> HttpResponse:
        fact = form.save(by=self.request.user)
        if fact is None:
            return self.form_invalid(form)
        messages.success(self.request, gettext("%(fact)s sudah dicatat.") % {"fact": fact})
        return super().form_valid(form)

    def get_success_url(self) -> str:
        if self.licence:
            return reverse("wagtailadmin_pages:edit", args=[self.licence.pk])
        return reverse("fakta:index")


class FactViewSet(Desk):
    name = "fakta"
    icon = "clipboard-list"
    menu_label = _("Isi layanan")
    index_view_class = FactIndex
    menu_item_class = menu_item_for(can_read_facts)

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("catat/", self.construct_view(RecordFact), name="add"),
        ]
