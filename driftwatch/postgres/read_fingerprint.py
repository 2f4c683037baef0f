"""Reads the fingerprint of one database: as `read_catalog`, but nothing is kept of the objects."""

from __future__ import annotations

from driftwatch.core.fingerprint import fingerprint
from driftwatch.core.row_fingerprint import Fingerprinted, RowFingerprint, SameName
from driftwatch.core.scope import Scope, apply_scope
from driftwatch.postgres.connect import Connection
from driftwatch.postgres.read_catalog import read_catalog
from driftwatch.postgres.reading import ATTEMPTS, STATEMENT_SECONDS, read


def read_fingerprint(
    conn: Connection, scope: Scope, *, statement_timeout: float = STATEMENT_SECONDS, attempts: int = ATTEMPTS
) -> Fingerprinted:
    """The fingerprint, and what has no part in it, of `apply_scope(read_catalog(conn), scope)`, in little memory.

    Everything else is as of `read_catalog`.
    """
    try:
        return read(conn, lambda: RowFingerprint(scope), statement_timeout=statement_timeout, attempts=attempts)
    except SameName:
        found = apply_scope(read_catalog(conn, statement_timeout=statement_timeout, attempts=attempts), scope)
        return Fingerprinted(fingerprint(found), found.not_compared, found.server_version)
