"""Prints from the command line: the same leaflet as the button in the admin, or a sentence why not."""

import hashlib
import json
import os
import tempfile
from argparse import ArgumentParser
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns import codes
from campaigns.models import Code
from cms.office.pdf import PdfError
from media_assets import leaflets
from media_assets.models import SenjangPage


class Command(BaseCommand):
    help = "Render a leaflet of a senjang to a PDF file. Uses an existing code and never makes one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("template", choices=sorted(leaflets.TEMPLATES))
        parser.add_argument("--senjang", required=True, metavar="SLUG")
        parser.add_argument("--code", metavar="CODE", help="default: the newest active code of the senjang")
        parser.add_argument("--draft", action="store_true", help="watermarked, also before approval")
        parser.add_argument("--out", required=True, type=Path, metavar="FILE.pdf")
        parser.add_argument("--json", action="store_true")

    def handle(self, *, template: str, senjang: str, out: Path, **options: Any) -> None:
        page = SenjangPage.objects.filter(slug=senjang).first()
        if page is None:
            raise CommandError(_("Tidak ada senjang “%(slug)s”.") % {"slug": senjang})
        code = _code(page, options["code"])
        try:
            file = leaflets.render(page, code, by=None, template=template, draft=options["draft"])
            _put(file, out)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        except PdfError as error:
            raise CommandError(str(error)) from None
        except OSError as error:
            raise CommandError(
                _("Berkas %(file)s tidak dapat ditulis: %(why)s.") % {"file": out, "why": error.strerror}
            ) from None
        facts = {
            "file": str(out),
            "template": template,
            "senjang": page.slug,
            "code": code.code if code else None,
            "address": code.address if code else None,
            "as_of": timezone.localdate().isoformat(),
            "draft": options["draft"],
            "pages": _pages(file),
            "bytes": len(file),
            "sha256": hashlib.sha256(file).hexdigest(),
        }
        self.stdout.write(json.dumps(facts) if options["json"] else str(out))


def _code(page: SenjangPage, typed: str | None) -> Code | None:
    if typed is None:
        return Code.objects.active().filter(page=page).first()
    code = Code.objects.filter(pk=codes.read(typed)).first()
    if code is None:
        raise CommandError(_("Tidak ada kode “%(code)s”.") % {"code": typed})
    return code


def _put(file: bytes, out: Path) -> None:
    """All of it or nothing: beside its place first."""
    handle, name = tempfile.mkstemp(dir=out.parent, prefix=f".{out.name}-")
    try:
        with os.fdopen(handle, "wb") as beside:
            beside.write(file)
        Path(name).chmod(0o644)
        Path(name).replace(out)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


def _pages(file: bytes) -> int:
    with pikepdf.open(BytesIO(file)) as document:
        return len(document.pages)
