"""Statements that can be run a second time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from driftwatch.core.lint import codes
from driftwatch.core.lint.nodes import dropped, quoted, relation, shown
from driftwatch.core.lint.rules import Hit, Rule
from driftwatch.core.lint.sql_file import Part, SqlFile

_UNLESS = {
    "create_stmt": "CREATE TABLE",
    "create_table_as_stmt": "CREATE TABLE … AS",
    "index_stmt": "CREATE INDEX",
    "create_schema_stmt": "CREATE SCHEMA",
    "create_seq_stmt": "CREATE SEQUENCE",
    "create_extension_stmt": "CREATE EXTENSION",
    "create_foreign_server_stmt": "CREATE SERVER",
    "create_user_mapping_stmt": "CREATE USER MAPPING",
    "create_stats_stmt": "CREATE STATISTICS",
}
"""Kinds whose syntax has IF NOT EXISTS. CREATE POLICY, CREATE TYPE, CREATE DOMAIN and CREATE ROLE have none."""
_REPLACE = {"create_function_stmt": "CREATE FUNCTION", "view_stmt": "CREATE VIEW", "create_trig_stmt": "CREATE TRIGGER"}
_COMMANDS = {
    codes.ADD_COLUMN: ("ADD COLUMN", "ADD COLUMN IF NOT EXISTS"),
    codes.DROP_COLUMN: ("DROP COLUMN", "DROP COLUMN IF EXISTS"),
    codes.DROP_CONSTRAINT: ("DROP CONSTRAINT", "DROP CONSTRAINT IF EXISTS"),
}


def _check(file: SqlFile) -> Iterator[Hit]:
    for part in file.parts:
        found = _lacks(part) if part.kind != "drop_stmt" else _drop_lacks(file, part)
        if found:
            said, better = found
            yield Hit(f"{said} fails when it is run a second time", part, mend=f"Write {better}.")


def _lacks(part: Part) -> tuple[str, str] | None:
    node = part.node
    match part.kind:
        case "index_stmt" if not node.idxname:
            return None  # a name is asked for by IF NOT EXISTS; without one it only makes a second index
        case "create_table_as_stmt" | "create_stmt" | "create_schema_stmt" | "create_extension_stmt" | "index_stmt":
            return None if node.if_not_exists else _unless(part.kind)
        case "create_trig_stmt":
            return None if node.replace or node.isconstraint else _replace(part.kind)
        case "alter_table_stmt":
            return _command(node)
        case "alter_enum_stmt":
            adds = node.new_val and not node.old_val and not node.skip_if_new_val_exists
            return ("ADD VALUE", "ADD VALUE IF NOT EXISTS") if adds else None
        case kind if kind in _REPLACE:
            return None if node.replace else _replace(kind)
        case kind if kind in _UNLESS:
            return None if node.if_not_exists else _unless(kind)
        case _:
            return None


def _unless(kind: str) -> tuple[str, str]:
    said = _UNLESS[kind]
    head, dots, tail = said.partition(" …")
    return said, f"{head} IF NOT EXISTS{dots}{tail}"


def _replace(kind: str) -> tuple[str, str]:
    return _REPLACE[kind], _REPLACE[kind].replace("CREATE ", "CREATE OR REPLACE ")


def _command(node: Any) -> tuple[str, str] | None:
    for one in node.cmds:
        command = one.alter_table_cmd
        if command.subtype in _COMMANDS and not command.missing_ok and node.objtype in (codes.TABLE, 0):
            return _COMMANDS[command.subtype]
    return None


def _drop_lacks(file: SqlFile, part: Part) -> tuple[str, str] | None:
    node = part.node
    own = all(file.made_before(part, dropped(item)) for item in node.objects)
    if node.missing_ok or (node.remove_type == codes.TABLE and own):
        return None
    words = " ".join(part.text.split()[:2]).upper()
    return words, f"{words} IF EXISTS"


def _policies(file: SqlFile) -> Iterator[Hit]:
    gone: set[tuple[str, str, str]] = set()
    for part in file.of("drop_stmt", "create_policy_stmt"):
        if part.kind == "drop_stmt":
            gone |= _dropped_policies(file, part)
            continue
        table = file.resolved(relation(part.node.table), part)
        new = file.new_tables.get(table)
        if (*table, part.node.policy_name) in gone or (new is not None and not new.only_if_missing):
            continue
        name, on = quoted(part.node.policy_name), shown(relation(part.node.table))
        yield Hit(
            f"policy {name} on {on} is created without being dropped before: CREATE POLICY fails a second time",
            part,
            mend=f"Write before it: DROP POLICY IF EXISTS {name} ON {on};",
        )


def _dropped_policies(file: SqlFile, part: Part) -> set[tuple[str, str, str]]:
    if part.node.remove_type != codes.POLICY:
        return set()
    found = set()
    for item in part.node.objects:
        *path, policy = [one.string.sval for one in item.list.items]
        table = file.resolved((path[-2] if len(path) > 1 else "", path[-1] if path else ""), part)
        found.add((*table, policy))
    return found


RULE = Rule(
    "if-exists",
    "advice",
    "A statement that can be run twice makes a migration that was interrupted half-way, or whose change was made by "
    "hand before, pass.",
    "Write IF NOT EXISTS, IF EXISTS or OR REPLACE.",
    _check,
)
POLICY = Rule(
    "policy-dropped-first",
    "advice",
    "CREATE POLICY has neither IF NOT EXISTS nor OR REPLACE, so it fails where a policy of that name is there already.",
    "Write DROP POLICY IF EXISTS … ON … before it.",
    _policies,
)
