"""What a kill left behind is swept when it is old; what a row names, or somebody may be writing, stays."""

import os
import time
from pathlib import Path

import pytest
from django.core.files.base import ContentFile

from cms.office.models import Role
from media_assets import recordings, renditions, sweep, uploads
from media_assets.models.recordings import private_storage, public_storage
from tests import factories

pytestmark = pytest.mark.django_db
THREE_DAYS_AGO = time.time() - 3 * 24 * 3600


def age(path):
    os.utime(path, (THREE_DAYS_AGO, THREE_DAYS_AGO))


def test_only_old_files_without_a_row_go(user_in, take):
    recording = recordings.add(factories.SenjangPageFactory(), take(), by=user_in(Role.COMMUNICATIONS))
    renditions.make(recording.master.pk)
    private, public = private_storage(), public_storage()
    named = [Path(recording.master.file.path), *(Path(file.file.path) for file in recording.files().values())]
    new = [private.path(private.save("masters/baru", ContentFile(b"x")))]
    old = [
        private.path(private.save("masters/yatim", ContentFile(b"x"))),
        public.path(public.save("suara/0123456789abcdef/yatim.mp3", ContentFile(b"x"))),
        private.path(private.save("cakram/0123456789abcdef/yatim.zip", ContentFile(b"x"))),
        public.path(public.save("kata/0123456789abcdef/kata.mp3", ContentFile(b"x"))),
    ]
    left_over = recordings.work_folder() / "tmpabc"
    left_over.mkdir()
    (left_over / "web-mp3.mp3").write_bytes(b"x")
    upload = uploads.folder() / "abc.upload.wav"
    upload.write_bytes(b"x")
    elsewhere = public.path(public.save("images/foto.jpg", ContentFile(b"x")))
    for path in [*named, *old, elsewhere, left_over, upload]:
        age(path)

    gone = sweep.sweep()

    assert gone == 6
    assert not any(Path(path).exists() for path in [*old, left_over, upload])
    assert all(Path(path).exists() for path in [*named, *new, elsewhere])


def test_with_nothing_stored_there_is_nothing_to_sweep():
    assert sweep.sweep() == 0


def test_a_folder_that_its_job_tidies_meanwhile_stops_no_sweep(monkeypatch):
    (recordings.work_folder() / "tmpabc").mkdir()
    there = Path.iterdir

    def seen_then_gone(folder):
        for path in list(there(folder)):
            path.rmdir()
            yield path

    monkeypatch.setattr(Path, "iterdir", seen_then_gone)

    assert sweep.sweep() == 0
