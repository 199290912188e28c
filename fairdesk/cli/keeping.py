"""`fairdesk backup`, `fairdesk restore`, `fairdesk verify`: keeping the log safe and proving it."""

from __future__ import annotations

import os
import shutil
import sqlite3
from pathlib import Path

import click
from rich.console import Console

from fairdesk.app import DATABASE, KEY_FILE, database
from fairdesk.cli.lists import run
from fairdesk.config import Config
from fairdesk.log.record import Broken
from fairdesk.log.sqlite import SqliteStore
from fairdesk.log.store import LogError


@click.command()
@click.argument("directory", type=click.Path(path_type=Path, file_okay=False))
@click.pass_obj
def backup(config: Config, *, directory: Path) -> None:
    """Copy the log, the vault and the key into DIRECTORY, also while the server runs.

    Whoever has both files can read every name: keep the key apart from the database.
    """
    if not database(config).is_file():
        raise click.UsageError(f"there is no {database(config)}")
    directory.mkdir(parents=True, exist_ok=True)
    target = directory / DATABASE
    fresh = directory / (DATABASE + ".new")
    fresh.unlink(missing_ok=True)

    async def copy() -> None:
        store = await SqliteStore.open(database(config), read_only=True)
        try:
            await store.backup(fresh)
        finally:
            await store.close()

    with Console().status("copying"):
        run(copy())
    fresh.chmod(0o600)
    fresh.rename(target)
    shutil.copy2(Path(config.data.directory) / KEY_FILE, directory / KEY_FILE)
    os.chmod(directory / KEY_FILE, 0o600)
    click.echo(f"wrote {target} and {directory / KEY_FILE}")


@click.command()
@click.argument("directory", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--force", is_flag=True, help="Replace a log that is already there (it is kept).")
@click.pass_obj
def restore(config: Config, *, directory: Path, force: bool) -> None:
    """Put a backup from DIRECTORY in place. The server must not run.

    The log gets a new life: every screen starts afresh, and tablets send again what the backup
    does not know; nothing is doubled.
    """
    source, key = directory / DATABASE, directory / KEY_FILE
    for path in (source, key):
        if not path.is_file():
            raise click.UsageError(f"there is no {path}")
    check_readable(source)
    target = database(config)
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists() and not force:
        raise click.UsageError(f"{target} exists; --force keeps it as {target.name}.before-restore")

    async def place() -> None:
        if target.exists():
            store = await SqliteStore.open(target)  # not while a server has it
            await store.close()
            target.rename(target.with_name(target.name + ".before-restore"))
            for suffix in ("-wal", "-shm"):
                target.with_name(target.name + suffix).unlink(missing_ok=True)
        shutil.copy2(source, target)
        own_key = target.parent / KEY_FILE
        if own_key.exists() and own_key.read_bytes() != key.read_bytes():
            own_key.rename(own_key.with_name(KEY_FILE + ".before-restore"))
        shutil.copy2(key, own_key)
        os.chmod(own_key, 0o600)
        store = await SqliteStore.open(target)
        await store.renew_log_id()
        await store.close()

    run(place())
    click.echo(f"restored {target}")


def check_readable(path: Path) -> None:
    try:
        found = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        verdict = found.execute("PRAGMA quick_check").fetchone()[0]
        found.execute("SELECT count(*) FROM heads").fetchone()
        found.close()
    except sqlite3.Error as error:
        raise click.UsageError(f"{path} is not a backup: {error}") from None
    if verdict != "ok":
        raise click.UsageError(f"{path} is damaged: {verdict}")


@click.command()
@click.pass_obj
def verify(config: Config) -> None:
    """Walk the hash chain of every stream, also beside a running server.

    Exit code 1 where a row was changed, dropped or put in.
    """
    if not database(config).is_file():
        raise click.UsageError(f"there is no {database(config)}")

    async def walk() -> list[Broken]:
        store = await SqliteStore.open(database(config), read_only=True)
        broken = []
        try:
            async for result in store.verify():
                if isinstance(result, Broken):
                    broken.append(result)
                    click.echo(f"{result.stream}: {result.reason} at {result.seq}")
                else:
                    click.echo(f"{result[0]}: {result[1]} events, unbroken")
        finally:
            await store.close()
        return broken

    try:
        broken = run(walk())
    except LogError as error:
        raise click.UsageError(f"the log can't be read: {error}") from None
    raise SystemExit(1 if broken else 0)
