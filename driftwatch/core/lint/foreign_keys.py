"""Foreign keys of new tables have an index on their own side."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from driftwatch.core.lint import codes
from driftwatch.core.lint.nodes import Name, define, relation, shown, strings
from driftwatch.core.lint.rules import Hit, Rule
from driftwatch.core.lint.sql_file import Part, SqlFile

_Columns = tuple[str, ...]


def _check(file: SqlFile) -> Iterator[Hit]:
    indexed = _indexed(file)
    for part in file.of("create_stmt"):
        if part.node.relation.relpersistence == "t":
            continue
        table = file.resolved(relation(part.node.relation), part)
        for columns, constraint in _keys(part):
            if constraint.contype != codes.FOREIGN_KEY:
                continue
            if not any(set(one[: len(columns)]) == set(columns) for one in indexed.get(table, ())):
                yield Hit(
                    f"{shown(table)} ({', '.join(columns)}) references another table and has no index",
                    part,
                    file.line_at(constraint.location),
                    mend=f"Write: CREATE INDEX ON {shown(table)} ({', '.join(columns)});",
                )


def _indexed(file: SqlFile) -> dict[Name, list[_Columns]]:
    """The columns of each index and key that the file makes, by table."""
    found: dict[Name, list[_Columns]] = {}
    for part in file.of("create_stmt", "index_stmt", "alter_table_stmt"):
        table = file.resolved(relation(part.node.relation), part)
        found.setdefault(table, []).extend(_indexes(part))
    return found


def _indexes(part: Part) -> Iterator[_Columns]:
    if part.kind == "index_stmt":
        if not part.node.HasField("where_clause"):
            yield tuple(one.index_elem.name for one in part.node.index_params)
        return
    for columns, constraint in _keys(part):
        if constraint.contype in (codes.PRIMARY_KEY, codes.UNIQUE):
            yield columns


def _keys(part: Part) -> Iterator[tuple[_Columns, Any]]:
    """Each constraint with its columns, whether it stands at a column or on its own."""
    if part.kind == "alter_table_stmt":
        elements = [define(one.alter_table_cmd) for one in part.node.cmds]
    else:
        elements = list(part.node.table_elts)
    for element in elements:
        if element.HasField("column_def"):
            for one in element.column_def.constraints:
                yield (element.column_def.colname,), one.constraint
        elif element.HasField("constraint"):
            own = element.constraint
            yield strings(own.fk_attrs if own.contype == codes.FOREIGN_KEY else own.keys), own


RULE = Rule(
    "foreign-key-index",
    "advice",
    "Without an index on the referencing columns, each DELETE or change of a key in the other table reads all of this "
    "one.",
    "Write: CREATE INDEX ON … (…);",
    _check,
)
