"""The web process: an address of any length is answered with a page of ours, not with gunicorn's bare sentence."""

import socket
import time
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from gunicorn.http.errors import LimitRequestLine
from gunicorn.workers.gthread import ThreadWorker

LINGER = 2.0  # seconds in which whoever still sends may read the answer
PIECE = 65_536


class Worker(ThreadWorker):
    def handle_error(self, req: Any, client: socket.socket, addr: Any, exc: Exception) -> None:
        """Before a request could be read there is none that Django could answer, so the worker speaks itself."""
        if not isinstance(exc, LimitRequestLine):
            super().handle_error(req, client, addr, exc)
            return
        try:
            client.sendall(too_long())
            linger(client)
        except OSError:
            self.log.debug("Whoever asked for an endless address left before the answer.")


def too_long() -> bytes:
    with translation.override(settings.LANGUAGE_CODE):
        body = render_to_string("414.html").encode()
    head = (
        "HTTP/1.1 414 URI Too Long",
        "Content-Type: text/html; charset=utf-8",
        f"Content-Length: {len(body)}",
        "Content-Security-Policy: default-src 'self'",
        "X-Content-Type-Options: nosniff",
        "Connection: close",
    )
    return "\r\n".join((*head, "", "")).encode() + body


def linger(client: socket.socket) -> None:
    """Hear the rest out: closing on somebody who still sends makes their system throw our answer away."""
    client.shutdown(socket.SHUT_WR)
    deadline = time.monotonic() + LINGER
    while (left := deadline - time.monotonic()) > 0:
        client.settimeout(left)
        if not client.recv(PIECE):
            return
