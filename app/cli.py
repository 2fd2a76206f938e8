"""Commands: `flask --app app keys|seed|worker`."""

from __future__ import annotations

import signal
import threading

import click
from flask import Flask, current_app
from flask.cli import AppGroup

from config import Settings
from models import ApiKey, db, utc_now
from models.errors import DomainError
from utils import wiring
from utils.auth import keys as key_book
from utils.auth.scopes import SCOPES_BY_ROLE
from utils.demo.seed import seed as seed_demo_world
from utils.jobs import Worker

keys = AppGroup("keys", help="Who may use this server.")


@keys.command("create")
@click.argument("name")
@click.option("--role", type=click.Choice(list(SCOPES_BY_ROLE)), default="maker", show_default=True)
def create_key(name: str, role: str) -> None:
    """Make a key for NAME and show it, once."""
    _, secret = key_book.create(name.strip()[:100], role)
    db.session.commit()
    click.echo(secret)


@keys.command("list")
def list_keys() -> None:
    """Show each key's number, name, role, beginning and last use."""
    for key in db.session.scalars(db.select(ApiKey).order_by(ApiKey.id)):
        state = "good" if key.is_good(utc_now()) else "ended"
        seen = key.last_used_at.strftime("%Y-%m-%d %H:%M") if key.last_used_at else "never"
        click.echo(f"{key.id}\t{key.name}\t{key.role}\t{key.prefix}…\t{state}\tlast used {seen}")


@keys.command("revoke")
@click.argument("number", type=int)
def revoke_key(number: int) -> None:
    """End a key; its sessions end with it."""
    try:
        key = key_book.revoke(number)
    except DomainError as error:
        raise click.ClickException(error.message) from error
    db.session.commit()
    click.echo(f"The key of {key.name} is revoked.")


@keys.command("first")
@click.option("--link", is_flag=True, help="Also make a one-time sign-in link.")
@click.option("--url", default="http://127.0.0.1:5000", help="Where the server will answer.")
def first_key(link: bool, url: str) -> None:
    """Make sure that there is an admin key (ADMIN_API_KEY sets it), and print how to get in."""
    key, secret = _admin_key()
    token = key_book.make_link(key) if link else None
    db.session.commit()
    if secret is not None:
        click.echo(f"Admin key (shown once, keep it): {secret}")
    if token is not None:
        base = current_app.config["BASE_PATH"]
        click.echo(f"Sign in (once, within 30 minutes): {url.rstrip('/')}{base}/sign-in#token={token}")


def _admin_key() -> tuple[ApiKey, str | None]:
    """The admin key to sign in with, and its secret when it was made just now."""
    given = wiring.get(Settings).admin_api_key
    if given:
        known = key_book.find(given)
        return (known or key_book.create("Admin", "admin", given)[0]), None
    known = key_book.any_admin()
    return (known, None) if known else key_book.create("Admin", "admin")


@click.command("seed")
@click.option("--demo", is_flag=True, help="The demo world: a robotics team's season.")
def seed(demo: bool) -> None:
    """Put parts in."""
    if not demo:
        raise click.UsageError("Say what to put in: --demo.")
    count = seed_demo_world(utc_now())
    db.session.commit()
    click.echo(f"{count} demo parts are in.")


@click.command("worker")
def worker() -> None:
    """Run jobs in a process of its own, until it is told to end."""
    ended = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: ended.set())
    signal.signal(signal.SIGINT, lambda *_: ended.set())
    working = wiring.get(Worker)
    working.start()
    click.echo("Working. Ctrl-C ends.")
    ended.wait()
    working.stop()


def register(app: Flask) -> None:
    app.cli.add_command(keys)
    app.cli.add_command(seed)
    app.cli.add_command(worker)
