"""What a studio reads in a WAV file besides the sound: the `bext` chunk (EBU Tech 3285) and the `cart` chunk (AES46).

Both are ASCII with fixed widths; other letters are written in their nearest ASCII form. Sound and other chunks stay
as they are.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as _

from media_assets import ffmpeg
from media_assets.transliteration import to_ascii

PRODUCER, PRODUCER_VERSION = "Bersenjang", "1"
OPEN_END = date(9999, 12, 31)  # how AES46 files say “until further notice”
OURS = (b"bext", b"cart")
_BEXT = struct.Struct("<256s32s32s10s8sQH64s5h180s")
_CART = struct.Struct("<4s64s64s64s64s64s64s64s10s8s10s8s64s64s64si64s276s1024s")
_FULL_SCALE = 32768  # the sample value that stands for 0 dB
_UNSAID = 0x7FFF  # a loudness that was not measured


@dataclass(frozen=True)
class Origin:
    """For `bext`: who made the file from what, when, and how loud it is (LUFS, LU, dBTP)."""

    description: str
    originator: str
    reference: str
    made_at: datetime
    lufs: float | None = None
    range: float | None = None
    true_peak: float | None = None
    history: str = ""


@dataclass(frozen=True)
class Cart:
    """For `cart`: how the studio files the cut, and the days on which it may air (first and last, both included)."""

    title: str
    artist: str
    cut_id: str
    client: str
    out_cue: str
    first_day: date
    last_day: date = OPEN_END
    category: str = "PSA"
    url: str = ""
    text: str = ""
    samples: int = 0


def write(path: Path, origin: Origin, cart: Cart | None = None) -> None:
    """Put the chunks before the sound, in place of older ones; the file is whole at every moment."""
    chunks = [(b"bext", _bext(origin)), *([(b"cart", _cart(cart))] if cart else [])]
    fresh = path.with_suffix(".bagian")
    try:
        with path.open("rb") as old, fresh.open("wb") as new:
            _rewrite(old, new, chunks)
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)


def _rewrite(old: BinaryIO, new: BinaryIO, chunks: list[tuple[bytes, bytes]]) -> None:
    new.write(b"RIFF\0\0\0\0WAVE")
    for name, data in chunks:
        _put(new, name, data)
    for name, size in _chunks(old):
        if name not in OURS:
            new.write(struct.pack("<4sI", name, size))
            _copy(old, new, size)
    total = new.tell() - 8
    new.seek(4)
    new.write(struct.pack("<I", total))


def describe(path: Path, description: str) -> None:
    """Say anew what a file is, where it says so at all; who made it and how loud it is stay."""
    with path.open("r+b") as file:
        for name, _size in _chunks(file):
            if name == b"bext":
                file.write(_field(description, 256).ljust(256, b"\0"))
                return


def read(path: Path) -> dict[str, bytes]:
    """The two chunks as they stand in a file, by name; those that it has."""
    found = {}
    with path.open("rb") as file:
        for name, size in _chunks(file):
            if name in OURS:
                found[name.decode()] = file.read(size)
    return found


def _chunks(file: BinaryIO) -> Iterator[tuple[bytes, int]]:
    """Each chunk's name and size, the file standing at its data."""
    file.seek(0)
    if file.read(12)[::8] != b"RW":
        raise ffmpeg.Failed(_("Berkas ini bukan WAV."))
    place = 12
    while len(head := file.read(8)) == 8:
        name, size = struct.unpack("<4sI", head)
        yield name, size
        place += 8 + size + size % 2
        file.seek(place)


def _put(file: BinaryIO, name: bytes, data: bytes) -> None:
    file.write(struct.pack("<4sI", name, len(data)) + data + b"\0" * (len(data) % 2))


def _copy(old: BinaryIO, new: BinaryIO, size: int) -> None:
    end = old.tell() + size
    while old.tell() < end:
        piece = old.read(min(1 << 20, end - old.tell()))
        if not piece:
            raise ffmpeg.Failed(_("Berkas WAV terpotong."))
        new.write(piece)
    new.write(b"\0" * (size % 2))


def _field(text: str, width: int) -> bytes:
    return to_ascii(text)[:width].encode("ascii")


def _bext(origin: Origin) -> bytes:
    made = origin.made_at
    levels = [_level(value) for value in (origin.lufs, origin.range, origin.true_peak, None, None)]
    head = _BEXT.pack(
        _field(origin.description, 256),
        _field(origin.originator, 32),
        _field(origin.reference, 32),
        f"{made:%Y-%m-%d}".encode(),
        f"{made:%H:%M:%S}".encode(),
        0,  # samples since midnight: not a take of a running tape
        2,
        b"",
        *levels,
        b"",
    )
    return head + (to_ascii(origin.history) + "\r\n").encode("ascii")


def _level(value: float | None) -> int:
    return _UNSAID if value is None else max(-0x7FFF, min(0x7FFE, round(value * 100)))


def _cart(cart: Cart) -> bytes:
    words = [cart.title, cart.artist, cart.cut_id, cart.client, cart.category, "", cart.out_cue]
    timers = struct.pack("<4sI4sI", b"AUDs", 0, b"AUDe", cart.samples) if cart.samples else b""
    head = _CART.pack(
        b"0101",
        *(_field(text, 64) for text in words),
        cart.first_day.isoformat().encode(),
        b"00:00:00",
        cart.last_day.isoformat().encode(),
        b"23:59:59",
        _field(PRODUCER, 64),
        _field(PRODUCER_VERSION, 64),
        b"",
        _FULL_SCALE,
        timers,
        b"",
        _field(cart.url, 1024),
    )
    text = "\r\n".join(to_ascii(line) for line in cart.text.splitlines())
    return head + text.encode("ascii") + b"\r\n\0"
