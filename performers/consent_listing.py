"""Consents in a list: state in words, filters, export; and one person's, for the person's own page."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn

from cms.office.desks import Listing
from cms.office.exports import PlainExport
from performers import consenting, permissions, works
from performers.models import SOON, Consent, Person

SHAPES = {  # beside the word: a shape of its own, so that colour is not alone
    Consent.State.IN_FORCE: "●",
    Consent.State.ENDING: "△",
    Consent.State.AHEAD: "○",
    Consent.State.ENDED: "■",
    Consent.State.WITHDRAWN: "✕",
}


@dataclass(frozen=True)
class Row:
    """One consent in words ready to show; `works` is empty where it is for all."""

    consent: Consent
    state: str
    shape: str
    is_good: bool
    is_running_out: bool
    span: str
    works: list[str]


def rows(consents: Iterable[Consent]) -> list[Row]:
    """In the order given; one query for the works of all."""
    found = list(consents)
    named = works.named(found)
    return [row(consent, named.get(consent.pk)) for consent in found]


def row(consent: Consent, titles: dict[int, str] | None = None) -> Row:
    state = consent.state_on(timezone.localdate())
    return Row(
        consent=consent,
        state=str(state.label),
        shape=SHAPES[state],
        is_good=state in (Consent.State.IN_FORCE, Consent.State.ENDING),
        is_running_out=state in (Consent.State.ENDING, Consent.State.ENDED),
        span=consenting.span(consent),
        works=sorted((titles or {}).values()),
    )


def words_of(person: Person, user: Any) -> dict[str, Any]:
    """What the person's page shows of their consents."""
    return {
        "person": person,
        "rows": rows(Consent.objects.listed().filter(person=person)) if person.pk else [],
        "may_keep": permissions.can_keep_consents(user),
    }


class ConsentFilters(WagtailFilterSet):
    state = django_filters.ChoiceFilter(
        label=_("Keadaan"),
        method="by_state",
        choices=[(state.value, state.label.capitalize()) for state in Consent.State],
        widget=forms.RadioSelect,
        empty_label=_("Semua"),
    )
    capacity = django_filters.ChoiceFilter(
        label=_("Sebagai"), choices=Consent.Capacity.choices, widget=forms.RadioSelect, empty_label=_("Semua")
    )

    class Meta:
        model = Consent
        fields: list[str] = []

    def by_state(self, found: Any, name: str, value: str) -> Any:
        today = timezone.localdate()
        return {
            Consent.State.IN_FORCE: found.in_force(today),
            Consent.State.ENDING: found.ending_within(SOON, today),
            Consent.State.AHEAD: found.ahead_of(today),
            Consent.State.ENDED: found.ended_by(today),
            Consent.State.WITHDRAWN: found.withdrawn(),
        }[Consent.State(value)]


class StateColumn(Column):
    cell_template_name = "performers/consents/state_cell.html"


class ConsentIndex(PlainExport, Listing):
    model = Consent
    page_title = _("Izin")
    header_icon = "doc-full-inverse"
    index_url_name = "consents:index"
    index_results_url_name = "consents:index_results"
    results_template_name = "performers/consents/index_results.html"
    filterset_class = ConsentFilters
    default_ordering = ["-at", "-pk"]
    search_fields = ["person__name"]
    list_export = [
        "person.name", "get_capacity_display", "channel_names", "valid_from", "until", "state", "scope",
        "guardian_name", "guardian_relation", "at",
    ]  # fmt: skip
    export_headings = {
        "person.name": _("Nama"),
        "get_capacity_display": _("Sebagai"),
        "channel_names": _("Saluran"),
        "valid_from": _("Berlaku mulai"),
        "until": _("Sampai dengan"),
        "state": _("Keadaan"),
        "scope": _("Hanya untuk senjang"),
        "guardian_name": _("Nama wali"),
        "guardian_relation": _("Hubungan wali"),
        "at": _("Dicatat"),
    }
    export_filename = "izin"

    @cached_property
    def columns(self) -> list[Column]:
        return [
            TitleColumn("person", label=_("Nama"), url_name="consents:detail", sort_key="person__name"),
            StateColumn("state", label=_("Keadaan"), accessor=row),
            Column("capacity", label=_("Sebagai"), accessor="get_capacity_display", sort_key="capacity"),
            Column("channels", label=_("Saluran"), accessor="channel_names"),
            Column("span", label=_("Berlaku"), accessor=consenting.span, sort_key="until", classname="dates"),
            Column("scope", label=_("Hanya untuk senjang"), accessor=lambda consent: self.scope(consent) or "–"),
        ]

    def get_base_queryset(self) -> QuerySet[Consent]:
        return Consent.objects.listed()

    @cached_property
    def titles(self) -> dict[int, dict[int, str]]:
        """Asked once for the page or the file."""
        return works.named(Consent.objects.filter(is_limited=True))

    def scope(self, consent: Consent) -> str:
        return ", ".join(sorted(self.titles.get(consent.pk, {}).values()))

    def to_row_dict(self, item: Any) -> dict[str, Any]:
        item.state, item.scope = str(item.state_on(timezone.localdate()).label), self.scope(item)
        return super().to_row_dict(item)
