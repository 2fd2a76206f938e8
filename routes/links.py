"""Addresses in answers: under the prefix that was asked, /api or /api/v1."""

from __future__ import annotations

from typing import Any

from flask import request, url_for

V1 = "v1_"


def link(endpoint: str, **values: Any) -> str:
    """The address of `blueprint.view` beside the blueprint that answers now."""
    prefix = V1 if (request.blueprint or "").startswith(V1) else ""
    return url_for(f"{prefix}{endpoint}", **values)
