"""One SQLite file that survives kill -9, knows its version, and is moved aside when it is damaged."""

from __future__ import annotations

import os
import re
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import TypeVar

from driftwatch.errors import DriftwatchError

Result = TypeVar("Result")
_HERE = Path(__file__).parent
_STEPS = ("schema.sql", "schema_2.sql", "schema_3.sql")
"""Each file brings the schema from the version that is its index to the next one."""
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_FILES = ("", "-wal", "-shm")
_KEPT_DAMAGED = 5
"""On a disk that goes on losing what is written, the last of them is overwritten."""


class Database:
    """A connection that several threads may use, one transaction at a time.

    Raises DriftwatchError when the file cannot be opened, or was written by a newer driftwatch.
    moved_aside: where a damaged file went, the last one of this process. mend: whether a damaged file is moved
    aside; where another process has it open, that must not be done behind its back.
    """

    def __init__(self, path: Path, *, mend: bool = True) -> None:
        self.path, self._mend = path, mend
        self.moved_aside: Path | None = None
        self._lock = threading.RLock()
        with _as_our_error(path):
            try:
                self._connection = _open(path)
            except sqlite3.DatabaseError as error:
                self._set_aside(error)
                self._connection = _open(path)

    def transact(self, work: Callable[[sqlite3.Connection], Result]) -> Result:
        """Runs the work in one write transaction: all of it is kept, or nothing.

        A file that turns out damaged is moved aside and the work is done on an empty one.
        Raises sqlite3.Error for everything else, a closed database among it.
        """
        with self._lock:
            try:
                return _in_transaction(self._connection, work)
            except sqlite3.DatabaseError as error:
                self._set_aside(error)
                self._connection = _open(self.path)
                return _in_transaction(self._connection, work)

    def close(self) -> None:
        """Lets the file go, unless a thread is still at it: the end of the process then does so."""
        if self._lock.acquire(timeout=1):
            try:
                self._connection.close()
            finally:
                self._lock.release()

    def _set_aside(self, error: sqlite3.DatabaseError) -> None:
        """Moves the damaged file out of the way; any other error is raised again."""
        if not self._mend or getattr(error, "sqlite_errorcode", 0) & 0xFF not in _DAMAGED:
            raise error
        with suppress(AttributeError, sqlite3.Error):
            self._connection.close()
        number = 1
        while (aside := _aside(self.path, number)).exists() and number < _KEPT_DAMAGED:
            number += 1
        for suffix in _FILES:
            with suppress(FileNotFoundError):
                Path(f"{self.path}{suffix}").rename(f"{aside}{suffix}")
        self.moved_aside = aside


def _aside(path: Path, number: int) -> Path:
    return path.with_name(f"{path.name}.damaged-{number}")


@cache
def queries() -> dict[str, str]:
    """The named statements of queries.sql."""
    text = (_HERE / "queries.sql").read_text(encoding="utf-8")
    parts = re.split(r"^-- name: (\w+)$", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], (part.strip() for part in parts[2::2]), strict=True))


def _open(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
    connection = sqlite3.connect(path, timeout=10, isolation_level=None, check_same_thread=False)
    try:
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        for (line,) in connection.execute("PRAGMA quick_check(1)"):
            if line != "ok":
                raise _damaged(line)
        _in_transaction(connection, lambda opened: _bring_up_to_date(opened, path))
    except BaseException:
        connection.close()
        raise
    return connection


def _bring_up_to_date(connection: sqlite3.Connection, path: Path) -> None:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > len(_STEPS):
        raise DriftwatchError(
            f"The daemon's state {path} was written by a newer driftwatch (version {version}).",
            untouched="The file was left as it is.",
            next_step="Update driftwatch, or move the file away to begin anew.",
        )
    for number, name in enumerate(_STEPS[version:], start=version + 1):
        for statement in _statements((_HERE / name).read_text(encoding="utf-8")):
            connection.execute(statement)
        # A pragma takes no parameters; the number is ours.
        connection.execute(f"PRAGMA user_version = {number:d}")


def _statements(script: str) -> Iterator[str]:
    """sqlite3's executescript would commit our transaction."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def _in_transaction(connection: sqlite3.Connection, work: Callable[[sqlite3.Connection], Result]) -> Result:
    connection.execute("BEGIN IMMEDIATE")
    try:
        result = work(connection)
        connection.execute("COMMIT")
    except BaseException:
        with suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        raise
    return result


def _damaged(line: str) -> sqlite3.DatabaseError:
    error = sqlite3.DatabaseError(line)
    error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
    return error


@contextmanager
def _as_our_error(path: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        raise DriftwatchError(
            f"The daemon's state {path} cannot be opened: {error}",
            untouched="The file was left as it is.",
            next_step="Look at the permissions of its folder and at the free disk space.",
        ) from error
