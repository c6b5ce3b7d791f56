"""The translation catalogues: what our code says, and the compiled files that the product reads.

Our own strings are Indonesian and need English in `cms/locale/en`; Wagtail's are English and, where Wagtail lacks
Indonesian, get it in `cms/locale/id`. `python -m tests.catalogue` adds new strings, drops dead ones and compiles,
with Babel alone, so that no gettext is needed anywhere.
"""

import io
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).parents[1]
LOCALE = ROOT / "cms" / "locale"
KEYWORDS = {
    "_": None,
    "__": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


def sources() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "*.py", "*.html", "*.txt"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout.split()  # fmt: skip
    skipped = {"tests", "migrations", "docs"}
    return [ROOT / name for name in listed if not skipped & set(Path(name).parts) and "requirements" not in name]


def our_messages() -> Iterator[tuple[str | tuple[str, ...], str | None]]:
    """(msgid or (singular, plural), context) of every string of ours."""
    for path in sources():
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        if path.suffix != ".py":
            text = "\n".join(line.lstrip() for line in templatize(text, origin=str(path)).splitlines())
        for _line, message, _comments, context in extract("python", io.BytesIO(text.encode()), KEYWORDS):
            yield message, context


def read(language: str, domain: str = "django") -> Catalog:
    with (LOCALE / language / "LC_MESSAGES" / f"{domain}.po").open(encoding="utf-8") as file:
        return read_po(file, locale=language)


def compiled(catalogue: Catalog) -> bytes:
    buffer = io.BytesIO()
    write_mo(buffer, catalogue)
    return buffer.getvalue()


def save(catalogue: Catalog, language: str, domain: str = "django") -> None:
    folder = LOCALE / language / "LC_MESSAGES"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{domain}.po").open("wb") as file:
        write_po(file, catalogue, sort_output=True, width=0)
    (folder / f"{domain}.mo").write_bytes(compiled(read(language, domain)))


def empty(language: str) -> Catalog:
    day = datetime(2026, 11, 22, tzinfo=UTC)  # fixed, so that the same strings give the same file
    return Catalog(
        locale=language, project="Bersenjang", creation_date=day, revision_date=day, fuzzy=False,
        header_comment="# Bersenjang", last_translator="Bersenjang", language_team="Bersenjang",
        msgid_bugs_address="Bersenjang", copyright_holder="Bersenjang",
    )  # fmt: skip


def one_form(catalogue: Catalog) -> Catalog:
    """Indonesian has no plural, Babel's header for it has: both places get the one form."""
    for message in catalogue:
        if message.pluralizable and message.string:
            message.string = (message.string[0],) * catalogue.num_plurals
    return catalogue


def update() -> None:
    """Bring the English catalogue in line with the code, and compile all."""
    old = read("en") if (LOCALE / "en").exists() else empty("en")
    new = empty("en")
    for message, context in our_messages():
        known = old.get(message if isinstance(message, str) else message[0], context)
        new.add(message, known.string if known else "", context=context)
    save(new, "en")
    for path in LOCALE.glob("id/LC_MESSAGES/*.po"):
        save(one_form(read("id", path.stem)), "id", path.stem)
    print(f"{len(new)} strings, {sum(not m.string for m in new if m.id)} without English")


if __name__ == "__main__":
    update()
