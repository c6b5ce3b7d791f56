"""Health is told in few words: what lives, what is ready, nothing that helps a stranger."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.files.storage import storages
from django.db import connection
from django.utils import timezone
from django_q.models import Schedule

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_remembered():
    cache.clear()
    Schedule.objects.all().delete()


def schedule(**ago):
    return Schedule.objects.create(
        func="math.floor", schedule_type=Schedule.MINUTES, next_run=timezone.now() - timedelta(**ago)
    )


def answer(client, path="/readyz"):
    response = client.get(path)
    return response.status_code, response.json()


def test_a_living_process_says_so_without_the_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert answer(client, "/healthz") == (200, {"ok": True})


def test_ready_when_database_storage_and_worker_answer(client, settings):
    schedule(seconds=40)

    assert answer(client) == (200, {"ok": True, "checks": {"database": "ok", "storage": "ok", "worker": "ok"}})
    folders = [Path(settings.STORAGES[name]["OPTIONS"]["location"]) for name in ("default", "private")]
    assert [path for folder in folders for path in folder.rglob("*") if path.is_file()] == []


def test_a_worker_that_stands_still_is_seen(client):
    schedule(minutes=4)

    assert answer(client) == (
        503,
        {"ok": False, "checks": {"database": "ok", "storage": "ok", "worker": "a scheduled job is overdue"}},
    )


def test_without_any_schedule_nobody_can_tell(client):
    assert answer(client)[1]["checks"]["worker"] == "no schedule by which to see the worker"


def test_storage_that_takes_nothing_is_named_without_its_secrets(client, monkeypatch, tmp_path):
    schedule(seconds=1)
    (tmp_path / "berkas").write_text("")
    monkeypatch.setitem(storages["private"].__dict__, "location", str(tmp_path / "berkas" / "rahasia"))

    response = client.get("/readyz")

    assert (response.status_code, response.json()["checks"]["storage"]) == (503, "failed")
    assert "rahasia" not in response.content.decode()


def test_a_database_that_is_away_is_named(client):
    def away(*args):
        raise OSError("password=rahasia")

    with connection.execute_wrapper(away):
        status, told = answer(client)

    assert (status, told["checks"]) == (503, {"database": "failed", "storage": "ok", "worker": "failed"})


def test_a_stranger_who_reloads_starts_no_new_check(client, django_assert_num_queries):
    client.get("/readyz")

    with django_assert_num_queries(0):
        client.get("/readyz")


def test_nobody_posts_here(client):
    assert [client.post(path).status_code for path in ("/healthz", "/readyz")] == [405, 405]


def test_answers_are_never_kept_on_the_way(client):
    assert "no-store" in client.get("/healthz")["Cache-Control"]
