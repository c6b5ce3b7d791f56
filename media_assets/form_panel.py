"""The panel in a senjang's editor that shows what the form adviser says of the saved draft; it never blocks.

The editor saves by itself and stays open, so what it is sent after each save brings the advice along
(`edit_partials.html`).
"""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel


class FormPanel(Panel):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"heading": _("Saran bentuk"), "icon": "info-circle"} | kwargs)

    class BoundPanel(Panel.BoundPanel):
        template_name = "media_assets/advice/panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            return context | (words(self.instance, self.request.user) if self.instance.pk else {})


def words(page: Any, user: Any) -> dict[str, Any]:
    """What the panel shows of a saved senjang."""
    from media_assets import advising, permissions

    remarks = advising.remarks(page)
    return {
        "page": page,
        "standing": [remark for remark in remarks if not remark.aside],
        "aside": [remark for remark in remarks if remark.aside],
        "may_set_aside": permissions.can_set_hint_aside(user, page),
    }
