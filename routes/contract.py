"""What every endpoint keeps: scopes, rate limits, ETags, remembered POSTs, list members."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable
from typing import Any, TypeVar

from flask import Response, g, make_response, request
from sqlalchemy.exc import IntegrityError

from models import Part, RememberedAnswer, db
from models.errors import Conflict, Invalid, Stale
from models.errors import Forbidden as NoScope
from routes.identity import actor, identify
from utils import wiring
from utils.auth.throttle import Throttle

View = TypeVar("View", bound=Callable[..., Any])
_KEPT_HEADERS = ("Content-Type", "Location", "ETag")
_CHUNK = 256 * 1024


def requires(scope: str) -> Callable[[View], View]:
    """Let only keys with `scope` in, and count the request. The outermost decorator under the route."""

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            g.actor = identify()
            g.allowance = wiring.get(Throttle).count(g.actor)
            g.allowance.check()
            if not g.actor.may(scope):
                raise NoScope(
                    f"This needs the scope {scope}, which the key “{g.actor.name}” does not have.",
                    scope=scope,
                )
            if request.method == "POST" and "Idempotency-Key" in request.headers:
                return _once(lambda: view(*args, **kwargs))
            return view(*args, **kwargs)

        guarded.required_scope = scope  # type: ignore[attr-defined]
        return guarded  # type: ignore[return-value]

    return decorate


def etag(part: Part) -> str:
    return f'"{part.id}-{part.version}"'


def check_if_match(part: Part) -> None:
    """Raise Stale when the request's If-Match names another version; without the header the last write wins."""
    sent = request.headers.get("If-Match")
    if (
        sent is not None
        and sent.strip() != "*"
        and etag(part) not in [tag.strip() for tag in sent.split(",")]
    ):
        raise Stale(current=etag(part))


def with_etag(part: Part) -> dict[str, str]:
    db.session.flush()
    return {"ETag": etag(part)}


def listed(
    name: str, items: Any, *, total: int, limit: int, offset: int, cursor: str | None
) -> dict[str, Any]:
    """A list answer's members."""
    return {
        name: items,
        "total": total,
        "totalIsEstimate": False,
        "limit": limit,
        "offset": offset,
        "nextCursor": cursor,
    }


def _once(run: Callable[[], Any]) -> Response:
    """Answer a POST that was answered before with the same answer; the same key with another body is 422."""
    name = request.headers["Idempotency-Key"]
    if not 1 <= len(name) <= 200:
        raise Invalid({"Idempotency-Key": ["Send 1 to 200 characters."]})
    key_id, digest = actor().key_id, _request_digest()
    earlier = _remembered(key_id, name)
    if earlier is not None:
        return _again(earlier, digest)
    g.remember = lambda response: _remember(_to_remember(key_id, name, digest, response))
    response = make_response(run())
    if g.pop("remember", None) and response.status_code < 500 and not response.is_streamed:
        _remember(_to_remember(key_id, name, digest, response))
    return response


def commit_as(answer: dict[str, Any], status: int) -> None:
    """Commit in the middle of a POST that goes on: sent again, it is answered `answer`, and nothing is done twice."""
    remember = g.pop("remember", None)
    if remember:
        remember(make_response(answer, status))
    db.session.commit()


def _remember(answer: RememberedAnswer) -> None:
    db.session.add(answer)
    try:
        db.session.flush()
    except IntegrityError as error:
        # Two at once: the other one won, and everything of this one is rolled back by the error.
        raise Conflict(
            "The same request is being answered right now. Ask again.", code="in_progress"
        ) from error


def _remembered(key_id: int | None, name: str) -> RememberedAnswer | None:
    return db.session.query(RememberedAnswer).filter_by(key_id=key_id, idempotency_key=name).one_or_none()


def _request_digest() -> str:
    """What was sent, whatever boundary a client put between its parts."""
    digest = hashlib.sha256(b"\n".join([request.path.rstrip("/").encode(), request.query_string, b""]))
    if request.mimetype != "multipart/form-data":
        digest.update(request.get_data(cache=True))
        return digest.hexdigest()
    digest.update(repr(sorted(request.form.items(multi=True))).encode(errors="surrogatepass"))
    for name, file in request.files.items(multi=True):
        digest.update(repr((name, file.filename)).encode(errors="surrogatepass"))
        while chunk := file.stream.read(_CHUNK):
            digest.update(chunk)
        file.stream.seek(0)
    return digest.hexdigest()


def _to_remember(key_id: int | None, name: str, digest: str, response: Response) -> RememberedAnswer:
    return RememberedAnswer(
        key_id=key_id,
        idempotency_key=name,
        request_sha256=digest,
        status=response.status_code,
        headers={h: response.headers[h] for h in _KEPT_HEADERS if h in response.headers},
        body=response.get_data(),
    )


def _again(earlier: RememberedAnswer, digest: str) -> Response:
    if earlier.request_sha256 != digest:
        raise Invalid({"Idempotency-Key": ["This key was used for another request. Take a new one."]})
    return Response(earlier.body, earlier.status, headers={**earlier.headers, "Idempotent-Replayed": "true"})
