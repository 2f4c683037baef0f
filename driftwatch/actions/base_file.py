"""The base file: a database's schema as SQL, with the versions whose effect is in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from driftwatch.actions.project import Project
from driftwatch.actions.targets import database
from driftwatch.core import base
from driftwatch.core.kinds.reach import schemas_between
from driftwatch.core.kinds.rules import Context
from driftwatch.core.migrations import Applied
from driftwatch.core.plan_text import as_migration, make_plan
from driftwatch.core.scope import apply_scope
from driftwatch.core.scope_rules import HISTORY_SCHEMAS, MANAGED_SCHEMAS, OWN_SCHEMAS
from driftwatch.postgres import dump, history
from driftwatch.postgres.connect import Connection, ConnInfo
from driftwatch.postgres.read_catalog import read_data_rows

_OWNERS = ("supabase_admin",)
"""Roles whose objects the shadow's `postgres` can't own for them, so it owns them itself."""

_HEADER = """\
-- The schema of {label}, written by `driftwatch snapshot --sql`.
-- driftwatch.toml: [migrations] base = "this file": the migrations are then replayed on top of it,
-- except those whose effect is already in it:
"""


def base_file(project: Project, target: str) -> str:
    """The text of a base file taken from a target that is a database."""
    with database(project, target) as (label, conn, conninfo):
        applied = history.read(conn)
        return _HEADER.format(label=label) + base.header(applied) + "\n" + schema_sql(project, conn, conninfo)


def schema_sql(project: Project, conn: Connection, conninfo: ConnInfo) -> str:
    """The schema as SQL, rows that behave like schema too, less what the baseline has anyway."""
    supabase = project.shadow_options.baseline != "none"
    managed: Sequence[str] = MANAGED_SCHEMAS if supabase else HISTORY_SCHEMAS
    dumped = dump.schema_sql(conn, conninfo, (*managed, *OWN_SCHEMAS), _OWNERS if supabase else ())
    return f"{dumped}\n{_rows(project, conn)}" if supabase else dumped


def _rows(project: Project, conn: Connection) -> str:
    """The rows that behave like schema, which no schema dump has. A key in one was never read, and is not in it."""
    rows = apply_scope(read_data_rows(conn), project.scope)
    bare = replace(rows, objects={})
    return as_migration(make_plan(Context(*schemas_between(bare, rows, lambda of: {}, lambda of: {}))))


def copy_of(project: Project, conn: Connection, conninfo: ConnInfo, applied: Sequence[Applied]) -> str:
    """As a base for proving what is still pending there: with the versions that are applied."""
    return base.header(applied) + "\n" + schema_sql(project, conn, conninfo)
