"""What destroys data is said to be meant."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from driftwatch.core.lint import codes
from driftwatch.core.lint.nodes import Name, define, dropped, last_two, relation, shown, strings
from driftwatch.core.lint.rules import Hit, Rule
from driftwatch.core.lint.sql_file import Part, SqlFile

_DROPS = {codes.TABLE: "table", codes.SCHEMA: "schema", codes.SEQUENCE: "sequence"}
_NARROW = {"int2", "varchar", "bpchar", "date", "time", "timetz", "float4", "numeric"}
_WITH_LENGTH = {"varchar", "bpchar", "numeric"}
"""Types of _NARROW that hold everything unless a length is given."""


def _check(file: SqlFile) -> Iterator[Hit]:
    new_columns: set[tuple[Name, str]] = set()
    for part in file.parts:
        match part.kind:
            case "drop_stmt":
                yield from _drops(file, part)
            case "truncate_stmt":
                yield from _truncates(file, part)
            case "delete_stmt" | "update_stmt" if not part.node.HasField("where_clause"):
                yield from _every_row(file, part, new_columns)
            case "alter_table_stmt":
                yield from _alters(file, part, new_columns)


def _drops(file: SqlFile, part: Part) -> Iterator[Hit]:
    what = _DROPS.get(part.node.remove_type)
    for item in part.node.objects if what else ():
        name = dropped(item)
        if name[0] != "pg_temp" and not file.made_before(part, name):
            yield Hit(f"{what} {shown(name)} is dropped, with everything in it", part)


def _truncates(file: SqlFile, part: Part) -> Iterator[Hit]:
    for one in part.node.relations:
        name = relation(one.range_var)
        if not file.made_before(part, name):
            yield Hit(f"every row of {shown(name)} is deleted", part)


def _every_row(file: SqlFile, part: Part, new_columns: set[tuple[Name, str]]) -> Iterator[Hit]:
    node = part.node
    table = relation(node.relation)
    if file.made_before(part, table):
        return
    if part.kind == "delete_stmt":
        # USING decides which rows go, if badly: only a DELETE of everything is meant here.
        if not node.using_clause:
            yield Hit(f"every row of {shown(table)} is deleted", part)
        return
    set_ = {(file.resolved(table, part), one.res_target.name) for one in node.target_list}
    if not node.from_clause and not set_ <= new_columns:
        yield Hit(f"every row of {shown(table)} is overwritten", part)


def _alters(file: SqlFile, part: Part, new_columns: set[tuple[Name, str]]) -> Iterator[Hit]:
    table = relation(part.node.relation)
    here = file.resolved(table, part)
    for one in part.node.cmds:
        command = one.alter_table_cmd
        own = define(command)
        match command.subtype:
            case codes.ADD_COLUMN:
                new_columns.add((here, own.column_def.colname))
            case codes.DROP_COLUMN if part.node.objtype == codes.TABLE and not file.made_before(part, table):
                if (here, command.name) not in new_columns:
                    yield Hit(f"column {shown(table)}.{command.name} is dropped, with its values", part)
            case codes.ALTER_COLUMN_TYPE if not file.made_before(part, table):
                if (type_ := _narrow(own.column_def.type_name)) is not None:
                    said = f"column {shown(table)}.{command.name} becomes {type_}, which may not hold its values"
                    yield Hit(said, part)


def _narrow(type_: Any) -> str | None:
    """The type as it is written, where few others fit into it; None for the rest."""
    name = last_two(strings(type_.names))[1]
    if name not in _NARROW or type_.array_bounds or (name in _WITH_LENGTH and not type_.typmods):
        return None
    lengths = ", ".join(str(one.a_const.ival.ival) for one in type_.typmods)
    return f"{name}({lengths})" if lengths else name


RULE = Rule(
    "destructive",
    "warning",
    "What a DROP, a TRUNCATE or a DELETE without WHERE takes away comes back from a backup only.",
    "If it is meant, say so before the statement: -- driftwatch: allow destructive REASON",
    _check,
)
