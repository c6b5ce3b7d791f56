"""Scans of signed sheets: known by their content, within limits, kept privately."""

import hashlib
import secrets
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

from django.core.exceptions import ValidationError
from django.core.files import File
from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

from media_assets import uploads
from media_assets.models import SignedSheet
from media_assets.models.sittings import FOLDER, scan_storage

LIMIT = 10 * 1024**2  # bytes
PIXELS = 60_000_000  # a phone of today takes 50 million
SIDE = 20_000
HEAD = TAIL = 2048  # where a PDF says that it is one, and that it is whole
KINDS = {"JPEG": SignedSheet.Kind.JPG, "MPO": SignedSheet.Kind.JPG, "PNG": SignedSheet.Kind.PNG}


@contextmanager
def kept(file: File) -> Iterator[dict[str, Any]]:
    """Check a scan and keep it while the block writes its row; if the block fails, nothing stays."""
    kind, storage = examine(file), scan_storage()
    try:
        file.seek(0)
        name = storage.save(f"{FOLDER}/{secrets.token_hex(16)}.{kind.name.lower()}", file)
    except OSError as error:
        if not uploads.is_full(error):
            raise
        raise ValidationError({"scan": uploads.no_room()}) from error
    try:
        yield {"file": name, "kind": kind, "size": file.size, "sha256": _sha256(file)}
    except BaseException:
        if not SignedSheet.objects.filter(file=name).exists():
            storage.delete(name)
        raise


def examine(file: File) -> SignedSheet.Kind:
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


def _examine_pdf(file: File) -> SignedSheet.Kind:
    """Its head and its end; a browser opens it, so nothing here unpacks it."""
    file.seek(max(0, file.size - TAIL))
    if b"%%EOF" not in file.read():
        _refuse(_broken())
    return SignedSheet.Kind.PDF


def _examine_picture(file: File) -> SignedSheet.Kind:
    """The size stands in the head, so a picture that would fill the memory is never unpacked."""
    file.seek(0)
    with Image.open(file, formats=["JPEG", "PNG"]) as picture:
        width, height = picture.size
        if width * height > PIXELS or max(width, height) > SIDE:
            _refuse(_too_wide())
        kind = KINDS[str(picture.format)]
        if kind == SignedSheet.Kind.PNG:
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
