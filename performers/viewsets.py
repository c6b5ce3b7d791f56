"""The admin's lists of people and of their consents; contacts show to nobody else."""

from django.urls import path
from django.urls.resolvers import URLPattern
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet

from cms.office import deletion
from cms.office.desks import Desk, menu_item_for
from performers import consent_views, permissions
from performers.consent_listing import ConsentIndex
from performers.models import Person
from performers.panels import ConsentsPanel


class PersonViewSet(ModelViewSet):
    model = Person
    url_prefix = "orang"
    name = "people"
    icon = "user"
    menu_label = _("Orang")
    list_display = ["name", "role", "kecamatan", "contact"]
    list_filter = ["role", "kecamatan"]
    ordering = ["name"]
    search_fields = ["name"]
    search_backend_name = None
    delete_view_class = deletion.DeleteView
    list_per_page = 50
    panels = [
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("role"), FieldPanel("kecamatan")]),
        FieldPanel("contact"),
        FieldPanel("user", permission="auth.change_user"),  # whose log-in speaks for whom: the administrator's to say
        ConsentsPanel(heading=_("Izin")),
    ]


class ConsentDesk(Desk):
    name = "consents"
    url_prefix = "izin"
    icon = "doc-full-inverse"
    menu_label = _("Izin")
    index_view_class = ConsentIndex
    menu_item_class = menu_item_for(permissions.can_read_consents)

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("<row:pk>/", consent_views.detail, name="detail"),
            path("<row:pk>/formulir/", consent_views.form, name="form"),
            path("<row:pk>/cabut/", consent_views.withdraw, name="withdraw"),
            path("orang/<row:pk>/", consent_views.of_person, name="of_person"),
            path("orang/<row:pk>/catat/", consent_views.give, name="give"),
        ]


class PeopleGroup(ViewSetGroup):
    menu_label = _("Penampil")
    menu_name = "penampil"
    menu_icon = "user"
    menu_order = 450
    items = (PersonViewSet, ConsentDesk)
