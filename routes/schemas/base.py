"""camelCase outside, snake_case inside; both are taken, unknown members are passed over."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from marshmallow import EXCLUDE, Schema, ValidationError, fields, pre_load, validate

from utils.parts.names import camel


class CamelSchema(Schema):
    class Meta:
        unknown = EXCLUDE
        ordered = True

    def on_bind_field(self, field_name: str, field_obj: fields.Field) -> None:
        if field_obj.data_key is None:
            field_obj.data_key = camel(field_name)

    @pre_load
    def take_snake_case(self, sent: Any, **_: Any) -> Any:
        if not isinstance(sent, dict):
            return sent
        twins = {name: field.data_key for name, field in self.fields.items() if field.data_key != name}
        return {(twins[k] if k in twins and twins[k] not in sent else k): v for k, v in sent.items()}


class Utc(fields.Field[datetime]):
    """ISO 8601 with Z, to the millisecond."""

    def _serialize(self, value: datetime | None, attr: str | None, obj: Any, **kwargs: Any) -> str | None:
        if value is None:
            return None
        return value.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def at_most(longest: int) -> validate.Length:
    return validate.Length(max=longest, error="At most {max} characters.")


def between(least: int, most: int) -> validate.Range:
    return validate.Range(least, most, error=f"A whole number from {least:,} to {most:,}.")


class Whole(fields.Integer):
    """A whole number; its digits in a text count too, as a form sends them. 1.5 and true are none."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(strict=True, **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if isinstance(value, bool):
            raise self.make_error("invalid")
        if isinstance(value, str) and re.fullmatch(r"\s*\d{1,12}\s*", value, re.ASCII):
            value = int(value)
        return super()._deserialize(value, attr, data, **kwargs)


class Words(fields.String):
    """A text of at most `longest` characters, without NUL, ends trimmed; empty is null where null is allowed."""

    def __init__(self, longest: int, *checks: Callable[[str], Any], **kwargs: Any) -> None:
        super().__init__(validate=[at_most(longest), *checks], **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        text = super()._deserialize(value, attr, data, **kwargs)
        if "\x00" in text:
            raise ValidationError("A text cannot hold the character NUL.")
        try:
            text.encode()
        except UnicodeEncodeError as error:
            raise ValidationError("This text is not valid Unicode.") from error
        return text.strip() or (None if self.allow_none else "")

    def _validate(self, value: Any) -> None:
        if value is not None:  # an empty text that became null
            super()._validate(value)


class ListArgs(CamelSchema):
    limit = fields.Integer(load_default=50, validate=between(1, 500))
    offset = fields.Integer(load_default=0, validate=between(0, 10**9))
    cursor = fields.String(load_default=None, validate=validate.Length(max=1000))


class MessageOut(CamelSchema):
    message = fields.String()


@functools.cache
def listing(name: str, item: type[Schema]) -> type[Schema]:
    """The schema of a list answer whose items stand under `name`; one class for all who ask."""
    members: dict[str, Any] = {
        name: fields.List(fields.Nested(item), data_key=name),
        "total": fields.Integer(),
        "totalIsEstimate": fields.Boolean(data_key="totalIsEstimate"),
        "limit": fields.Integer(),
        "offset": fields.Integer(),
        "nextCursor": fields.String(allow_none=True, data_key="nextCursor"),
    }
    return CamelSchema.from_dict(members, name=f"{name.capitalize()}List")
