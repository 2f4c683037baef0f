"""The one door to a database: opens sessions and turns their errors into ours."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import unquote, urlsplit

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
        if isinstance(conninfo, str):
            hide_password(conninfo)
            given = psycopg.conninfo.conninfo_to_dict(conninfo)
        else:
            given = dict(conninfo)
        return psycopg.connect(**{**parameters, **given}, autocommit=True, prepare_threshold=None)
    except psycopg.ProgrammingError as error:
        raise ConfigurationError(
            f"The URL of {what} can't be understood: {_first_line(error)}",
            next_step="Expected postgresql://user:password@host:5432/database, special characters as %XX.",
        ) from None
    except psycopg.OperationalError as error:
        raise Unreachable(
            f"Could not connect to {what}: {_first_line(error)}",
            untouched="Nothing was read or changed; this says nothing about drift.",
            next_step="Check that it runs and that host, user and password are right, then: driftwatch status",
        ) from None


def hide_password(url: str) -> None:
    """From now on the URL's password is masked in everything that driftwatch writes."""
    try:
        password = urlsplit(url).password
    except ValueError:
        return
    if password:
        remember_secret(password)
        remember_secret(unquote(password))


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
    text = (error.diag.message_primary or str(error) or type(error).__name__).strip()
    return redact(text.splitlines()[-1] if "failed:" in text else text.splitlines()[0])
