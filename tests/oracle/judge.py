"""A database in which statements are tried, with pg_dump and driftwatch to say whether each changed the schema."""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from driftwatch.core.catalog import Catalog
from driftwatch.core.drift import compare
from driftwatch.core.fingerprint import fingerprint
from driftwatch.core.scope import Scope, apply_scope
from driftwatch.core.scope_whole import whole
from driftwatch.postgres.cluster import Cluster
from driftwatch.postgres.read_catalog import read_catalog

from catalog_world import FOLDER, SUPERUSER, described
from oracle.template import Filler, Grammar, NothingThere

SCOPES = {"whole": whole(), "plain": Scope.plain()}
TEMPLATE, DATABASE = "oracle_template", "oracle"
_GLOBAL = re.compile(r"role|user|group|owned|tablespace|parameter|grant|revoke", re.IGNORECASE)
_NOISE = re.compile(r"^(\\restrict|\\unrestrict|-- (Dumped|Started|Completed)|SELECT pg_catalog.set_config).*\n", re.M)
_STATE = re.compile(r"^SET (default_tablespace|default_table_access_method) = (.*);\n", re.M)
_PASSWORD = re.compile(r" PASSWORD '[^']*'")


@dataclass(frozen=True)
class Step:
    """A statement that succeeded: the entries of the dump that differ, and what each scope says differs."""

    sql: str
    dump: tuple[str, ...]
    seen: dict[str, tuple[str, ...]]

    def disagreements(self) -> Iterator[tuple[str, str]]:
        """(scope, "missed" or "false alarm")."""
        for scope, changes in self.seen.items():
            if bool(changes) != bool(self.dump):
                yield scope, "missed" if self.dump else "false alarm"

    def __str__(self) -> str:
        lines = [self.sql, *(f"  dump {line}" for line in self.dump[:6])]
        return "\n".join([*lines, *(f"  {scope}: {', '.join(one)[:600]}" for scope, one in self.seen.items())])


@dataclass
class Judge:
    """One server with a template database; `fresh` makes a database of it for a sequence of statements."""

    cluster: Cluster
    grammar: Grammar = field(default_factory=Grammar.load)
    conn: psycopg.Connection = field(init=False)
    _dump: Counter[str] = field(init=False)
    _globals: Counter[str] = field(init=False)
    _catalogs: dict[str, Catalog] = field(init=False)

    def __post_init__(self) -> None:
        with self._connect("postgres") as admin:
            admin.execute("set allow_in_place_tablespaces = on")
            admin.execute("create tablespace app_space location ''")
            admin.execute(f"create database {TEMPLATE} template template0")
        with self._connect(TEMPLATE) as conn:
            base = (FOLDER / "base.sql").read_text().replace(":DATABASE", TEMPLATE)
            base = re.sub(r"create subscription [^;]*;", "", base)  # belongs to one database, whatever is copied
            conn.execute(base.encode())

    def _connect(self, dbname: str) -> psycopg.Connection:
        return psycopg.connect(
            **{**self.cluster.conninfo(), "user": SUPERUSER, "dbname": dbname}, autocommit=True, prepare_threshold=None
        )

    def fresh(self) -> None:
        """A new copy of the template, and none of the roles and the like that an earlier sequence made."""
        self.close()
        with self._connect("postgres") as admin:
            roles = "select quote_ident(rolname) from pg_roles where rolname ~* '^dw'"
            for (role,) in admin.execute(roles).fetchall():
                admin.execute(f"drop owned by {role} cascade; drop role {role}")
            for (role,) in admin.execute("select quote_ident(rolname) from pg_roles where rolname ~ '^app'").fetchall():
                admin.execute(f"alter role {role} nosuperuser")
            for (space,) in admin.execute("select spcname from pg_tablespace where spcname ~ '^dw'").fetchall():
                admin.execute(f"drop tablespace {space}")
            admin.execute("alter role all reset all")
            admin.execute(f"create database {DATABASE} template {TEMPLATE} strategy file_copy")
        self.conn = self._connect(DATABASE)
        self.conn.execute("set statement_timeout = '5s'; set lock_timeout = '2s'; set allow_in_place_tablespaces = on")
        self._dump, self._globals = self._dumped(), self._dumped_globals()
        self._catalogs = self._read()

    def close(self) -> None:
        """Drops the database of the last sequence."""
        if not hasattr(self, "conn"):
            return
        self.conn.close()
        with self._connect("postgres") as admin:
            subscriptions = "select subname from pg_subscription"
            if admin.execute(subscriptions).fetchone():
                with self._connect(DATABASE) as conn:
                    for (name,) in conn.execute(subscriptions).fetchall():
                        conn.execute(f"alter subscription {name} disable")
                        conn.execute(f"alter subscription {name} set (slot_name = none)")
                        conn.execute(f"drop subscription {name}")
            if admin.execute("select 1 from pg_database where datname = %s", (DATABASE,)).fetchone():
                admin.execute(f"alter database {DATABASE} is_template false")
                admin.execute(f"drop database {DATABASE} with (force)")
        del self.conn

    def draw(self, pick: Callable[[int], int]) -> str | None:
        """A statement that fits the database, None when what it needs is not there."""
        files = sorted(self.grammar.statements)
        templates = self.grammar.statements[files[pick(len(files))]]
        filler = Filler(self.grammar, pick, self._ask)
        try:
            return filler.statement(templates[pick(len(templates))])
        except (NothingThere, psycopg.Error):
            return None

    def _ask(self, sql: str) -> list[str]:
        return [row[0] for row in self.conn.execute(sql.encode()).fetchall()]

    def run(self, sql: str) -> Step | None:
        """Tries a statement. None when it fails, and so changes nothing."""
        try:
            self.conn.execute(sql.encode())
        except psycopg.Error:
            if self.conn.closed:
                raise
            if "concurrently" not in sql:
                return None
        return self._step(sql)

    def _step(self, sql: str) -> Step:
        dump, catalogs = self._dumped(), self._read()
        differing = _difference(self._dump, dump)
        if _GLOBAL.search(sql):
            found = self._dumped_globals()
            differing += _difference(self._globals, found)
            self._globals = found
        seen = {}
        for scope, catalog in catalogs.items():
            before = self._catalogs[scope]
            changes = tuple(described(change) for change in compare(before, catalog))
            if bool(changes) != (fingerprint(before) != fingerprint(catalog)):
                changes += ("fingerprint and comparison disagree",)
            seen[scope] = changes
        self._dump, self._catalogs = dump, catalogs
        return Step(sql, tuple(differing), seen)

    def _read(self) -> dict[str, Catalog]:
        catalog = read_catalog(self.conn)
        return {name: apply_scope(catalog, scope) for name, scope in SCOPES.items()}

    def _dumped(self) -> Counter[str]:
        return self._entries("pg_dump", "--schema-only", "--create", DATABASE)

    def _dumped_globals(self) -> Counter[str]:
        return self._entries("pg_dumpall", "--globals-only")

    def _entries(self, tool: str, *options: str) -> Counter[str]:
        """What the tool prints, entry by entry: their order follows from dependencies and is not the schema."""
        command: list[str | Path] = [self.cluster.installation.tool(tool), "-h", self.cluster.conninfo()["host"]]
        done = subprocess.run([*command, "-U", SUPERUSER, *options], check=True, capture_output=True)
        text = _PASSWORD.sub("", _NOISE.sub("", done.stdout.decode(errors="surrogateescape")))
        if tool == "pg_dumpall":
            return Counter(text.splitlines())
        return Counter(_dump_entries(text))


def _dump_entries(text: str) -> Iterator[str]:
    """Each with the settings that hold for it, which pg_dump writes only where they change."""
    state: dict[str, str] = {}
    for part in text.split("\n--\n"):
        entry = _STATE.sub("", part).strip()
        if re.match(r"CREATE (UNLOGGED |FOREIGN |MATERIALIZED |UNIQUE )?(TABLE|VIEW|INDEX)|ALTER TABLE", entry):
            entry += f"\n{state}"
        if entry:
            yield entry
        state.update(_STATE.findall(part))  # stands before the next one's heading


def _difference(before: Counter[str], after: Counter[str]) -> list[str]:
    return [*(f"- {entry}" for entry in before - after), *(f"+ {entry}" for entry in after - before)]
