"""The web process answers before Django can: an address without end gets our page, other faults gunicorn's."""

import logging
import runpy
import socket
from pathlib import Path

import pytest
from gunicorn.http.errors import InvalidRequestLine, LimitRequestLine

from cms import web

ROOT = Path(__file__).parents[1]


@pytest.fixture
def worker():
    worker = web.Worker.__new__(web.Worker)
    worker.log = logging.getLogger("tests.web")
    return worker


def answer(worker, fault, sent=b""):
    here, there = socket.socketpair()
    there.sendall(sent)
    there.shutdown(socket.SHUT_WR)
    worker.handle_error(None, here, ("", 0), fault)
    here.close()
    with there, there.makefile("rb") as told:
        head, _blank, body = told.read().partition(b"\r\n\r\n")
    return head.decode(), body.decode()


def test_an_address_without_end_gets_the_form_for_codes(worker):
    head, body = answer(worker, LimitRequestLine(9000, 8190), sent=b"A" * 1000)

    assert head.startswith("HTTP/1.1 414 ")
    assert f"Content-Length: {len(body.encode())}" in head
    assert [words in body for words in ("Alamat ini terlalu panjang.", 'name="kode"', 'lang="id"')] == [True] * 3


def test_other_faults_are_gunicorns_business(worker):
    head, body = answer(worker, InvalidRequestLine("x"))

    assert (head.splitlines()[0], "Alamat" in body) == ("HTTP/1.1 400 Bad Request", False)


def test_whoever_left_before_the_answer_stops_nobody(worker, caplog):
    caplog.set_level(logging.DEBUG, "tests.web")
    here, there = socket.socketpair()
    there.close()

    with here:
        worker.handle_error(None, here, ("", 0), LimitRequestLine(9000, 8190))

    assert caplog.messages == ["Whoever asked for an endless address left before the answer."]


def test_gunicorn_takes_this_worker_by_itself():
    settings = runpy.run_path(str(ROOT / "gunicorn.conf.py"))

    assert (settings["worker_class"], settings["limit_request_line"]) == ("cms.web.Worker", 8190)


@pytest.mark.parametrize(("said", "workers"), [(None, 2), ("", 2), ("5", 5)])
def test_the_machine_says_how_many_web_processes_it_carries(monkeypatch, said, workers):
    monkeypatch.delenv("WEB_CONCURRENCY", raising=False)
    if said is not None:
        monkeypatch.setenv("WEB_CONCURRENCY", said)

    assert runpy.run_path(str(ROOT / "gunicorn.conf.py"))["workers"] == workers
