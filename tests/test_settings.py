"""Settings that are worked out from others."""

import runpy

import pytest

from cms.settings import base


@pytest.mark.parametrize(
    ("bucket", "endpoint", "origin", "allowed"),
    [
        ("", None, "", []),
        ("", "https://s3.example", "https://cdn.example", []),
        ("suara", None, "", ["https://suara.s3.amazonaws.com"]),
        ("suara", "https://s3.example:9000/", "", ["https://s3.example:9000"]),
        ("suara", "https://s3.example", "https://cdn.example/suara/", ["https://cdn.example"]),
    ],
)
def test_browsers_may_load_public_files_from_where_they_are_kept(bucket, endpoint, origin, allowed):
    assert base.media_origins(bucket, endpoint, origin) == allowed


def test_an_empty_line_in_a_file_of_settings_sets_nothing(monkeypatch):
    names = ("DATABASE_URL", "BERSENJANG_DATA", "MEDIA_ROOT", "EMAIL_URL", "WORKERS", "HTTPS", "PUBLIC_BASE_URL")
    for name in names:
        monkeypatch.delenv(name, raising=False)
    untouched = runpy.run_path(base.__file__)
    for name in names:
        monkeypatch.setenv(name, "")

    read = runpy.run_path(base.__file__)

    kept = ("DATABASES", "DATA_DIR", "MEDIA_ROOT", "EMAIL_BACKEND", "Q_CLUSTER", "HTTPS", "PUBLIC_BASE_URL")
    assert [str(read[name]) for name in kept] == [str(untouched[name]) for name in kept]
