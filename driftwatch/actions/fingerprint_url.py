"""The fingerprint of a database that no project knows, with nothing loaded that this does not take."""

from __future__ import annotations

import contextlib

from driftwatch.core.row_fingerprint import Fingerprinted
from driftwatch.core.scope import Scope
from driftwatch.core.scope_whole import whole
from driftwatch.postgres.connect import connect, looks_like_supabase
from driftwatch.postgres.read_fingerprint import read_fingerprint


def read_fingerprint_at(url: str, scope: Scope) -> tuple[str, Fingerprinted]:
    """The database's name and its fingerprint. scope: if it is Supabase's; of any other everything is compared.

    Raises what connecting and reading raise.
    """
    with contextlib.closing(connect(url)) as conn:
        return conn.info.dbname, read_fingerprint(conn, scope if looks_like_supabase(conn) else whole())
