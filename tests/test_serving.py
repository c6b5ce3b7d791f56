"""Files are sent as players ask for them, and nothing but files meant for everybody."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.utils.http import http_date

from cms.office.models import Role
from media_assets.models import Approval, Rendition
from tests import factories

pytestmark = pytest.mark.django_db
CONTENT = bytes(range(256)) * 4
NAME = "berkas/0123456789abcdef/lagu.mp3"
URL = f"/media/{NAME}"


@pytest.fixture
def song():
    return storages["default"].save(NAME, ContentFile(CONTENT))


def body(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


@pytest.mark.parametrize(
    ("asked", "status", "start", "end"),
    [
        ("bytes=0-0", 206, 0, 1),
        ("bytes=0-99", 206, 0, 100),
        ("bytes=100-", 206, 100, 1024),
        ("bytes=-24", 206, 1000, 1024),
        ("bytes=-5000", 206, 0, 1024),
        ("bytes=1000-9999", 206, 1000, 1024),
        ("bytes=9-3", 200, 0, 1024),
        ("bytes=0-1,5-6", 200, 0, 1024),
        ("bytes=-", 200, 0, 1024),
        ("bytes=a-b", 200, 0, 1024),
        ("lines=0-5", 200, 0, 1024),
        ("", 200, 0, 1024),
    ],
)
def test_a_range_gets_exactly_its_bytes(client, song, asked, status, start, end):
    response = client.get(URL, headers={"range": asked} if asked else {})

    assert (response.status_code, body(response)) == (status, CONTENT[start:end])
    assert response["Content-Length"] == str(end - start)
    assert response.get("Content-Range") == (f"bytes {start}-{end - 1}/1024" if status == 206 else None)
    assert response["Accept-Ranges"] == "bytes"
    assert response["Content-Type"] == "audio/mpeg"


@pytest.mark.parametrize("asked", ["bytes=1024-", "bytes=5000-6000", "bytes=-0"])
def test_a_range_beyond_the_end_is_told_so(client, song, asked):
    response = client.get(URL, headers={"range": asked})

    assert (response.status_code, response["Content-Range"], body(response)) == (416, "bytes */1024", b"")


def test_head_tells_the_size_and_sends_nothing(client, song):
    for headers in ({}, {"range": "bytes=0-9"}):
        response = client.head(URL, headers=headers)

        assert (response.status_code, response["Content-Length"], body(response)) == (200, "1024", b"")


def test_a_browser_that_has_the_file_gets_no_bytes(client, song):
    fresh = client.get(URL)
    etag, modified = fresh["ETag"], fresh["Last-Modified"]
    body(fresh)

    for headers in ({"if-none-match": etag}, {"if-none-match": f'"x", W/{etag}'}, {"if-modified-since": modified}):
        response = client.get(URL, headers=headers)
        assert (response.status_code, body(response), response["ETag"]) == (304, b"", etag)
    assert client.get(URL, headers={"if-none-match": '"x"', "if-modified-since": modified}).status_code == 200


def test_a_range_of_an_older_file_gets_the_whole(client, song):
    etag = client.head(URL)["ETag"]
    statuses = {
        condition: client.get(URL, headers={"range": "bytes=0-9", "if-range": condition}).status_code
        for condition in (etag, '"stale"', f"W/{etag}", http_date(0))
    }

    assert list(statuses.values()) == [206, 200, 200, 200]


def test_only_a_name_that_changes_with_the_content_is_kept_for_ever(client, song):
    storages["default"].save("images/a.png", ContentFile(b"png"))

    assert client.head(URL)["Cache-Control"] == "public, max-age=31536000, immutable"
    assert client.head("/media/images/a.png")["Cache-Control"] == "public, max-age=300"


@pytest.mark.parametrize(
    "name",
    [
        "berkas/0123456789abcdef/tidak-ada.mp3",
        "berkas/0123456789abcdef",
        "halaman.html",
        "gambar.svg",
        ".tersembunyi.mp3",
        ".git/lagu.mp3",
        "../private/masters/x.mp3",
        "..%2fprivate%2fmasters%2fx.mp3",
        "a//b.mp3",
        "a%00.mp3",
        "suara/a%00.mp3",
        "x" * 5000 + ".mp3",
        "folder.mp3",
    ],
)
def test_nothing_else_is_sent(client, song, name):
    default, private = storages["default"], storages["private"]
    private.save("masters/x.mp3", ContentFile(b"rahasia"))
    for shown in ("halaman.html", "gambar.svg", ".tersembunyi.mp3", ".git/lagu.mp3", "folder.mp3/isi.mp3"):
        default.save(shown, ContentFile(b"x"))

    assert client.get(f"/media/{name}").status_code == 404


def test_nothing_is_changed_by_a_post(client, song):
    assert client.post(URL).status_code == 405


@pytest.fixture
def sung():
    """A ready recording with its files on disk: `sung(approved=True)` gives their addresses by recipe."""

    def make(*, approved):
        page = factories.SenjangPageFactory(approved=approved)
        files = factories.RecordingFactory(senjang=page, heard=True).master.renditions.all()
        for file in files:
            storages["default"].save(file.file.name, ContentFile(CONTENT))
        return {file.recipe: file.file.url for file in files}

    return make


def statuses(client, urls):
    return {recipe for recipe, url in urls.items() if client.head(url).status_code == 200}


WEB, ALL = {"web-mp3", "low-opus"}, {"web-mp3", "low-opus", "radio-wav", "cd-wav"}


@pytest.mark.parametrize(
    ("role", "approved", "unapproved"),
    [(None, WEB, set()), (Role.RADIO, ALL, set()), (Role.COMMUNICATIONS, ALL, ALL), (Role.FRONT_DESK, WEB, set())],
)
def test_who_may_fetch_the_files_of_a_recording(client, user_in, sung, role, approved, unapproved):
    if role:
        client.force_login(user_in(role))

    assert statuses(client, sung(approved=True)) == approved
    assert statuses(client, sung(approved=False)) == unapproved


def test_a_withdrawn_song_is_gone_for_everybody_and_was_never_kept_for_ever(client, sung):
    urls = sung(approved=True)
    kept = client.head(urls["web-mp3"])["Cache-Control"]

    Approval.objects.all().delete()

    assert kept == "public, max-age=86400"
    assert statuses(client, urls) == set()


def test_a_song_that_is_asked_for_again_costs_a_visitor_one_query(client, sung, django_assert_num_queries):
    url = sung(approved=True)["web-mp3"]
    client.head(url)

    with django_assert_num_queries(1):
        client.head(url)


def test_a_song_without_a_ready_row_is_not_sent(client, sung):
    urls = sung(approved=True)
    Rendition.objects.update(state=Rendition.State.QUEUED, file="")

    assert statuses(client, urls) == set()
