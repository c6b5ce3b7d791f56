"""The one door to ffmpeg: argument lists, local files only, and limits on time, memory and processor for the child."""

import re
import resource
import shutil
import subprocess
import threading
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from io import BufferedReader
from pathlib import Path
from typing import cast

import imageio_ffmpeg
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

TIME_LIMIT = 1500  # seconds; below the queue's own, so that a job ends in words
MEMORY_LIMIT = 2 * 1024**3  # address space, of which a quiet process uses about a twentieth
FORMATS = "wav,w64,mp3,flac,mov,mp4,m4a,ogg"  # no playlists, no network, no text formats

_CAUSES = (
    ("No space left on device", gettext_lazy("Ruang simpan penuh. Hubungi administrator, lalu coba lagi.")),
    ("Cannot allocate memory", gettext_lazy("Berkas ini membutuhkan terlalu banyak memori.")),
    ("moov atom not found", gettext_lazy("Berkas terpotong: bagian penutupnya tidak ada.")),
    ("Invalid data found", gettext_lazy("Isi berkas rusak atau bukan suara.")),
    ("does not contain any stream", gettext_lazy("Tidak ada suara di dalam berkas.")),
    ("matches no streams", gettext_lazy("Tidak ada suara di dalam berkas.")),
)


class Failed(Exception):
    """ffmpeg did not do it; the message is a sentence for people, `log` the tail of what ffmpeg said."""

    def __init__(self, sentence: str, log: str = "") -> None:
        super().__init__(sentence)
        self.log = log


def _version(program: str) -> tuple[int, ...]:
    said = subprocess.run([program, "-version"], capture_output=True, text=True, check=True).stdout  # noqa: S603  no shell
    found = re.match(r"ffmpeg version n?(\d+)\.(\d+)", said)
    return tuple(map(int, found.groups())) if found else (0,)


@cache
def binary() -> str:
    """The wheel's ffmpeg, or the system's when that is newer."""
    own, system = imageio_ffmpeg.get_ffmpeg_exe(), shutil.which("ffmpeg")
    return system if system and _version(system) > _version(own) else own


def source(path: Path) -> list[str]:
    """Arguments that open one local file and nothing it may point to."""
    return ["-protocol_whitelist", "file,pipe", "-format_whitelist", FORMATS, "-i", f"file:{path}"]


def run(
    arguments: Sequence[str],
    *,
    on_output: Callable[[bytes], None] | None = None,
    seconds: int = TIME_LIMIT,
    check: bool = True,
) -> str:
    """Run to the end and return what was logged; `on_output` gets standard output in pieces, and may raise to stop."""
    command = [binary(), "-hide_banner", "-nostdin", "-nostats", *arguments]
    process = subprocess.Popen(  # noqa: S603  our own binary, no shell
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    limit(process.pid, seconds)
    stdout, log = cast(BufferedReader, process.stdout), _Log(cast(BufferedReader, process.stderr))
    clock = threading.Timer(seconds, process.kill)
    clock.start()
    try:
        for piece in iter(lambda: stdout.read1(1 << 16), b""):
            if on_output:
                on_output(piece)
        code = process.wait()
        late = not clock.is_alive()
    finally:
        clock.cancel()
        process.kill()
        process.wait()
        text = log.close()
        stdout.close()
    if late:
        raise Failed(_("Pengolahan melewati batas waktu dan dihentikan."), text)
    if check and code:
        raise Failed(cause(text), text)
    return text


def progress_of(piece: bytes) -> float | None:
    """Seconds done, from a piece of `-progress pipe:1`."""
    times = re.findall(rb"out_time_us=(\d+)", piece)
    return int(times[-1]) / 1e6 if times else None


def cause(log: str) -> str:
    """The sentence for what ffmpeg said at the end."""
    for sign, sentence in _CAUSES:
        if sign in log:
            return str(sentence)
    last = next((line.strip() for line in reversed(log.splitlines()) if line.strip()), "")
    return _("Berkas suara tidak dapat diolah (%(detail)s).") % {"detail": last[:200]}


def limit(pid: int, seconds: int) -> None:
    """Bound the memory and the processor time of a child that handles what strangers send."""
    if hasattr(resource, "prlimit"):  # Linux; elsewhere the clock alone holds
        try:
            resource.prlimit(pid, resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
            resource.prlimit(pid, resource.RLIMIT_CPU, (seconds * 4, seconds * 4))
        except ProcessLookupError:
            pass  # already done


class _Log:
    """Drains standard error in a thread and keeps its beginning and its end: a broken file can log for ever."""

    def __init__(self, stream: BufferedReader) -> None:
        self.stream = stream
        self.head: list[bytes] = []
        self.tail: deque[bytes] = deque(maxlen=400)
        self.thread = threading.Thread(target=self._drain, args=(iter(lambda: stream.readline(4096), b""),))
        self.thread.start()

    def _drain(self, lines: Iterable[bytes]) -> None:
        for line in lines:
            (self.head if len(self.head) < 200 else self.tail).append(line)

    def close(self) -> str:
        self.thread.join()
        self.stream.close()
        return b"".join([*self.head, *self.tail]).decode("utf-8", "replace")
