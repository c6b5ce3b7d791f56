"""The form adviser's words for an editor that stays open while it saves."""

from typing import Any

from django import template

from media_assets import form_panel
from media_assets.models import SenjangPage

register = template.Library()


@register.inclusion_tag("media_assets/advice/fresh.html", takes_context=True)
def fresh_advice(context: dict[str, Any]) -> dict[str, Any]:
    """Nothing for a page that is no senjang."""
    page = context["page"]
    return form_panel.words(page, context["request"].user) if isinstance(page, SenjangPage) else {}
