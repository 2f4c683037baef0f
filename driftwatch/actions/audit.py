"""Who did it: installs, looks at and removes the audit on a remote, and hears of changes there."""

from __future__ import annotations

from driftwatch.actions.check import another_session, remote_session
from driftwatch.actions.project import Remote
from driftwatch.errors import DriftwatchError
from driftwatch.postgres import audit
from driftwatch.postgres.audit import AuditStatus, Hearing
from driftwatch.postgres.push_lock import refuse_transaction_pooler

_ROUND_A_POOLER = (
    "Use the session pooler (Supabase: the same URL with port 5432) or the direct connection to hear of it."
)


def status(remote: Remote) -> AuditStatus:
    """How the audit of a remote stands. Raises Unreachable."""
    with remote_session(remote) as conn:
        return audit.status(conn)


def install(remote: Remote) -> bool:
    """Installs it, or brings it up to date; False where nothing was to be done.

    Raises DriftwatchError where the login may make no event triggers.
    """
    with remote_session(remote) as conn:
        now = audit.status(conn)
        if now.works and now.version == audit.VERSION:
            return False
        audit.install(conn, remote.name)
        return True


def remove(remote: Remote) -> bool:
    """Takes it away without a trace; False where there is none."""
    with remote_session(remote) as conn:
        if not audit.status(conn).version:
            return False
        audit.remove(conn, remote.name)
        return True


def hear(remote: Remote) -> Hearing | None:
    """Opens a session that hears of changes at once; None where there is no audit that tells.

    Raises DriftwatchError where it can't hear: the remote is unreachable, or behind a transaction pooler.
    """
    conn = another_session(remote)()
    try:
        now = audit.status(conn)
        if not (now.works and now.tells):
            conn.close()
            return None
        try:
            refuse_transaction_pooler(conn, remote.name, another_session(remote))
        except DriftwatchError as error:
            error.untouched, error.next_step = "It is checked at its regular times.", _ROUND_A_POOLER
            raise
        return Hearing(conn, remote.name)
    except BaseException:
        conn.close()
        raise
