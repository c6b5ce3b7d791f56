"""advise_form FILE --language mui: the form of a lyric in a text file and what might be better; no database."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from media_assets import lyrics
from media_assets.prosody import hints, lyric_file
from media_assets.prosody.hints import Advice
from media_assets.prosody.reading import plain
from media_assets.prosody.syllables import Count


class Command(BaseCommand):
    help = "Advise on the form of a lyric: lines, rhyme, syllables, opening, closing, dialect. Advice, never a bar."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--language", default="mui", help="mui (Musi, the default) or ind (Indonesian)")
        parser.add_argument(
            "--word", action="append", default=[], metavar="WORD=N", help="A word's own count of syllables."
        )
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, file: Path, language: str, word: list[str], **options: Any) -> None:
        if language not in lyrics.TAGS:
            raise CommandError(
                _("Bahasa “%(language)s” tidak dikenal. Pilih mui (Musi) atau ind (Indonesia).")
                % {"language": language}
            )
        overrides = dict(map(own_count, word))
        try:
            with file.open("rb") as source:
                content = source.read(lyric_file.MAX_BYTES + 1)
            stanzas = lyric_file.parse(lyric_file.decode(content))
        except OSError as error:
            raise CommandError(
                _("Berkas %(file)s tidak dapat dibaca: %(cause)s.") % {"file": file, "cause": cause(error)}
            ) from error
        except lyric_file.Unreadable as refusal:
            raise CommandError(f"{file}: {refusal}") from refusal
        advice = hints.advise(stanzas, language, overrides)
        self.stdout.write(
            json.dumps({"stanzas": list(map(as_json, advice))}, ensure_ascii=False, indent=2)
            if options["json"]
            else "\n".join(as_text(advice))
        )


def cause(error: OSError) -> str:
    causes = {
        FileNotFoundError: _("tidak ada berkas dengan nama itu"),
        IsADirectoryError: _("itu folder, bukan berkas"),
        PermissionError: _("Anda tidak berhak membukanya"),
    }
    return causes.get(type(error), error.strerror or str(error))


def own_count(given: str) -> tuple[str, Count]:
    word, _is, number = given.rpartition("=")
    if not word or not number.isascii() or not number.isdigit() or len(number) > 2:
        raise CommandError(
            _("“%(given)s” tidak terbaca. Tulis kata dan jumlah sukunya, misalnya mau=1.") % {"given": given}
        )
    return plain(word), Count(int(number), int(number))


def as_json(advice: Advice) -> dict[str, Any]:
    form = advice.form
    return {
        "part": form.part,
        "form": form.name,
        "scheme": form.scheme,
        "lines": [
            {
                "no": heard.no,
                "text": heard.line.text,
                "syllables": [heard.syllables.least, heard.syllables.most],
                "rhyme": heard.sound,
            }
            | ({"formula": True} if heard.line.formula else {})
            for heard in form.heard
        ],
        "hints": [
            {"line": hint.line, "with": hint.other, "kind": hint.kind, "grade": hint.grade, "text": hint.text}
            for hint in advice.hints
        ],
    }


def as_text(advice: list[Advice]) -> Iterator[str]:
    for number, found in enumerate(advice, 1):
        yield _("Bait %(no)d (%(part)s): %(form)s, sajak %(scheme)s") % {
            "no": number, "part": found.form.part, "form": found.form.name, "scheme": found.form.scheme,
        }  # fmt: skip
        yield from (f"  - {hint.text}" for hint in found.hints)
    if not any(found.hints for found in advice):
        yield _("Tidak ada saran: bentuknya sudah baik.")
