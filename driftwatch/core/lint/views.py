"""Views that the API serves ask for the rights of who reads them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from driftwatch.core.lint import codes
from driftwatch.core.lint.nodes import Name, define, dropped, is_on, options, relation, shown
from driftwatch.core.lint.rules import Hit, Rule
from driftwatch.core.lint.sql_file import SqlFile

_OPTION = "security_invoker"
_SINCE = 15


def _check(file: SqlFile) -> Iterator[Hit]:
    if file.major is not None and file.major < _SINCE:
        return
    settled = set(_settled(file))
    for part in file.of("view_stmt"):
        view = part.node.view
        name = file.resolved(relation(view), part)
        if view.relpersistence == "t" or not file.is_exposed(name) or (name in settled) or _invokes(part.node.options):
            continue
        yield Hit(
            f"{shown(name)} reads with its owner's rights, past the row level security of its tables",
            part,
            mend=f"Write: CREATE VIEW {shown(name)} WITH (security_invoker = on) AS …",
        )


def _invokes(given: Iterable[Any]) -> bool:
    found = options(given)
    return _OPTION in found and is_on(found[_OPTION])


def _settled(file: SqlFile) -> Iterator[Name]:
    """Views that the file gives the option later, or drops again."""
    for part in file.of("alter_table_stmt"):
        for one in part.node.cmds:
            command = one.alter_table_cmd
            if command.subtype == codes.SET_OPTIONS and _invokes(define(command).list.items):
                yield file.resolved(relation(part.node.relation), part)
    made: set[Name] = set()
    for part in file.of("view_stmt", "drop_stmt"):
        if part.kind == "view_stmt":
            made.add(file.resolved(relation(part.node.view), part))
        elif part.node.remove_type == codes.VIEW:
            yield from made & {file.resolved(dropped(item), part) for item in part.node.objects}


RULE = Rule(
    "view-security-invoker",
    "warning",
    "A view reads with its owner's rights unless told otherwise, so what row level security hides is shown by it.",
    "Write: CREATE VIEW … WITH (security_invoker = on) AS …",
    _check,
)
