"""Roles and the scopes that they expand to."""

from __future__ import annotations

PARTS_READ = "parts:read"
PARTS_WORK = "parts:work"
PARTS_WRITE = "parts:write"
MODELS_WRITE = "models:write"
GENERATE = "generate"
STUDIO = "studio"
ADMIN = "admin"

SCOPES_BY_ROLE: dict[str, frozenset[str]] = {
    "viewer": frozenset({PARTS_READ}),
    "maker": frozenset({PARTS_READ, PARTS_WORK, MODELS_WRITE, GENERATE}),
    "lead": frozenset({PARTS_READ, PARTS_WORK, PARTS_WRITE, MODELS_WRITE, GENERATE, STUDIO}),
    "admin": frozenset({PARTS_READ, PARTS_WORK, PARTS_WRITE, MODELS_WRITE, GENERATE, STUDIO, ADMIN}),
}
