"""Addresses that open one file for an hour without a key: for a viewer, a mail, a machine that has none."""

from __future__ import annotations

import functools
import hashlib
from typing import Any

from flask import current_app, g, request
from itsdangerous import BadSignature, SignatureExpired, TimestampSigner

from models.actor import Actor
from models.errors import Forbidden
from routes.contract import View, requires

GOOD_FOR_S = 3600


def sign(job_id: str, name: str) -> str:
    """What `signature=` in the address of that file has to be; good for GOOD_FOR_S seconds."""
    signed = _signer().sign(_what(job_id, name)).decode()
    return signed[len(_what(job_id, name)) + 1 :]


def check(job_id: str, name: str, signature: str) -> None:
    """Raise Forbidden unless it was signed for that very file, not too long ago."""
    try:
        _signer().unsign(f"{_what(job_id, name)}.{signature}", max_age=GOOD_FOR_S)
    except SignatureExpired as error:
        raise Forbidden(
            "This link has expired: such links are good for an hour. Ask for the list of files again.",
            code="signature_expired",
        ) from error
    except BadSignature as error:
        raise Forbidden(
            "This link was not made by this server for this file.", code="bad_signature"
        ) from error


def signed_or(scope: str) -> Any:
    """Let in who has a key with `scope`, or a signature of the file that the address names."""

    def decorate(view: View) -> View:
        by_key = requires(scope)(view)

        @functools.wraps(by_key)
        def guarded(job_id: str, name: str) -> Any:
            signature = request.args.get("signature")
            if signature is None:
                return by_key(job_id=job_id, name=name)
            check(job_id, name, signature)
            g.actor = Actor("a signed link")
            return view(job_id=job_id, name=name)

        return guarded  # type: ignore[return-value]

    return decorate


def _what(job_id: str, name: str) -> str:
    # In letters that no signature's separator could be mistaken for.
    return f"{job_id}/{name}".encode().hex()


def _signer() -> TimestampSigner:
    return TimestampSigner(
        current_app.config["SECRET_KEY"],
        salt="kerfline.artifact",
        key_derivation="hmac",
        digest_method=hashlib.sha256,
    )
