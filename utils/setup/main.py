"""What `run.py` does, in order: it serves, or tests (`test`), or runs the app's own commands (`flask …`)."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from . import checks, environment, page, progress, serve, settings, testing
from .failure import SetupFailure


def main(arguments: Sequence[str]) -> int:
    """Do what the arguments ask for; returns the exit code. Failures are one sentence on the error stream."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        if arguments[:1] == ["test"]:
            return testing.run(arguments[1:])
        if arguments[:1] == ["flask"]:
            return _app_command(arguments[1:])
        return _start(arguments)
    except SetupFailure as failure:
        print(failure, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nKerfline: stopped.", file=sys.stderr)
        return 130


def _start(arguments: Sequence[str]) -> int:
    chosen = settings.read(arguments, os.environ)
    checks.before_start(chosen)
    chosen.export(os.environ)
    to_set_up = [environment.packages_step(), *page.steps()]
    checks.can_set_up(to_set_up)
    said: list[str] = []
    progress.run([*to_set_up, serve.database_step(chosen, said)])
    return serve.forever(chosen, welcome="".join(said))


def _app_command(words: Sequence[str]) -> int:
    settings.read([], os.environ).export(os.environ)
    to_set_up = [environment.packages_step()]
    checks.can_set_up(to_set_up)
    progress.run(to_set_up)
    return serve.command(words)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
