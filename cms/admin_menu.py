"""The admin's menu: the trade's words in the order of the work, with pictures of our own."""

from typing import Any

from django.http import HttpRequest
from wagtail.permissions import page_permission_policy

ORDER = (
    "kampanye",
    "senjang",
    "rekaman",
    "spot",
    "cakram",
    "leaflet",
    "kode-qr",
    "siaran",
    "penampil",
    "lembaga-adat",
    "layanan",
    "images",
    "explorer",
    "reports",
    "settings",
)
DRAWN = ("kampanye", "senjang", "rekaman", "cakram", "leaflet", "kode-qr", "penampil", "lembaga-adat", "layanan")
ICONS = [f"cms/icons/bs-{name}.svg" for name in DRAWN]
HIDDEN = {"documents", "help", "snippets"}
OF_PAGES = {"senjang"}  # Wagtail shows the list in everybody's menu, and then shuts its door


def arrange(request: HttpRequest, items: list[Any]) -> None:
    """In place, as Wagtail's hook wants it; what nobody has placed stands before the pictures."""
    edits = page_permission_policy.user_has_any_permission(request.user, ["add", "change", "publish"])
    hidden = HIDDEN if edits else HIDDEN | OF_PAGES
    items[:] = [item for item in items if item.name not in hidden]
    unplaced = ORDER.index("images") * 100 - 50
    for item in items:
        item.order = ORDER.index(item.name) * 100 if item.name in ORDER else unplaced
        if item.name in DRAWN:
            item.icon_name = f"bs-{item.name}"
