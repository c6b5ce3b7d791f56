"""The panel of facts on a licence's edit page: what holds, what changes, what held; edited at a desk of its own."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from wagtail.admin.panels import Panel

from campaigns.permissions import can_read_facts, can_record_facts


@dataclass
class Drawer:
    """All rows of one key, newest day first: the one in force, those ahead and those of the past."""

    key: str
    label: str
    now: Any = None
    ahead: list[Any] = field(default_factory=list)
    past: list[Any] = field(default_factory=list)


def drawers(facts: Iterable[Any], choices: Iterable[tuple[str, Any]]) -> list[Drawer]:
    """`facts` come newest day first, and of one day the last written first, as the model orders them."""
    today = timezone.localdate()
    found = {key: Drawer(key, str(label)) for key, label in choices}
    for fact in facts:
        drawer = found[fact.key]
        if fact.valid_from > today:
            drawer.ahead.insert(0, fact)
        elif drawer.now is None:
            drawer.now = fact
        else:
            drawer.past.append(fact)
    return list(found.values())


class FactsPanel(Panel):
    class BoundPanel(Panel.BoundPanel):
        template_name = "campaigns/admin/facts_panel.html"

        def is_shown(self) -> bool:
            return super().is_shown() and can_read_facts(self.request.user)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            licence = self.instance
            rows = licence.facts.select_related("recorded_by") if licence.pk else licence.facts.model.objects.none()
            return context | {
                "licence": licence,
                "drawers": drawers(rows, licence.facts.model._meta.get_field("key").choices) if licence.pk else [],
                "may_record": can_record_facts(self.request.user),
            }
