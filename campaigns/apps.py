"""The app as Django knows it."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.urls import register_converter
from django.utils.translation import gettext_lazy as _


class CampaignsConfig(AppConfig):
    name = "campaigns"
    label = "campaigns"
    verbose_name = _("Kampanye dan layanan")

    def ready(self) -> None:
        from campaigns import codes, places
        from cms.office.numbers import RowConverter

        register_converter(codes.PrintedConverter, "printed")
        register_converter(RowConverter, "row")
        post_migrate.connect(places.load, sender=self, dispatch_uid="load-places")
