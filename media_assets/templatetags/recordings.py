"""Words for what the recordings' templates show."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.translation import gettext_lazy

from cms.office import measures, names
from cms.office.dates import long_moment
from media_assets import cue_sheet, lyrics, recipes, tagging
from media_assets.models import Rendition

register = template.Library()
NAMES = {
    "web-mp3": gettext_lazy("Web (MP3)"),
    "web-opus": gettext_lazy("Web (Opus)"),
    "low-opus": gettext_lazy("Hemat kuota (Opus)"),
    "radio-wav": gettext_lazy("Radio (WAV)"),
    "cd-wav": gettext_lazy("CD (WAV)"),
}

register.filter("moment", long_moment)
register.filter("length_words", measures.length)
register.filter("size_words", measures.size)
register.filter("language_tag", lyrics.language_tag)
register.filter("account_name", names.of_account)
register.filter("msf", cue_sheet.msf)
register.filter("plain_lyric", tagging.plain_lyric)


@register.filter
def recipe_name(recipe: str) -> Any:
    return NAMES.get(recipe, recipe)


@register.filter
def by_recipe(renditions: Iterable[Rendition]) -> list[Rendition]:
    order = list(recipes.BY_NAME)
    return sorted(renditions, key=lambda one: order.index(one.recipe) if one.recipe in order else len(order))
