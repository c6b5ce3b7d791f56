"""The content generation: one number that every cached visitor page hangs on."""

from typing import Any

from django.db.models import F
from django.db.models.signals import post_delete, post_save

from cms.office.models import Generation, OfficeHours, OfficeSettings, WhatsAppLine


def bump(**kwargs: Any) -> None:
    """Call after the content's write, in its transaction; before it, caches would keep the old. Also a receiver."""
    if not Generation.objects.filter(pk=1).update(value=F("value") + 1):
        Generation.objects.get_or_create(pk=1, defaults={"value": 1})


def current() -> int:
    return Generation.objects.filter(pk=1).values_list("value", flat=True).first() or 0


def watch(*models: Any) -> None:
    """Bump whenever a row of these models is saved or deleted."""
    for model in models:
        for signal in (post_save, post_delete):
            signal.connect(bump, sender=model, dispatch_uid=f"generation-{model.__name__}")


watch(OfficeSettings, OfficeHours, WhatsAppLine)
