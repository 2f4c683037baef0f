"""The one door to a database: opens sessions and turns their errors into ours."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import unquote

import psycopg
from psycopg.rows import TupleRow

from driftwatch.errors import ConfigurationError, DriftwatchError, Unreachable, redact, remember_secret

Connection = psycopg.Connection[TupleRow]
ConnInfo = str | Mapping[str, str]
"""A postgresql:// URL, or the parameters of libpq."""

CONNECT_SECONDS = 10


def connect(conninfo: ConnInfo, *, what: str = "the database") -> Connection:
    """A session in autocommit, without prepared statements (transaction poolers have none).

    what: how to call the database in an error. Raises Unreachable when there is no answer or no entry, and
    ConfigurationError when the URL can't be understood; neither shows a password.
    """
    parameters: dict[str, Any] = {
        "application_name": "driftwatch",
        "connect_timeout": CONNECT_SECONDS,
        "keepalives_idle": 30,
    }
    try:
        given = _parsed(conninfo, what) if isinstance(conninfo, str) else dict(conninfo)
        # Migrations are sent as UTF-8, whatever PGCLIENTENCODING or the server's default says.
        return psycopg.connect(
            **{**parameters, **given, "client_encoding": "UTF8"}, autocommit=True, prepare_threshold=None
        )
    except psycopg.OperationalError as error:
        raise Unreachable(
            f"Could not connect to {what}: {_first_line(error)}",
            untouched="Nothing was read or changed; this says nothing about drift.",
            next_step="Check that it runs and that host, user and password are right, then: driftwatch status",
        ) from None


def looks_like_supabase(conn: Connection) -> bool:
    """Whether the database is a Supabase project's, by its roles and schemas."""
    with translated("Could not look at the database"):
        row = conn.execute(
            "SELECT to_regrole('supabase_admin') IS NOT NULL AND to_regnamespace('auth') IS NOT NULL"
        ).fetchone()
    return bool(row and row[0])


def hide_password(conninfo: str) -> None:
    """From now on the password in it is masked in everything that driftwatch writes."""
    for pattern in (_LOGIN, _PASSWORD):
        for match in pattern.finditer(conninfo):
            remember_secret(match.group(1))
            remember_secret(unquote(match.group(1)))
    try:
        given = psycopg.conninfo.conninfo_to_dict(conninfo)
    except psycopg.ProgrammingError:
        return
    for name in ("password", "sslpassword"):
        remember_secret(str(given.get(name) or ""))


_LOGIN = re.compile(r":/+[^:/@]*:(.+)@")
_PASSWORD = re.compile(r"password\s*=\s*([^&\s']+)")


def _parsed(conninfo: str, what: str) -> dict[str, Any]:
    """The parameters in a URL or a key=value string. Raises ConfigurationError without any part of it.

    A password with a bare @ or / in it moves the borders of the other parts: what libpq then takes for the host
    or the database is a piece of the password, and must neither be asked for nor shown.
    """
    hide_password(conninfo)
    _, is_url, rest = conninfo.partition("://")
    try:
        given: dict[str, Any] = psycopg.conninfo.conninfo_to_dict(conninfo)
    except psycopg.ProgrammingError as error:
        why = re.sub(r'"[^"]*"', "…", _first_line(error))
    else:
        after_login = rest.partition("@")[2] if "@" in rest.partition("/")[0] else rest
        if is_url and "@" in after_login.partition("?")[0]:
            why = "it has a bare @ or / in the user or the password"
        elif not re.fullmatch(r"[\d,]*", str(given.get("port") or "")):
            why = "its port is no number"
        else:
            return given
    raise ConfigurationError(
        f"The URL of {what} can't be understood: {why}.",
        next_step="Expected postgresql://USER@HOST:5432/DATABASE; special characters in a password as %XX (@ is %40).",
    )


@contextmanager
def translated(what: str) -> Iterator[None]:
    """Turns psycopg's errors of the block into ours: a lost connection is Unreachable, the rest "could not"."""
    try:
        yield
    except psycopg.OperationalError as error:
        raise Unreachable(f"{what}: {_first_line(error)}", untouched="This says nothing about drift.") from error
    except psycopg.Error as error:
        diag = error.diag
        code = f"{diag.sqlstate}: " if diag.sqlstate else ""
        raise DriftwatchError(f"{what}: {code}{_first_line(error)}", details=diag.message_hint or "") from error


def _first_line(error: psycopg.Error) -> str:
    """What happened, on one line: of several attempts and their hints, why the last one failed."""
    lines = (error.diag.message_primary or str(error) or type(error).__name__).strip().splitlines()
    failed = [line for line in lines if "failed: " in line]
    return redact((failed or lines)[-1 if failed else 0].strip())
