"""Who acts: a person or a machine with a key, or the server itself. It goes with every change, for the audit."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Actor:
    name: str
    key_id: int | None = None
    role: str = ""
    scopes: frozenset[str] = field(default_factory=frozenset)
    by_session: bool = False
    rate_limit: str | None = None

    def may(self, scope: str) -> bool:
        return scope in self.scopes


SERVER = Actor("Kerfline", scopes=frozenset({"parts:write"}))
