"""Nobody finds the key of a secret link in a log: ours, Django's or the web server's."""

import io
import logging
import os
import socket
import subprocess
import sys
import time

import pytest

from cms.office.masking import KeysAreMasked, masked

KEY = "8sLw_kUNCI-rahasia"


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        (f"GET /adat/t/{KEY}/ HTTP/1.1", "GET /adat/t/…/ HTTP/1.1"),
        (f"/siaran/t/{KEY}/berkas/3/?x=1", "/siaran/t/…/berkas/3/?x=1"),
        (
            f'"GET / HTTP/1.1" 200 "https://b.example/adat/t/{KEY}/"',
            '"GET / HTTP/1.1" 200 "https://b.example/adat/t/…/"',
        ),
        (f"/masuk/?next=%2Fadat%2Ft%2F{KEY}&x=1", "/masuk/?next=%2Fadat%2Ft%2F…&x=1"),
        (f"GET /adat/%74/{KEY}/ HTTP/1.1", "GET /adat/%74/…/ HTTP/1.1"),
        ("GET /layanan/toko/ 200", "GET /layanan/toko/ 200"),
    ],
)
def test_a_key_is_masked_wherever_its_address_stands(line, kept):
    assert masked(line) == kept


def test_a_traceback_is_masked_too():
    out = io.StringIO()
    log, handler = logging.getLogger("uji.jejak"), logging.StreamHandler(out)
    handler.addFilter(KeysAreMasked())
    log.addHandler(handler)

    try:
        raise ValueError(f"/adat/t/{KEY}/")
    except ValueError:
        log.exception("Gagal")

    assert "ValueError: /adat/t/…/" in out.getvalue()
    assert KEY not in out.getvalue()


def test_django_writes_through_our_handler_only(settings):
    loggers = settings.LOGGING["loggers"]

    assert [loggers[name]["handlers"] for name in ("django", "django.server")] == [[], []]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def ask(port, path, patience=0):
    """Send it, and wait until somebody listens; the answer is read to its end, whatever it is."""
    deadline = time.monotonic() + patience
    while True:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=30) as line:
                line.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode())
                while line.recv(65536):
                    pass
            return
        except ConnectionRefusedError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)


def test_gunicorn_as_documented_writes_no_key(tmp_path):
    port = free_port()
    access, error = tmp_path / "access.log", tmp_path / "error.log"
    command = [sys.executable, "-m", "gunicorn", "cms.wsgi", "--bind", f"127.0.0.1:{port}", "--no-control-socket"]
    command += ["--access-logfile", str(access), "--error-logfile", str(error), "--log-level", "debug"]
    facts = {"DJANGO_SETTINGS_MODULE": "cms.settings.demo", "BERSENJANG_DATA": str(tmp_path / "data")}
    facts["DATABASE_URL"] = f"sqlite:///{tmp_path}/kosong.sqlite3"
    complaints = (tmp_path / "stderr").open("wb")
    server = subprocess.Popen(command, env=os.environ | facts, stderr=complaints)
    try:
        ask(port, f"/healthz?next=/adat/t/{KEY}/", patience=60)
        ask(port, f"/adat/t/{KEY}/")  # there is no such table in an empty database
    finally:
        server.terminate()
        server.wait(20)
        complaints.close()

    assert '"GET /healthz?next=/adat/t/…/ HTTP/1.1" 200' in access.read_text()
    assert "Error handling request GET /adat/t/…/" in error.read_text()
    assert all(KEY not in path.read_text() for path in (access, error, tmp_path / "stderr"))
