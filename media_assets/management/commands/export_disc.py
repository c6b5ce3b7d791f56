"""export_disc DISC --out FILE.zip: the master of a disc's newest edition, or of what is on it now."""

import json
import shutil
import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.office.numbers import is_row
from media_assets import cue_sheet, disc_contents, disc_master, ffmpeg, pressing, recordings
from media_assets.models import Disc, DiscEdition


class Command(BaseCommand):
    help = "Write the ZIP of a disc's master: sound, CUE sheet, TOC, checksums."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("disc", metavar="DISC", help="number or whole title")
        parser.add_argument("--edition", type=int, metavar="N", help="default: the newest")
        parser.add_argument("--out", required=True, type=Path, metavar="FILE.zip")
        parser.add_argument("--json", action="store_true")

    def handle(self, *, disc: str, edition: int | None, out: Path, **options: Any) -> None:
        found = _find(disc)
        kept = _edition(found, edition)
        try:
            facts = _copy(kept, out) if kept else _trial(found, out)
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from None
        except ffmpeg.Failed as failure:
            raise CommandError(str(failure)) from None
        except OSError as error:
            raise CommandError(
                _("Berkas %(file)s tidak dapat ditulis, atau berkas asalnya hilang: %(why)s.")
                % {"file": out, "why": error.strerror or error}
            ) from None
        facts = {"file": str(out), "disc": found.title, "edition": kept.number if kept else None} | facts
        self.stdout.write(json.dumps(facts, ensure_ascii=False) if options["json"] else str(out))


def _find(asked: str) -> Disc:
    found = Disc.objects.filter(pk=asked).first() if is_row(asked) else None
    named = [found] if found else list(Disc.objects.filter(title=asked)[:2])
    if len(named) != 1:
        text = _("Ada beberapa cakram “%s”; sebut nomornya.") if named else _("Tidak ada cakram “%s”.")
        raise CommandError(text % asked)
    return named[0]


def _edition(disc: Disc, number: int | None) -> DiscEdition | None:
    if number is None:
        return disc.edition
    edition: DiscEdition | None = disc.editions.filter(number=number).first()
    if edition is None:
        raise CommandError(_("Cakram “%(disc)s” tidak punya edisi %(number)d.") % {"disc": disc, "number": number})
    return edition


def _copy(edition: DiscEdition, out: Path) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=".") as folder:
        beside = Path(folder) / "cakram.zip"
        with edition.file.open("rb") as source, beside.open("wb") as target:
            shutil.copyfileobj(source, target, disc_master.PIECE)
        if disc_master.digest(beside) != edition.sha256:
            raise ValidationError(_("Berkas edisi ini rusak di tempat penyimpanan: SHA-256-nya lain."))
        beside.replace(out)
    levels = {"gain_db": edition.gain_db, "true_peak": edition.true_peak}
    return _facts(edition.size, edition.sha256, edition.length, edition.contents) | levels


def _trial(disc: Disc, out: Path) -> dict[str, Any]:
    today = timezone.localdate()
    listed = disc_contents.entries(disc, today)
    if sentences := pressing.refusals(disc, listed):
        raise ValidationError(sentences)
    contents = disc_contents.frozen(disc, listed)
    with tempfile.TemporaryDirectory(dir=recordings.work_folder()) as folder:
        made = pressing.build(contents, 0, today, Path(folder), lambda done: None)
        with tempfile.TemporaryDirectory(dir=out.parent, prefix=".") as near:
            beside = Path(shutil.move(made.path, near))
            size = beside.stat().st_size
            beside.replace(out)
    levels = {"gain_db": made.gain_db, "true_peak": made.true_peak}
    lengths = disc_contents.with_lengths(contents, made.disc)
    return _facts(size, made.sha256, made.disc.length, lengths) | levels


def _facts(size: int, sha256: str, length: int, contents: dict[str, Any]) -> dict[str, Any]:
    names = ("title", "performer", "songwriter", "length", "gap", "isrc", "master")
    tracks = [{name: row[name] for name in names} for row in contents["tracks"]]
    return {"bytes": size, "sha256": sha256, "length": round(length / cue_sheet.RATE, 2), "tracks": tracks}
