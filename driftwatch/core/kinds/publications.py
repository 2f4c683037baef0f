"""Publications: which tables are sent, with which columns and rows."""

from __future__ import annotations

import re
from collections.abc import Iterable

from driftwatch.core.catalog import DbObject, ObjectId
from driftwatch.core.kinds.rules import Context, Effect, Kind, Step, entries, text

_NAME = r'(?:"(?:[^"]|"")*"|[^".() ]+)'
_MEMBER = re.compile(rf'({_NAME}\.{_NAME})( \((?:"(?:[^"]|"")*"|[^"()])*\))?(?: where (.*))?', re.DOTALL)
_GENERATED = "generated_columns"


def _create(obj: DbObject, context: Context) -> list[Step]:
    if obj.facets.get("all_tables"):
        members = " FOR ALL TABLES"
    else:
        members = _members(obj, context)
        members = f" FOR {members}" if members else ""
    options = _options({}, obj)
    tail = f" WITH ({', '.join(options)})" if options else ""
    return [Step(f"CREATE PUBLICATION {obj.id.identity}{members}{tail}")]


def _options(old: DbObject | dict[str, object], new: DbObject) -> list[str]:
    """What differs from the other publication, or from a new one."""
    before = old.facets if isinstance(old, DbObject) else {"operations": _EVERY, "via_root": False}
    found = []
    if before.get("operations") != new.facets.get("operations"):
        found.append(f"publish = '{', '.join(entries(new, 'operations'))}'")
    if bool(before.get("via_root")) is not bool(new.facets.get("via_root")):
        found.append(f"publish_via_partition_root = {str(bool(new.facets.get('via_root'))).lower()}")
    if before.get(_GENERATED) != new.facets.get(_GENERATED):
        found.append(f"publish_generated_columns = {text(new, _GENERATED) or 'none'}")
    return found


_EVERY = ("insert", "update", "delete", "truncate")


def _alter_options(before: DbObject, after: DbObject, context: Context) -> list[Step]:
    return [Step(f"ALTER PUBLICATION {after.id.identity} SET ({', '.join(_options(before, after))})")]


def _alter_members(before: DbObject, after: DbObject, context: Context) -> list[Step] | None:
    """The smallest of ADD, DROP and SET. A table whose columns or rows change can only be set with all others."""
    if after.facets.get("all_tables") or before.facets.get("all_tables"):
        return None
    old, new = _parted(before), _parted(after)
    head = f"ALTER PUBLICATION {after.id.identity}"
    gone, come = [one for one in old if one not in new], [one for one in new if one not in old]
    if any(one in old and old[one] != new[one] for one in new) and new:
        return [Step(f"{head} SET {_members(after, context)}")]
    steps = []
    if gone:
        steps.append(Step(f"{head} DROP {_joined({one: _bare(one, context) for one in gone})}"))
    if come:
        steps.append(Step(f"{head} ADD {_joined({one: _written(one, new[one], context) for one in come})}"))
    return steps


def _parted(obj: DbObject) -> dict[str, str]:
    """Tables by name, with what is sent of them; schemas as `schema name`."""
    found = {_table(entry): entry for entry in entries(obj, "tables")}
    return {**found, **{f"schema {name}": "" for name in entries(obj, "schemas")}}


def _table(entry: str) -> str:
    match = _MEMBER.fullmatch(entry)
    return match[1] if match else entry


def _bare(member: str, context: Context) -> str:
    return member.removeprefix("schema ") if member.startswith("schema ") else _only(member, context)


def _written(member: str, entry: str, context: Context) -> str:
    match = _MEMBER.fullmatch(entry)
    if member.startswith("schema ") or match is None:
        return _bare(member, context)
    table, columns, where = match[1], match[2] or "", match[3]
    condition = f" WHERE {where if _in_parentheses(where) else f'({where})'}" if where else ""
    return f"{_only(table, context)}{columns}{condition}"


def _in_parentheses(expression: str) -> bool:
    """Whether one pair of parentheses holds all of it."""
    if not expression.startswith("("):
        return False
    depth, quote = 0, ""
    for at, letter in enumerate(expression):
        if quote:
            quote = "" if letter == quote else quote
        elif letter in "'\"":
            quote = letter
        elif letter in "()":
            depth += 1 if letter == "(" else -1
            if depth == 0:
                return at == len(expression) - 1
    return False


def _only(table: str, context: Context) -> str:
    """Naming a table from which others inherit would name these too. Partitions are not named with theirs."""
    inherited = any(
        table in entries(other, "parents") and not other.facets.get("partition_bound")
        for side in (context.before, context.after)
        for other in side.catalog
        if other.id.kind in ("table", "foreign_table")
    )
    return f"ONLY {table}" if inherited else table


def _members(obj: DbObject, context: Context) -> str:
    return _joined({member: _written(member, entry, context) for member, entry in _parted(obj).items()})


def _joined(members: dict[str, str]) -> str:
    """`TABLE a, b, TABLES IN SCHEMA c`."""
    tables = [written for member, written in members.items() if not member.startswith("schema ")]
    schemas = [written for member, written in members.items() if member.startswith("schema ")]
    parts = [f"TABLE {', '.join(tables)}"] if tables else []
    return ", ".join([*parts, *([f"TABLES IN SCHEMA {', '.join(schemas)}"] if schemas else [])])


def _needs(obj: DbObject) -> Iterable[ObjectId]:
    for entry in entries(obj, "tables"):
        yield ObjectId("table", _table(entry))
    for name in entries(obj, "schemas"):
        yield ObjectId("schema", name)


KINDS = (
    Kind(
        "publication",
        "PUBLICATION",
        _create,
        in_place={
            **dict.fromkeys(("tables", "schemas"), _alter_members),
            **dict.fromkeys(("operations", "via_root", _GENERATED), _alter_options),
        },
        needs=_needs,
        names=lambda obj: (f"publication {obj.id.identity}",),
        aside=Effect.RETYPED,
        rank=85,
    ),
)
