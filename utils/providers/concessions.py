"""What one OpenAI-compatible service refuses that others want, found out by asking and then remembered."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Literal

Format = Literal["json_schema", "json_object", "none"]
_WEAKER: dict[Format, Format] = {"json_schema": "json_object", "json_object": "none"}


@dataclass
class Concessions:
    """How to put a request to this service; starts with what the newest services take."""

    form: Format = "json_schema"
    limit: Literal["max_tokens", "max_completion_tokens"] = "max_tokens"

    def body(
        self, model: str, system: str, user: str, schema: dict[str, Any] | None, max_tokens: int
    ) -> dict[str, Any]:
        """The request. A schema that the service does not take as such stands in the system message."""
        request: dict[str, Any] = {"model": model, self.limit: max_tokens}
        if schema is not None and self.form == "json_schema":
            described = {"name": "answer", "strict": True, "schema": schema}
            request["response_format"] = {"type": "json_schema", "json_schema": described}
        elif schema is not None:
            system = (
                f"{system}\n\nAnswer with JSON only, which matches this JSON schema:\n{json.dumps(schema)}"
            )
            if self.form == "json_object":
                request["response_format"] = {"type": "json_object"}
        request["messages"] = [{"role": "system", "content": system}, {"role": "user", "content": user}]
        return request

    def give_way(self, refused: dict[str, Any], complaint: str) -> Concessions | None:
        """What to try after a request was refused with 400; None when there is nothing left to try."""
        if "max_completion_tokens" in complaint and "max_tokens" in refused:
            return Concessions(self.form, "max_completion_tokens")
        if "response_format" in refused and "context length" not in complaint.lower():
            return Concessions(_WEAKER[self.form], self.limit)
        return None
