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


def _materialized(file: SqlFile) -> Iterator[Hit]:
    gone = {
        file.resolved(name, part)
        for part in file.of("drop_stmt", "grant_stmt")
        for name in (_revoked(part.node) if part.kind == "grant_stmt" else map(dropped, part.node.objects))
    }
    for part in file.of("create_table_as_stmt"):
        name = file.resolved(relation(part.node.into.rel), part)
        if part.node.objtype == codes.MATVIEW and file.is_exposed(name) and name not in gone:
            yield Hit(
                f"{shown(name)} keeps rows past the row level security of their tables, and the API serves it",
                part,
                mend=f"Write: REVOKE ALL ON {shown(name)} FROM anon, authenticated; or put it into another schema.",
            )


def _revoked(grant: Any) -> Iterator[Name]:
    taken = any(one.role_spec.rolename == "anon" for one in grant.grantees)
    if taken and not grant.is_grant and grant.objtype == codes.TABLE:
        yield from (relation(one.range_var) for one in grant.objects)


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
MATERIALIZED = Rule(
    "matview-in-api",
    "warning",
    "A materialized view has no row level security of its own, so everybody with the anon key reads all of it.",
    "REVOKE ALL ON … FROM anon, authenticated; or put it into a schema that the API does not serve.",
    _materialized,
)
