"""Files between a check and its confirmation: one a session and slot; what nobody came back for goes."""

import io
import os

import pytest
from django.core.files.storage import storages

from cms.office import holding


def keep(session, content):
    holding.keep(session, "impor", io.BytesIO(content), "layanan.csv")


def folder():
    return storages["private"].listdir(holding.FOLDER)[1]


def test_a_file_is_held_for_its_session_only():
    mine, other = {}, {}
    keep(mine, b"satu")

    file, name = holding.held(mine, "impor")

    assert (file.read(), name) == (b"satu", "layanan.csv")
    assert holding.held(other, "impor") is None
    assert holding.held(mine, "lain") is None


def test_a_new_file_takes_the_place_of_the_old_and_dropping_leaves_nothing():
    session = {}
    keep(session, b"satu")
    keep(session, b"dua")

    assert holding.held(session, "impor")[0].read() == b"dua"
    assert len(folder()) == 1
    holding.drop(session, "impor")
    assert folder() == []
    assert session == {}


def test_what_nobody_came_back_for_in_a_day_goes():
    forgotten = {}
    keep(forgotten, b"lama")
    old = storages["private"].path(forgotten["impor"]["path"])
    os.utime(old, (0, 0))

    keep({}, b"baru")

    assert len(folder()) == 1
    assert holding.held(forgotten, "impor") is None


@pytest.mark.parametrize("times", [1, 2])
def test_dropping_what_is_not_there_is_no_fault(times):
    session = {}
    keep(session, b"satu")

    for _ in range(times):
        holding.drop(session, "lain")

    assert holding.held(session, "impor")[0].read() == b"satu"
    assert len(folder()) == 1
