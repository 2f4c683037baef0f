"""A new enum value is not used by the transaction that adds it."""

from __future__ import annotations

from collections.abc import Iterator

from driftwatch.core.lint import codes
from driftwatch.core.lint.nodes import kind_of, last_two, strings, walk
from driftwatch.core.lint.rules import Hit, Rule
from driftwatch.core.lint.sql_file import Part, SqlFile

_USES = {"insert_stmt", "update_stmt", "delete_stmt", "select_stmt", "create_stmt", "alter_table_stmt", "index_stmt",
         "view_stmt", "create_policy_stmt", "create_table_as_stmt", "merge_stmt", "alter_policy_stmt"}  # fmt: skip


def _check(file: SqlFile) -> Iterator[Hit]:
    added: dict[str, Part] = {}
    for part in file.parts:
        if part.kind == "transaction_stmt" and part.node.kind == codes.COMMIT:
            added = {}
        elif part.kind == "alter_enum_stmt" and part.node.new_val and not part.node.old_val:
            if not file.type_made(last_two(strings(part.node.type_name)), part):
                added[part.node.new_val] = part
        elif added and part.kind in _USES:
            for node in walk(part.node):
                value = str(node.sval.sval) if kind_of(node) == "A_Const" else ""
                if value in added:
                    said = f"{value!r} is used by the transaction that adds it to an enum (line {added[value].line})"
                    yield Hit(said, part, file.line_at(node.location))
                    break


RULE = Rule(
    "enum-value-used",
    "warning",
    "Postgres refuses a new enum value in the transaction that adds it (55P04), and a migration is one transaction.",
    "Use it in the next migration.",
    _check,
)
