"""Defaults of columns: objects of their own, since they need what their column does not."""

from __future__ import annotations

import re

from driftwatch.core.catalog import DbObject, ObjectId
from driftwatch.core.kinds.column_types import has_children
from driftwatch.core.kinds.expressions import readable_again
from driftwatch.core.kinds.inheritance import comes_with_parent, family, origins
from driftwatch.core.kinds.rules import Alteration, Context, Effect, Kind, Step, table_of, text

_NAMED_CAST = re.compile(r'::("(?:[^"]|"")*"|\w+)\.')


def _statement(obj: DbObject, action: str, context: Context) -> Step:
    table = text(obj, "table")
    noun = {"foreign_table": "FOREIGN TABLE", "view": "VIEW"}.get(text(obj, "table_kind"), "TABLE")
    only = "ONLY " if has_children(table, context) else ""
    name = obj.id.identity[len(table) + 1 :]
    return Step(f"ALTER {noun} {only}{table} ALTER COLUMN {name} {action}")


def _create(obj: DbObject, context: Context) -> list[Step]:
    return [_statement(obj, f"SET DEFAULT {readable_again(text(obj, 'expression'))}", context)]


def _extras(obj: DbObject, context: Context) -> list[Step]:
    """A column that its parent's statement makes has its parent's default."""
    if obj.id not in context.inlined or not _in_parents_text(obj, context) or _same_as_parents(obj, context):
        return []
    return _create(obj, context)


def _in_parents_text(obj: DbObject, context: Context) -> bool:
    column = context.after.get(ObjectId("column", obj.id.identity))
    if column is None or obj.facets.get("local") is True:
        return False
    made = ObjectId(text(obj, "table_kind") or "table", text(obj, "table")) in context.created
    return (
        text(obj, "table") not in family(context.after).partitions
        if made
        else comes_with_parent(column, context) is not None
    )


def _same_as_parents(obj: DbObject, context: Context) -> bool:
    for id_ in origins(obj, context.after):
        theirs = context.after.get(id_)
        if theirs is not None and (id_ in context.inlined or id_ not in context.created):
            return text(theirs, "expression") == text(obj, "expression")
    return False


def _alter(before: DbObject, after: DbObject, context: Context) -> list[Step]:
    return [_statement(after, f"SET DEFAULT {readable_again(text(after, 'expression'))}", context)]


def _drop(obj: DbObject, context: Context) -> list[Step]:
    return [_statement(obj, "DROP DEFAULT", context)]


def _follow(old: DbObject, new: DbObject, cause: ObjectId, context: Context) -> Alteration | None:
    """A default that Postgres can bring to its column's new type by itself stays."""
    if cause.kind != "column":
        return None
    same = text(old, "expression") == text(new, "expression") and not _NAMED_CAST.search(text(old, "expression"))
    return Alteration(()) if same else None


def _parent(obj: DbObject) -> ObjectId:
    if text(obj, "table_kind") in ("view", "materialized_view"):
        return table_of(obj)
    return ObjectId("column", obj.id.identity)


KINDS = (
    Kind(
        "default",
        "COLUMN",
        _create,
        in_place={"expression": _alter},
        drop=_drop,
        extras=_extras,
        parent=_parent,
        inline=frozenset({"column", "table", "foreign_table"}),
        ignored=frozenset({"local"}),
        aside=Effect.RETYPED,
        follow=_follow,
        follows=Effect.RETYPED,
        has_owner=False,
        has_comment=False,
        rank=45,
    ),
)
