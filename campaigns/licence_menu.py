"""The menu "Layanan": catalogue, facts and import under one roof."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.base import ViewSetGroup

from campaigns.fact_admin import FactViewSet
from campaigns.import_views import ImportViewSet
from campaigns.licence_admin import LicenceListing


class LicenceGroup(ViewSetGroup):
    menu_label = _("Layanan")
    menu_name = "layanan"
    menu_icon = "list-ul"
    items = (LicenceListing, FactViewSet, ImportViewSet)
