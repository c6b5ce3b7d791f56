"""The demo as one command starts it, on a database of its own, and people with browsers in front of it."""

import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import psycopg
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.bench.server import ROOT, free_port
from tests.journeys.chromium import FLAGS, executable

# Headless Chromium calls itself so, and would be counted as a machine.
PERSON = "Mozilla/5.0 (Linux; Android 9; CPH1909) AppleWebKit/537.36 Chrome/120.0.0.0 Mobile Safari/537.36"
SET_UP = "from cms.demo import setting_up; setting_up.set_up(print)"
DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 740}


class Fresh(NamedTuple):
    """A demo that is set up and that nobody has touched; `database` is "" on SQLite, where the folder holds it."""

    folder: Path
    port: int
    database: str


@pytest.fixture(scope="session")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fresh]:
    """Set up once, since that takes the better part of a minute; each module then works on a copy of its own."""
    made = Fresh(tmp_path_factory.mktemp("fresh"), free_port(), f"journey_{os.getpid()}")
    with database(made.database) as url:
        command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", SET_UP]
        done = subprocess.run(
            command, cwd=ROOT, env=environment(made.folder, made.port, url), capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr[-3000:]
        yield made


@contextmanager
def database(name: str, template: str = "template1") -> Iterator[str]:
    """On PostgreSQL a database beside the suite's, as `template` is; on SQLite "": the demo makes its own file."""
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        yield ""
        return
    server, _slash, _name = url.rpartition("/")
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        try:
            yield f"{server}/{name}"
        finally:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def environment(folder: Path, port: int, database_url: str) -> dict[str, str]:
    """`port` also while it is set up: the addresses on the demo's papers name it."""
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    ours = {"BERSENJANG_DATA": str(folder), "PORT": str(port), "DJANGO_SETTINGS_MODULE": "cms.settings.demo"}
    return kept | ours | ({"DATABASE_URL": database_url} if database_url else {})


@pytest.fixture(scope="module")
def demo(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running demo; BERSENJANG_DEMO names one that runs already, for quick tries by hand."""
    if running := os.environ.get("BERSENJANG_DEMO"):
        yield running
        return
    fresh = request.getfixturevalue("fresh")
    data = tmp_path_factory.mktemp("demo") / "data"
    shutil.copytree(fresh.folder, data)
    with database(f"{fresh.database}_copy", fresh.database) as url, run(data, fresh.port, url) as address:
        yield address


@contextmanager
def run(data: Path, port: int, database_url: str) -> Iterator[str]:
    log = (data / "demo.log").open("w")
    command = [sys.executable, "manage.py", "demo", "--port", str(port)]
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment(data, port, database_url),
        stdout=log,
        stderr=log,
        start_new_session=True,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_until_ready(address, process, data / "demo.log")
        yield address
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=30)
        log.close()


def wait_until_ready(address: str, process: subprocess.Popen, log: Path) -> None:
    for _ in range(240):
        if process.poll() is not None:
            pytest.fail(f"The demo stopped: {log.read_text()[-3000:]}")
        try:
            with urllib.request.urlopen(f"{address}/readyz", timeout=5) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.5)
    pytest.fail(f"The demo was not ready within two minutes: {log.read_text()[-3000:]}")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def open_as(browser: Browser, demo: str) -> Iterator[Callable[..., Page]]:
    """`open_as("komunikasi")`: a page of somebody who has logged in; `open_as()`: a visitor."""
    contexts: list[BrowserContext] = []

    def open_page(user: str = "", *, phone: bool = False, **options: object) -> Page:
        size = PHONE if phone else DESKTOP
        options = {"user_agent": PERSON} | options
        context = browser.new_context(
            base_url=demo, viewport=size, locale="id-ID", timezone_id="Asia/Jakarta", **options
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        if user:
            page.goto("/masuk/")
            page.fill("input[name=username]", user)
            page.fill("input[name=password]", "bersenjang")
            page.press("input[name=password]", "Enter")
            page.wait_for_url(lambda url: "/masuk/" not in url)
        return page

    yield open_page
    for context in contexts:
        context.close()
