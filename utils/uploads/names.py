"""File names as people have them, made safe to keep and to send back."""

from __future__ import annotations

import unicodedata

LONGEST = 200
# Bidi overrides make "gpj.exe" read as "exe.jpg"; they have no place in a file's name.
_MISLEADING = {"\u202a", "\u202b", "\u202c", "\u202d", "\u202e", "\u2066", "\u2067", "\u2068", "\u2069"}


def safe(name: str | None, fallback: str = "file") -> str:
    """The last component, without control characters, at most LONGEST characters, its ending kept."""
    last = (name or "").replace("\\", "/").rsplit("/", 1)[-1]
    clean = unicodedata.normalize("NFC", last)
    clean = "".join(c for c in clean if unicodedata.category(c) not in ("Cc", "Cs") and c not in _MISLEADING)
    clean = clean.strip().lstrip(".").strip()
    if len(clean) > LONGEST:
        stem, dot, ending = clean.rpartition(".")
        keep = f"{dot}{ending}" if stem and len(ending) <= 10 else ""
        clean = clean[: LONGEST - len(keep)] + keep
    return clean or fallback
