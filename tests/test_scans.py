"""A scan is known by what it holds, not by its name; what is no scan, too large or a trap is refused in words."""

import struct
import zlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import storages

from cms.office import scans
from media_assets.models import SignedSheet
from tests.paper import picture

PDF = b"%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\nstartxref\n9\n%%EOF\n"


def huge_png(width, height):
    """A head that promises more than any memory holds, in a few hundred bytes."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 999)) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("file", "kind"),
    [
        (ContentFile(PDF, "lembar.jpg"), scans.Kind.PDF),
        (picture("JPEG", name="lembar.pdf"), scans.Kind.JPG),
        (picture("PNG", name="lembar.exe"), scans.Kind.PNG),
    ],
)
def test_it_is_what_its_content_says(file, kind):
    assert scans.examine(file) == kind


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "kosong"),
        (b"<html><script>alert(1)</script></html>", "bukan PDF, JPG atau PNG"),
        (b"GIF89a" + b"\0" * 200, "bukan PDF, JPG atau PNG"),
        (PDF.replace(b"%%EOF", b""), "isinya rusak"),
        (picture("JPEG", (900, 900)).read()[:2000], "isinya rusak"),
        (picture("PNG", (90, 90)).read()[:100], "isinya rusak"),
        (huge_png(50_000, 50_000), "60 juta titik"),
        (huge_png(30_000, 100), "60 juta titik"),
        (huge_png(9_000, 9_000), "60 juta titik"),
    ],
)
def test_what_is_no_scan_is_refused_in_words(content, why):
    with pytest.raises(ValidationError, match=why):
        scans.examine(ContentFile(content, "lembar.jpg"))


def test_ten_megabytes_are_the_end():
    with pytest.raises(ValidationError, match="10 MB"):
        scans.examine(ContentFile(PDF + b" " * scans.LIMIT, "lembar.pdf"))


@pytest.mark.django_db
def test_nothing_stays_of_a_scan_whose_row_was_not_written():
    names = []

    with pytest.raises(RuntimeError), scans.kept(picture(), "sidang", SignedSheet.objects.all()) as facts:
        names.append(facts["file"])
        assert storages["private"].exists(facts["file"])
        raise RuntimeError

    assert [storages["private"].exists(name) for name in names] == [False]
