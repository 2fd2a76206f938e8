"""Asks any OpenAI-compatible chat service one question at a time."""

from __future__ import annotations

import json
import random
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from functools import cache
from typing import Any

import httpx

from utils.providers.answer import Answer, read, said
from utils.providers.concessions import Concessions
from utils.providers.endpoint import endpoint
from utils.providers.problems import ProviderError

MAX_TOKENS = 16_000  # of one answer, whoever asks
MAX_QUESTION = 400_000  # characters
MAX_ANSWER = 4 * 1024 * 1024  # bytes
TIMEOUT_S = 90.0
CONNECT_S = 10.0
ATTEMPTS = 3
LONGEST_WAIT_S = 20.0  # between two attempts; who is told to wait longer hears so at once
_A_DAY_S = 86_400.0
_REFUSED = {400, 422}
_KEY_REFUSED = {401, 403}
_BUSY = {429, 502, 503, 504}


@dataclass(frozen=True)
class _Reply:
    status: int
    headers: httpx.Headers
    body: bytes


class Chat:
    """A chat model behind three settings, which may be empty: then `problem` says how to set it up.

    Requests are repeated only where nothing was answered and nothing was charged: no connection, 429, 502, 503, 504.
    Redirects are not followed, so the key goes to `LLM_BASE_URL` and nowhere else. Safe to share between threads.
    """

    def __init__(
        self,
        base_url: str | None = None,
        api_key: str | None = None,
        model: str | None = None,
        *,
        timeout_s: float = TIMEOUT_S,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._endpoint = endpoint(base_url, api_key, model)
        self._timeout_s = timeout_s
        self._sleep = sleep
        self._concessions = Concessions()

    def __repr__(self) -> str:
        return f"Chat({self._endpoint.url!r}, model={self._endpoint.model!r})"

    @property
    def ready(self) -> bool:
        """Whether it is set up; whether the service answers shows when it is asked."""
        return not self._endpoint.problem

    @property
    def problem(self) -> str:
        """What is missing in the settings, as a sentence; "" when nothing is."""
        return self._endpoint.problem

    @property
    def model(self) -> str:
        return self._endpoint.model

    def complete(
        self, system: str, user: str, *, schema: dict[str, Any] | None = None, max_tokens: int = 2000
    ) -> str:
        """The text of `ask`'s answer."""
        return self.ask(system, user, schema=schema, max_tokens=max_tokens).text

    def ask(
        self, system: str, user: str, *, schema: dict[str, Any] | None = None, max_tokens: int = 2000
    ) -> Answer:
        """The model's answer; with a `schema` (JSON schema of an object) its text is JSON, though unchecked against it.

        An answer has `MAX_TOKENS` at most, whatever `max_tokens` says. Raises ProviderError.
        """
        if not self.ready:
            raise ProviderError("not_configured", self.problem)
        if len(system) + len(user) > MAX_QUESTION:
            raise ValueError("the question is too long to be sent")
        concessions, requests = self._concessions, 0
        while True:
            body = concessions.body(self.model, system, user, schema, min(max_tokens, MAX_TOKENS))
            reply, attempts = self._post(body)
            requests += attempts
            if reply.status == httpx.codes.OK:
                self._concessions = concessions
                return read(reply.body, as_json=schema is not None, requests=requests)
            weaker = concessions.give_way(body, said(reply.body)) if reply.status in _REFUSED else None
            if weaker is None:
                raise self._refusal(reply)
            concessions = weaker

    def _post(self, body: dict[str, Any]) -> tuple[_Reply, int]:
        """The reply and how many attempts it took; of several busy ones the last."""
        for attempt in range(1, ATTEMPTS + 1):
            # Full jitter: clients that were turned away together do not come back together.
            wait = random.uniform(0.1, 1) * 2 ** (attempt - 1)  # noqa: S311
            try:
                reply = self._once(body)
            except (httpx.ConnectError, httpx.ConnectTimeout):
                if attempt == ATTEMPTS:
                    raise self._unreachable() from None
            else:
                asked = _retry_after(reply.headers)
                if reply.status not in _BUSY or attempt == ATTEMPTS or (asked or 0) > LONGEST_WAIT_S:
                    return reply, attempt
                wait = max(wait, asked or 0)
            self._sleep(min(wait, LONGEST_WAIT_S))
        raise AssertionError("the last attempt returns or raises")

    def _once(self, body: dict[str, Any]) -> _Reply:
        """One request. Raises httpx.ConnectError and ConnectTimeout; what else goes wrong as ProviderError."""
        headers = {
            "Content-Type": "application/json",
            "Accept": "application/json",
            "Accept-Encoding": "identity",
        }
        if self._endpoint.key:
            headers["Authorization"] = f"Bearer {self._endpoint.key}"
        content = json.dumps(body).encode()
        timeout = httpx.Timeout(self._timeout_s, connect=min(CONNECT_S, self._timeout_s))
        try:
            with (
                httpx.Client(timeout=timeout, follow_redirects=False, verify=_authorities()) as client,
                client.stream("POST", self._endpoint.url, content=content, headers=headers) as response,
            ):
                return _Reply(response.status_code, response.headers, self._body(response))
        except (httpx.ConnectError, httpx.ConnectTimeout):
            raise
        except httpx.TimeoutException:
            raise self._timed_out() from None
        except httpx.ProxyError:
            raise self._unreachable() from None
        except (httpx.HTTPError, httpx.InvalidURL):
            # The request arrived and may have been charged: whether to repeat it is a person's choice.
            raise ProviderError(
                "bad_answer", f"The language model at {self._endpoint.url} broke off its answer. Try again."
            ) from None

    def _body(self, response: httpx.Response) -> bytes:
        # The timeout of httpx begins anew with every piece, so a service that drips would hold us for ever.
        deadline = time.monotonic() + self._timeout_s
        body = bytearray()
        for piece in response.iter_bytes():
            body += piece
            if len(body) > MAX_ANSWER:
                raise ProviderError(
                    "bad_answer",
                    f"The language model answered more than {MAX_ANSWER // 2**20} MB. Check LLM_BASE_URL.",
                )
            if time.monotonic() > deadline:
                raise self._timed_out()
        return bytes(body)

    def _timed_out(self) -> ProviderError:
        return ProviderError(
            "timed_out",
            f"The language model {self.model} at {self._endpoint.url} did not answer within {self._timeout_s:g} s. "
            "Try again, or set LLM_MODEL to a faster one.",
        )

    def _unreachable(self) -> ProviderError:
        return ProviderError(
            "unreachable",
            f"Nothing answers at {self._endpoint.url}. Check LLM_BASE_URL, and whether the service runs and this "
            "server may reach it.",
        )

    def _refusal(self, reply: _Reply) -> ProviderError:
        """What a status other than 200 means."""
        where = self._endpoint.url
        if reply.status in _KEY_REFUSED:  # without its own words: they often repeat a piece of the key
            return ProviderError(
                "unauthorized", f"{where} refuses the key ({reply.status}). Check LLM_API_KEY."
            )
        said_so = self._endpoint.hide(said(reply.body))
        words = f" It says: {said_so}" if said_so else ""
        if reply.status == httpx.codes.TOO_MANY_REQUESTS:
            asked = _retry_after(reply.headers)
            message = f"{where} takes no more requests for now (429), or the account has run out.{words}"
            return ProviderError("rate_limited", message, retry_after=round(asked or 60))
        if reply.status in _BUSY:
            return ProviderError(
                "unreachable", f"{where} is overloaded or down ({reply.status}). Try again.{words}"
            )
        if httpx.codes.is_redirect(reply.status):
            to = self._endpoint.hide(reply.headers.get("location", "")).partition("?")[0][:200]
            message = (
                f"{where} sends us on to {to or 'another address'}. Set LLM_BASE_URL to where the service is."
            )
            return ProviderError("bad_answer", message)
        if reply.status == httpx.codes.NOT_FOUND:
            message = f"{where} does not exist, or has no model {self.model}. Check LLM_BASE_URL and LLM_MODEL.{words}"
            return ProviderError("bad_answer", message)
        message = (
            f"{where} answered {reply.status} for {self.model}. Check LLM_BASE_URL and LLM_MODEL.{words}"
        )
        return ProviderError("bad_answer", message)


@cache
def _authorities() -> ssl.SSLContext:
    return httpx.create_ssl_context()  # reads 200 certificates: once is enough


def _retry_after(headers: httpx.Headers) -> float | None:
    """Seconds that a service asks to wait, given as a number or as a date; None when it does not say."""
    value = headers.get("retry-after", "").strip()
    if value.replace(".", "", 1).isdecimal():
        return min(float(value), _A_DAY_S)
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - time.time())
    except ValueError:
        return None
