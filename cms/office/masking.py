"""What must not stand in a log: the keys of secret links, which are part of an address."""

import logging
import re

SERVERS = ("gunicorn.access", "gunicorn.error")  # they write where the operator says, past our handlers
_KEY = re.compile(r"((?:/|%2F)(?:t|%74)(?:/|%2F))[^\s/?#&\"']+", re.IGNORECASE)


class KeysAreMasked(logging.Filter):
    """Whoever reads the log opens nobody's door."""

    def filter(self, record: logging.LogRecord) -> bool:
        line = record.getMessage()
        if _KEY.search(line):
            record.msg, record.args = masked(line), None
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = masked(record.exc_text)
        return True


def masked(text: str) -> str:
    return _KEY.sub(r"\1…", text)


def mask_servers() -> None:
    """Whatever the web server was told to log, and where: a filter on its loggers sees each line first."""
    for name in SERVERS:
        logger = logging.getLogger(name)
        if not any(isinstance(known, KeysAreMasked) for known in logger.filters):
            logger.addFilter(KeysAreMasked())
