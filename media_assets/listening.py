"""Proposes the segments of a file: checks it, and streams its sound into a process that listens and is gone afterwards.

That process alone carries numpy and what is kept of an hour, so that neither the web nor the worker grows by it.
"""

import json
import os
import subprocess
import sys
from functools import partial
from io import FileIO
from pathlib import Path
from typing import cast

from django.utils.translation import gettext as _

from media_assets import ffmpeg, loudness, probe
from media_assets.segments import Kind, Segment

RATE = 16_000  # Hz, that of `activity`, which is not imported here
_STREAM = ["-map", "0:a:0", "-ac", "1", "-ar", str(RATE), "-f", "s16le", "pipe:1"]
_ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}  # each thread of numpy's keeps memory of its own


def propose_file(path: Path) -> list[Segment]:
    """Refuse what every upload is refused for, then listen."""
    facts = probe.look(path)
    length, lufs = loudness.listen(path)
    probe.judge(facts, path, length=length, lufs=lufs)
    return propose(path)


def propose(path: Path) -> list[Segment]:
    """The segments of a file that has been checked; in order, without overlap, hundredths of a second."""
    with subprocess.Popen(
        [sys.executable, "-m", "media_assets.proposing"],
        bufsize=0, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        cwd=Path(__file__).parents[1], env=os.environ | _ONE_THREAD,
    ) as listener:  # fmt: skip
        ffmpeg.limit(listener.pid, ffmpeg.TIME_LIMIT)
        try:
            take = partial(_pass, cast(FileIO, listener.stdin))
            ffmpeg.run(["-loglevel", "error", *ffmpeg.source(path), *_STREAM], on_output=take)
            said, log = listener.communicate(timeout=ffmpeg.TIME_LIMIT)
        except (BrokenPipeError, subprocess.TimeoutExpired) as error:
            raise _failed() from error
        finally:
            listener.kill()
    if listener.returncode:
        raise _failed(log.decode("utf-8", "replace"))
    return [Segment(start, end, Kind(kind)) for start, end, kind in json.loads(said)]


def _pass(stdin: FileIO, piece: bytes) -> None:
    while piece:
        piece = piece[stdin.write(piece) :]


def _failed(log: str = "") -> ffmpeg.Failed:
    return ffmpeg.Failed(_("Usulan syair dan musik tidak selesai dibuat. Coba lagi, atau tandai sendiri."), log)
