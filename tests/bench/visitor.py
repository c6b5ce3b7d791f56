"""The visitor page: bytes, queries, and requests a second with the scan counted, against a bare view."""

import gzip
import os
import statistics
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path

from tests.bench.server import ROOT, gunicorn, requests_a_second

ROUNDS, SECONDS = 5, 3.0
COUNT = """
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
visitor = Client(HTTP_HOST="localhost", HTTP_USER_AGENT="Mozilla/5.0 (Linux; Android 9) Chrome/100 Mobile")
counts = []
for _turn in range(2):
    with CaptureQueriesContext(connection) as asked:
        assert visitor.get("/q/{code}").status_code == 200
    counts.append(len(asked))
print(*counts)
"""


def environment(data: Path) -> dict[str, str]:
    own = {"DJANGO_SETTINGS_MODULE": "cms.settings.demo", "BERSENJANG_DATA": str(data), "LOG_LEVEL": "ERROR"}
    return os.environ | own


def prepare(data: Path) -> str:
    """A database with the demo's content; the code of its first leaflet."""
    for command in (["migrate", "-v0"], ["load_demo"], ["collectstatic", "--noinput", "-v0"]):
        manage = [sys.executable, "manage.py", *command]
        subprocess.run(manage, cwd=ROOT, env=environment(data), check=True, stdout=subprocess.DEVNULL)
    leaflet = "Code.objects.filter(state='aktif', medium='leaflet').first().code"
    return shell(data, f"from campaigns.models import Code; print({leaflet})")[-1]


def shell(data: Path, script: str) -> list[str]:
    """The words that a script prints inside the product."""
    command = [sys.executable, "manage.py", "shell", "-v0", "-c", script]
    done = subprocess.run(command, cwd=ROOT, env=environment(data), check=True, capture_output=True, text=True)
    return done.stdout.split()


def size(port: int, code: str) -> tuple[int, int]:
    request = urllib.request.Request(f"http://127.0.0.1:{port}/q/{code}", headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(request) as answer:
        body = answer.read()
        headers = len(str(answer.headers))
    return len(body) + headers, len(gzip.decompress(body))


def rows() -> list[tuple[str, str, str]]:
    with tempfile.TemporaryDirectory() as name:
        data = Path(name)
        code = prepare(data)
        cold, warm = shell(data, COUNT.replace("{code}", code))[-2:]
        with gunicorn("cms.wsgi:application", data) as ours, gunicorn("tests.bench.bare:application", data) as bare:
            sent, page = size(ours, code)
            for port in (ours, bare):
                requests_a_second(port, f"/q/{code}", 1.0)
            ratios = [
                requests_a_second(ours, f"/q/{code}", SECONDS) / requests_a_second(bare, f"/q/{code}", SECONDS)
                for _ in range(ROUNDS)
            ]
    return [
        (
            "visitor page, bytes before play (sent, all told)",
            f"{sent / 1000:.1f} kB ({page / 1000:.1f} kB unpacked)",
            "≤ 30 kB",
        ),
        ("visitor page, database queries, warm", f"{warm} (cold: {cold})", "≤ 6"),
        (
            "/q/CODE with its scan, requests a second at 8 connections, against a bare view",
            f"{statistics.median(ratios):.2f} × ({min(ratios):.2f}–{max(ratios):.2f})",
            "≥ 0.7 ×",
        ),
    ]
