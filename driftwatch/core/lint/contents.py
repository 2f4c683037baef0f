"""How much, and what, stands in one file."""

from __future__ import annotations

from collections.abc import Iterator

from driftwatch.core.lint.nodes import relation
from driftwatch.core.lint.rules import Hit, Rule
from driftwatch.core.lint.sql_file import Part, SqlFile

_MOST = 100
"""Statements of a file that can still be reviewed; among 3,000 real migrations few have more."""
_NEITHER = {
    "transaction_stmt", "variable_set_stmt", "do_stmt", "select_stmt", "comment_stmt", "call_stmt", "lock_stmt",
    "grant_stmt", "insert_stmt", "update_stmt", "delete_stmt", "truncate_stmt", "copy_stmt", "merge_stmt",
    "create_extension_stmt",
}  # fmt: skip
_LIKE_SCHEMA = {"storage", "cron", "vault", "auth", "supabase_migrations"}
"""Schemas whose rows are configuration."""


def _size(file: SqlFile) -> Iterator[Hit]:
    if len(file.parts) > _MOST:
        yield Hit(f"{len(file.parts)} statements in one file")


def _mixed(file: SqlFile) -> Iterator[Hit]:
    if all(part.kind in _NEITHER for part in file.parts):
        return
    for part in file.of("insert_stmt"):
        if _is_data(file, part):
            yield Hit("rows are written by a migration that changes the schema too", part)
            return


def _is_data(file: SqlFile, part: Part) -> bool:
    """Literal rows for a table that was there before; what is copied from other tables belongs to the change."""
    into = part.node.relation
    literal = bool(part.node.select_stmt.select_stmt.values_lists)
    return literal and into.schemaname not in _LIKE_SCHEMA and not file.made_before(part, relation(into))


SIZE = Rule(
    "file-size",
    "advice",
    "A long file is reviewed badly, and locks every table that it touches until its last statement is done.",
    "Split it where it does different things.",
    _size,
)
MIXED = Rule(
    "data-and-schema",
    "advice",
    "Rows that are written with a change of the schema hold its locks for longer, and undo it when one of them fails.",
    "Write rows in a migration of their own, or in a seed where they are for development.",
    _mixed,
)
