"""propose_segments FILE: which stretches of a take are sung and which are played, suggested without the database."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from media_assets import ffmpeg, listening
from media_assets.segments import Segment, name


class Command(BaseCommand):
    help = "Suggest which stretches of a recording are sung and which are played."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            segments = listening.propose_file(file)
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal
        except ffmpeg.Failed as failure:
            raise CommandError(str(failure)) from failure
        except OSError as error:
            raise CommandError(
                _("Berkas %(file)s tidak dapat dibaca: %(cause)s.") % {"file": file, "cause": error.strerror or error}
            ) from error
        if options["json"]:
            self.stdout.write(json.dumps([row(segment) for segment in segments]))
        else:
            self.stdout.write("\n".join(map(name, segments)) or _("Tidak ditemukan syair maupun musik."))


def row(segment: Segment) -> dict[str, Any]:
    return {"start": segment.start, "end": segment.end, "kind": segment.kind, "suggested": True}
