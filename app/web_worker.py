"""gunicorn's worker of many threads, made safe against clients that fall silent or never hang up."""

from __future__ import annotations

import logging
import socket
import struct
from typing import Any

from gunicorn.workers.gthread import ThreadWorker

# How long the next bytes of a request that began may take.
SILENCE_S = 60


class WebWorker(ThreadWorker):
    """gunicorn waits for a client without end, and for its hanging up where it accepts all others."""

    def init_process(self) -> None:
        logging.getLogger("gunicorn.error").addFilter(_is_no_silence)
        super().init_process()

    def handle(self, conn: Any) -> Any:
        """Serve one request of a connection, in a thread of its own."""
        give_up_on_silence(conn.sock)
        goes_on = super().handle(conn)
        if goes_on is False:
            conn.close(graceful=True)
            conn.close = _closed
        return goes_on


def give_up_on_silence(connection: socket.socket, seconds: int = SILENCE_S) -> None:
    """End a read that brings nothing: a phone that left in mid-upload would hold its thread for ever.

    The kernel's own limit: Python's own is taken off by gunicorn with each request.
    """
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.pack("@ll", seconds, 0))


def _is_no_silence(record: logging.LogRecord) -> bool:
    """A client that fell silent is no error of ours: anybody could fill the log with its tracebacks."""
    return not (record.exc_info and isinstance(record.exc_info[1], BlockingIOError))


def _closed(graceful: bool = False) -> None:
    """What is left to do for gunicorn's main thread."""
