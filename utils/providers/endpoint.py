"""Where a chat service is and with which key and model, checked before anything is sent to it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

SET_UP = (
    "No language model is set up. Set LLM_BASE_URL (any OpenAI-compatible service: https://api.openai.com/v1, "
    "http://localhost:11434/v1 for Ollama …), LLM_MODEL, and LLM_API_KEY where the service wants one, then restart."
)
_PATH = "/chat/completions"
_VERSION = re.compile(r"/v\d[^/]*(/|$)")
_KEY = re.compile(r"[\x21-\x7e]*")


@dataclass(frozen=True)
class Endpoint:
    """`url` is the full address of chat completions; `problem` a sentence when it cannot be used, else empty."""

    url: str
    model: str
    problem: str
    key: str = field(repr=False)

    def hide(self, text: str) -> str:
        """`text` without the key: services repeat what they were sent."""
        return text.replace(self.key, "…") if self.key else text


def endpoint(base_url: str | None, api_key: str | None, model: str | None) -> Endpoint:
    """The endpoint that three settings describe, each of them perhaps empty."""
    base, key, name = ((text or "").strip() for text in (base_url, api_key, model))
    return Endpoint(url=_completions(base), model=name, problem=_problem(base, key, name), key=key)


def _problem(base: str, key: str, model: str) -> str:
    if not base and not model:
        return SET_UP
    for name, value in (("LLM_BASE_URL", base), ("LLM_MODEL", model)):
        if not value:
            return f"The language model is only half set up: {name} is empty. Set it and restart."
    if not _is_plain(base):
        return (
            "LLM_BASE_URL must be an address like https://api.openai.com/v1, without a user name, a password, "
            "a query or a fragment. The key goes into LLM_API_KEY."
        )
    if not _KEY.fullmatch(key):
        return "LLM_API_KEY has characters that no key has (a space, a line end, a typographic quote?). Copy it again."
    return ""


def _is_plain(base: str) -> bool:
    try:
        parts = urlsplit(base)
        return (
            parts.scheme in {"http", "https"}
            and bool(parts.hostname)
            and parts.port != 0  # asking for it raises for what is no number
            and not (parts.username or parts.password or parts.query or parts.fragment)
            and _KEY.fullmatch(base) is not None
        )
    except ValueError:
        return False


def _completions(base: str) -> str:
    # What people paste: the bare host, the base with its version, or the whole address of chat completions.
    base = base.rstrip("/").removesuffix(_PATH)
    if not base:
        return ""
    scheme, _, rest = base.partition("://")
    _, slash, path = rest.partition("/")
    versioned = _VERSION.search(slash + path) is not None
    return f"{base}{_PATH}" if versioned else f"{scheme}://{rest}/v1{_PATH}"
