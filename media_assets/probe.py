"""Is this file a recording we can use? Asked of its content, never of its name; every refusal is a sentence."""

import re
import struct
from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cms.office import measures
from media_assets import ffmpeg, loudness

SHORTEST = 1.0  # seconds
LONGEST = 3 * 3600.0
_UNKNOWN_SIZES = (range(0x7FFFF000, 0x80000000), range(0xFFFFFF00, 0x100000000))  # written by streaming programs
_OWN_LINE = r"(?m)^ +"  # of ffmpeg's; what a file's tags say stands behind their name
_NUMBERED = {"mono": 1, "stereo": 2, "quad": 4}


@dataclass(frozen=True)
class Source:
    """What a file's header says; `claimed` is the length it claims in seconds, None when it does not know."""

    codec: str
    sample_rate: int
    channels: int
    claimed: float | None


def look(path: Path) -> Source:
    """Read the header only, and refuse what is not sound."""
    if not path.stat().st_size:
        raise ValidationError(_("Berkas ini kosong (0 bita). Pilih berkas rekamannya sekali lagi."))
    log = ffmpeg.run(["-loglevel", "info", *ffmpeg.source(path)], check=False, seconds=60)
    if re.search(rf"{_OWN_LINE}Stream #\S+ Video: (?!.*\(attached pic\))", log):
        raise ValidationError(_("Berkas ini video. Unggah suaranya saja, misalnya WAV, MP3 atau M4A."))
    audio = re.search(rf"{_OWN_LINE}Stream #\S+ Audio: (\w+).*?, (\d+) Hz, ([^,\n]+)", log)
    if not audio:
        raise ValidationError(_not_sound(log))
    claimed = None if "Estimating duration" in log else _claimed(log)
    return Source(audio[1], int(audio[2]), _channels(audio[3]), _claimed_by_wav(path) or claimed)


def examine(path: Path) -> tuple[Source, float]:
    """Look, then decode it all once: returns the header's facts and the true length in seconds."""
    source = look(path)
    try:
        length, lufs = loudness.listen(path)
    except ffmpeg.Failed as failure:
        raise ValidationError(_refusal(str(failure))) from failure
    judge(source, path, length=length, lufs=lufs)
    return source, length


def judge(source: Source, path: Path, *, length: float, lufs: float) -> None:
    """Refuse what decodes to something else than its header promised, or to nothing worth hearing."""
    if source.claimed and length < source.claimed * 0.98 - 0.5:
        raise ValidationError(
            _(
                "Berkas terpotong atau rusak: menurut kepalanya %(claimed)s, isinya hanya %(length)s. "
                "Salin ulang dari sumbernya, lalu unggah lagi."
            )
            % {"claimed": measures.length(source.claimed), "length": measures.length(length)}
        )
    if _last_page_is_cut(path):
        raise ValidationError(
            _("Berkas terpotong di bagian akhir. Salin ulang dari sumbernya, lalu unggah lagi."), code="cut"
        )
    if length < SHORTEST:
        raise ValidationError(_("Rekaman ini lebih pendek dari satu detik. Periksa apakah berkasnya benar."))
    if length > LONGEST:
        raise ValidationError(_("Rekaman ini lebih panjang dari tiga jam. Potong dulu menjadi beberapa berkas."))
    if lufs < loudness.SILENT:
        raise ValidationError(_("Rekaman ini hening: tidak ada suara yang terdengar. Periksa berkasnya."))


def _not_sound(log: str) -> str:
    if "moov atom not found" in log:
        return _refusal(ffmpeg.cause(log))
    return _refusal(_("Isinya bukan suara, apa pun nama berkasnya."))


def _refusal(reason: str) -> str:
    return _("Berkas ini tidak dapat dipakai. %(reason)s Unggah WAV, MP3, FLAC, M4A, OGG atau Opus.") % {
        "reason": reason
    }


def _channels(layout: str) -> int:
    layout = layout.strip()
    if numbers := re.match(r"(\d+)\.(\d+)", layout):
        return int(numbers[1]) + int(numbers[2])
    if count := re.match(r"(\d+) channels", layout):
        return int(count[1])
    return _NUMBERED.get(layout.split("(")[0].strip(), 2)


def _claimed(log: str) -> float | None:
    found = re.search(rf"{_OWN_LINE}Duration: (\d+):(\d\d):(\d\d\.\d+)", log)
    return int(found[1]) * 3600 + int(found[2]) * 60 + float(found[3]) if found else None


def _claimed_by_wav(path: Path) -> float | None:
    """What a WAV's data chunk claims (ffmpeg quietly corrects it by the file's size); None when written as a stream."""
    with path.open("rb") as file:
        if file.read(12)[::8] != b"RW":
            return None
        bytes_a_second = 0
        while len(head := file.read(8)) == 8:
            kind, size = struct.unpack("<4sI", head)
            if kind == b"data":
                known = bytes_a_second and size and not any(size in unknown for unknown in _UNKNOWN_SIZES)
                return size / bytes_a_second if known else None
            if kind == b"fmt ":
                bytes_a_second = struct.unpack("<8xI", file.read(12))[0]
                size -= 12
            file.seek(size + size % 2, 1)
    return None


def _last_page_is_cut(path: Path) -> bool:
    """Ogg claims no length, but its last page says how long it is."""
    with path.open("rb") as file:
        if file.read(4) != b"OggS":
            return False
        file.seek(max(0, path.stat().st_size - 70_000))  # a page is at most 65,307 bytes
        tail = file.read()
    start = tail.rfind(b"OggS")
    if start < 0 or len(tail) < start + 27:
        return True
    segments = tail[start + 27 : start + 27 + tail[start + 26]]
    return len(segments) < tail[start + 26] or len(tail) < start + 27 + len(segments) + sum(segments)
