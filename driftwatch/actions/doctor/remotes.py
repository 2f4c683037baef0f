"""A remote: its URL, whether it answers, and what it says of the login, the history and itself."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from driftwatch.actions.doctor.set_up import SetUp
from driftwatch.actions.project import Remote
from driftwatch.core.doctor import Answer, could_not, ok, pooler, project_ref, warning, wrong
from driftwatch.errors import ConfigurationError, DriftwatchError, Unreachable
from driftwatch.postgres import history
from driftwatch.postgres.connect import Connection, connect
from driftwatch.postgres.read_server import Server, read_server

_CLOCKS_DIFFER = 60
_TLS_CHECKED = ("verify-full", "verify-ca")


@dataclass(frozen=True)
class Looked:
    """A remote with a session on it."""

    set_up: SetUp
    remote: Remote
    conn: Connection

    @cached_property
    def server(self) -> Server:
        return read_server(self.conn, self.remote.role)

    def closing(self) -> contextlib.AbstractContextManager[Connection]:
        return contextlib.closing(self.conn)


def look(set_up: SetUp, remote: Remote) -> tuple[Looked | None, Answer]:
    """A session on the remote, and whether it answers; None where there is no session to be had."""
    try:
        conn = connect(remote.url(), what=f"the remote {remote.name}")
    except ConfigurationError as error:
        return None, wrong(error.message, error.next_step)
    except Unreachable as error:
        return None, could_not(error.message, _of_the_way(error))
    except DriftwatchError as error:
        return None, could_not(error.message, error.next_step)
    return Looked(set_up, remote, conn), ok(f"answers: {_where(conn)}, database {conn.info.dbname}")


def _of_the_way(error: Unreachable) -> str:
    if ".supabase.co" in error.message and "pooler" not in error.message:
        return (
            "A project's own host has an IPv6 address only. Without IPv6 take the session pooler's URL (Connect, "
            "Session pooler: …pooler.supabase.com:5432)."
        )
    return error.next_step


def _where(conn: Connection) -> str:
    return conn.info.host if conn.info.host.startswith("/") else f"{conn.info.host}:{conn.info.port}"


def encryption(looked: Looked) -> Answer:
    """Whether others on the way can read or change what is said."""
    conn = looked.conn
    mode = conn.info.get_parameters().get("sslmode", "prefer")
    if conn.pgconn.ssl_in_use:
        checked = "its certificate is checked" if mode in _TLS_CHECKED else f"certificate not checked (sslmode={mode})"
        return ok(f"encrypted, {checked}")
    if conn.info.host.startswith("/") or conn.info.host in ("localhost", "127.0.0.1", "::1"):
        return ok("not encrypted, on this computer")
    return warning("not encrypted", "Add ?sslmode=require to its URL, or sslmode=verify-full with sslrootcert=…")


def link(looked: Looked) -> Answer:
    """Whether the URL is of the project that the Supabase CLI is linked to."""
    info = looked.conn.info
    ref = project_ref(info.host, info.user)
    if not ref:
        return ok("its URL is of no hosted Supabase project")
    file = looked.set_up.project.root / "supabase" / ".temp" / "project-ref"
    linked = _text(file)
    is_default = looked.remote.default or len(looked.set_up.project.remotes) == 1
    if linked and linked != ref and is_default:
        return warning(
            f"project {ref}, but the Supabase CLI is linked to {linked}: the two would push to different places",
            f"supabase link --project-ref {ref}, or mend the URL.",
        )
    return ok(f"project {ref}" + (", to which the Supabase CLI is linked" if linked == ref else ""))


def way(looked: Looked) -> Answer:
    """Which pooler stands between, if any."""
    info = looked.conn.info
    kind = pooler(info.host, str(info.port), between=looked.server.between)
    if kind == "transaction":
        return warning(
            "a transaction pooler (port 6543): enough to check, but a push needs a session of its own, for its lock",
            "Take the session pooler (port 5432) or the direct connection.",
        )
    return ok("through a pooler" if kind else "direct, without a pooler")


def login(looked: Looked) -> Answer:
    """What the login may do."""
    server, role = looked.server, looked.remote.role
    if not server.may_be:
        return wrong(
            f"{server.user} may not SET ROLE {role}, as remotes.{looked.remote.name}.role asks",
            f"GRANT {role} TO {server.user}, there; or take the role out of the configuration.",
        )
    if server.replica:
        return warning(f"{server.user}, on a read replica: enough to check, not to push", "Name the primary's URL.")
    if server.superuser:
        return ok(f"{server.user}, a superuser; hosted Supabase gives no such login")
    if not server.may_push:
        return ok(f"{server.user} only reads: enough for status, check and the daemon, not for sync to-remote")
    return ok(f"{server.user} may push")


def applied(looked: Looked) -> Answer:
    """Whether the history can be read. Where it can't, nothing can be told of drift."""
    rows = history.read(looked.conn)
    return ok(f"{len(rows)} applied, the last {rows[-1].version}" if rows else "none was applied yet")


def version(looked: Looked) -> Answer:
    """Whether migrations are proved on the major version on which they run."""
    ours = looked.set_up.project.shadows.plain_installation
    if looked.server.major == ours.major:
        return ok(f"Postgres {looked.server.version}, as in the shadow")
    return warning(
        f"Postgres {looked.server.version}, but migrations are proved on {ours.version}",
        f"Install Postgres {looked.server.major}, and set [shadow] major = {looked.server.major}.",
    )


def clock(looked: Looked) -> Answer:
    """Whether its time is ours: versions are times."""
    seconds = round(abs((looked.server.now - datetime.now(UTC)).total_seconds()))
    if seconds > _CLOCKS_DIFFER:
        return warning(
            f"differs from this computer's by {seconds} s: new versions may sort before applied ones",
            "Set this computer's clock: timedatectl set-ntp true",
        )
    return ok("agrees with this computer's")


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return ""


CHECKS: dict[str, Callable[[Looked], Answer]] = {
    "encryption": encryption,
    "pooler": way,
    "login": login,
    "history": applied,
    "version": version,
    "link": link,
    "clock": clock,
}
