"""Typed settings from the environment; everything that is wrong is listed at once, then the start stops."""

from __future__ import annotations

import contextlib
import ipaddress
import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

VERSION = "0.1.0"
_RATE = re.compile(r"^\s*[1-9]\d*\s*(per|/)\s*(\d+\s+)?(second|minute|hour|day)s?\s*$", re.IGNORECASE)


class BadSettings(Exception):
    """Some settings are missing or unsafe; `problems` has one sentence for each."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("Kerfline cannot start:\n" + "\n".join(f"  - {problem}" for problem in problems))
        self.problems = problems


@dataclass(frozen=True)
class Settings:
    """All that can be set. Sizes are in the unit that the name ends with; `_s` is seconds."""

    data: Path
    secret_key: str = field(repr=False)
    database_url: str
    base_path: str = ""
    admin_api_key: str = field(default="", repr=False)
    max_upload_mb: int = 200
    job_workers: int = 2
    job_lease_s: int = 20
    convert_memory_mb: int = 2048
    convert_cpu_s: int = 60
    convert_timeout_s: int = 120
    read_memory_mb: int = 4096
    read_timeout_s: int = 300
    artifact_ttl_days: int = 30
    llm_base_url: str = ""
    llm_api_key: str = field(default="", repr=False)
    llm_model: str = ""
    llm_timeout_s: int = 60
    glossary_file: str = ""
    rate_limit_default: str = "100 per minute"
    rate_limit_page: str = "1200 per minute"
    api_key_in_query: bool = True
    cors_origins: tuple[str, ...] = ()
    trusted_proxies: tuple[str, ...] = ()
    cookie_secure: str = "auto"
    log_level: str = "INFO"

    @property
    def files(self) -> Path:
        return self.data / "files"

    @property
    def scratch(self) -> Path:
        return self.data / "tmp"

    @property
    def max_upload_bytes(self) -> int:
        return self.max_upload_mb * 1024 * 1024


class _Reader:
    """Reads one mapping of settings and collects what is wrong with it."""

    def __init__(self, env: Mapping[str, str]) -> None:
        self.env = env
        self.problems: list[str] = []

    def text(self, name: str, default: str = "") -> str:
        return self.env.get(name, "").strip() or default

    def whole(self, name: str, default: int, least: int = 1) -> int:
        raw = self.text(name, str(default))
        if not raw.isdecimal() or int(raw) < least:
            self.problems.append(f"{name} must be a whole number of at least {least}, not {raw!r}.")
            return default
        return int(raw)

    def switch(self, name: str, default: bool) -> bool:
        raw = self.text(name, "1" if default else "0").lower()
        if raw not in {"0", "1", "true", "false", "yes", "no", "on", "off"}:
            self.problems.append(f"{name} must be 1 or 0, not {raw!r}.")
        return raw in {"1", "true", "yes", "on"}

    def choice(self, name: str, allowed: tuple[str, ...]) -> str:
        raw = self.text(name, allowed[0])
        if raw not in allowed:
            self.problems.append(f"{name} must be one of {', '.join(allowed)}, not {raw!r}.")
            return allowed[0]
        return raw

    def rate(self, name: str, default: str) -> str:
        raw = self.text(name, default)
        if not _RATE.match(raw):
            self.problems.append(f"{name} must read like '100 per minute', not {raw!r}.")
            return default
        return raw

    def several(self, name: str) -> tuple[str, ...]:
        return tuple(word.strip() for word in self.text(name).split(",") if word.strip())

    def origins(self, name: str) -> tuple[str, ...]:
        for word in self.several(name):
            if not re.fullmatch(r"https?://[^/\s]+|\*", word):
                self.problems.append(f"{name} must be origins like https://shop.example, not {word!r}.")
        return self.several(name)

    def address(self, name: str) -> str:
        raw = self.text(name)
        if raw and not re.fullmatch(r"https?://[^/\s]+(/\S*)?", raw):
            self.problems.append(f"{name} must be an address like https://llm.example/v1, not {raw!r}.")
        return raw

    def file(self, name: str) -> str:
        raw = self.text(name)
        if raw and not Path(raw).expanduser().is_file():
            self.problems.append(f"{name} names {raw!r}, and there is no such file.")
        return str(Path(raw).expanduser()) if raw else ""

    def networks(self, name: str) -> tuple[str, ...]:
        for word in self.several(name):
            try:
                ipaddress.ip_network(word, strict=False)
            except ValueError:
                self.problems.append(f"{name} must be addresses or networks like 10.0.0.0/8, not {word!r}.")
        return self.several(name)

    def base_path(self) -> str:
        raw = self.text("BASE_PATH").strip("/")
        if raw and not re.fullmatch(r"(?:(?:^|/)(?!\.+(?:/|$))[A-Za-z0-9._~-]+)+", raw):
            self.problems.append(f"BASE_PATH must be a path like /parts, not {raw!r}.")
            return ""
        return f"/{raw}" if raw else ""


def load(env: Mapping[str, str] | None = None) -> Settings:
    """Settings from `env` (the process's environment by default).

    Raises BadSettings with every problem at once. Makes the data folder and, when no SECRET_KEY is
    set, a random one in `DATA/secret.key` that only its owner can read.
    """
    read = _Reader(os.environ if env is None else env)
    data = Path(read.text("KERFLINE_DATA", "data")).expanduser().resolve()
    _make_folders(read, data)
    database_url = read.text("DATABASE_URL", f"sqlite:///{data / 'kerfline.db'}")
    if not database_url.startswith("sqlite:"):
        read.problems.append("DATABASE_URL must start with sqlite: (PostgreSQL is not supported yet).")
    read.choice("STORAGE", ("local",))
    read.choice("QUEUE", ("database",))
    for name, default in (("WEB_WORKERS", 1), ("WEB_THREADS", 256)):
        read.whole(name, default)  # used by gunicorn's own settings
    admin_key = read.text("ADMIN_API_KEY")
    if admin_key and len(admin_key) < 16:
        read.problems.append("ADMIN_API_KEY must have at least 16 characters; leave it out and one is made.")
    settings = Settings(
        data=data,
        secret_key=_secret(read, data / "secret.key"),
        database_url=database_url,
        base_path=read.base_path(),
        admin_api_key=admin_key,
        max_upload_mb=read.whole("MAX_UPLOAD_MB", 200),
        job_workers=read.whole("JOB_WORKERS", 2),
        job_lease_s=read.whole("JOB_LEASE_S", 20, least=2),
        convert_memory_mb=read.whole("CONVERT_MEMORY_MB", 2048, least=256),
        convert_cpu_s=read.whole("CONVERT_CPU_S", 60),
        convert_timeout_s=read.whole("CONVERT_TIMEOUT_S", 120),
        read_memory_mb=read.whole("READ_MEMORY_MB", 4096, least=512),
        read_timeout_s=read.whole("READ_TIMEOUT_S", 300),
        artifact_ttl_days=read.whole("ARTIFACT_TTL_DAYS", 30),
        llm_base_url=read.address("LLM_BASE_URL"),
        llm_api_key=read.text("LLM_API_KEY"),
        llm_model=read.text("LLM_MODEL"),
        llm_timeout_s=read.whole("LLM_TIMEOUT_S", 60),
        glossary_file=read.file("GLOSSARY_FILE"),
        rate_limit_default=read.rate("RATE_LIMIT_DEFAULT", "100 per minute"),
        rate_limit_page=read.rate("RATE_LIMIT_PAGE", "1200 per minute"),
        api_key_in_query=read.switch("API_KEY_IN_QUERY", True),
        cors_origins=read.origins("CORS_ORIGINS"),
        trusted_proxies=read.networks("TRUSTED_PROXIES"),
        cookie_secure=read.choice("COOKIE_SECURE", ("auto", "1", "0")),
        log_level=read.choice("LOG_LEVEL", ("INFO", "DEBUG", "WARNING", "ERROR")),
    )
    if read.problems:
        raise BadSettings(read.problems)
    return settings


def _make_folders(read: _Reader, data: Path) -> None:
    try:
        (data / "files").mkdir(parents=True, exist_ok=True)
        (data / "tmp").mkdir(exist_ok=True)
    except OSError as error:
        read.problems.append(
            f"The data folder {data} cannot be written ({error.strerror}); set KERFLINE_DATA to another."
        )


def _secret(read: _Reader, file: Path) -> str:
    given = read.text("SECRET_KEY")
    if given:
        if len(given) < 32:
            read.problems.append("SECRET_KEY must have at least 32 characters; leave it out and one is made.")
        return given
    if not file.parent.is_dir():
        return ""  # the data folder is a problem already
    try:
        if not file.exists():
            _make_secret(file)
        kept = file.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        kept = ""
    if len(kept) < 32:
        read.problems.append(
            f"{file} cannot be read or is not whole. Restore it, or remove it: then every key has to be made anew."
        )
    return kept


def _make_secret(file: Path) -> None:
    """Write beside and link: of two processes that start at once one wins, and nobody ever reads half a secret."""
    staged = file.with_name(f".{secrets.token_hex(8)}.key")
    try:
        handle = os.open(staged, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as out:
            out.write(secrets.token_urlsafe(48))
        with contextlib.suppress(FileExistsError):
            os.link(staged, file)
    finally:
        staged.unlink(missing_ok=True)
