"""A project with an embedded local database, used in this process: quicker than the command line."""

from __future__ import annotations

import hashlib
import socket
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from driftwatch.actions.project import Project
from driftwatch.core.fingerprint import fingerprint
from driftwatch.core.scope import Scope
from driftwatch.postgres.local import LocalDatabase
from driftwatch.postgres.read_catalog import read_catalog
from driftwatch.postgres.shadow import Shadows

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def free_port() -> int:
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        return int(server.getsockname()[1])


class LocalWorld:
    """root: the project's directory. project: changed by tests with `set`."""

    def __init__(self, place: Path, shadows: Shadows) -> None:
        self.root = place / "project"
        self.migrations = self.root / "supabase" / "migrations"
        self.migrations.mkdir(parents=True)
        self.project = Project(
            root=self.root,
            migrations_dir="supabase/migrations",
            base_file="",
            shadow_options=shadows.options,
            scope=Scope.supabase() if shadows.options.baseline == "supabase" else Scope.plain(),
            receipts=place / "receipts",
            home=place / "home",
            seeds=("supabase/seed.sql",),
        )
        self.project.__dict__["shadows"] = shadows

    def set(self, **changes: Any) -> None:
        shadows = self.project.shadows
        self.project = replace(self.project, **changes)
        self.project.__dict__["shadows"] = shadows

    @property
    def local(self) -> LocalDatabase:
        return self.project.local_database()

    def write(self, name: str, sql: str) -> None:
        (self.migrations / name).write_text(sql, encoding="utf-8")

    def seed(self, sql: str, name: str = "seed.sql") -> Path:
        path = self.root / "supabase" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(sql, encoding="utf-8")
        return path

    def sql(self, statement: str) -> list[tuple[Any, ...]]:
        """As `postgres`, on the local database; its rows."""
        with self.local.running(), self.local.session() as conn:
            cursor = conn.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []

    def state(self) -> tuple[str, dict[str, str]]:
        """The local database's fingerprint, and of each table with rows a checksum over them."""
        with self.local.running(), self.local.session() as conn:
            sums = {}
            tables = conn.execute(
                "select format('%I.%I', schemaname, tablename) from pg_tables "
                "where schemaname not in ('pg_catalog', 'information_schema', 'driftwatch_guard')"
            ).fetchall()
            for (name,) in tables:
                rows = conn.execute(f"select t::text, ctid::text, xmin::text from {name} as t order by 1".encode())
                if found := rows.fetchall():
                    sums[name] = hashlib.sha256(repr(found).encode()).hexdigest()
            return fingerprint(read_catalog(conn)), sums

    def stop(self) -> None:
        self.local.cluster.stop()
