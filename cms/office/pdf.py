"""Tagged PDFs (PDF/UA-1) from typst templates, set by one warm, limited child process per server process.

What people typed never becomes markup: a template reads it from `data.json` and places it as plain strings.
"""

import atexit
import json
import logging
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import Any, NoReturn

from django.utils.translation import gettext as _

log = logging.getLogger(__name__)
HERE = Path(__file__).parent
FONTS = HERE / "fonts"
HOUSE = HERE / "typst"  # what every printed thing shares: colours, faces, letterhead
SECONDS = 20
JOBS_PER_CHILD = 300  # the compiler keeps what it has seen; a fresh child now and then gives the memory back
FILE_NAME = re.compile(r"[\w-]+(\.[\w-]+)*")
UNPRINTABLE = re.compile(r"the text `\"(.+?)\"` could not be displayed", re.DOTALL)
# No secrets in its environment; a proxy that nobody serves, since the compiler would fetch packages by itself.
NOWHERE = "http://127.0.0.1:9"
ENVIRONMENT = {
    "ALL_PROXY": NOWHERE,
    "HTTPS_PROXY": NOWHERE,
    "HTTP_PROXY": NOWHERE,
    "MALLOC_ARENA_MAX": "2",
    "RAYON_NUM_THREADS": "2",
}


class PdfError(Exception):
    """No PDF, and why, as a sentence for people."""


class _Gone(Exception):
    """The child died before it could answer."""


class Typesetter:
    """One child at a time, started when first needed; one job at a time."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.child: subprocess.Popen[bytes] | None = None
        self.jobs = 0

    def set_type(self, folder: str, main: str, seconds: int) -> bytes:
        if not self.lock.acquire(timeout=seconds * 3):
            raise PdfError(_("Mesin cetak sedang sibuk. Coba lagi sebentar lagi."))
        try:
            try:
                return self._ask(folder, main, seconds)
            except _Gone:  # killed from outside while it waited or worked: once more with a fresh one
                return self._ask(folder, main, seconds)
        except _Gone:
            raise PdfError(_("Mesin cetak berhenti sendiri. Persingkat isinya, lalu coba lagi.")) from None
        finally:
            self.lock.release()

    def close(self) -> None:
        child, self.child, self.jobs = self.child, None, 0
        if child:
            child.kill()
            child.wait()
            for pipe in (child.stdin, child.stdout):
                if pipe:
                    pipe.close()

    def forget(self) -> None:
        """In a forked server process: the child belongs to the parent, and so may the lock."""
        child, self.child, self.lock = self.child, None, threading.Lock()
        if child:
            child.returncode = 0  # not ours to wait for
            for pipe in (child.stdin, child.stdout):
                if pipe:
                    pipe.close()

    def _start(self) -> "subprocess.Popen[bytes]":
        if self.jobs >= JOBS_PER_CHILD:
            self.close()
        if self.child is None:
            self.child = subprocess.Popen(  # noqa: S603 - our own interpreter and file
                [sys.executable, "-I", str(HERE / "typst_child.py"), str(FONTS)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                bufsize=0,
                env=ENVIRONMENT,
            )
        self.jobs += 1
        return self.child

    def _ask(self, folder: str, main: str, seconds: int) -> bytes:
        child = self._start()
        late = threading.Event()

        def stop() -> None:
            late.set()
            child.kill()

        watch = threading.Timer(seconds, stop)
        watch.start()
        try:
            answer, pdf = self._talk(child, {"folder": folder, "main": main, "seconds": seconds})
        except _Gone:
            self.close()
            if late.is_set():
                raise PdfError(
                    _("Membuat PDF lebih lama dari %(seconds)s detik, jadi dihentikan. Persingkat isinya.")
                    % {"seconds": seconds}
                ) from None
            raise
        finally:
            watch.cancel()
        if "error" in answer:
            _refuse(answer["error"])
        for warning in answer["warnings"]:
            log.warning("typst, %s: %s", main, warning)
        return pdf

    @staticmethod
    def _talk(child: "subprocess.Popen[bytes]", job: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        if child.stdin is None or child.stdout is None:
            raise _Gone
        try:
            child.stdin.write(json.dumps(job).encode() + b"\n")
        except (BrokenPipeError, ValueError):
            raise _Gone from None
        head = bytearray()
        while not head.endswith(b"\n"):
            head += _some(child.stdout, 1)
        answer = json.loads(head)
        pdf = bytearray()
        while len(pdf) < answer.get("size", 0):
            pdf += _some(child.stdout, answer["size"] - len(pdf))
        return answer, bytes(pdf)


def _some(pipe: Any, size: int) -> bytes:
    data: bytes = pipe.read(size)
    if not data:
        raise _Gone
    return data


def _refuse(message: str) -> NoReturn:
    odd = UNPRINTABLE.search(message)
    if odd:
        raise PdfError(
            _("Huruf “%(letter)s” tidak dapat dicetak. Ganti atau hapus huruf itu di teksnya.") % {"letter": odd[1]}
        )
    raise PdfError(_("PDF tidak dapat dibuat. Sebabnya: %(cause)s") % {"cause": message})


typesetter = Typesetter()
atexit.register(typesetter.close)
os.register_at_fork(after_in_child=typesetter.forget)


def render(template: Path, data: dict[str, Any], files: dict[str, bytes], *, seconds: int = SECONDS) -> bytes:
    """The PDF of `template` (a .typ file; its neighbours and the house's may be imported), with `files` beside it."""
    with tempfile.TemporaryDirectory(prefix="bersenjang-pdf-") as folder:
        for source in (*HOUSE.glob("*.typ"), *template.parent.glob("*.typ")):
            shutil.copyfile(source, Path(folder) / source.name)
        for name, content in files.items():
            if not FILE_NAME.fullmatch(name):
                raise ValueError(name)
            (Path(folder) / name).write_bytes(content)
        (Path(folder) / "data.json").write_text(json.dumps(_inked(data), ensure_ascii=False), encoding="utf-8")
        return typesetter.set_type(folder, template.name, seconds)


def _inked(value: Any) -> Any:
    """Texts without control characters and lone surrogates, which have no ink."""
    if isinstance(value, str):
        kept = "".join(c for c in value if c in "\n\t" or (c.isprintable() or not c.isascii()))
        return kept.encode("utf-8", "ignore").decode()
    if isinstance(value, dict):
        return {key: _inked(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_inked(item) for item in value]
    return value
