"""Runs the demo: web and worker as child processes, watched, started again when they die, ended with their parent."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from types import FrameType

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 15  # seconds that a child may take to end in order
PAUSE = 1.0  # seconds between two looks at the children
QUICK_DEATHS = 5  # so many deaths within seconds of the start, and we give up


@dataclass
class Child:
    """A process in a group of its own, so that its descendants (workers, ffmpeg) end with it."""

    name: str
    command: list[str]
    log: Path
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    quick_deaths: int = 0

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(  # noqa: S603  our own command
                self.command, cwd=ROOT, stdout=log, stderr=log, start_new_session=True, preexec_fn=_end_with_parent
            )
        self.started = time.monotonic()

    def died(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def restart(self) -> None:
        self.quick_deaths = self.quick_deaths + 1 if time.monotonic() - self.started < 5 else 0
        self.kill_group()  # what a killed parent left behind
        self.start()

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.terminate()

    def wait_until_gone(self, deadline: float) -> None:
        if self.process:
            try:
                self.process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                pass
            self.kill_group()
            self.process.wait()

    def kill_group(self) -> None:
        if self.process:
            try:
                os.killpg(self.process.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass


def _end_with_parent() -> None:
    """In the child: be told to end when the parent is killed outright (Linux; elsewhere the next start says so)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)


def check_address(host: str, port: int, *, open_to_network: bool) -> None:
    """Refuse an address that others could reach, unless asked for, and one that is taken."""
    if not open_to_network and not _is_loopback(host):
        raise ValidationError(
            _(
                "Contoh ini memakai kata sandi yang diketahui semua orang, jadi hanya melayani komputer ini. "
                "Kalau memang perlu dibuka ke jaringan, tambahkan --open-to-network."
            )
        )
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise ValidationError(
                _("Porta %(port)d tidak dapat dipakai (%(why)s). Pilih porta lain, misalnya: make demo PORT=%(other)d")
                % {"port": port, "why": error.strerror, "other": port + 1 if port < 65535 else 8000}
            ) from error


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def children(host: str, port: int, logs: Path) -> list[Child]:
    bind = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    web = ["-m", "gunicorn", "cms.wsgi:application", "--bind", bind]
    web += ["--timeout", "120", "--no-control-socket"]
    return [
        Child(_("Web"), [sys.executable, *web], logs / "web.log"),
        Child(_("Pekerja"), [sys.executable, "manage.py", "qcluster"], logs / "pekerja.log"),
    ]


def wait_for_web(host: str, port: int, web: Child, seconds: float = 60) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and not web.died():
        try:
            socket.create_connection((host, port), timeout=1).close()
            return True
        except OSError:
            time.sleep(0.1)
    return False


def watch(family: list[Child], say: Callable[[str], None], each_second: Callable[[], None]) -> int:
    """Until somebody says stop: start again whoever died. Returns the exit code."""
    asked: list[int] = []

    def stop(number: int, frame: FrameType | None) -> None:
        asked.append(number)

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)
    while not asked:
        for child in family:
            if child.died():
                if child.quick_deaths >= QUICK_DEATHS:
                    say(
                        _("%(name)s tidak mau hidup. Lihat sebabnya di %(log)s")
                        % {"name": child.name, "log": child.log}
                    )
                    return 1
                say(_("%(name)s berhenti tiba-tiba; dijalankan lagi.") % {"name": child.name})
                child.restart()
        each_second()
        time.sleep(PAUSE)
    return 0


def end(family: list[Child]) -> None:
    """Ask all to end, wait, then leave nobody behind."""
    deadline = time.monotonic() + PATIENCE
    for child in family:
        child.stop()
    for child in family:
        child.wait_until_gone(deadline)
