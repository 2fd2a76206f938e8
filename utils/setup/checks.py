"""What can be known to go wrong before any slow step starts: a taken port, a folder not writable."""

from __future__ import annotations

import errno
import os
import socket
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from .failure import SetupFailure
from .places import ROOT
from .progress import Step
from .settings import Settings


def before_start(settings: Settings) -> None:
    """Raise SetupFailure with the first thing that would stop the server."""
    writable(settings.data, "The data folder", "choose another one with --data DIR, or make this one yours")
    port_is_free(settings.host, settings.port)


def can_set_up(steps: Sequence[Step]) -> None:
    """See that the checkout can be written, when there is something to set up in it."""
    if any(step.needed for step in steps):
        writable(ROOT, "Kerfline's own folder", "set it up once as its owner, then anybody can start it")


def writable(folder: Path, name: str, advice: str) -> None:
    """Make `folder` when it is missing, and see that a file can be made in it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise SetupFailure(f"{name} {folder} cannot be written ({reason}); {advice}.") from None


def port_is_free(host: str, port: int) -> None:
    """See that the server will get its port, by taking it for a moment in the same way."""
    try:
        found = socket.getaddrinfo(host or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except OSError:
        raise SetupFailure(f"The host {host!r} is no address of this machine; try --host 0.0.0.0.") from None
    family, kind, _, _, address = found[0]
    with socket.socket(family, kind) as probe:
        if os.name != "nt":  # on Windows this option would share the port instead
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except OSError as error:
            raise SetupFailure(_port_sentence(host, port, error)) from None


def _port_sentence(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        hint = " (on a Mac, often AirPlay Receiver)" if sys.platform == "darwin" and port == 5000 else ""
        other = port + 1 if port < 65535 else 5001
        return f"Port {port} is taken by another program{hint}; choose another one, such as --port {other}."
    if error.errno == errno.EADDRNOTAVAIL:
        return f"The host {host!r} is no address of this machine; try --host 0.0.0.0."
    if error.errno in (errno.EACCES, errno.EPERM):
        return f"Port {port} is not allowed to this user; choose one above 1023, such as --port 5000."
    return f"Port {port} on {host} cannot be used: {error.strerror}."
