#!/usr/bin/env python3
"""Kerfline in one command: `python3 run.py` sets up and serves, `python3 run.py test` runs every test.

This file keeps to syntax that old Pythons can read, so that they get a sentence and not a traceback;
all the work is done in utils/setup, which needs nothing but the standard library.
"""

import os
import sys

OLDEST = (3, 11)


def newer_python():  # type: ignore[no-untyped-def]
    """Name of a Python on the PATH that is new enough, or an empty text."""
    for minor in range(15, OLDEST[1] - 1, -1):
        name = "python3.%d" % minor
        for folder in os.environ.get("PATH", "").split(os.pathsep):
            if os.access(os.path.join(folder, name), os.X_OK):
                return name
    return ""


def main():  # type: ignore[no-untyped-def]
    if sys.version_info < OLDEST:
        message = "Kerfline needs Python %d.%d or newer, and this is %d.%d." % (OLDEST + sys.version_info[:2])
        if newer_python():
            message += " There is a newer one here: %s run.py" % newer_python()
        sys.stderr.write(message + "\n")
        return 1
    sys.dont_write_bytecode = not os.access(os.path.dirname(os.path.abspath(__file__)), os.W_OK)
    from utils.setup.main import main as start

    return start(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
