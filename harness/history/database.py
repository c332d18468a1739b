"""A database as the store needs it: one transaction a change, on SQLite and on PostgreSQL, with errors in one line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.pool import NullPool

from harness.core.errors import MissingDependency, UsageError, first_line
from harness.history.errors import KEPT, StoreUnreachable, StoreUnusable

MIGRATIONS = Path(__file__).parent / "migrations"
#: Seconds to wait for another job that writes. A run of 5 000 findings is written in less than one.
PATIENCE = 30
#: Any number, but the same for all of us: whoever holds it may write.
_WRITERS_LOCK = 7_310_586


def open_database(place: str, patience: float = PATIENCE) -> Engine:
    """The database of a URL or a file's path, with its tables as this version needs them. UsageError for a URL that
    is none, StoreUnusable and StoreUnreachable as `told` has it.
    """
    url = _url(place)
    with told(url):
        engine = _engine(url, patience)
        with writing(engine) as connection:
            _migrate(connection)
        return engine


def file_of(place: str) -> Path | None:
    """The file of a store that is kept in one; None for a server's."""
    url = _url(place)
    return Path(url.database) if _is_file(url) and url.database else None


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One transaction that changes something: all of it or nothing. Others that write wait for it."""
    with told(engine.url), engine.execution_options(writes=True).begin() as connection:
        if not _is_file(engine.url):  # a file is locked as it begins
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITERS_LOCK})")
        yield connection


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One transaction that sees the store as it is at one moment."""
    with told(engine.url), engine.begin() as connection:
        yield connection


@contextmanager
def told(url: URL) -> Iterator[None]:
    """Errors of the database in one line: StoreUnreachable where a server is gone, else StoreUnusable."""
    try:
        yield
    except DBAPIError as error:
        shown, reason = url.render_as_string(hide_password=True), first_line(error.orig or error)
        if _is_file(url):
            raise StoreUnusable(f"the store {url.database} cannot be used: {reason}; {KEPT}") from None
        raise StoreUnreachable(f"the store {shown} cannot be reached: {reason}; {KEPT}") from None


def _url(place: str) -> URL:
    if "://" not in place:
        return URL.create("sqlite", database=place)
    try:
        url = make_url(place)
    except (ArgumentError, ValueError):  # a port that is no number is the latter
        raise UsageError(f"{place.split('://')[0]}://… is no URL of a store; expected {_EXPECTED}") from None
    match url.drivername.split("+")[0]:
        case "sqlite":
            return url
        case "postgresql" | "postgres":
            return url.set(drivername="postgresql+psycopg")
        case other:
            raise UsageError(f"a store cannot be kept in {other!r}; expected {_EXPECTED}")


def _is_file(url: URL) -> bool:
    return url.get_backend_name() == "sqlite"


_EXPECTED = "a file's path, sqlite:///FILE or postgresql://USER@HOST/DATABASE"


def _engine(url: URL, patience: float) -> Engine:
    """Each transaction has a connection of its own: hours lie between them, and a server may have been restarted."""
    if not _is_file(url):
        waiting = {"connect_timeout": max(1, int(patience)), "options": f"-c lock_timeout={int(1e3 * patience)}"}
        try:
            return create_engine(url, poolclass=NullPool, connect_args=waiting)
        except ModuleNotFoundError:
            raise MissingDependency("psycopg[binary]", "a store in PostgreSQL") from None
    if url.database:
        _require_folder(Path(url.database))
    engine = create_engine(url, poolclass=NullPool, connect_args={"timeout": patience})
    event.listen(engine, "connect", _settle_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _require_folder(file: Path) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreUnusable(f"the store {file} cannot be made: {error.strerror}; {KEPT}") from None


def _settle_sqlite(connection: Any, record: object) -> None:
    """Transactions are begun by us alone: what the driver begins by itself does not lock before the first change."""
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys = ON")


def _begin_sqlite(connection: Connection) -> None:
    """Take the lock at once where something will be changed: two who read first and write later would collide."""
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _migrate(connection: Connection) -> None:
    """Bring the tables to this version."""
    from alembic import command
    from alembic.config import Config
    from alembic.migration import MigrationContext
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    present = MigrationContext.configure(connection).get_current_revision()
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if present is not None and present not in known:
        raise StoreUnusable(f"the store was made by a newer version (tables {present}); update rerank-harness; {KEPT}")
    command.upgrade(config, "head")
