"""`manage.py load_demo`: the example content, once."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.translation import gettext as _

from cms.demo import loading


class Command(BaseCommand):
    help = "Loads the demo's users, licences, senjang, recordings, codes and scans; a second call does nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override(settings.LANGUAGE_CODE):
            try:
                loaded = loading.load()
            except ValidationError as refusal:
                raise CommandError(refusal.messages[0]) from refusal
            self.stdout.write(
                _("Isi contoh sudah dimuat.") if loaded else _("Isi contoh sudah ada; tidak dimuat lagi.")
            )
