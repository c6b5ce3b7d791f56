"""The house keeps its shape: imports one way, rooms of a size, no names that admit anything, docs that are true."""

import ast
import re
from pathlib import Path

import pytest

from tests.catalogue import ROOT, sources

APPS = ["campaigns", "performers", "media_assets", "radio_schedule", "cms"]
CODE = [path for path in sources() if path.suffix == ".py" and path.parent != ROOT]
FORBIDDEN = {
    "utils.py",
    "helpers.py",
    "services.py",
    "signals.py",
    "enums.py",
    "managers.py",
    "constants.py",
    "common.py",
}
PURE = {
    "media_assets/comparing.py": {"bisect", "collections", "difflib", "media_assets", "typing"},
    "media_assets/checkup.py": {"collections", "dataclasses", "django", "re", "typing"},
    "media_assets/cue_sheet.py": {"collections", "dataclasses", "django", "media_assets", "re", "typing"},
    "media_assets/disc_papers.py": {"dataclasses", "datetime", "django", "media_assets"},
    "media_assets/disc_master.py": {"collections", "dataclasses", "django", "functools", "hashlib", "math"}
    | {"media_assets", "pathlib", "shutil", "typing", "wave", "zipfile"},
    "media_assets/transliteration.py": {"anyascii", "media_assets"},
    "media_assets/protocol.py": {"collections", "dataclasses", "datetime", "django", "media_assets"},
    "media_assets/rights.py": {"collections", "dataclasses", "datetime", "django"},
    "media_assets/glossing.py": {"collections", "media_assets", "typing", "unicodedata"},
    "media_assets/quorum.py": {"collections", "datetime", "typing"},
    "media_assets/timed_text.py": {"cms", "collections", "django", "media_assets", "typing"},
    "media_assets/typed_time.py": {"re"},
    "media_assets/segments.py": {"collections", "dataclasses", "django", "enum", "itertools"},
    **{
        f"media_assets/prosody/{name}.py": {"collections", "dataclasses", "enum", "functools", "media_assets", "re"}
        | {"itertools", "pathlib", "tomllib", "typing", "unicodedata", "django"}
        for name in ("forms", "hints", "lexicon", "lyric_file", "reading", "rhyme", "syllables")
    },
    "media_assets/lyrics.py": {
        "hashlib",
        "json",
        "secrets",
        "unicodedata",
        "collections",
        "difflib",
        "itertools",
        "typing",
    },
}


def imports(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
    return names


def floor(name: str) -> bool:
    return name.startswith(("cms.office", "cms.settings"))


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(ROOT)))
def test_an_app_imports_only_what_stands_to_its_left(path):
    here = path.relative_to(ROOT).parts
    allowed = set() if here[:2] == ("cms", "office") else set(APPS[: APPS.index(here[0]) + 1])

    wrong = {name for name in imports(path) if name.split(".")[0] in APPS and name.split(".")[0] not in allowed}

    assert {name for name in wrong if not floor(name)} == set()


def test_no_file_has_a_name_that_admits_anything():
    assert [path for path in CODE if path.name in FORBIDDEN] == []


def test_no_room_is_too_large_to_see_at_once():
    assert {str(path.relative_to(ROOT)) for path in CODE if len(path.read_text().splitlines()) > 300} == set()


def test_every_module_says_in_one_sentence_what_it_is_for():
    silent = [path for path in CODE if path.read_text().strip() and not ast.get_docstring(ast.parse(path.read_text()))]

    assert silent == []


@pytest.mark.parametrize("path", PURE)
def test_a_pure_module_reaches_for_no_database(path):
    assert {name.split(".")[0] for name in imports(ROOT / path)} - PURE[path] == set()


def test_only_the_review_writes_approvals():
    writers = {
        path.relative_to(ROOT).as_posix()
        for path in CODE
        if re.search(r"Approval(\.objects)?\.(create|get_or_create|objects\.create)|Approval\(", path.read_text())
    }

    assert writers <= {"media_assets/review.py", "media_assets/models/verdicts.py"}


def test_every_setting_is_documented_and_no_other():
    text = "".join(path.read_text() for path in (ROOT / "cms" / "settings").glob("*.py"))
    text += (ROOT / "gunicorn.conf.py").read_text()
    read = set(re.findall(r'env(?:iron)?\.\w+\(\s*"([A-Z0-9_]+)"', text)) | {"PORT"}
    documented = set(re.findall(r"^\| `([A-Z0-9_]+)` \|", (ROOT / "docs" / "settings.md").read_text(), re.MULTILINE))

    assert documented == read


def test_every_command_of_ours_is_documented():
    commands = {path.stem for path in ROOT.glob("*/management/commands/*.py") if path.stem != "__init__"}

    assert {name for name in commands if f"`{name}" not in (ROOT / "docs" / "commands.md").read_text()} == set()


def test_the_locks_name_no_host():
    for lock in ROOT.glob("requirements*"):
        assert "://" not in lock.read_text()
