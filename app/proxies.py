"""Where the app hangs: below BASE_PATH, and behind proxies that the operator named."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from config import Settings

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


class BasePath:
    """Moves `base` from the path into SCRIPT_NAME; anything outside it is not ours."""

    def __init__(self, inner: WSGIApplication, base: str) -> None:
        self._inner, self._base = inner, base

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if path == self._base:
            start("308 Permanent Redirect", [("Location", f"{self._base}/"), ("Content-Length", "0")])
            return []
        if not path.startswith(f"{self._base}/"):
            start("404 Not Found", [("Content-Type", "text/plain")])
            return [f"Kerfline is at {self._base}/\n".encode()]
        environ["SCRIPT_NAME"] = environ.get("SCRIPT_NAME", "") + self._base
        environ["PATH_INFO"] = path[len(self._base) :]
        return self._inner(environ, start)


class TrustedProxies:
    """Believes X-Forwarded-* only from addresses in `trusted`; others could write anything there."""

    def __init__(self, inner: WSGIApplication, trusted: tuple[str, ...]) -> None:
        self._plain, self._fixed = inner, ProxyFix(inner, x_for=1, x_proto=1, x_host=1)
        self._networks = [ipaddress.ip_network(each, strict=False) for each in trusted]

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        return (self._fixed if self._trusts(environ.get("REMOTE_ADDR", "")) else self._plain)(environ, start)

    def _trusts(self, address: str) -> bool:
        try:
            client = ipaddress.ip_address(address)
        except ValueError:
            return False
        return any(client in network for network in self._networks)


def wrap(app: Flask, settings: Settings) -> None:
    inner: Any = app.wsgi_app
    if settings.base_path:
        inner = BasePath(inner, settings.base_path)
    if settings.trusted_proxies:
        inner = TrustedProxies(inner, settings.trusted_proxies)
    app.wsgi_app = inner  # type: ignore[method-assign]
