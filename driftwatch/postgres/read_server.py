"""What a session is: whose, with which rights, on which server."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from driftwatch.postgres.connect import Connection, translated
from driftwatch.postgres.queries import query


@dataclass(frozen=True)
class Server:
    """may_push: it may make objects. may_be: it may SET ROLE to the role that was asked about. between: something
    stands between us and the server, a pooler: it gave out another process id than the server's."""

    user: str
    superuser: bool
    may_push: bool
    may_be: bool
    replica: bool
    version: str
    now: datetime
    between: bool

    @property
    def major(self) -> int:
        return int(self.version.split(".")[0])


def read_server(conn: Connection, role: str = "") -> Server:
    """Asks the server. Raises what `translated` raises."""
    with translated("Could not ask the server about the login"):
        row = conn.execute(cast(Any, query("server")), {"role": role}).fetchone()
    assert row is not None  # noqa: S101 - a SELECT without FROM has one row
    user, superuser, may_push, may_be, replica, version, now, pid = row
    number = str(version).split(" ")[0]
    return Server(user, superuser, may_push, may_be, replica, number, now, pid != conn.info.backend_pid)
