"""Files in S3: the same doors ask the same questions, and what a door opens is an address that dies soon."""

import os
import runpy
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.utils import timezone
from storages.backends.s3 import S3Storage

from cms import health
from cms.office.models import Role
from media_assets import guides, recipes, recordings, renditions, sweep
from media_assets.models import Approval, Master, Recording, Rendition
from tests import factories
from tests.bucket import Bucket

BASE = "cms/settings/base.py"


@pytest.fixture
def buckets(monkeypatch):
    """Every storage is a bucket; songs lie beside the masters, in the private one."""
    public, private = Bucket("umum"), Bucket("rahasia")
    for name, bucket in (("default", public), ("songs", private), ("private", private)):
        monkeypatch.setitem(storages._storages, name, bucket)
    for model in (Master, Rendition):
        monkeypatch.setattr(model._meta.get_field("file"), "storage", private)
    return public, private


@pytest.fixture
def staff(client, user_in):
    user = user_in(Role.COMMUNICATIONS)
    client.force_login(user)
    return user


@pytest.fixture
def recording(buckets, staff, take):
    made = recordings.add(factories.SenjangPageFactory(approved=True), take(), by=staff, label="Studio")
    renditions.make(made.master.pk)
    return made


def led_to(response):
    """Where a door leads: host, name, and what the storage is asked to answer with."""
    parts = urlsplit(response.url)
    return parts.netloc, parts.path.lstrip("/"), {key: value[0] for key, value in parse_qs(parts.query).items()}


@pytest.mark.django_db
def test_a_recording_is_taken_in_and_made_without_a_local_disk(buckets, recording):
    public, private = buckets
    master = Recording.objects.get().master
    files = list(master.renditions.all())

    assert {file.state for file in files} == {"siap"}
    assert private.exists(str(master.file))
    assert [private.size(str(file.file)) for file in files] == [file.size for file in files]
    assert public.objects == {}


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_song_is_asked_for_here_and_sent_from_there(client, recording, method):
    file = recording.files()["web-mp3"]
    client.logout()

    response = client.generic(method, file.address)

    assert file.address == f"/media/{file.file.name}"
    assert response.status_code == 302
    assert response["Cache-Control"] == "private, no-store"
    assert led_to(response) == (
        "rahasia.s3.example",
        file.file.name,
        {"ResponseContentType": "audio/mpeg", "method": method, "signed": "yes"},
    )


@pytest.mark.django_db
def test_a_withdrawn_song_and_the_radios_file_are_refused_to_visitors(client, recording):
    files = recording.files()
    client.logout()

    before = {name: client.get(file.address).status_code for name, file in files.items()}
    Approval.objects.all().delete()
    after = {name: client.get(file.address).status_code for name, file in files.items()}

    assert {name for name, status in before.items() if status == 302} == set(recipes.ON_THE_WEB)
    assert set(after.values()) == {404}


@pytest.mark.django_db
def test_the_councils_guide_is_led_to_only_through_the_text_it_belongs_to(client, user_in, recording, elder, staff):
    guides.mark(recording, by=staff)
    submission = recording.senjang.submissions.get()
    address = f"/adat/{submission.pk}/suara/biasa/"
    client.force_login(elder.person.user)
    host, name, asked = led_to(client.get(address))
    client.force_login(user_in(Role.RADIO))

    assert (host, asked["ResponseContentType"], asked["signed"]) == ("rahasia.s3.example", "audio/mpeg", "yes")
    assert name == recording.files()[recipes.WEB].file.name
    assert client.get(address).status_code == 404


@pytest.mark.django_db
def test_a_master_is_led_to_only_for_those_who_may_hear_it(client, user_in, recording):
    address = f"/admin/rekaman/{recording.pk}/dengar/1/"
    host, name, asked = led_to(client.get(address))
    client.force_login(user_in(Role.HEAD))

    refused = client.get(address)

    assert (host, name) == ("rahasia.s3.example", str(recording.master.file))
    assert asked["ResponseContentType"] == "audio/wav"
    assert "s3.example" not in refused.headers.get("Location", "")


@pytest.mark.django_db
def test_the_station_saves_its_file_under_a_name_that_says_what_it_is(client, user_in, recording):
    client.force_login(user_in(Role.RADIO))

    _host, name, asked = led_to(client.get(f"/siaran/berkas/{recording.pk}/"))

    assert name.endswith("radio-wav.wav")
    assert asked["ResponseContentDisposition"].startswith('attachment; filename="')


@pytest.mark.django_db
def test_old_files_without_a_row_are_swept_and_the_others_stay(buckets, recording, monkeypatch):
    private = buckets[1]
    kept = {str(recording.master.file), *(str(file.file) for file in recording.files().values())}
    orphans = {private.save(name, ContentFile(b"x")) for name in ("masters/yatim", "suara/0123456789abcdef/yatim.mp3")}
    monkeypatch.setattr(private, "get_modified_time", lambda name: timezone.now() - timedelta(days=3))

    gone = sweep.sweep()

    assert gone == len(orphans)
    assert [private.exists(name) for name in kept] == [True] * len(kept)
    assert [private.exists(name) for name in orphans] == [False, False]


@pytest.mark.django_db
def test_nothing_stored_yet_is_nothing_to_sweep(buckets):
    assert sweep.sweep() == 0


def test_storage_is_ready_when_both_buckets_take_and_give(buckets):
    cache.clear()

    assert health.look(health.storage) == "ok"


@pytest.fixture
def settings_from(monkeypatch):
    """The production settings as an environment gives them."""

    def read(**environment):
        for name in [name for name in os.environ if name.startswith("S3_")]:
            monkeypatch.delenv(name)
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        return runpy.run_path(BASE)

    return read


def test_in_s3_songs_lie_in_the_closed_bucket_under_addresses_signed_for_minutes(settings_from):
    found = settings_from(S3_PUBLIC_BUCKET="umum", S3_PRIVATE_BUCKET="rahasia", S3_ENDPOINT_URL="https://s3.example")
    keys = {"access_key": "kunci", "secret_key": "rahasia", "region_name": "ap-southeast-3"}
    songs = S3Storage(**found["STORAGES"]["songs"]["OPTIONS"], **keys)

    address = urlsplit(songs.url("suara/a.mp3", parameters={"ResponseContentType": "audio/mpeg"}, http_method="GET"))
    asked = parse_qs(address.query)

    assert (address.netloc, address.path) == ("s3.example", "/rahasia/suara/a.mp3")
    assert (asked["X-Amz-Algorithm"], asked["X-Amz-Expires"]) == (["AWS4-HMAC-SHA256"], ["900"])
    assert asked["response-content-type"] == ["audio/mpeg"]
    assert found["STORAGES"]["default"]["OPTIONS"]["bucket_name"] == "umum"
    assert found["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]["media-src"][1:] == ["https://s3.example"]


@pytest.mark.parametrize("private", ["", "umum"])
def test_masters_never_share_the_worlds_bucket(settings_from, private):
    with pytest.raises(ImproperlyConfigured, match="second bucket"):
        settings_from(S3_PUBLIC_BUCKET="umum", S3_PRIVATE_BUCKET=private)
