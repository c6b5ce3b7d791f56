"""The form of a senjang in the editor: quotes must stand in the lyric, and their facts are chosen by licence."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm, WagtailAdminPageForm
from wagtail.admin.panels import InlinePanel, get_form_for_model

from campaigns.models import LicenceFact
from media_assets import lyrics

LOST = _("Kata-kata ini tidak ada dalam satu baris lirik pun. Salin persis dari satu baris, atau hapus kutipan ini.")


class ByLicence(forms.models.ModelChoiceIterator):
    def __iter__(self) -> Iterator[Any]:
        yield ("", self.field.empty_label)
        for licence, facts in groupby(self.queryset, key=lambda fact: fact.licence.title):
            yield (licence, [self.choice(fact) for fact in facts])


class FactField(forms.ModelChoiceField):
    """A licence's fact: those in force today, and the one already quoted."""

    iterator = ByLicence

    def offer(self, quoted: int | None) -> None:
        today = LicenceFact.objects.in_force(timezone.localdate()).exclude(value="")
        facts = LicenceFact.objects.filter(Q(pk__in=today.values("pk")) | Q(pk=quoted))
        self.queryset = facts.select_related("licence").order_by("licence__title", "key", "-valid_from")

    def label_from_instance(self, fact: LicenceFact) -> str:
        return f"{fact.get_key_display()}: {Truncator(' · '.join(fact.lines)).chars(70)}"


class QuoteForm(WagtailAdminModelForm):
    fact = FactField(LicenceFact.objects.none(), label=_("fakta layanan"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fact"].offer(self.instance.fact_id)


class QuotesPanel(InlinePanel):
    def get_form_options(self) -> dict[str, Any]:
        options = super().get_form_options()
        deferred = self.child_edit_handler.get_form_options().get("defer_required_on_fields", [])
        form = get_form_for_model(
            self.db_field.related_model, form_class=QuoteForm, defer_required_on_fields=list(deferred)
        )
        options["formsets"][self.relation_name]["form"] = form
        return options


class SenjangForm(WagtailAdminPageForm):
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "quotes" in self.formsets and all(part in cleaned for part in lyrics.PARTS):
            parts = {part: [block.value for block in cleaned[part]] for part in lyrics.PARTS}
            lyrics.unique_uids(parts)
            self._locate_quotes(parts)
        return cleaned

    def _locate_quotes(self, parts: dict[str, list[lyrics.Stanza]]) -> None:
        """A draft may lose quoted words (the editor then says which); what is published or submitted may not."""
        quotes = self.formsets["quotes"]
        quotes.is_valid()
        for form in quotes.forms:
            if not form.is_valid() or not form.cleaned_data or quotes._should_delete_form(form):
                continue
            line = lyrics.find_line(form.cleaned_data["words"], parts)
            if line is None and not self.is_deferred_validation:
                form.add_error("words", LOST)
            found = line["uid"] if line else ""
            if form.instance.line_uid != found:
                form.instance.line_uid = found
                form.changed_data.append("words")  # else an untouched row would not be saved
