"""Pairs of schemas on one throw-away server, each planned from one to the other, run and judged."""

from __future__ import annotations

import re
import subprocess
import tempfile
from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from itertools import groupby
from pathlib import Path

import psycopg
from driftwatch.core.catalog import Catalog, ObjectId
from driftwatch.core.drift import ObjectChange, compare
from driftwatch.core.kinds.parts import schema_of
from driftwatch.core.kinds.reach import schemas_between
from driftwatch.core.kinds.rules import Context, Dependencies, Schema
from driftwatch.core.plan_text import Plan, as_sql, make_plan
from driftwatch.postgres.cluster import Cluster, initdb, scratch_dir
from driftwatch.postgres.data_dir import pack, unpack
from driftwatch.postgres.read_catalog import read_catalog
from driftwatch.postgres.read_dependencies import read_dependencies

from catalog_world import SUPERUSER, described

FOLDER = Path(__file__).parent / "cases" / "plan"
TWO_CLUSTERS = "-- clusters: two\n"
ROLES = ("alice", "bob", "carol", '"Odd Role"', '"user"')
"""Roles that the databases of all pairs on one server have in common."""
_NOISE = re.compile(r" VALID UNTIL 'infinity'")
"""What a role has that once had an end: no statement takes it away, and it means nothing."""


@dataclass(frozen=True)
class Pair:
    """tests/cases/plan/<name>/{before,after}.sql.

    `-- from: 17` on a line of its own names the oldest major that runs it. `-- clusters: two` runs it on two servers of
    its own, whose database is really called postgres: for what all databases of a server share. There `-- alone` lines
    separate what Postgres runs only by itself.
    """

    name: str
    before: str
    after: str

    def __str__(self) -> str:
        return self.name

    @property
    def from_version(self) -> int:
        found = re.search(r"^-- from: (\d+)$", f"{self.before}\n{self.after}", re.MULTILINE)
        return int(found[1]) * 10000 if found else 0


def pairs() -> list[Pair]:
    return [
        Pair(folder.name, (folder / "before.sql").read_text(), (folder / "after.sql").read_text())
        for folder in sorted(FOLDER.iterdir())
    ]


@dataclass(frozen=True)
class Outcome:
    """plan: what was run. whole: the same made with nothing left out. left: what still differs afterwards, column order
    apart. dump: lines of pg_dump that do.
    """

    plan: Plan
    whole: str
    left: tuple[str, ...]
    dump: tuple[str, ...]


@dataclass(frozen=True)
class _Side:
    """A database as it was before a plan ran in it."""

    conn: psycopg.Connection
    catalog: Catalog
    dump: Counter[str]
    _read: dict[frozenset[ObjectId], Dependencies] = field(default_factory=dict)

    def dependencies(self, of: Collection[ObjectId]) -> Dependencies:
        wanted = frozenset(of)
        if wanted not in self._read:
            self._read[wanted] = read_dependencies(self.conn, wanted)
        return self._read[wanted]

    def whole(self) -> Schema:
        return schema_of(self.catalog, self._all_dependencies)

    @cached_property
    def _all_dependencies(self) -> Dependencies:
        return read_dependencies(self.conn)


class PlanWorld:
    """Makes databases, plans between them, runs plans. user: the superuser who makes and owns everything."""

    def __init__(self, cluster: Cluster, user: str = SUPERUSER) -> None:
        self.cluster = cluster
        self.user = user
        self._count = 0
        self._things = ExitStack()
        self._template: Path | None = None
        with _connect(cluster, "postgres", SUPERUSER) as admin:
            _make_user(admin, user)
            for role in ROLES:
                admin.execute(f"create role {role}".encode())

    @contextmanager
    def database(self, sql: str) -> Iterator[psycopg.Connection]:
        self._count += 1
        name = f"plan{self._count}"
        with self.connect("postgres") as admin:
            admin.execute(f"create database {name} template template0 strategy file_copy".encode())
        conn = self.connect(name)
        try:
            conn.execute(sql.encode())
            conn.execute("reset all")
            yield conn
        finally:
            conn.close()
            with self.connect(name) as last:
                _drop_subscriptions(last)
            with self.connect("postgres") as admin:
                admin.execute(f"drop database {name} with (force)".encode())

    @contextmanager
    def server(self, sql: str) -> Iterator[psycopg.Connection]:
        """The database postgres of a server that nobody else uses."""
        if self._template is None:
            folder = self._things.enter_context(tempfile.TemporaryDirectory())
            self._template = Path(folder) / "data.tar"
            with scratch_dir() as data_dir:
                initdb(self.cluster.installation, data_dir)
                pack(data_dir, self._template)
        with scratch_dir() as data_dir:
            unpack(self._template, data_dir)
            with Cluster(self.cluster.installation, data_dir) as cluster:
                with _connect(cluster, "postgres", SUPERUSER) as admin:
                    _make_user(admin, self.user)
                conn = _connect(cluster, "postgres", self.user)
                for part in re.split(r"^-- alone$", sql, flags=re.MULTILINE):
                    conn.execute(part.encode())
                conn.execute("reset all")
                conn.execute("set allow_in_place_tablespaces = on")
                yield conn
                conn.close()

    def close(self) -> None:
        """Removes what was made beside the cluster."""
        self._things.close()

    def connect(self, dbname: str) -> psycopg.Connection:
        return _connect(self.cluster, dbname, self.user)

    @contextmanager
    def sides(self, before: str, after: str) -> Iterator[tuple[psycopg.Connection, psycopg.Connection]]:
        """Both schemas, each in a database of its own."""
        place = self.server if TWO_CLUSTERS in before + after else self.database
        with place(before) as here, place(after) as there:
            yield here, there

    def turn(self, before: str, after: str, *, online: bool = False) -> Outcome:
        """Plans from one to the other, runs all of it (what destroys data too), and looks at what is left.

        online: in the forms that do not keep writers out for long, each in a transaction unless it must be alone.
        Raises psycopg.Error with the statement in a note when Postgres refuses one.
        """
        with self.sides(before, after) as (here, there):
            one, other = self._side(here), self._side(there)
            return self._turned(one, other, self._context(one, other, online), whole=True)

    def both_ways(self, before: str, after: str, *, whole: bool) -> dict[str, Outcome]:
        """The same forward and back, of two databases. whole: whether to make the plans from all of both sides too."""
        with self.sides(before, after) as (here, there):
            one, other = self._side(here), self._side(there)
            forward, back = self._context(one, other), self._context(other, one)  # before either is changed
            return {
                "forward": self._turned(one, other, forward, whole=whole),
                "back": self._turned(other, one, back, whole=whole),
            }

    def dump_difference(self, here: psycopg.Connection, there: psycopg.Connection) -> tuple[str, ...]:
        """The lines that only one of both dumps has, or has more often."""
        return _difference(self._dump(here), self._dump(there))

    def _side(self, conn: psycopg.Connection) -> _Side:
        return _Side(conn, read_catalog(conn), self._dump(conn))

    def _context(self, one: _Side, other: _Side, online: bool = False) -> Context:
        sides = schemas_between(one.catalog, other.catalog, one.dependencies, other.dependencies)
        return Context(*sides, self.user, online, database=one.conn.info.dbname)

    def _turned(self, one: _Side, other: _Side, context: Context, *, whole: bool) -> Outcome:
        plan = make_plan(context)
        all_of_it = make_plan(replace(context, before=one.whole(), after=other.whole())) if whole else plan
        run(one.conn, plan, in_transactions=context.online)
        changes = [change for change in compare(read_catalog(one.conn), other.catalog) if not only_order(change)]
        left = tuple(described(change) for change in changes)
        return Outcome(plan, as_sql(all_of_it), left, _difference(self._dump(one.conn), other.dump))

    def _dump(self, conn: psycopg.Connection) -> Counter[str]:
        """The lines of a dump: order apart, since a dump's order follows OIDs, and columns may stand otherwise."""
        tool = self.cluster.installation.tool
        where = ["-h", conn.info.host, "-U", self.user]
        if conn.info.dbname == "postgres":  # a server of its own: the globals count too
            whole = [tool("pg_dump"), "--schema-only", "--create", *where, "postgres"]
            commands = [whole, [tool("pg_dumpall"), "--globals-only", *where]]
        else:
            commands = [[tool("pg_dump"), "--schema-only", *where, conn.info.dbname]]
        text = "\n".join(
            subprocess.run(command, check=True, capture_output=True, text=True).stdout for command in commands
        )
        lines = (_NOISE.sub("", line.strip().rstrip(",")) for line in text.splitlines())
        return Counter(
            one for one in lines if one and not one.startswith(("--", "\\", "SET ", "SELECT pg_catalog.set"))
        )


def _difference(one: Counter[str], other: Counter[str]) -> tuple[str, ...]:
    return tuple(sorted({f"- {line}" for line in one - other} | {f"+ {line}" for line in other - one}))


def _connect(cluster: Cluster, dbname: str, user: str) -> psycopg.Connection:
    conninfo = {**cluster.conninfo(), "user": user, "dbname": dbname}
    return psycopg.connect(**conninfo, autocommit=True, prepare_threshold=None)


def _make_user(admin: psycopg.Connection, user: str) -> None:
    if user != SUPERUSER:
        admin.execute(f"create role {user} superuser login".encode())


def _drop_subscriptions(conn: psycopg.Connection) -> None:
    """Without their slots, which exist nowhere; a database with a subscription can't be dropped."""
    here = "select quote_ident(subname) from pg_subscription s join pg_database d on d.oid = subdbid where datname = %s"
    for (name,) in conn.execute(here, [conn.info.dbname]).fetchall():
        for action in ("alter subscription {} disable", "alter subscription {} set (slot_name = none)"):
            conn.execute(action.format(name).encode())
        conn.execute(f"drop subscription {name}".encode())


def schemas(here: psycopg.Connection, there: psycopg.Connection) -> tuple[Schema, Schema]:
    """Both sides, without what a plan can't touch."""
    readers = (partial(read_dependencies, conn) for conn in (here, there))
    return schemas_between(read_catalog(here), read_catalog(there), *readers)


def schema(conn: psycopg.Connection) -> Schema:
    """One side, all of it."""
    return schema_of(read_catalog(conn), read_dependencies(conn))


def run(conn: psycopg.Connection, plan: Plan, *, in_transactions: bool = False) -> None:
    """in_transactions: all in as few transactions as possible; only what must be alone stands outside of them."""
    if plan.bodies_later:
        conn.execute("set check_function_bodies = off")
    steps = [step for planned in plan.planned for step in planned.steps if step.sql]
    for alone, group in groupby(steps, key=lambda step: step.alone):
        with conn.transaction() if in_transactions and not alone else nullcontext():
            for step in group:
                _execute(conn, step.sql)
    conn.execute("reset check_function_bodies")


def _execute(conn: psycopg.Connection, sql: str) -> None:
    try:
        conn.execute(sql.encode())
    except psycopg.Error as error:
        error.add_note(sql)
        raise


def only_order(change: ObjectChange) -> bool:
    """Whether only columns stand in another order, which no statement changes."""
    return change.change == "changed" and {facet.name for facet in change.facets} == {"column_order"}
