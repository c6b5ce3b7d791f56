"""One door for every role: logging in, wrong passwords, and the way to one's work."""

import subprocess
import sys

import pytest
from django.core import mail
from django.core.cache import cache
from django.urls import reverse

from cms.office.models import Role
from tests import factories
from tests.catalogue import ROOT

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_counter():
    cache.clear()


def log_in(client, user, password="bersenjang", **data):
    return client.post("/masuk/", {"username": user.username, "password": password} | data)


@pytest.mark.parametrize(
    ("role", "home"),
    [
        (Role.ADMINISTRATOR, "/admin/"),
        (Role.COMMUNICATIONS, "/admin/"),
        (Role.HEAD, "/admin/"),
        (Role.COUNCIL, "/adat/"),
        (Role.RADIO, "/siaran/"),
        (Role.FRONT_DESK, "/layanan/"),
    ],
)
def test_every_role_arrives_at_its_own_work(role, home, client, user_in):
    answer = log_in(client, user_in(role))

    assert (answer.status_code, answer.url) == (302, "/kerja/")
    assert client.get("/kerja/").url == home


def test_a_user_without_a_role_is_told_so(client):
    client.force_login(factories.UserFactory())

    answer = client.get("/kerja/")

    assert (answer.status_code, "belum punya pekerjaan" in answer.content.decode()) == (403, True)


def test_nobody_works_without_logging_in(client):
    assert client.get("/kerja/").url == "/masuk/?next=/kerja/"


def test_a_wrong_password_is_answered_with_a_sentence(client, user_in):
    answer = log_in(client, user_in(Role.RADIO), "salah")

    page = answer.content.decode()
    assert (answer.status_code, "Nama pengguna atau kata sandi salah" in page) == (200, True)
    assert "_auth_user_id" not in client.session


def test_guessing_stops_after_ten_tries_even_with_the_right_password_and_for_that_name_only(client, user_in):
    user, other = user_in(Role.RADIO), user_in(Role.COUNCIL)
    for _ in range(10):
        log_in(client, user, "salah")

    answer = log_in(client, user)

    assert "Terlalu banyak percobaan" in answer.content.decode()
    assert "_auth_user_id" not in client.session
    assert log_in(client, other).status_code == 302


def test_a_right_password_starts_the_count_anew(client, user_in):
    user = user_in(Role.RADIO)
    for _ in range(9):
        log_in(client, user, "salah")
    log_in(client, user)
    log_in(client, user, "salah")

    assert log_in(client, user).status_code == 302


def test_an_empty_password_does_not_start_the_count_anew(client, user_in):
    user = user_in(Role.RADIO)
    for _ in range(10):
        log_in(client, user, "salah")
        log_in(client, user, "")

    assert "Terlalu banyak percobaan" in log_in(client, user).content.decode()


def test_guesses_are_counted_in_a_cache_that_every_process_shares(tmp_path):
    code = "from django.conf import settings; print(settings.CACHES['default']['BACKEND'].rpartition('.')[2])"
    kept = {"BERSENJANG_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "cms.settings.base", "PATH": ""}

    shared = [
        subprocess.check_output([sys.executable, "-c", code], env=kept | extra, cwd=ROOT, text=True).strip()
        for extra in ({}, {"REDIS_URL": "redis://localhost/0"})
    ]

    assert shared == ["FileBasedCache", "RedisCache"]


@pytest.mark.parametrize("target", ["https://jahat.example/", "//jahat.example/", "javascript:alert(1)"])
def test_the_way_on_never_leads_to_another_site(target, client, user_in):
    assert log_in(client, user_in(Role.RADIO), next=target).url == "/kerja/"


def test_the_way_on_leads_to_the_page_that_asked(client, user_in):
    assert log_in(client, user_in(Role.COUNCIL), next="/adat/").url == "/adat/"


def test_the_admin_uses_the_same_door(client):
    assert client.get("/admin/").url == "/masuk/?next=/admin/"
    assert client.get("/admin/login/?next=/admin/").url == "/masuk/?next=/admin/"


def test_whom_the_admin_turns_away_is_told_why_and_does_not_go_round(client, user_in):
    client.force_login(user_in(Role.COUNCIL))

    answer = client.get("/admin/", follow=True)

    assert answer.redirect_chain == [("/masuk/?next=/admin/", 302)]
    assert "tidak boleh membuka halaman yang Anda tuju" in answer.content.decode()


def test_opening_the_log_out_address_asks_and_only_the_button_leaves(client, user_in):
    client.force_login(user_in(Role.COUNCIL))

    assert client.get(reverse("keluar")).status_code == 200
    assert "_auth_user_id" in client.session
    assert client.post(reverse("keluar")).url == "/masuk/"
    assert "_auth_user_id" not in client.session


def test_a_forgotten_password_goes_to_the_administrator_not_into_a_mail(client):
    factories.UserFactory(email="sari@contoh.example")

    assert client.get("/admin/password_reset/").status_code == 404
    assert client.post("/admin/password_reset/", {"email": "sari@contoh.example"}).status_code == 404
    assert mail.outbox == []
