"""What every page's frame needs: its lasting address and the menu."""

from typing import Any, NamedTuple

from django import template
from django.conf import settings
from django.utils.translation import gettext as _

register = template.Library()


class Entry(NamedTuple):
    title: str
    url: str
    current: str


@register.simple_tag(takes_context=True)
def canonical(context: dict[str, Any]) -> str:
    """The address that search engines and shared links keep, whatever host and query this visit came by."""
    request = context.get("request")
    return settings.PUBLIC_BASE_URL + (request.path if request else "/")


@register.simple_tag(takes_context=True)
def menu(context: dict[str, Any]) -> list[Entry]:
    path = context["request"].path if context.get("request") else ""
    entries = [
        (_("Kampanye"), "/kampanye/"),
        (_("Layanan"), "/layanan/"),
        (_("Senjang"), "/senjang/"),
        (_("Tentang senjang"), "/tentang/"),
        (_("Masukkan kode"), "/q/"),
    ]
    return [Entry(title, url, _standing(path, url)) for title, url in entries]


def _standing(path: str, url: str) -> str:
    """The value of aria-current: this very page, a page below it, or nothing."""
    if path == url:
        return "page"
    return "true" if path.startswith(url) else ""
