"""The admin's list of people; their contacts show to nobody else."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.admin.viewsets.model import ModelViewSet

from cms.office import deletion
from performers.models import Person


class PersonViewSet(ModelViewSet):
    model = Person
    url_prefix = "orang"
    name = "people"
    icon = "user"
    menu_label = _("Penampil")
    add_to_admin_menu = True
    menu_order = 450
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
    ]
