"""How a member is called outside: `completed_amount` here is `completedAmount` in the API and the audit."""

from __future__ import annotations


def camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)
