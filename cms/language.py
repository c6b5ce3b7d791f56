"""The words of the admin's scripts: Wagtail's catalogue with our Indonesian laid over it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.i18n import JavaScriptCatalog
from wagtail.admin.localization import get_localized_response

_catalogue = JavaScriptCatalog.as_view(packages=["wagtail.admin", "cms"])


def admin_words(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    return get_localized_response(_catalogue, request, *args, **kwargs)
