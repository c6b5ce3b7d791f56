"""The panel of consents on a person's edit page; each is recorded and withdrawn at a desk of its own."""

from typing import Any

from wagtail.admin.panels import Panel

from performers import consent_listing, permissions


class ConsentsPanel(Panel):
    class BoundPanel(Panel.BoundPanel):
        template_name = "performers/consents/panel.html"

        class Media:
            css = {"all": ["performers/consents.css"]}

        def is_shown(self) -> bool:
            return super().is_shown() and permissions.can_read_consents(self.request.user)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            return super().get_context_data(parent_context) | consent_listing.words_of(self.instance, self.request.user)
