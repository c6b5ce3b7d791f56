"""The demo refuses to load where it should not, keeps to this machine, and looks after its processes."""

import os
import signal
import socket
import sys
import time

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from campaigns.models import LicencePage
from cms.demo import loading, running
from cms.office.models import Trail
from performers.models import Person


@pytest.mark.django_db
def test_the_demo_is_not_loaded_outside_the_demo():
    with pytest.raises(CommandError, match="make demo"):
        call_command("load_demo")

    assert not Person.objects.exists()
    assert not Trail.objects.filter(verb=loading.MARK).exists()


@pytest.mark.django_db
def test_a_load_that_fails_leaves_nothing(settings, monkeypatch, tmp_path):
    settings.DEMO = True
    bad = tmp_path / "licences.csv"
    bad.write_text("kode,nama\nIZ-01,Izin Contoh\n")
    monkeypatch.setattr("cms.demo.catalogue.SOURCE", bad)

    with pytest.raises(ValidationError):
        loading.load()

    assert (Person.objects.count(), LicencePage.objects.count(), loading.is_loaded()) == (0, 0, False)


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "::", "bersenjang.example"])
def test_it_refuses_addresses_that_others_can_reach(host):
    with pytest.raises(ValidationError, match="--open-to-network"):
        running.check_address(host, 0, open_to_network=False)


@pytest.mark.parametrize(("host", "open_to_network"), [("127.0.0.1", False), ("localhost", False), ("0.0.0.0", True)])
def test_it_listens_on_loopback_and_elsewhere_when_asked(host, open_to_network):
    assert running.check_address(host, 0, open_to_network=open_to_network) is None


def test_a_port_in_use_is_told_with_a_way_out():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        with pytest.raises(ValidationError, match=f"PORT={port + 1}"):
            running.check_address("127.0.0.1", port, open_to_network=False)


@pytest.fixture
def sleeper(tmp_path):
    """A child with a child of its own, as web and worker have."""
    program = "import subprocess, sys, time; subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']); "
    child = running.Child("Tidur", [sys.executable, "-c", program + "time.sleep(60)"], tmp_path / "log")
    child.start()
    yield child
    child.kill_group()
    child.process.wait()


@pytest.fixture
def _handlers_kept():
    kept = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    yield
    for number, handler in kept.items():
        signal.signal(number, handler)


@pytest.mark.usefixtures("_handlers_kept")
def test_a_child_that_is_killed_is_started_again_and_none_is_left_at_the_end(sleeper):
    first, said = sleeper.process.pid, []

    def each_second():
        if sleeper.process.pid == first:
            os.kill(first, signal.SIGKILL)
            sleeper.process.wait()
        else:
            os.kill(os.getpid(), signal.SIGTERM)

    code = running.watch([sleeper], said.append, each_second)
    second = sleeper.process.pid
    running.end([sleeper])

    assert (code, said) == (0, ["Tidur berhenti tiba-tiba; dijalankan lagi."])
    assert not is_running(first)
    assert not is_running(second)


def is_running(group):
    """Whether any process of the group is left; the kernel may need a moment to bury the killed."""
    for _try in range(50):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return False
        time.sleep(0.1)
    return True


@pytest.mark.usefixtures("_handlers_kept")
def test_a_child_that_keeps_dying_is_given_up(tmp_path, monkeypatch):
    monkeypatch.setattr(running, "PAUSE", 0.05)
    child = running.Child("Rusak", [sys.executable, "-c", "raise SystemExit(3)"], tmp_path / "log")
    child.start()
    said = []

    code = running.watch([child], said.append, lambda: None)

    assert code == 1
    assert said[-1] == f"Rusak tidak mau hidup. Lihat sebabnya di {child.log}"
