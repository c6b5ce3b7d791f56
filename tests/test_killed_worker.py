"""A worker killed with kill -9 in the middle of its work loses nothing: the next one completes it, once."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.sounds import SONG, make

ROOT = Path(__file__).resolve().parents[1]
TAKE_IN = """
import logging; logging.disable()
from pathlib import Path
from django.contrib.auth import get_user_model
from django.core.files import File
from media_assets import recordings
from tests import factories
staff = get_user_model().objects.create_superuser("staf")
with Path({song!r}).open("rb") as song:
    recordings.add(factories.SenjangPageFactory(), File(song), by=staff)
"""


@pytest.fixture
def env(tmp_path):
    kept = {
        name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL", "MEDIA_ROOT")
    }
    return kept | {
        "DJANGO_SETTINGS_MODULE": "cms.settings.demo",
        "BERSENJANG_DATA": str(tmp_path),
        "PYTHONWARNINGS": "ignore",
    }


def manage(env, *arguments):
    subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, env=env, check=True, capture_output=True)


@contextmanager
def worker(env):
    """A cluster with all its children in a process group of its own, killed at the end."""
    process = subprocess.Popen(
        [sys.executable, "manage.py", "qcluster"],
        cwd=ROOT,
        env=env,
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def ask(tmp_path, question, *values):
    with closing(sqlite3.connect(tmp_path / "bersenjang.sqlite3", timeout=20)) as connection, connection:
        return connection.execute(question, values).fetchall()


def until(true, seconds):
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.1)


def test_what_a_killed_worker_left_is_completed_by_the_next(env, tmp_path):
    manage(env, "migrate", "--verbosity=0")
    song = make(tmp_path, "lagu.wav", sound=SONG, seconds=90)
    manage(env, "shell", "--no-imports", "-c", TAKE_IN.format(song=str(song)))
    states = "SELECT state, count(*) FROM media_assets_rendition GROUP BY state"

    with worker(env):
        until(lambda: ask(tmp_path, "SELECT 1 FROM media_assets_rendition WHERE progress > 0"), 60)
    assert ask(tmp_path, states) == [("proses", 5)]
    assert not (tmp_path / "media" / "public").exists()

    ask(tmp_path, "UPDATE media_assets_rendition SET touched_at = datetime('now', '-11 minutes')")
    manage(env, "shell", "--no-imports", "-c", "from media_assets import tasks; tasks.resume_renditions()")
    with worker(env):
        until(lambda: ask(tmp_path, states) == [("siap", 5)], 90)

    rows = ask(tmp_path, "SELECT file, size, attempts FROM media_assets_rendition")
    public = tmp_path / "media" / "public"
    assert {(public / name).stat().st_size == size for name, size, _attempts in rows} == {True}
    assert {attempts for *_rest, attempts in rows} == {2}
    assert len([path for path in public.rglob("*") if path.is_file()]) == 5
