"""The panel in a senjang's editor that shows what the form adviser says of the saved draft; it never blocks."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel


class FormPanel(Panel):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"heading": _("Saran bentuk"), "icon": "info-circle"} | kwargs)

    class BoundPanel(Panel.BoundPanel):
        template_name = "media_assets/advice/panel.html"

        def is_shown(self) -> bool:
            return bool(self.instance.pk) and super().is_shown()

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            from media_assets import advising, permissions

            remarks = advising.remarks(self.instance)
            return super().get_context_data(parent_context) | {
                "page": self.instance,
                "standing": [remark for remark in remarks if not remark.aside],
                "aside": [remark for remark in remarks if remark.aside],
                "may_set_aside": permissions.can_set_hint_aside(self.request.user, self.instance),
            }
