"""NOT NULL of columns; from Postgres 18 on it is a constraint with a name of its own."""

from __future__ import annotations

from driftwatch.core.acl import quote
from driftwatch.core.catalog import DbObject, ObjectId
from driftwatch.core.kinds import online
from driftwatch.core.kinds.column_types import alter_column, column_name
from driftwatch.core.kinds.inheritance import changes_with_parent, family
from driftwatch.core.kinds.rules import Context, Hazard, Step, literal, text
from driftwatch.core.names import split, unquoted

_SHAPE = ("not_null_name", "not_null_no_inherit")


def not_null_clause(obj: DbObject) -> str:
    """As CREATE TABLE has it, "" for what may be null."""
    if obj.facets.get("not_null") is not True:
        return ""
    named = f"CONSTRAINT {quote(text(obj, 'not_null_name'))} " if obj.facets.get("not_null_name") is not None else ""
    return f"{named}NOT NULL" + (" NO INHERIT" if obj.facets.get("not_null_no_inherit") is True else "")


def alter_not_null(before: DbObject, after: DbObject, context: Context) -> list[Step]:
    steps = _state(before, after, context)
    if before.facets.get("not_null_comment") != after.facets.get("not_null_comment"):
        comment = after.facets.get("not_null_comment")
        value = "NULL" if comment is None else literal(str(comment))
        if after.facets.get("not_null") is True:
            steps.append(Step(f"COMMENT ON CONSTRAINT {_name(after)} ON {text(after, 'table')} IS {value}"))
    return steps


def _state(before: DbObject, after: DbObject, context: Context) -> list[Step]:
    if changes_with_parent(after, ("not_null",), context):
        return []
    had, has = before.facets.get("not_null") is True, after.facets.get("not_null") is True
    if had and not has:
        return [Step(alter_column(after, "DROP NOT NULL", context, only=_children_differ(after, context)))]
    if had and any(before.facets.get(facet) != after.facets.get(facet) for facet in _SHAPE):
        return [Step(alter_column(after, "DROP NOT NULL", context)), _add(after, context)]
    if had and before.facets.get("not_null_unvalidated") is True:
        return [_validate(after)]
    if any(after.facets.get(facet) is not None for facet in (*_SHAPE, "not_null_unvalidated")):
        return [_add(after, context)]
    if (
        has
        and not had
        and text(after, "table_kind") != "foreign_table"
        and context.online
        and context.version >= 180000
    ):
        unchecked = Step(
            f"ALTER TABLE {text(after, 'table')} ADD CONSTRAINT {_name(after)} NOT NULL {column_name(after)} NOT VALID"
        )
        return [unchecked, _validate(after)]
    if has and not had:
        only = _children_differ(after, context)
        if online.applies(after, context) and not only:
            return online.not_null(after, context)
        return [Step(alter_column(after, "SET NOT NULL", context, only=only), _hazards(after))]
    return []


def _hazards(obj: DbObject) -> tuple[Hazard, ...]:
    if text(obj, "table_kind") == "foreign_table":
        return ()
    table = text(obj, "table")
    return (
        Hazard("may fail", f"rows of {table} whose {column_name(obj)} is null"),
        Hazard("long scan", f"{table}, while nobody can read or write it"),
    )


def _add(obj: DbObject, context: Context) -> Step:
    no_inherit = " NO INHERIT" if obj.facets.get("not_null_no_inherit") is True else ""
    not_valid = " NOT VALID" if obj.facets.get("not_null_unvalidated") is True else ""
    head = f"ALTER TABLE {text(obj, 'table')} ADD CONSTRAINT {_name(obj)}"
    sql = f"{head} NOT NULL {column_name(obj)}{no_inherit}{not_valid}"
    return Step(sql, () if not_valid else _hazards(obj))


def _validate(obj: DbObject) -> Step:
    table = text(obj, "table")
    return Step(f"ALTER TABLE {table} VALIDATE CONSTRAINT {_name(obj)}", (_hazards(obj)[0],))


def _name(obj: DbObject) -> str:
    if obj.facets.get("not_null_name") is not None:
        return quote(text(obj, "not_null_name"))
    return quote(f"{unquoted(split(text(obj, 'table'))[-1])}_{unquoted(column_name(obj))}_not_null")


def _children_differ(obj: DbObject, context: Context) -> bool:
    """Whether a child's column stays as it is. Partitions never do: Postgres does not let them."""
    side = family(context.after)
    for child in side.children.get(text(obj, "table"), ()):
        if child in side.partitions:
            return False
        theirs = context.after.get(ObjectId("column", child + obj.id.identity[len(text(obj, "table")) :]))
        if theirs is not None and theirs.facets.get("not_null") != obj.facets.get("not_null"):
            return True
    return False
