"""A throw-away server with the realistic database of tests/cases/catalog, and the cases in that folder."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
from driftwatch.core.catalog import Catalog
from driftwatch.core.drift import ObjectChange, compare
from driftwatch.postgres import installation
from driftwatch.postgres.cluster import Cluster, initdb, scratch_dir
from driftwatch.postgres.read_catalog import read_catalog

FOLDER = Path(__file__).parent / "cases" / "catalog"
SUPERUSER = "supabase_admin"


@dataclass(frozen=True)
class Case:
    """One change of the base database, what it must be seen as, and what takes it back."""

    name: str
    file: str
    do: str
    undo: str
    expect: tuple[str, ...]
    min_version: int = 0
    max_version: int = 999999
    needs_icu: bool = False

    def __str__(self) -> str:
        return f"{self.file}: {self.name}"


def cases(folder: str) -> list[Case]:
    """The cases of every file in changes/ or same/. A file holds several, each begun by `-- case: NAME`."""
    found = []
    for path in sorted((FOLDER / folder).glob("*.sql")):
        for part in re.split(r"^-- case: ", path.read_text(), flags=re.MULTILINE)[1:]:
            found.append(_case(path.stem, part))
    return found


def _case(file: str, part: str) -> Case:
    name, _, body = part.partition("\n")
    expect = tuple(re.findall(r"^-- expect: (.+)$", body, re.MULTILINE))
    low = re.search(r"^-- from: (\d+)$", body, re.MULTILINE)
    high = re.search(r"^-- before: (\d+)$", body, re.MULTILINE)
    do, _, undo = body.partition("-- undo\n")
    return Case(
        name.strip(), file, do.strip(), undo.strip(), expect,
        int(low[1]) * 10000 if low else 0, int(high[1]) * 10000 if high else 999999, "-- needs: icu" in body,
    )  # fmt: skip


def described(change: ObjectChange) -> str:
    """A change as `expect` lines write it: `changed column app.orders.note: default, type`."""
    text = f"{change.change} {change.id.kind} {change.id.identity}"
    if change.change != "changed":
        return text
    return f"{text}: {', '.join(facet.name for facet in change.facets)}"


@contextlib.contextmanager
def running_cluster(cache_dir: Path, found: installation.Installation | None = None) -> Iterator[Cluster]:
    """A throw-away server, of the default version unless told otherwise, gone at the end."""
    found = installation.overlay(found or installation.find(), cache_dir)
    with scratch_dir() as data_dir:
        initdb(found, data_dir)
        with Cluster(found, data_dir) as cluster:
            yield cluster


class World:
    """One database made from base.sql, with the roles and all; made anew when a case has spoilt it."""

    def __init__(self, conninfo: dict[str, str]) -> None:
        self._conninfo = conninfo
        self._count = 0
        self.name = ""
        self.conn: psycopg.Connection
        self.base: Catalog
        self.renew()

    def renew(self) -> None:
        """Drops the database and its roles, and makes them from base.sql."""
        self.close()
        with self.connect("postgres") as admin:
            if self.name:
                with self.connect(self.name) as old:
                    old.execute("alter subscription sub disable")
                    old.execute("alter subscription sub set (slot_name = none)")
                    old.execute("drop subscription sub")
                admin.execute(f"drop database {self.name} with (force)")
                for (role,) in admin.execute("select rolname from pg_roles where rolname like 'app%'").fetchall():
                    admin.execute(f"revoke set on parameter log_min_messages from {role}")
                    admin.execute(f"drop role {role}")
            self._count += 1
            self.name = f"world{self._count}"
            admin.execute(f"create database {self.name} template template0")
            if not admin.execute("select 1 from pg_tablespace where spcname = 'app_space'").fetchone():
                admin.execute("set allow_in_place_tablespaces = on")
                admin.execute("create tablespace app_space location ''")
        self.conn = self.connect(self.name)
        self.conn.execute((FOLDER / "base.sql").read_text().replace(":DATABASE", self.name).encode())
        self.base = read_catalog(self.conn)

    def connect(self, dbname: str, user: str = SUPERUSER) -> psycopg.Connection:
        return psycopg.connect(
            **{**self._conninfo, "user": user, "dbname": dbname}, autocommit=True, prepare_threshold=None
        )

    def has_icu(self) -> bool:
        return self.conn.execute("select 1 from pg_collation where collname = 'und-x-icu'").fetchone() is not None

    def run(self, sql: str) -> None:
        """Runs a script, as its statements stand; `-- alone` lines separate parts that need their own message."""
        for part in re.split(r"^-- alone$", sql, flags=re.MULTILINE):
            if part.strip():
                self.conn.execute(part.replace(":DATABASE", self.name).encode())

    def changes(self) -> list[str]:
        """What differs from the base database, as `expect` lines, in any order of severity."""
        return sorted(described(change) for change in compare(self.base, read_catalog(self.conn)))

    def close(self) -> None:
        if hasattr(self, "conn"):
            self.conn.close()
