"""The documents say what is so: commands that exist, links that lead somewhere, a guide for every role."""

import re
from pathlib import Path

import pytest
from django.utils.text import slugify

from cms.demo.people import ACCOUNTS
from cms.office.models import Role

ROOT = Path(__file__).parents[1]
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
GUIDES = ROOT / "docs" / "panduan"


def links(document: Path) -> list[str]:
    text = document.read_text()
    found = re.findall(r"\]\(([^)]+)\)", text) + re.findall(r'src="([^"]+)"', text)
    return [link for link in found if "://" not in link]


def anchors(document: Path) -> set[str]:
    return {slugify(heading, allow_unicode=True) for heading in re.findall(r"(?m)^#+ (.+)$", document.read_text())}


def leads_somewhere(document: Path, link: str) -> bool:
    path, _hash, anchor = link.partition("#")
    target = (document.parent / path) if path else document
    return target.exists() and (not anchor or anchor in anchors(target))


def test_the_readme_names_commands_that_make_knows():
    targets = set(re.findall(r"(?m)^([a-z]+):", (ROOT / "Makefile").read_text()))

    named = set(re.findall(r"\bmake ([a-z]+)\b +(?:#|PORT)", (ROOT / "README.md").read_text()))

    assert named == targets == {"demo", "test", "bench"}


def test_the_readme_names_every_log_in_of_the_demo():
    text = (ROOT / "README.md").read_text()

    assert [account.username for account in ACCOUNTS if f"`{account.username}`" not in text] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_leads_somewhere(document):
    assert [link for link in links(document) if not leads_somewhere(document, link)] == []


def test_every_role_has_its_guide_and_the_index_leads_there():
    wanted = {f"{slugify(role)}.md" for role in Role.values}

    assert {path.name for path in GUIDES.glob("*.md")} - {"README.md"} == wanted
    assert wanted - set(links(GUIDES / "README.md")) == set()
