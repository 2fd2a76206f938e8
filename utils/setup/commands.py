"""Runs other programs quietly: what they print goes to the set-up's log, and a failure says where to look."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from .failure import SetupFailure
from .places import LOG, ROOT

# What pip, npm and the system's resolver say when there is no way out to the internet.
_NO_NETWORK = re.compile(
    r"name resolution|name or service not known|nodename nor servname|getaddrinfo|network is unreachable"
    r"|connection refused|NewConnectionError|ConnectTimeout"
    r"|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ENETUNREACH|ETIMEDOUT",
    re.IGNORECASE,
)


class CommandFailed(SetupFailure):
    """A program ended with an error; `output` is what it printed."""

    def __init__(self, message: str, output: str) -> None:
        super().__init__(message)
        self.output = output


def run(
    command: Sequence[str | Path],
    failing: str,
    cwd: Path = ROOT,
    env: Mapping[str, str] | None = None,
    timeout_s: float | None = None,
) -> str:
    """Run `command`, append what it prints to the log, return it.

    Raises CommandFailed: "`failing`: its last line (all of it is in the log)", or that there is no network.
    """
    words = [str(word) for word in command]
    try:
        done = subprocess.run(
            words,
            cwd=cwd,
            env=dict(os.environ if env is None else env),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            timeout=timeout_s,
        )
    except OSError as error:
        raise CommandFailed(f"{failing}: {words[0]} did not start ({error.strerror}).", "") from None
    except subprocess.TimeoutExpired as error:
        output = error.output.decode(errors="replace") if isinstance(error.output, bytes) else ""
        raise CommandFailed(f"{failing}: no answer within {timeout_s:.0f} s.", output) from None
    _keep(words, done.stdout)
    if done.returncode:
        raise CommandFailed(_sentence(failing, done.stdout, done.returncode), done.stdout)
    return done.stdout


def _sentence(failing: str, output: str, code: int) -> str:
    if _NO_NETWORK.search(output):
        return f"{failing}: the internet is needed for this and could not be reached (details: {LOG})."
    last = next((line.strip() for line in reversed(output.splitlines()) if line.strip()), f"exit code {code}")
    return f"{failing}: {last[:300]} (details: {LOG})"


def _keep(words: Sequence[str], output: str) -> None:
    LOG.parent.mkdir(parents=True, exist_ok=True)
    with LOG.open("a", encoding="utf-8") as log:
        log.write(f"$ {' '.join(words)}\n{output}\n")
