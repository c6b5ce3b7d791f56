"""Finished files carry their lines and parts against the clock, each format in its own way."""

import mutagen
import pytest
from mutagen.mp3 import MP3

from media_assets import line_timing, recordings, renditions, renewing
from tests import factories
from tests.test_line_timing import uids

pytestmark = pytest.mark.django_db
STARTS = (0.2, 0.6, 1.0, 1.4, 1.8, 2.2)


@pytest.fixture
def recording(staff, take):
    return recordings.add(factories.SenjangPageFactory(approved=True), take(), by=staff)


def time_it(recording, staff):
    marks = dict(zip(uids(recording), STARTS, strict=True))
    line_timing.save(recording.master, marks, based_on=0, by=staff)


def test_an_mp3_tells_its_lines_and_chapters(recording, staff):
    time_it(recording, staff)
    renditions.make(recording.master.pk)

    held = MP3(recording.files()["web-mp3"].file.path).tags

    assert held.getall("SYLT")[0].text == [
        ("Assalamualaikum kami ucapke", 200),
        ("Numpang betanyo kami di sini", 600),
        ("Ngurus izin idak lah saro", 1000),
        ("Datang ke kantor disambut rami", 1400),
        ("Kalu ado salah kate", 1800),
        ("Mohon maaf kami pamit", 2200),
        ("", round(recording.master.duration * 1000)),
    ]
    chapters = sorted(held.getall("CHAP"), key=lambda one: one.start_time)
    assert [(one.start_time, one.sub_frames["TIT2"].text[0]) for one in chapters] == [
        (200, "Pembuka"),
        (1000, "Isi"),
        (1800, "Penutup"),
    ]
    assert held.getall("CTOC")[0].child_element_ids == [one.element_id for one in chapters]
    assert held.getall("USLT")[0].text.startswith("Assalamualaikum")


def test_an_opus_file_names_its_chapters(recording, staff):
    time_it(recording, staff)
    renditions.make(recording.master.pk)

    held = mutagen.File(recording.files()["web-opus"].file.path)

    assert [(held[f"chapter00{n}"][0], held[f"chapter00{n}name"][0]) for n in (1, 2, 3)] == [
        ("00:00:00.200", "Pembuka"),
        ("00:00:01.000", "Isi"),
        ("00:00:01.800", "Penutup"),
    ]


def test_files_made_before_tell_the_lines_once_they_are_timed(recording, staff):
    renditions.make(recording.master.pk)
    before = recording.files()["web-mp3"].file.name
    assert MP3(recording.files()["web-mp3"].file.path).tags.getall("SYLT") == []

    time_it(recording, staff)
    renewing.tag(recording.pk)

    after = recording.files()["web-mp3"]
    assert after.file.name != before
    assert len(MP3(after.file.path).tags.getall("SYLT")[0].text) == 7
    assert after.file.size == after.size
