"""`manage.py demo`: set up, load once, start web and worker, print where to go, and keep them running."""

import os
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import connections
from django.utils import translation
from django.utils.translation import gettext as _

from cms.demo import announcing, loading, running, setting_up


class Command(BaseCommand):
    help = "Runs the demo on this machine: web and worker together."
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=getattr(settings, "PORT", 8000))
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--open-to-network", action="store_true", help="listen on addresses that others can reach")

    def handle(self, *args: Any, host: str, port: int, open_to_network: bool, **options: Any) -> None:
        with translation.override(settings.LANGUAGE_CODE):
            try:
                loading.refuse_outside_demo()
                running.check_address(host, port, open_to_network=open_to_network)
            except ValidationError as refusal:
                raise CommandError(refusal.messages[0]) from refusal
            os.environ["PORT"] = str(port)  # what the children print under codes
            if open_to_network:
                os.environ["ALLOWED_HOSTS"] = "*"
            setting_up.set_up(self.say)
            connections.close_all()
            self.run(host, port)

    def run(self, host: str, port: int) -> None:
        family = running.children(host, port, announcing.log_folder())
        code = 1
        try:
            for child in family:
                child.start()
            if not running.wait_for_web(host, port, family[0]):
                raise CommandError(_("Web tidak mau hidup. Lihat sebabnya di %(log)s") % {"log": family[0].log})
            self.say(announcing.welcome(port))
            code = running.watch(family, self.say, announcing.Progress(self.say))
        finally:
            running.end(family)
        if code:
            raise CommandError(_("Contoh dihentikan."))
        self.say(_("Contoh berhenti. Datanya tetap ada di %(folder)s") % {"folder": settings.DATA_DIR})

    def say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()
