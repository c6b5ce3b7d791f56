"""Scans of signed papers: known by their content, within limits, kept privately."""

import hashlib
import secrets
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.storage import Storage, storages
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

from cms.office import room

LIMIT = 10 * 1024**2  # bytes
PIXELS = 60_000_000  # a phone of today takes 50 million
SIDE = 20_000
HEAD = TAIL = 2048  # where a PDF says that it is one, and that it is whole
ACCEPT = ".pdf,.jpg,.jpeg,.png,application/pdf,image/jpeg,image/png"
FORM_BYTES = 1024**2  # what the rest of a form may take


class Kind(models.TextChoices):
    PDF = "application/pdf", "PDF"
    JPG = "image/jpeg", "JPG"
    PNG = "image/png", "PNG"


FORMATS = {"JPEG": Kind.JPG, "MPO": Kind.JPG, "PNG": Kind.PNG}


def storage() -> Storage:
    return storages["private"]


def private_name(folder: str, kind: str) -> str:
    """Nothing of the name that was sent, and nothing that can be guessed."""
    return f"{folder}/{secrets.token_hex(16)}.{Kind(kind).name.lower()}"


@contextmanager
def kept(file: File, folder: str, rows: models.QuerySet[Any]) -> Iterator[dict[str, Any]]:
    """Check a scan and keep it while the block writes its row; if the block fails, nothing stays.

    `rows` are those whose `file` may name it: what is committed stays, whatever fails after that.
    """
    kind = examine(file)
    try:
        file.seek(0)
        name = storage().save(private_name(folder, kind), file)
    except OSError as error:
        if not room.is_full(error):
            raise
        raise ValidationError({"scan": room.none_left()}) from error
    with room.kept_by(rows.filter(file=name), storage(), name):
        yield {"file": name, "kind": kind, "size": file.size, "sha256": _sha256(file)}


def examine(file: File) -> Kind:
    """What it is, whatever its name says."""
    if not file.size:
        _refuse(_("Berkas ini kosong. Pindai atau foto lagi lembarnya."))
    if file.size > LIMIT:
        _refuse(too_large())
    file.seek(0)
    if b"%PDF-" in file.read(HEAD):
        return _examine_pdf(file)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _examine_picture(file)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        _refuse(_too_wide())
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
        _refuse(_broken())


def too_large() -> str:
    return _("Berkas ini lebih besar dari 10 MB. Pindai lagi dengan mutu yang lebih rendah, misalnya 200 dpi.")


def lost(request: HttpRequest) -> str:
    """Why the scan of this request was not even written to disk; "" where nothing stood in its way."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > LIMIT + FORM_BYTES:
        return too_large()
    return room.none_left() if room.was_short(request) else ""


def _examine_pdf(file: File) -> Kind:
    """Its head and its end; a browser opens it, so nothing here unpacks it."""
    file.seek(max(0, file.size - TAIL))
    if b"%%EOF" not in file.read():
        _refuse(_broken())
    return Kind.PDF


def _examine_picture(file: File) -> Kind:
    """The size stands in the head, so a picture that would fill the memory is never unpacked."""
    file.seek(0)
    with Image.open(file, formats=["JPEG", "PNG"]) as picture:
        width, height = picture.size
        if width * height > PIXELS or max(width, height) > SIDE:
            _refuse(_too_wide())
        kind = FORMATS[str(picture.format)]
        if kind == Kind.PNG:
            picture.verify()
        else:
            picture.draft("L", (width // 8, height // 8))  # an eighth is enough to find it whole
            picture.load()
    return kind


def _broken() -> str:
    return _("Berkas ini bukan PDF, JPG atau PNG, atau isinya rusak. Pindai atau foto lagi lembarnya.")


def _too_wide() -> str:
    return _("Gambar ini terlalu besar: paling banyak 60 juta titik. Kecilkan dulu, lalu unggah lagi.")


def _refuse(sentence: str) -> NoReturn:
    raise ValidationError({"scan": sentence})


def _sha256(file: File) -> str:
    digest = hashlib.sha256()
    file.seek(0)
    for piece in file.chunks():
        digest.update(piece)
    return digest.hexdigest()
