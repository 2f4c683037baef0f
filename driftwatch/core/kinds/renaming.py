"""The statements of probable renames: done first, so that what is planned after them finds the new names."""

from __future__ import annotations

from collections.abc import Iterable

from driftwatch.core.catalog import ObjectId
from driftwatch.core.kinds.rules import Step, literal
from driftwatch.core.names import split
from driftwatch.core.renames import LABEL, Rename

_NOUNS = {
    "schema": "SCHEMA", "table": "TABLE", "foreign_table": "FOREIGN TABLE", "view": "VIEW",
    "materialized_view": "MATERIALIZED VIEW", "sequence": "SEQUENCE", "index": "INDEX", "type": "TYPE",
    "domain": "DOMAIN", "statistics": "STATISTICS", "event_trigger": "EVENT TRIGGER",
}  # fmt: skip
_ROUTINES = {"function": "FUNCTION", "procedure": "PROCEDURE", "aggregate": "AGGREGATE"}
_ON_TABLE = {"trigger": "TRIGGER", "policy": "POLICY", "rule": "RULE"}
_ORDER = ("schema", *_NOUNS, *_ROUTINES, "column")


def rename_steps(found: Iterable[Rename]) -> list[tuple[ObjectId, Step]]:
    """For each rename the object that has the new name, and the statement: schemas, then relations, then parts."""
    ordered = sorted(found, key=lambda one: (_ORDER.index(one.kind) if one.kind in _ORDER else len(_ORDER), one.before))
    steps = []
    for one in ordered:
        sql = _statement(one)
        if sql:
            note = "Renamed, as it seems. If it is another one, drop the old and make the new instead."
            steps.append((ObjectId(one.kind, one.after), Step(sql, note="" if one.certain else note)))
    return steps


def _statement(one: Rename) -> str:
    if one.kind == LABEL:
        return f"ALTER TYPE {one.of} RENAME VALUE {literal(one.before)} TO {literal(one.after)}"
    if one.kind in _ON_TABLE or one.kind in ("constraint", "domain_constraint"):
        was, (name, _, table) = one.before.rpartition(" on ")[0], one.after.rpartition(" on ")
        if one.kind in _ON_TABLE:
            return f"ALTER {_ON_TABLE[one.kind]} {was} ON {table} RENAME TO {name}"
        return f"ALTER {'TABLE' if one.kind == 'constraint' else 'DOMAIN'} {table} RENAME CONSTRAINT {was} TO {name}"
    arguments = "(" + one.after.partition("(")[2] if one.kind in _ROUTINES else ""
    parts, new = split(one.before.partition("(")[0]), split(one.after.partition("(")[0])
    if not parts or not new or parts[-1] == new[-1]:
        return ""
    old, where = parts[-1], ".".join(new[:-1])
    if one.kind == "column":
        return f"ALTER TABLE {where} RENAME COLUMN {old} TO {new[-1]}"
    noun = _NOUNS.get(one.kind) or _ROUTINES.get(one.kind)
    if noun is None:
        return ""
    target = f"{where}.{old}" if where else old
    return f"ALTER {noun} {target}{arguments} RENAME TO {new[-1]}"
