"""Cursors: where a list goes on, as an opaque text; each page costs what the first one did."""

from __future__ import annotations

import base64
import binascii
from datetime import UTC, date, datetime
from typing import Any

import orjson
from sqlalchemy import ColumnElement, and_

from models.errors import Invalid


def encode(order: str, value: Any, row_id: int | str) -> str:
    """The place behind the row with `value` in the sorted column; `order` names the list's order."""
    return base64.urlsafe_b64encode(orjson.dumps([order, value, row_id])).decode()


def decode(cursor: str, order: str, column: Any, key: Any) -> tuple[Any, Any]:
    """The sorted column's value and the id in `cursor`. Raises Invalid when it is not from a list in this order."""
    try:
        given_order, value, row_id = orjson.loads(base64.urlsafe_b64decode(cursor))
        if given_order != order or row_id is None:
            raise ValueError("another list's cursor")
        return _typed(value, column), _typed(row_id, key)
    except (ValueError, TypeError, OverflowError, binascii.Error) as error:
        raise Invalid({"cursor": ["This cursor is not from this list; start again without one."]}) from error


def _typed(value: Any, column: Any) -> Any:
    kind = column.type.python_type
    if value is None:
        return None
    if kind is datetime:
        when = datetime.fromisoformat(value)
        if when.tzinfo is None:
            raise ValueError("a time without a zone")
        return when.astimezone(UTC)  # at the ends of time this overflows
    if kind is date:
        return date.fromisoformat(value)
    if type(value) is not kind or (kind is int and abs(value) >= 2**63):
        raise TypeError(f"not a value of {column}")
    return value


def behind(column: Any, key: Any, value: Any, row_id: Any, descending: bool) -> list[ColumnElement[bool]]:
    """The rows behind a place as runs to read one after the other; nulls stand first going up, last going down.

    Each run is one range of an index on (`column`, `key`); a single condition with OR would read from the start.
    """
    further = key < row_id if descending else key > row_id
    tied = and_(column.is_(None) if value is None else column == value, further)
    if descending:
        return [tied] if value is None else [tied, column < value, column.is_(None)]
    return [tied, column.is_not(None)] if value is None else [tied, column > value]
