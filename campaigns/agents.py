"""Who asks: a person, a machine that says so, or a browser loading ahead. Pure; nothing of it is kept."""

from collections.abc import Mapping
from functools import lru_cache

from crawlerdetect import CrawlerDetect

LONGEST = 255  # the crawler patterns take quadratic time on long names
_AHEAD = (("Sec-Purpose", "prefetch"), ("Purpose", "prefetch"), ("Purpose", "preview"), ("X-Moz", "prefetch"))


@lru_cache(maxsize=4096)
def _is_crawler(agent: str) -> bool:
    return CrawlerDetect().is_crawler(agent)


def is_bot(headers: Mapping[str, str]) -> bool:
    """A browser always names itself, so whoever does not is a machine."""
    agent = headers.get("User-Agent", "").strip()[:LONGEST]
    return not agent or _is_crawler(agent)


def is_loading_ahead(headers: Mapping[str, str]) -> bool:
    return any(word in headers.get(name, "").lower() for name, word in _AHEAD)
