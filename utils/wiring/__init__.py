"""The one accessor for what `create_app` built once from the settings: storage, queue, sandbox, counters."""

from __future__ import annotations

from typing import Any, TypeVar, cast

from flask import Flask, current_app

T = TypeVar("T")
_SLOT = "kerfline"


def provide(app: Flask, kind: type[T], thing: T) -> None:
    """Let `get(kind)` answer `thing` inside this app; tests call it to swap an adapter."""
    app.extensions.setdefault(_SLOT, {})[kind] = thing


def get(kind: type[T]) -> T:
    """The app's `kind`. Raises KeyError when `create_app` did not provide one."""
    things: dict[Any, Any] = current_app.extensions[_SLOT]
    return cast(T, things[kind])
