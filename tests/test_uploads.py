"""A file from somebody who may not send it is neither written nor read to its end, whatever the CSRF check does."""

import errno
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, FakePayload, encode_multipart

from cms.office import room
from cms.office.models import Role
from media_assets import recordings, renditions, uploads
from media_assets.models import Recording, Rendition
from media_assets.models.recordings import private_storage, public_storage
from tests import factories

pytestmark = pytest.mark.django_db
UPLOAD = "/admin/rekaman/unggah/"
KEY = "k" * 32
LARGE = 8 * 1024**2


class CountedPayload(FakePayload):
    """The body of a request that tells how much of it was asked for."""

    def __init__(self, content):
        super().__init__(content)
        self.taken = 0

    def read(self, *args, **kwargs):
        piece = super().read(*args, **kwargs)
        self.taken += len(piece)
        return piece


@pytest.fixture
def written(monkeypatch):
    """The names of all temporary files that were begun."""
    names = []
    begin = uploads.TemporaryFileUploadHandler.new_file

    def counted(handler, field_name, file_name, *args, **kwargs):
        names.append(file_name)
        begin(handler, field_name, file_name, *args, **kwargs)

    monkeypatch.setattr(uploads.TemporaryFileUploadHandler, "new_file", counted)
    return names


@pytest.fixture
def send():
    """A browser's POST with its CSRF cookie and token: `send(path, user=None)` gives the answer and the bytes read."""

    def post(path, user=None):
        client = Client(enforce_csrf_checks=True)
        if user:
            client.force_login(user)
        client.cookies["csrftoken"] = KEY
        file = SimpleUploadedFile("lagu.wav", b"RIFF" + b"x" * LARGE)
        body = CountedPayload(encode_multipart(BOUNDARY, {"csrfmiddlewaretoken": KEY, "file": file}))
        head = {"CONTENT_TYPE": MULTIPART_CONTENT, "CONTENT_LENGTH": str(len(body)), "wsgi.input": body}
        response = client.generic("POST", path, **head)
        return response, body.taken

    return post


def test_a_stranger_is_sent_to_log_in_and_nothing_is_written(send, written):
    response, taken = send(UPLOAD)

    assert (response.status_code, response.url) == (302, f"/masuk/?next={UPLOAD}")
    assert written == []
    assert taken < LARGE / 10


@pytest.mark.parametrize("path", ["/masuk/", "/q/AAAAAA", "/adat/t/kunci/", "/admin/images/add/", "/tidak-ada/"])
def test_no_other_address_takes_files_from_strangers(send, written, path):
    _response, taken = send(path)

    assert written == []
    assert taken < LARGE / 10


@pytest.mark.parametrize("role", [Role.HEAD, Role.FRONT_DESK, Role.RADIO])
def test_whoever_may_not_upload_recordings_is_refused_in_words(send, written, user_in, role):
    response, taken = send(UPLOAD, user_in(role))

    assert response.status_code in (302, 403)
    assert written == []
    assert taken < LARGE / 10


def test_whoever_may_is_read_to_the_end(send, written, user_in):
    response, taken = send(UPLOAD, user_in(Role.COMMUNICATIONS))

    assert response.status_code == 422
    assert written == ["lagu.wav"]
    assert taken > LARGE


def test_an_account_that_was_closed_sends_nothing(rf, written):
    request = rf.post(UPLOAD, {"file": SimpleUploadedFile("lagu.wav", b"x")})
    request.user = factories.UserFactory(is_active=False, is_superuser=True)

    assert (dict(request.POST), dict(request.FILES)) == ({}, {})
    assert written == []


def waiting():
    return set(uploads.folder().iterdir())


def full(*args, **kwargs):
    raise OSError(errno.ENOSPC, "No space left on device")


def half_written(storage):
    """What `_save` does on a disk that fills up meanwhile."""

    def save(name, content):
        path = Path(storage.path(name))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.read(1000))
        full()

    return save


@pytest.mark.parametrize("moment", ["receive_data_chunk", "file_complete"])
def test_a_disk_that_fills_up_is_told_and_gets_its_room_back(client, user_in, take, monkeypatch, moment):
    client.force_login(user_in(Role.COMMUNICATIONS))
    monkeypatch.setattr(uploads.TemporaryFileUploadHandler, moment, full)
    data = {"senjang": factories.SenjangPageFactory().pk, "file": take(), "label": "Studio"}
    before = waiting()

    response = client.post(UPLOAD, data, headers={"accept": "application/json"})

    assert (response.status_code, response.json()["errors"]) == (422, {"file": [room.none_left()]})
    assert waiting() == before
    assert not Recording.objects.exists()


def test_any_other_trouble_with_the_disk_is_no_question_of_room(client, user_in, take, monkeypatch):
    client.force_login(user_in(Role.COMMUNICATIONS))

    def broken(*args, **kwargs):
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(uploads.TemporaryFileUploadHandler, "receive_data_chunk", broken)

    file = take()
    before = waiting()

    with pytest.raises(OSError, match="Input/output"):
        client.post(UPLOAD, {"file": file})
    assert waiting() == before


def test_a_master_that_no_longer_fits_leaves_nothing(user_in, take, monkeypatch):
    storage = private_storage()
    monkeypatch.setattr(storage, "_save", half_written(storage))

    with pytest.raises(ValidationError, match="Ruang simpan penuh"):
        recordings.add(factories.SenjangPageFactory(), take(), by=user_in(Role.COMMUNICATIONS))

    assert storage.listdir(recordings.FOLDER)[1] == []
    assert not Recording.objects.exists()


def test_files_that_no_longer_fit_fail_in_words_and_can_be_made_again(user_in, take, monkeypatch):
    user, storage = user_in(Role.COMMUNICATIONS), public_storage()
    recording = recordings.add(factories.SenjangPageFactory(), take(), by=user)
    with monkeypatch.context() as patched:
        patched.setattr(storage, "_save", half_written(storage))
        renditions.make(recording.master.pk)

    failed = Rendition.objects.all()
    assert {(file.state, file.error) for file in failed} == {
        ("gagal", "Ruang simpan penuh. Hubungi administrator, lalu tekan Coba lagi.")
    }
    assert [path for path in Path(storage.path("suara")).rglob("*") if path.is_file()] == []
    renditions.retry(failed[0], by=user)
    renditions.make(recording.master.pk)
    assert {file.state for file in Rendition.objects.all()} == {"siap"}
