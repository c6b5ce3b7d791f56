"""The panel in a senjang's editor that says where its text stands with the council."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel


class ReviewPanel(Panel):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"heading": _("Lembaga Adat"), "icon": "clipboard-list"} | kwargs)

    class BoundPanel(Panel.BoundPanel):
        template_name = "media_assets/council/panel.html"

        def is_shown(self) -> bool:
            return bool(self.instance.pk) and super().is_shown()

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            from media_assets import margin
            from media_assets.models import LineNote
            from media_assets.review_state import state_of

            submission = self.instance.submissions.first()
            may_read = self.request.user.has_perm("media_assets.view_submission")
            submission = submission if may_read else None
            notes = list(LineNote.objects.on(submission).open().with_story()) if submission else []
            return super().get_context_data(parent_context) | {
                "state": state_of(self.instance),
                "submission": submission,
                "notes": notes,
                "waits": margin.waits(len(notes)),
            }
