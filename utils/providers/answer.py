"""Reads what a chat service answered: the text, what it cost, and why it is of no use when it is not."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from utils.providers.problems import ProviderError

_THOUGHTS = re.compile(r"\A\s*<think(?:ing)?>.*?</think(?:ing)?>", re.DOTALL | re.IGNORECASE)
_FENCE = re.compile(r"\A\s*```[a-zA-Z]*\s*\n(.*?)\n?\s*```\s*\Z", re.DOTALL)


@dataclass(frozen=True)
class Usage:
    """Tokens as the service counts them; zeros from a service that does not."""

    prompt_tokens: int = 0
    completion_tokens: int = 0


@dataclass(frozen=True)
class Answer:
    """`requests` is how many requests it took, refused ones included."""

    text: str
    usage: Usage
    requests: int = 1


def read(body: bytes, *, as_json: bool, requests: int = 1) -> Answer:
    """The answer in a chat completion. `as_json`: the text has to be JSON, perhaps in a code fence.

    Raises ProviderError (bad_answer).
    """
    try:
        completion = json.loads(body)
        choice = completion["choices"][0]
        text = _text(choice["message"]["content"])
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        raise _bad(
            "it is not a chat completion. Is LLM_BASE_URL the address of an OpenAI-compatible API?"
        ) from None
    if choice.get("finish_reason") == "length":
        raise _bad("it ran into the limit of tokens. Another LLM_MODEL may be less talkative.")
    text = _THOUGHTS.sub("", text).strip()
    if not text:
        raise _bad("it is empty. Another LLM_MODEL may do better.")
    if as_json:
        text = _json(text)
    return Answer(text, _usage(completion), requests)


def said(body: bytes) -> str:
    """The sentence in which a service explains its refusal, cut short; "" when it gives none."""
    try:
        complaint: Any = json.loads(body)
    except (ValueError, RecursionError):
        return ""
    for name in ("error", "message", "detail"):
        if isinstance(complaint, dict) and complaint.get(name):
            complaint = complaint[name]
    return " ".join(complaint.split())[:300] if isinstance(complaint, str) else ""


def _text(content: Any) -> str:
    if isinstance(content, list):  # some services answer in pieces
        content = "".join(piece.get("text", "") for piece in content if piece.get("type", "text") == "text")
    return str(content or "")


def _json(text: str) -> str:
    fenced = _FENCE.match(text)
    text = fenced[1] if fenced else text
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        raise _bad("it is not the JSON that was asked for. Another LLM_MODEL may do better.") from None
    return text


def _usage(completion: dict[str, Any]) -> Usage:
    counted = completion.get("usage")
    counts = counted if isinstance(counted, dict) else {}
    return Usage(*(_count(counts.get(name)) for name in ("prompt_tokens", "completion_tokens")))


def _count(value: Any) -> int:
    return value if isinstance(value, int) and value > 0 else 0


def _bad(why: str) -> ProviderError:
    return ProviderError("bad_answer", f"The language model's answer is of no use: {why}")
