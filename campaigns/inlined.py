"""The visitor page's stylesheet and module: put into the page, and allowed by their hash alone.

On a weak line each file of its own costs a round trip before the first letter shows.
"""

import re
from base64 import b64encode
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from csp.decorators import csp_update
from django.contrib.staticfiles import finders
from django.utils.safestring import SafeString, mark_safe

MASCOTS = ("cms/kuyung.svg", "cms/kupek.svg")
FOLDER = Path(__file__).parent / "static" / "campaigns"


def _source(name: str) -> SafeString:
    """The file without its comments and indentation; it is ours, so it may stand in the page as it is."""
    text = (FOLDER / name).read_text(encoding="utf-8")
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    if name.endswith(".css"):
        text = re.sub(r" ?([{:;,]) |;?\s*(})\s*", r"\1\2", text)
    lines = (line.strip() for line in text.splitlines())
    return mark_safe("\n".join(line for line in lines if line and not line.startswith("//")))  # noqa: S308  our own file


@lru_cache(maxsize=1)
def mascots() -> SafeString:
    """Kuyung and Kupek as ornament beside a title; drawn by us, so they may stand in the page as they are."""
    drawings = (Path(found).read_text(encoding="utf-8") for name in MASCOTS if (found := finders.find(name)))
    hidden = (re.sub(r"<title>.*?</title>|\n", "", drawing) for drawing in drawings)
    return mark_safe("".join(one.replace("<svg ", '<svg aria-hidden="true" ', 1) for one in hidden))  # noqa: S308  ours


def _hash(source: str) -> str:
    return f"'sha256-{b64encode(sha256(source.encode()).digest()).decode()}'"


STYLE, SCRIPT = _source("visitor.css"), _source("visitor.js")
# Before the first paint, so that nothing jumps: the play button shows only where the module will run.
BEGIN = mark_safe("if('noModule' in HTMLScriptElement.prototype)document.documentElement.classList.add('js')")
allowed: Any = csp_update({"style-src": [_hash(STYLE)], "script-src": [_hash(SCRIPT), _hash(BEGIN)]})
