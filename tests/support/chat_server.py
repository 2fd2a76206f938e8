"""A real HTTP server that speaks the chat protocol and misbehaves on demand."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Respond = Callable[[BaseHTTPRequestHandler, dict[str, Any]], object]


@dataclass
class ChatServer:
    """`requests` has what came in: path, headers and body. Each request takes the next of `answers`; the last stays.

    `released` is set when the server closes, so an answer that waits on it is a server that never answers.
    """

    url: str
    answers: list[Respond]
    requests: list[tuple[str, dict[str, str], dict[str, Any]]] = field(default_factory=list)
    released: threading.Event = field(default_factory=threading.Event)

    @property
    def bodies(self) -> list[dict[str, Any]]:
        return [body for _, _, body in self.requests]


def completion(text: str | list[dict[str, str]] | None, finish: str = "stop") -> dict[str, Any]:
    """The JSON of a good answer."""
    return {
        "object": "chat.completion",
        "choices": [{"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": finish}],
        "usage": {"prompt_tokens": 12, "completion_tokens": 3, "total_tokens": 15},
    }


def raw(status: int, body: bytes, /, *, length: int = -1, **headers: str) -> Respond:
    """Answers these bytes and announces `length` of them when that is given."""

    def respond(handler: BaseHTTPRequestHandler, _: dict[str, Any]) -> None:
        handler.send_response(status)
        handler.send_header("Content-Length", str(len(body) if length < 0 else length))
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return respond


def says(text: str | list[dict[str, str]] | None, finish: str = "stop") -> Respond:
    return raw(200, json.dumps(completion(text, finish)).encode(), Content_Type="application/json")


def refuses(status: int, message: str, **headers: str) -> Respond:
    return raw(status, json.dumps({"error": {"message": message}}).encode(), length=-1, **headers)


def answers_with(answer: Callable[[dict[str, Any]], str]) -> Respond:
    """Says what `answer` makes of the request."""
    return lambda handler, body: says(answer(body))(handler, body)


@contextmanager
def chat_server(*answers: Respond) -> Iterator[ChatServer]:
    """A server on a free port of this machine, until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            running.requests.append((self.path, dict(self.headers), body))
            with lock:
                respond = running.answers.pop(0) if len(running.answers) > 1 else running.answers[0]
            try:
                respond(self, body)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        def log_message(self, format: str, *args: Any) -> None:
            pass

    lock = threading.Lock()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    running = ChatServer(f"http://127.0.0.1:{server.server_address[1]}", list(answers))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield running
    finally:
        running.released.set()
        server.shutdown()
        server.server_close()
        thread.join()
