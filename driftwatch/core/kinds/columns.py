"""Columns of tables and foreign tables, and those of views that carry more than the query gives."""

from __future__ import annotations

import re
from collections.abc import Iterator

from driftwatch.core.catalog import DbObject, ObjectId
from driftwatch.core.kinds.attached import altered
from driftwatch.core.kinds.column_types import alter_column, column_name, follow, retype, storage
from driftwatch.core.kinds.expressions import readable_again
from driftwatch.core.kinds.inheritance import (
    changes_with_parent,
    comes_with_parent,
    family,
    goes_with_parent,
    kept_by_children,
    origins,
)
from driftwatch.core.kinds.not_null import alter_not_null, not_null_clause
from driftwatch.core.kinds.options import options, options_changed, parameters_changed
from driftwatch.core.kinds.rules import Context, Effect, Hazard, Kind, Step, entries, never, table_of, text, written
from driftwatch.core.kinds.sequences import identities, identity_clause

_STABLE = re.compile(
    r"^(now|CURRENT_\w+|LOCALTIME\w*|transaction_timestamp|statement_timestamp|current_setting|timezone)\b"
)


def column_text(obj: DbObject, context: Context) -> str:
    """A column as CREATE TABLE and ADD COLUMN have it, with its default where that is held by the same statement."""
    parts = [column_name(obj), text(obj, "type")]
    if obj.facets.get("storage") is not None and context.version >= 160000 and _is_plain(obj):
        parts.append(f"STORAGE {text(obj, 'storage').upper()}")
    if obj.facets.get("compression") is not None:
        parts.append(f"COMPRESSION {text(obj, 'compression')}")
    if obj.facets.get("foreign_options") is not None:
        parts.append(options(entries(obj, "foreign_options")).strip())
    if obj.facets.get("collation") is not None:
        parts.append(f"COLLATE {text(obj, 'collation')}")
    default = context.after.get(ObjectId("default", obj.id.identity))
    if default is not None and default.id in context.inlined:
        parts.append(f"DEFAULT {readable_again(text(default, 'expression'))}")
    if obj.facets.get("generated") is not None:
        how = text(obj, "generated").upper()
        parts.append(f"GENERATED ALWAYS AS ({readable_again(text(obj, 'expression'))}) {how}")
    identity = identities(context.after).get(obj.id.identity)
    if identity is not None:
        parts.append(identity_clause(identity, obj))
    clause = not_null_clause(obj)
    if clause and (identity is None or clause != "NOT NULL"):
        parts.append(clause)
    return " ".join(parts)


def _is_plain(obj: DbObject) -> bool:
    return text(obj, "table_kind") != "foreign_table"


def _create(obj: DbObject, context: Context) -> list[Step]:
    if _of_type(obj, context):
        return []
    table = text(obj, "table")
    noun = "TABLE" if _is_plain(obj) else "FOREIGN TABLE"
    sql = f"ALTER {noun} {table} ADD COLUMN {column_text(obj, context)}"
    return [Step(sql, tuple(_hazards(obj, context)))]


def _hazards(obj: DbObject, context: Context) -> list[Hazard]:
    table = text(obj, "table")
    default = context.after.get(ObjectId("default", obj.id.identity))
    computed = obj.facets.get("generated") == "stored" or obj.id.identity in identities(context.after)
    filled = (
        computed or obj.facets.get("generated") is not None or (default is not None and default.id in context.inlined)
    )
    if not _is_plain(obj):
        return []
    found = []
    if obj.facets.get("not_null") is True and not filled:
        found.append(Hazard("may fail", f"rows of {table}, which have no value for {column_name(obj)}"))
    volatile = default is not None and "(" in text(default, "expression")
    if computed or (volatile and default is not None and not _STABLE.match(text(default, "expression"))):
        found.append(Hazard("table rewritten", f"{table}, because every row gets a {column_name(obj)} of its own"))
    return found


def _drop(obj: DbObject, context: Context) -> list[Step]:
    if _of_type(obj, context):
        return []
    table, name = text(obj, "table"), column_name(obj)
    noun = "TABLE" if _is_plain(obj) else "FOREIGN TABLE"
    hazards = (Hazard("data destroyed", f"the values of {table}.{name}"),) if _has_data(obj) else ()
    only = "ONLY " if kept_by_children(obj.id, text(obj, "table"), context) else ""
    return [Step(f"ALTER {noun} {only}{table} DROP COLUMN {name}", hazards)]


def _of_type(obj: DbObject, context: Context) -> bool:
    """Whether the table is made OF a type, which brings its columns."""
    typed = ObjectId("of_type", text(obj, "table"))
    stays = context.before.get(typed) is not None and context.after.get(typed) is not None
    return stays and typed not in context.dropped


def _has_data(obj: DbObject) -> bool:
    return obj.facets.get("generated") is None and _is_plain(obj)


def _generated(before: DbObject, after: DbObject, context: Context) -> list[Step] | None:
    """DROP EXPRESSION keeps the values; a new expression computes them again, in place from 17 on."""
    if changes_with_parent(after, ("generated", "expression"), context):
        return []
    old, new = before.facets.get("generated"), after.facets.get("generated")
    if old == "stored" and new is None:
        return [Step(alter_column(after, "DROP EXPRESSION", context))]
    if old == new and context.version >= 170000 and before.facets.get("type") == after.facets.get("type"):
        rewritten = (Hazard("table rewritten", f"{text(after, 'table')}, because of {column_name(after)}"),)
        action = f"SET EXPRESSION AS ({readable_again(text(after, 'expression'))})"
        return [Step(alter_column(after, action, context), rewritten if new == "stored" else ())]
    return None


def _identity(before: DbObject, after: DbObject, context: Context) -> list[Step]:
    """What becomes an identity column, or is one no more, is told by its sequence."""
    if before.facets.get("identity_column") is None or after.facets.get("identity_column") is None:
        return []
    sides = identities(context.before), identities(context.after)
    if any(after.id.identity not in side for side in sides):
        return []  # it has its identity from the partitioned table
    one, other = (side[after.id.identity].id for side in sides)
    if one != other:
        return []
    how = "ALWAYS" if after.facets["identity_column"] == "always" else "BY DEFAULT"
    return [Step(alter_column(after, f"SET GENERATED {how}", context))]


def _statistics(before: DbObject, after: DbObject, context: Context) -> list[Step]:
    target = after.facets.get("statistics")
    return [Step(alter_column(after, f"SET STATISTICS {-1 if target is None else target}", context, only=True))]


def _options(before: DbObject, after: DbObject, context: Context) -> list[Step]:
    gone, changed = parameters_changed(written(before, "options"), written(after, "options"))
    actions = [f"RESET ({', '.join(gone)})"] if gone else []
    actions += [f"SET ({', '.join(changed)})"] if changed else []
    return [Step(alter_column(after, action, context, only=True)) for action in actions]


def _foreign_options(before: DbObject, after: DbObject, context: Context) -> list[Step]:
    found = options_changed(entries(before, "foreign_options"), entries(after, "foreign_options"))
    return [Step(alter_column(after, found, context))] if found else []


def _extras(obj: DbObject, context: Context) -> list[Step]:
    """What CREATE TABLE and ADD COLUMN can't say."""
    nothing = DbObject(obj.id, obj.schema, {name: obj.facets[name] for name in ("table", "type")})
    steps = []
    said = context.version >= 160000 and _is_plain(obj) and not _inherits_text(obj, context)
    if obj.facets.get("storage") is not None and not said:
        action = f"SET STORAGE {text(obj, 'storage').upper()}"
        steps.append(Step(alter_column(obj, action, context, only=True)))
    if obj.facets.get("compression") is not None and (obj.id.kind == "view_column" or _inherits_text(obj, context)):
        steps.append(Step(alter_column(obj, f"SET COMPRESSION {text(obj, 'compression')}", context, only=True)))
    if obj.facets.get("statistics") is not None:
        steps += _statistics(nothing, obj, context)
    if obj.facets.get("options") is not None:
        steps += _options(nothing, obj, context)
    if table_of(obj) not in context.created and comes_with_parent(obj, context) is not None:
        steps += unlike_parents(obj, context)
    return steps


def unlike_parents(obj: DbObject, context: Context) -> Iterator[Step]:
    """What a column made by INHERITS, or with its parent's, has from there and should not have, or the other way."""
    theirs = [one for id_ in origins(obj, context.after) if (one := context.after.get(id_)) is not None]
    if not theirs:
        return
    action = f"ALTER TABLE ONLY {text(obj, 'table')} ALTER COLUMN {column_name(obj)}"
    if any(_has_default(one, context) for one in theirs) and not _has_default(obj, context):
        yield Step(f"{action} DROP DEFAULT")
    needed, inherited = (any(one.facets.get("not_null") is True for one in some) for some in ((obj,), theirs))
    if needed and not inherited and obj.facets.get("local") is not True:
        yield Step(f"{action} SET NOT NULL", _may_be_null(obj, context))
    if inherited and not needed:
        yield Step(f"{action} DROP NOT NULL")


def _may_be_null(obj: DbObject, context: Context) -> tuple[Hazard, ...]:
    if table_of(obj) in context.created:
        return ()
    table = text(obj, "table")
    return (Hazard("may fail", f"rows of {table}, which have no value for {column_name(obj)}"),)


def _has_default(column: DbObject, context: Context) -> bool:
    return context.after.get(ObjectId("default", column.id.identity)) is not None


def _inherits_text(obj: DbObject, context: Context) -> bool:
    """Whether the column's text is in its parent's statement."""
    side = family(context.after)
    return obj.facets.get("local") is not True and text(obj, "table") not in side.partitions


def _plain_again(obj: DbObject, context: Context) -> list[Step]:
    """A view's column that carries no more than the query gives."""
    kept = ("table", "table_kind", "type", "collation")
    nothing = DbObject(obj.id, obj.schema, {name: obj.facets[name] for name in kept if name in obj.facets})
    steps = _view_facets(obj, nothing, context)
    return [*steps, *altered(_VIEW_COLUMN, obj, nothing, context)]


def _view_facets(before: DbObject, after: DbObject, context: Context) -> list[Step]:
    steps = (
        _statistics(before, after, context) if before.facets.get("statistics") != after.facets.get("statistics") else []
    )
    steps += _options(before, after, context)
    if text(after, "table_kind") == "materialized_view" and "type" in after.facets:
        steps += storage(before, after, context)
    return steps


_VIEW_COLUMN = Kind(
    "view_column",
    "COLUMN",
    never,
    in_place=dict.fromkeys(("statistics", "options", "storage", "compression"), _view_facets),
    drop=_plain_again,
    parent=table_of,
    inside=True,
    extras=_extras,
    ignored=frozenset({"type", "not_null", "collation", "local", "inherited"}),
    privileges="COLUMN",
    has_owner=False,
    rank=62,
)

KINDS = (
    Kind(
        "column",
        "COLUMN",
        _create,
        in_place={
            **dict.fromkeys(("type", "collation"), retype),
            **dict.fromkeys(("storage", "compression"), storage),
            **dict.fromkeys(("generated", "expression"), _generated),
            **dict.fromkeys(
                ("not_null", "not_null_name", "not_null_unvalidated", "not_null_no_inherit", "not_null_comment"),
                alter_not_null,
            ),
            "identity_column": _identity,
            "statistics": _statistics,
            "options": _options,
            "foreign_options": _foreign_options,
        },
        drop=_drop,
        parent=table_of,
        inside=True,
        made_by=comes_with_parent,
        dropped_by=goes_with_parent,
        extras=_extras,
        aside=lambda obj: Effect.RETYPED if obj.facets.get("generated") is not None else Effect.REPLACED,
        follow=follow,
        ignored=frozenset({"local", "inherited"}),
        data=_has_data,
        privileges="COLUMN",
        has_owner=False,
        rank=42,
    ),
    _VIEW_COLUMN,
)
