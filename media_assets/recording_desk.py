"""What the screens about recordings share: who may open them, and their head."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from media_assets.models import Recording

View = Callable[..., HttpResponseBase]


def only(allowed: Callable[[Any], bool]) -> Callable[[View], View]:
    """Only for those whom `allowed` lets; Wagtail turns the refusal into its own words."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not allowed(request.user):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return guard


def page(*, title: Any, recording: Recording | None = None, **context: Any) -> dict[str, Any]:
    """The head of a screen; `recording` where it stands a step below that recording's own."""
    crumbs = [
        {"url": reverse("wagtailadmin_home"), "label": _("Beranda")},
        {"url": reverse("recordings:index"), "label": _("Rekaman")},
    ]
    if recording:
        crumbs.append({"url": reverse("recordings:detail", args=[recording.pk]), "label": recording.label})
    crumbs.append({"url": "", "label": title})
    return {"breadcrumbs_items": crumbs, "header_title": title, "header_icon": "media"} | context
