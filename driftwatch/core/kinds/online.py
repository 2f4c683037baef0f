"""Constraints that come without keeping writers out for long: more statements, and weaker locks (docs, ALTER TABLE)."""

from __future__ import annotations

import re

from driftwatch.core.catalog import DbObject, ObjectId
from driftwatch.core.kinds.column_types import alter_column, column_name, has_children
from driftwatch.core.kinds.rules import Context, Hazard, Step, table_of, text
from driftwatch.core.names import unquoted

_KEY = re.compile(r"(?P<word>PRIMARY KEY|UNIQUE)(?P<nulls> NULLS NOT DISTINCT)? (?P<columns>\(.*)", re.DOTALL)
_LATER = (" DEFERRABLE", " INITIALLY DEFERRED")


def applies(obj: DbObject, context: Context) -> bool:
    """Whether it is wanted for this part of a table, and the table has rows that it could be long about."""
    plain = text(obj, "table_kind") in ("", "table", "materialized_view")
    return context.online and plain and table_of(obj) not in context.created


def is_partitioned(obj: DbObject, context: Context) -> bool:
    """Whether the table that it is a part of is partitioned, before or afterwards."""
    tables = (side.get(table_of(obj)) for side in (context.before, context.after))
    return any(table is not None and table.facets.get("partition_key") is not None for table in tables)


def unchecked_first(obj: DbObject, name: str, definition: str, context: Context) -> list[Step] | None:
    """A foreign key or check: made NOT VALID, which holds for new rows, and validated while others write."""
    if definition.endswith((" NOT VALID", " NOT ENFORCED")) or obj.facets.get("parent") is not None:
        return None
    if text(obj, "type") == "foreign key" and is_partitioned(obj, context) and context.version < 180000:
        return None
    table = text(obj, "table")
    return [
        Step(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition} NOT VALID"),
        _validate(table, name, f"rows of {table} that {name} does not allow"),
    ]


def _validate(table: str, name: str, failing: str) -> Step:
    hazards = (Hazard("may fail", failing), Hazard("long scan", f"{table}, which can be read and written meanwhile"))
    return Step(f"ALTER TABLE {table} VALIDATE CONSTRAINT {name}", hazards)


def index_first(obj: DbObject, name: str, definition: str, context: Context) -> list[Step] | None:
    """A primary key or unique constraint: its index is built while others write, and then taken over."""
    key = _KEY.fullmatch(definition)
    if (
        key is None
        or "WITHOUT OVERLAPS" in definition
        or obj.facets.get("parent") is not None
        or is_partitioned(obj, context)
    ):
        return None
    table, columns = text(obj, "table"), key["columns"]
    tail = ""
    for words in reversed(_LATER):
        if columns.endswith(words):
            columns, tail = columns.removesuffix(words), words + tail
    failing = f"rows of {table} that {name} does not allow; then an index {name} that is not valid stays behind"
    sql = f"CREATE UNIQUE INDEX CONCURRENTLY {name} ON {table} {columns}{key['nulls'] or ''}"
    return [
        Step(sql, (Hazard("may fail", failing),), alone=True),
        Step(f"ALTER TABLE {table} ADD CONSTRAINT {name} {key['word']} USING INDEX {name}{tail}"),
    ]


def not_null(obj: DbObject, context: Context) -> list[Step]:
    """NOT NULL by way of a check that says so: once it is valid, Postgres need not look at the rows again."""
    table, column = text(obj, "table"), column_name(obj)
    name = _free_name(obj, context)
    return [
        Step(f"ALTER TABLE {table} ADD CONSTRAINT {name} CHECK ({column} IS NOT NULL) NOT VALID"),
        _validate(table, name, f"rows of {table} whose {column} is null"),
        Step(alter_column(obj, "SET NOT NULL", context)),
        Step(f"ALTER TABLE {table} DROP CONSTRAINT {name}"),
    ]


def _free_name(column: DbObject, context: Context) -> str:
    """A name that no constraint has, of the table or of its children, which get the check too."""
    from driftwatch.core.acl import quote

    own = unquoted(column_name(column)).encode()[:40].decode("utf-8", "ignore")
    tables = [text(column, "table")]
    if has_children(tables[0], context):
        sides = (context.before, context.after)
        tables += [id_.identity for side in sides for id_ in side.catalog.objects if id_.kind == "table"]
    number = 0
    while True:
        name = quote(f"{own}_is_not_null{number or ''}")
        ids = [ObjectId("constraint", f"{name} on {table}") for table in tables]
        if not any(side.get(id_) is not None for side in (context.before, context.after) for id_ in ids):
            return name
        number += 1
