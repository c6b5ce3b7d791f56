"""make_renditions FILE --out DIR: every recipe's file from a plain sound file, without the database."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from media_assets import ffmpeg, rendering
from media_assets.rendering import Made


class Command(BaseCommand):
    help = "Make the web, low-data, radio and CD files of a recording, levelled and checked."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--out", type=Path, required=True, help="Folder for the finished files.")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, file: Path, out: Path, **options: Any) -> None:
        try:
            files = rendering.render_file(file, out)
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal
        except ffmpeg.Failed as failure:
            raise CommandError(str(failure)) from failure
        except OSError as error:
            raise CommandError(
                _("Berkas %(file)s tidak dapat dibaca atau %(out)s tidak dapat ditulis: %(cause)s.")
                % {"file": file, "out": out, "cause": error.strerror or error}
            ) from error
        rows = [row(made) for made in files]
        self.stdout.write(json.dumps(rows, ensure_ascii=False) if options["json"] else "\n".join(map(sentence, rows)))


def row(made: Made) -> dict[str, Any]:
    facts = {
        "recipe": made.recipe.name,
        "file": str(made.path),
        "duration": round(made.duration, 2),
        "lufs": made.lufs,
        "true_peak": made.true_peak,
    }
    return facts if made.on_target else facts | {"note": _("Puncak suara tidak mengizinkan lebih keras lagi.")}


def sentence(row: dict[str, Any]) -> str:
    line = "{file}  {duration} s  {lufs} LUFS  {true_peak} dBTP".format_map(row)
    return f"{line}  {row['note']}" if "note" in row else line
