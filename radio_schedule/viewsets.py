"""Stations in the admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.admin.viewsets.model import ModelViewSet

from cms.office import deletion
from radio_schedule.models import Station


class StationViewSet(ModelViewSet):
    model = Station
    name = "stations"
    url_prefix = "siaran/stasiun"
    icon = "media"
    menu_label = _("Siaran")
    menu_name = "siaran"
    add_to_admin_menu = True
    list_display = ["name", "frequency", "contact"]
    search_fields = ["name", "frequency", "contact"]
    panels = [FieldPanel("name"), FieldPanel("frequency"), FieldPanel("contact")]
    copy_view_enabled = False
    delete_view_class = deletion.DeleteView
    inspect_view_enabled = True
