"""What our own servers do beyond plain Postgres, so that migrations run as they would on hosted Supabase."""

from __future__ import annotations

import contextlib
import hashlib

from psycopg import sql

from driftwatch.core.migrations import Migration
from driftwatch.core.stand_in import StandIn
from driftwatch.core.statements import Statement
from driftwatch.postgres.cluster import SUPERUSER, Cluster
from driftwatch.postgres.connect import connect

LEGACY_UNTIL = "20250421000000"
"""Until then hosted Supabase let `postgres` make objects of its own in the schemas auth, storage and realtime."""


def is_legacy(migration: Migration) -> bool:
    """Whether the file was written before LEGACY_UNTIL, or does not say when."""
    version = migration.version
    return not (len(version) == 14 and version.startswith("20")) or version < LEGACY_UNTIL


class Embedded:
    """The superuser's side of an embedded server, for a runner that is logged in as `postgres`.

    stand_ins: extensions that are not the real ones. guarded: managed schemas are guarded (baseline/guard.sql).
    notes: what was not run as it stands; grows while files run.
    """

    def __init__(self, cluster: Cluster, *, stand_ins: frozenset[str] = frozenset(), guarded: bool = False) -> None:
        self.notes: list[str] = []
        self._cluster = cluster
        self._stand_ins = stand_ins
        self._guarded = guarded
        self._legacy: bool | None = None
        self._secret: str | None = None

    def prepare(self, migration: Migration) -> None:
        """Sets the rules of the time when the file was written."""
        legacy = is_legacy(migration)
        if legacy != self._legacy and self._guarded:
            self._as_superuser("UPDATE driftwatch_guard.settings SET legacy = %s RETURNING legacy", legacy)
        self._legacy = legacy

    def treatment(self, statement: Statement) -> StandIn | None:
        """What is to be done with the statement here; None: it is sent as it stands."""
        found = statement.stand_in
        if found is None or (found.legacy and not self._legacy):
            return None
        if found.only_before and self._cluster.installation.major >= found.only_before:
            return None
        return None if found.only_without and found.only_without not in self._stand_ins else found

    def elevate(self, statement: str) -> str:
        """The call that runs exactly this statement as the superuser: signed, so that no SQL can forge one."""
        if self._secret is None:
            self._secret = str(self._as_superuser("SELECT value FROM driftwatch_guard.secret"))
        signature = hashlib.sha256(f"{self._secret}{statement}{self._secret}".encode()).hexdigest()
        call = sql.SQL("SELECT driftwatch_guard.elevate({}, {})").format(sql.Literal(statement), sql.Literal(signature))
        return call.as_string(None)

    def _as_superuser(self, statement: str, *parameters: object) -> object:
        with contextlib.closing(connect(self._cluster.conninfo(SUPERUSER), what="the embedded database")) as conn:
            row = conn.execute(statement.encode(), parameters or None).fetchone()
        return row[0] if row else None
