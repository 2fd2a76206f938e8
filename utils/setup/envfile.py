"""Reads `.env`: one NAME=value a line, as shells and other tools write it."""

from __future__ import annotations

import re
from collections.abc import MutableMapping
from pathlib import Path

from .failure import SetupFailure

_LINE = re.compile(r"(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=\s*(.*)")
_QUOTED = re.compile(r"""(["'])(.*?)\1\s*(?:#.*)?""")


def parse(text: str) -> dict[str, str]:
    """Names and values of a `.env` text; raises ValueError with the number of a line that is neither.

    Quotes around a value are dropped and keep `#` and spaces; without them ` #` starts a comment.
    """
    values: dict[str, str] = {}
    for number, raw in enumerate(text.removeprefix("\ufeff").splitlines(), start=1):
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        match = _LINE.fullmatch(line)
        if not match:
            raise ValueError(f"line {number}")
        name, value = match.groups()
        quoted = _QUOTED.fullmatch(value)
        values[name] = quoted[2] if quoted else re.split(r"(?:^|\s)#", value, maxsplit=1)[0].strip()
    return values


def load(file: Path, env: MutableMapping[str, str]) -> None:
    """Put what `file` sets into `env`; what is set there already wins, a missing file sets nothing."""
    try:
        values = parse(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return
    except ValueError as error:
        where = error.args[0] if type(error) is ValueError else "a letter that is not UTF-8"
        raise SetupFailure(f"{file} cannot be read ({where}): each line must read NAME=value.") from None
    except OSError as error:
        raise SetupFailure(f"{file} cannot be read: {error.strerror}.") from None
    for name, value in values.items():
        env.setdefault(name, value)
