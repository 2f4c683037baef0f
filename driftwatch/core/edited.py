"""What was changed in a migration's file after it was applied."""

from __future__ import annotations

from difflib import unified_diff

from driftwatch.core.migrations import Applied, Migration
from driftwatch.core.statements import parse

_CONTEXT = 2


def edit_lines(migration: Migration, row: Applied) -> tuple[str, ...]:
    """From what the history kept of it to the file, as a unified diff by lines; nothing where both are alike.

    The file is taken as it would be recorded, so that what no history keeps (line ends, outer blanks) is no edit.
    """
    diff = unified_diff(
        _lines(row.statements or ()),
        _lines(parse(migration).recorded),
        f"{migration.filename} as it was applied",
        f"{migration.filename} as it is",
        lineterm="",
        n=_CONTEXT,
    )
    return tuple(diff)


def _lines(statements: tuple[str, ...]) -> list[str]:
    return [line.rstrip() for one in statements for line in f"{one.strip().rstrip(';')};".splitlines()]
