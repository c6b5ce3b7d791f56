"""What the office's desks in the admin share: a list that is searched, its two addresses, a menu item for some."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path
from wagtail.admin.menu import MenuItem
from wagtail.admin.views import generic
from wagtail.admin.viewsets.base import ViewSet
from wagtail.permission_policies import ModelPermissionPolicy


class Listing(generic.IndexView):
    """For whoever may see the model's rows."""

    any_permission_required = ["view"]
    is_searchable = True
    search_backend_name = None
    paginate_by = 50

    @property
    def permission_policy(self) -> ModelPermissionPolicy:
        return ModelPermissionPolicy(self.model)


class Desk(ViewSet):
    index_view_class: type[Listing]

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", self.construct_view(self.index_view_class), name="index"),
            path("hasil/", self.construct_view(self.index_view_class, results_only=True), name="index_results"),
        ]


def menu_item_for(may: Callable[[Any], bool]) -> type[MenuItem]:
    """Wagtail shows an item to everybody in the admin; this one only to those whom `may` lets in."""

    class Item(MenuItem):
        def is_shown(self, request: HttpRequest) -> bool:
            return may(request.user)

    return Item
