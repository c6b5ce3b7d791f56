"""What Wagtail calls when a workflow ends well. It stands alone because Wagtail imports it while its models load."""

from typing import Any


def finish(workflow_state: Any, user: Any = None) -> None:
    """A senjang is approved, not published: staff publish it when its campaign wants it. Other pages: Wagtail's way."""
    from wagtail.workflows import publish_workflow_state

    from media_assets.models.senjang import NotApproved, SenjangPage

    page = workflow_state.content_object.specific
    if not isinstance(page, SenjangPage):
        publish_workflow_state(workflow_state, user=user)
    elif not page.latest_words_are_approved:
        raise NotApproved
