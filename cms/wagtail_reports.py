"""Wagtail's own reports, for those who edit pages; their CSV, like ours, runs no formula."""

from functools import cache
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import path
from django.views import View
from wagtail.admin.auth import require_admin_access
from wagtail.admin.urls import reports
from wagtail.permissions import page_permission_policy

from cms.office.exports import PlainExport


class ForEditors(View):
    """Wagtail opens its site history to everybody in the admin."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not page_permission_policy.user_has_any_permission(request.user, ["add", "change", "publish"]):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


@cache
def _ours(view: type) -> Any:
    return type(view.__name__, (PlainExport, ForEditors, view), {})


urlpatterns = [
    path(
        str(route.pattern),
        require_admin_access(_ours(route.callback.view_class).as_view(**route.callback.view_initkwargs)),
    )
    for route in reports.urlpatterns
]
