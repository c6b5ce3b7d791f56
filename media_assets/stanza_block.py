"""The StreamField block for one stanza: two text areas side by side, over lines that keep their identity."""

import json
import re
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.telepath import register
from wagtail.admin.telepath.widgets import WidgetAdapter
from wagtail.blocks import FieldBlock, StreamBlock
from wagtail.blocks.field_block import FieldBlockAdapter

from media_assets import lyrics

LINE_KEYS = {"uid": str, "text": str, "gloss": str, "spoken": str, "formula": bool}
UID = re.compile("[0-9a-f]{8}")
MAX_LINES, MAX_LENGTH = 40, 200
MAX_KNOWN = 200  # lines a browser may tell of, with those it remembers as cut


class StanzaWidget(forms.HiddenInput):
    """Carries `{"lines": […as last known…], "text": "…", "gloss": "…"}`; its script shows the two text areas."""

    show_add_comment_button = False

    def format_value(self, value: Any) -> str:
        return value if isinstance(value, str) else json.dumps(value or {"lines": [], "text": "", "gloss": ""})

    @cached_property
    def media(self) -> forms.Media:
        return forms.Media(
            js=[versioned_static("wagtailadmin/js/telepath/widgets.js"), versioned_static("media_assets/stanza.js")],
            css={"all": [versioned_static("media_assets/stanza.css")]},
        )


class StanzaWidgetAdapter(WidgetAdapter):
    js_constructor = "bersenjang.StanzaWidget"

    def js_args(self, widget: StanzaWidget) -> list[Any]:
        return [
            {
                "text": gettext("Lirik"),
                "gloss": gettext("Arti"),
                "count": gettext("{n} baris"),
                "bare": gettext("{n} baris belum ada artinya"),
                "lost": gettext("{n} arti belum ada liriknya"),
                "sung": gettext("Cara dinyanyikan"),
                "spoken": gettext("Dinyanyikan sebagai (bila lain dari tulisannya)"),
                "formula": gettext("Sapaan atau kata tetap"),
            }
        ]

    @cached_property
    def media(self) -> forms.Media:
        return StanzaWidget().media


register(StanzaWidgetAdapter(), StanzaWidget)


class StanzaField(forms.CharField):
    """From the widget's JSON to a list of lines, or a sentence that says why not, whatever a browser sends."""

    widget = StanzaWidget

    def clean(self, value: Any) -> lyrics.Stanza:
        try:
            posted = json.loads(super().clean(value or "{}"))
            old = [well_formed(line) for line in posted.get("lines", [])]
            text, gloss = str(posted.get("text", "")), str(posted.get("gloss", ""))
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            raise forms.ValidationError(_("Bait ini tidak terbaca. Muat ulang halaman, lalu coba lagi.")) from error
        if max(len(lyrics.tidy_lines(text)), len(lyrics.tidy_lines(gloss))) > MAX_LINES:
            raise forms.ValidationError(
                _("Satu bait paling banyak %(n)d baris. Bagilah menjadi beberapa bait.") % {"n": MAX_LINES}
            )
        old = old[:MAX_KNOWN]
        check_lengths(old)  # before they are compared, which takes long with long lines
        check_lengths(lyrics.align([], text, gloss))
        lines = lyrics.align(old, text, gloss)
        if self.required and not lines:
            raise forms.ValidationError(_("Bait ini masih kosong. Isi liriknya, atau hapus bait ini."), "required")
        return lines


def check_lengths(lines: lyrics.Stanza) -> None:
    for number, line in enumerate(lines, 1):
        if max(len(line["text"]), len(line["gloss"]), len(line["spoken"])) > MAX_LENGTH:
            raise forms.ValidationError(
                _("Baris %(no)d terlalu panjang (paling banyak %(n)d huruf).") % {"no": number, "n": MAX_LENGTH}
            )


def well_formed(line: Any) -> lyrics.Line:
    """A line of stored or posted JSON; raises KeyError or TypeError on any other shape."""
    if not all(isinstance(line[key], kind) for key, kind in LINE_KEYS.items()) or not UID.fullmatch(line["uid"]):
        raise TypeError("not a line")
    return lyrics.Line(
        uid=line["uid"], text=line["text"], gloss=line["gloss"], spoken=line["spoken"], formula=line["formula"]
    )


class StanzaBlock(FieldBlock):
    def __init__(self, required: bool = True, help_text: str = "", validators: tuple[Any, ...] = (), **kwargs: Any):
        self.field = StanzaField(required=required, help_text=help_text, validators=validators)
        super().__init__(**kwargs)

    def get_default(self) -> lyrics.Stanza:
        return []

    def value_for_form(self, value: lyrics.Stanza | str) -> str:
        if isinstance(value, str):  # as posted, before it is cleaned, or when it could not be
            return value
        text, gloss = ("\n".join(line[key] for line in value or []) for key in ("text", "gloss"))
        return json.dumps({"lines": value or [], "text": text, "gloss": gloss})

    def get_prep_value(self, value: lyrics.Stanza | str) -> lyrics.Stanza | str:
        """Lines also for a value as posted, so that Wagtail can tell whether anything changed."""
        if isinstance(value, str):
            try:
                return self.field.clean(value)
            except forms.ValidationError:
                return value
        return value

    def get_searchable_content(self, value: lyrics.Stanza) -> list[str]:
        return [line[key] for line in value for key in ("text", "gloss") if line[key]]

    class Meta:
        icon = "openquote"
        label = _("Bait")
        default: list[Any] = []
        template = "media_assets/blocks/stanza.html"


register(FieldBlockAdapter(), StanzaBlock)


class PartBlock(StreamBlock):
    bait = StanzaBlock()

    class Meta:
        required = False
        max_num = 30
