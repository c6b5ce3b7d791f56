"""Imports the licence catalogue from a CSV or XLSX file, all or nothing."""

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from campaigns import importing


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--dry-run", action="store_true", help="check and report, write nothing")
        parser.add_argument("--json", action="store_true", dest="as_json", help="print the report as JSON")

    def handle(self, *args: Any, file: Path, dry_run: bool, as_json: bool, **options: Any) -> None:
        try:
            with file.open("rb") as content:
                report = (
                    importing.check(content, file.name) if dry_run else importing.take_in(content, file.name, by=None)
                )
        except OSError as error:
            raise CommandError(_("Berkas %(file)s tidak dapat dibuka.") % {"file": file}) from error
        words = in_json(report) if as_json else in_words(report, dry_run)
        self.stdout.write(words)
        if report.faults:
            sys.exit(1)


def in_json(report: importing.Report) -> str:
    entries = [
        {"row": entry.row, "code": entry.code, "title": entry.title, "state": str(entry.state)}
        for entry in report.entries
    ]
    counts = {"new": report.new, "changed": report.changed, "same": report.same}
    faults = [vars(fault) for fault in report.faults]
    return json.dumps(
        {"written": report.written, **counts, "faults": faults, "entries": entries}, ensure_ascii=False, indent=2
    )


def in_words(report: importing.Report, dry_run: bool) -> str:
    if report.faults:
        head = _("Tidak ada yang ditulis. Perbaiki %(count)d hal ini, lalu coba lagi:") % {"count": len(report.faults)}
        return "\n".join([head, *(f"  {fault}" for fault in report.faults)])
    counts = {"new": report.new, "changed": report.changed, "same": report.same}
    words = _("%(new)d baru, %(changed)d berubah, %(same)d tetap.") % counts
    return words + " " + (_("Belum ditulis (uji coba).") if dry_run else _("Sudah ditulis."))
