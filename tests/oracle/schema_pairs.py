"""Pairs of databases that random statements have made different: what plans are tried between."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

import psycopg
from driftwatch.core.drift import compare
from driftwatch.core.kinds.rules import Context
from driftwatch.core.plan_text import make_plan
from driftwatch.postgres.read_catalog import read_catalog

from catalog_world import FOLDER, described
from oracle.template import Filler, Grammar, NothingThere
from plan_world import PlanWorld, only_order, run, schema

_TEMPLATE, _PLANNED = "statements_template", "statements_planned"
_ELSEWHERE = re.compile(
    r"\brole\b|alter group|reassign|drop owned|\bdatabase\b|tablespace|parameter|subscription|large object|\blo_"
    r"|pg_catalog\.|pg_read_all|heap2|extension hstore (add|drop)|«add¦drop» «function|create temp"
    r"|^(vacuum|cluster|analyze|insert|truncate|refresh|select|checkpoint)\b"
)
"""Statements about what databases share, about rows, and about what belongs to others. Default privileges name roles
and are of the database all the same."""
_NEVER = re.compile(r"tablespace|^alter schema public rename")
"""What Postgres keeps for ever of the first schema public, its privileges as installed, no other schema can have."""
_SECRET = re.compile(r", (?:api_key|password) '[^']*'| options \(password '[^']*'\)")
_OF_THE_SERVER = re.compile(r"create (?:subscription|access method) [^;]*;")
_RULES = {
    "grantee": "«app_reader¦app_writer¦app_owner¦public»",
    "owner": "«app_owner¦app_reader¦supabase_admin¦current_user»",
    "for_whom": "alter default privileges ‹for role «app_owner¦app_reader¦supabase_admin»› ‹in schema {schema}›",
}


class SchemaPairs:
    """Makes databases from the template of tests/cases/catalog, and plans between two of them."""

    def __init__(self, world: PlanWorld) -> None:
        self._world = world
        self._grammar = _grammar()
        with world.connect("postgres") as admin:
            admin.execute("set allow_in_place_tablespaces = on")
            admin.execute("create tablespace app_space location ''")
            admin.execute(f"create database {_TEMPLATE} template template0")
        with world.connect(_TEMPLATE) as conn:
            base = (FOLDER / "base.sql").read_text().replace(":DATABASE", _TEMPLATE)
            conn.execute(_OF_THE_SERVER.sub("", _SECRET.sub("", base)).encode())

    def make(self, name: str, count: int, rng: Random) -> list[str]:
        """A copy of the template in which `count` random statements have run: which."""
        self._copy(_TEMPLATE, name)
        ran: list[str] = []
        with self._world.connect(name) as conn:
            conn.execute("set statement_timeout = '5s'; set lock_timeout = '2s'")
            while len(ran) < count:
                sql = self._drawn(conn, rng.randrange)
                try:
                    conn.execute(sql.encode())
                except psycopg.Error:
                    continue
                ran += [sql] if sql else []
        return ran

    def left(self, one: str, other: str) -> list[str]:
        """What is different still when a plan from one database to the other has run in a copy."""
        self._copy(one, _PLANNED)
        with self._world.connect(_PLANNED) as here, self._world.connect(other) as there:
            plan = make_plan(Context(schema(here), schema(there), self._world.user, database=_PLANNED))
            run(here, plan)
            changes = compare(read_catalog(here), read_catalog(there))
            left = [described(change) for change in changes if not only_order(change)]
            return [*left, *self._world.dump_difference(here, there), *map(str, plan.unplanned)]

    def _copy(self, one: str, name: str) -> None:
        with self._world.connect("postgres") as admin:
            admin.execute(f"drop database if exists {name} with (force)".encode())
            admin.execute(f"create database {name} template {one} strategy file_copy".encode())

    def _drawn(self, conn: psycopg.Connection, pick: Callable[[int], int]) -> str:
        """A statement that fits the database, "" when what it needs is not there."""

        def ask(sql: str) -> list[str]:
            return [row[0] for row in conn.execute(sql.encode()).fetchall()]

        templates = self._grammar.statements[sorted(self._grammar.statements)[pick(len(self._grammar.statements))]]
        try:
            sql = Filler(self._grammar, pick, ask).statement(templates[pick(len(templates))])
        except (NothingThere, psycopg.Error):
            return ""
        return "" if _NEVER.search(sql) else sql


def _grammar() -> Grammar:
    """The statements that change what is one database's own."""
    grammar = Grammar.load()
    grammar.rules.update(_RULES)
    for name, templates in list(grammar.statements.items()):
        kept = [
            one
            for one in templates
            if one.startswith(("{for_whom}", "alter default privileges")) or not _ELSEWHERE.search(one)
        ]
        grammar.statements[name] = kept
    return Grammar(grammar.rules, {name: kept for name, kept in grammar.statements.items() if kept})
