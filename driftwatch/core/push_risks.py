"""What a migration's text says that it does to tables that are there already: data that goes, locks, rewrites.

Only advice: what was really seen while it ran in a shadow knows more, and what is inside functions stands in no text.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from driftwatch.core.parsing import NotSql, parse_sql
from driftwatch.core.statements import Script, Statement

_NOBODY = "keeps everybody from {}, readers too (ACCESS EXCLUSIVE)"
_NO_WRITES = "keeps writers from {} ({})"
_DROPPED_WITH_ROWS = {"OBJECT_TABLE": "table", "OBJECT_SCHEMA": "schema", "OBJECT_DATABASE": "database",
                      "OBJECT_SEQUENCE": "sequence", "OBJECT_MATVIEW": "materialized view"}  # fmt: skip
_PARTS = ("OBJECT_POLICY", "OBJECT_TRIGGER", "OBJECT_RULE")
_SHARE_UPDATE = {
    "AT_ValidateConstraint",
    "AT_SetStatistics",
    "AT_ClusterOn",
    "AT_DropCluster",
    "AT_SetRelOptions",
    "AT_ResetRelOptions",
    "AT_SetOptions",
    "AT_ResetOptions",
    "AT_AttachPartition",
}
"""Forms of ALTER TABLE that keep neither readers nor writers away (docs, ALTER TABLE)."""
_SHARE_ROW = {f"AT_{able}{what}" for able in ("Enable", "Disable", "EnableAlways", "EnableReplica")
              for what in ("Trig", "TrigAll", "TrigUser")}  # fmt: skip
_LOCK_MODES = ("", "ACCESS SHARE", "ROW SHARE", "ROW EXCLUSIVE", "SHARE UPDATE EXCLUSIVE", "SHARE",
               "SHARE ROW EXCLUSIVE", "EXCLUSIVE", "ACCESS EXCLUSIVE")  # fmt: skip


def text_risks(scripts: Sequence[Script]) -> tuple[tuple[str, ...], ...]:
    """For each of the files, in the order they will run, what is worth a look before it runs.

    Tables that one of them makes are nobody's yet: locks on those are left out.
    """
    made: set[str] = set()
    return tuple(_of_file(script, made) for script in scripts)


def _of_file(script: Script, made: set[str]) -> tuple[str, ...]:
    lines: dict[str, list[int]] = defaultdict(list)
    for statement in script.statements:
        for risk in _of_statement(statement, made):
            if not lines[risk] or lines[risk][-1] != statement.line:
                lines[risk].append(statement.line)
    return tuple(f"{risk}: line{'s' if len(at) > 1 else ''} {', '.join(map(str, at))}" for risk, at in lines.items())


def _of_statement(statement: Statement, made: set[str]) -> Iterator[str]:
    if statement.alone:
        yield "runs outside of a transaction"
    try:
        node = getattr(parse_sql(statement.text).stmts[0].stmt, statement.kind)
    except NotSql:
        return
    if statement.kind in ("create_stmt", "create_table_as_stmt"):
        made.add(_table(node.relation if statement.kind == "create_stmt" else node.into.rel))
    yield from (risk for table, risk in _risks(statement.kind, node) if table not in made)


def _risks(kind: str, node: Any) -> Iterator[tuple[str, str]]:
    """(table, what is done to it) pairs; the table is "" where it is no table's lock."""
    match kind:
        case "drop_stmt":
            yield from _dropped(node)
        case "alter_table_stmt" if _name(node, "objtype") in ("OBJECT_TABLE", "OBJECT_MATVIEW"):
            yield from _altered(node)
        case "truncate_stmt":
            for relation in node.relations:
                yield _table(relation.range_var), f"destroys data: every row of {_table(relation.range_var)}"
                yield _locked(relation.range_var)
        case "delete_stmt" | "update_stmt":
            which = "some rows" if node.HasField("where_clause") else "every row"
            verb = "destroys data: deletes" if kind == "delete_stmt" else "overwrites data: changes"
            yield _table(node.relation), f"{verb} {which} of {_table(node.relation)}"
        case "drop_owned_stmt" | "dropdb_stmt":
            yield "", "destroys data: DROP OWNED" if kind == "drop_owned_stmt" else f"destroys data: {node.dbname}"
        case "index_stmt" if not node.concurrent:
            yield _locked(node.relation, "SHARE")
        case "create_trig_stmt":
            yield _locked(node.relation, "SHARE ROW EXCLUSIVE")
        case "create_policy_stmt" | "alter_policy_stmt":
            yield _locked(node.table)
        case "rule_stmt" | "cluster_stmt" if node.HasField("relation"):
            yield _locked(node.relation)
        case "refresh_mat_view_stmt" if not node.concurrent:
            yield _locked(node.relation)
        case "rename_stmt" | "alter_object_schema_stmt" if _renames_table(node):
            yield _locked(node.relation)
        case "lock_stmt" if node.mode >= 5:
            yield from (_locked(relation.range_var, _LOCK_MODES[node.mode]) for relation in node.relations)
        case "reindex_stmt" if node.HasField("relation") and not _has(node.params, "concurrently"):
            yield _locked(node.relation, "SHARE")
        case "vacuum_stmt" if _has(node.options, "full"):
            yield from (_locked(one.vacuum_relation.relation) for one in node.rels)
        case "create_stmt":
            yield from _references(node.table_elts)


def _dropped(node: Any) -> Iterator[tuple[str, str]]:
    what = _name(node, "remove_type")
    cascade = " and all that hangs on it" if _name(node, "behavior") == "DROP_CASCADE" else ""
    for thing in node.objects:
        parts = [item.string.sval for item in thing.list.items] or [thing.string.sval]
        if what in _DROPPED_WITH_ROWS:
            yield _joined(parts), f"destroys data: drops the {_DROPPED_WITH_ROWS[what]} {'.'.join(parts)}{cascade}"
        elif what in _PARTS:
            yield _joined(parts[:-1]), _NOBODY.format(_joined(parts[:-1]))
        elif what == "OBJECT_INDEX" and not node.concurrent:
            yield "", _NOBODY.format(f"the table of index {'.'.join(parts)}")


def _altered(node: Any) -> Iterator[tuple[str, str]]:
    table = _table(node.relation)
    for one in node.cmds:
        command = one.alter_table_cmd
        form = _name(command, "subtype")
        definition = getattr(command, "def")
        if form == "AT_DropColumn":
            yield table, f"destroys data: drops the column {table}.{command.name}"
        if form == "AT_AlterColumnType":
            yield table, f"may rewrite {table}: changes the type of {command.name}"
        if form == "AT_AddConstraint" and _name(definition.constraint, "contype") == "CONSTR_FOREIGN":
            yield _locked(node.relation, "SHARE ROW EXCLUSIVE")
            yield _locked(definition.constraint.pktable, "SHARE ROW EXCLUSIVE")
        elif form in _SHARE_ROW:
            yield _locked(node.relation, "SHARE ROW EXCLUSIVE")
        elif form not in _SHARE_UPDATE and not definition.partition_cmd.concurrent:
            yield _locked(node.relation)


def _references(elements: Any) -> Iterator[tuple[str, str]]:
    """A new table's foreign keys lock what they point to."""
    for element in elements:
        for constraint in (element.constraint, *(one.constraint for one in element.column_def.constraints)):
            if constraint.HasField("pktable"):
                yield _locked(constraint.pktable, "SHARE ROW EXCLUSIVE")


def _locked(relation: Any, mode: str = "ACCESS EXCLUSIVE") -> tuple[str, str]:
    table = _table(relation)
    return table, _NOBODY.format(table) if mode == "ACCESS EXCLUSIVE" else _NO_WRITES.format(table, mode)


def _renames_table(node: Any) -> bool:
    what = _name(node, "rename_type" if hasattr(node, "rename_type") else "object_type")
    return what in ("OBJECT_TABLE", "OBJECT_COLUMN", "OBJECT_TABCONSTRAINT", "OBJECT_POLICY", "OBJECT_TRIGGER")


def _has(options: Any, name: str) -> bool:
    return any(option.def_elem.defname == name for option in options)


def _table(relation: Any) -> str:
    return _joined([relation.schemaname, relation.relname] if relation.schemaname else [relation.relname])


def _joined(parts: Sequence[str]) -> str:
    """schema.name; what is written without a schema is taken for one of public's."""
    return ".".join(parts if len(parts) > 1 else ["public", *parts])


def _name(node: Any, field: str) -> str:
    """An enum's value by its name."""
    value: str = node.DESCRIPTOR.fields_by_name[field].enum_type.values_by_number[getattr(node, field)].name
    return value
