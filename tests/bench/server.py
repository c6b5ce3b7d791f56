"""A server of our own for one measurement, and a small client that keeps eight connections busy."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

ROOT = Path(__file__).parents[2]
CONNECTIONS = 8


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def gunicorn(app: str, data: Path) -> Iterator[int]:
    """The port of `app`, served as the demo is: two workers, four threads each."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", app, "--bind", f"127.0.0.1:{port}", "--workers", "2", "--threads", "4"]
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "cms.settings.demo",
        "BERSENJANG_DATA": str(data),
        "PUBLIC_BASE_URL": f"http://127.0.0.1:{port}",
        "LOG_LEVEL": "WARNING",
    }
    process = subprocess.Popen([*command, "--log-level", "error"], cwd=ROOT, env=environment)
    try:
        wait_for(port)
        yield port
    finally:
        process.terminate()
        process.wait()


def wait_for(port: int) -> None:
    for _ in range(150):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError("the server did not start")


def requests_a_second(port: int, path: str, seconds: float) -> float:
    """Answers of status 200 within `seconds` over eight kept connections; any other status raises."""
    counts = [0] * CONNECTIONS
    ends = time.monotonic() + seconds
    failures: list[int] = []

    def client(slot: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port)
        headers = {"User-Agent": "Mozilla/5.0 (Linux; Android 9) Chrome/100 Mobile", "Accept-Encoding": "gzip"}
        while time.monotonic() < ends:
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            answer.read()
            if answer.status != 200:
                failures.append(answer.status)
                return
            counts[slot] += 1

    threads = [Thread(target=client, args=(slot,)) for slot in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise RuntimeError(f"{path} answered {failures}")
    return sum(counts) / seconds
