"""A column given another type, collation, storage or compression."""

from __future__ import annotations

import re
from dataclasses import replace

from driftwatch.core.catalog import DbObject, ObjectId
from driftwatch.core.kinds.casts import rewrites, swapped, using, usual_storage
from driftwatch.core.kinds.composites import by_name
from driftwatch.core.kinds.inheritance import changes_with_parent, is_inherited
from driftwatch.core.kinds.losses import loses, may_fail
from driftwatch.core.kinds.rules import Alteration, Context, Effect, Hazard, Step, text

_NOUNS = {"foreign_table": "FOREIGN TABLE", "view": "VIEW", "materialized_view": "MATERIALIZED VIEW"}
_RETYPES = ("type", "collation")
_BY_TEXT = re.compile(r"::text(\[\])?::")


def column_name(obj: DbObject) -> str:
    """The column's own name, as SQL writes it."""
    return obj.id.identity[len(text(obj, "table")) + 1 :]


def alter_column(obj: DbObject, action: str, context: Context, *, only: bool = False) -> str:
    """`ALTER TABLE orders ALTER COLUMN total …`. only: where the children have a word of their own."""
    noun = _NOUNS.get(text(obj, "table_kind"), "TABLE")
    just = "ONLY " if only and has_children(text(obj, "table"), context) else ""
    return f"ALTER {noun} {just}{text(obj, 'table')} ALTER COLUMN {column_name(obj)} {action}"


def has_children(table: str, context: Context) -> bool:
    from driftwatch.core.kinds.inheritance import family

    return bool(family(context.before).children.get(table) or family(context.after).children.get(table))


def retyped(before: DbObject, after: DbObject) -> bool:
    return any(before.facets.get(facet) != after.facets.get(facet) for facet in _RETYPES)


def retype(before: DbObject, after: DbObject, context: Context) -> Alteration | None:
    """ALTER COLUMN … TYPE; a generated column is made anew instead, its values are computed again."""
    if before.facets.get("generated") is not None or after.facets.get("generated") is not None:
        return None
    if changes_with_parent(after, _RETYPES, context):
        return Alteration((), Effect.RETYPED)
    old, new = text(before, "type"), text(after, "type")
    expression = value_of(before, after, context)
    return Alteration(_steps(after, old, new, expression, context), Effect.RETYPED)


def value_of(before: DbObject, after: DbObject, context: Context) -> str:
    """The expression that brings a column's values to its new type, "" where assignment does it."""
    name, old, new = column_name(after), text(before, "type"), text(after, "type")
    types = {need for need in context.before.dependencies.get(before.id, ()) if need.kind in ("type", "domain")}
    if types & context.dropped & context.created:  # what has the type's name by then is another one
        if old == new:
            return swapped(name, new)
        array = "[]" if old.endswith("[]") else ""
        name, old = f"{name}::text{array}", f"text{array}"
        return using(name, old, new, context.after) or name
    return using(name, old, new, context.after)


def follow(old: DbObject, new: DbObject, cause: ObjectId, context: Context) -> Alteration | None:
    """A column whose type is made again under the same name is moved to the new one."""
    if cause.kind not in ("type", "domain", "collation") or new.facets.get("generated") is not None:
        return None
    if retyped(old, new) or changes_with_parent(new, _RETYPES, context) or is_inherited(old, new, context):
        return Alteration((), Effect.RETYPED)
    type_ = text(new, "type")
    if not _names(type_, text(new, "collation"), cause):
        return None
    expression, hazards = ("", ()) if cause.kind == "collation" else _to_successor(new, context)
    first, *rest = _steps(new, "", type_, expression, context)
    return Alteration((replace(first, hazards=(*hazards, *first.hazards)), *rest), Effect.RETYPED)


def _to_successor(column: DbObject, context: Context) -> tuple[str, tuple[Hazard, ...]]:
    """How values get to the type that was made again under its name, and what they lose."""
    name, type_ = column_name(column), text(column, "type")
    expression, hazards = by_name(name, type_, context) or ("", ())
    return expression or swapped(name, type_), (*hazards, *lost(column, type_, type_, context, cast=True))


def moved_value(old: DbObject, new: DbObject, context: Context) -> tuple[str, tuple[Hazard, ...]]:
    """The expression that brings a column's values to where its table is built anew, and what they lose.

    "" where assignment does it.
    """
    one, other = text(old, "type"), text(new, "type")
    expression = value_of(old, new, context)
    if one == other and expression:
        return _to_successor(new, context)
    return expression, tuple(lost(new, one, other, context))


def _names(type_: str, collation: str, cause: ObjectId) -> bool:
    own = type_.removesuffix("[]").partition("(")[0] if cause.kind != "collation" else collation
    return own == cause.identity or cause.kind != "collation"


def _steps(after: DbObject, old: str, new: str, expression: str, context: Context) -> tuple[Step, ...]:
    """The change of type, and what it takes away besides: storage and compression."""
    table, name = text(after, "table"), column_name(after)
    action = f"TYPE {new}"
    if after.facets.get("collation") is not None:
        action += f" COLLATE {text(after, 'collation')}"
    hazards = []
    if text(after, "table_kind") != "foreign_table":
        action += f" USING {expression}" if expression else ""
        if not old or rewrites(old, new, context.after):
            hazards.append(Hazard("table rewritten", f"{table}, because of {name}"))
        if not old or _BY_TEXT.search(expression) or may_fail(old, new, context.before, context.after):
            hazards.append(Hazard("may fail", f"values of {table}.{name} that are no {new}"))
        hazards += lost(after, old, new, context)
    steps = [Step(alter_column(after, action, context), tuple(hazards))]
    if after.facets.get("storage") is not None:
        steps.append(Step(alter_column(after, f"SET STORAGE {text(after, 'storage').upper()}", context, only=True)))
    if after.facets.get("compression") is not None:
        steps.append(Step(alter_column(after, f"SET COMPRESSION {text(after, 'compression')}", context, only=True)))
    return tuple(steps)


def lost(after: DbObject, old: str, new: str, context: Context, *, cast: bool = False) -> list[Hazard]:
    """What the values of a column lose by its change of type. The type may be another one under the same name."""
    words = loses(old, new, context.before, context.after, cast=cast) if old else ""
    change = f" from {old} to {new}" if old != new else ""
    return [Hazard("data destroyed", f"values of {after.id.identity}{change}: {words}")] if words else []


def storage(before: DbObject, after: DbObject, context: Context) -> list[Step]:
    """SET STORAGE and SET COMPRESSION, unless the change of type has done it."""
    if retyped(before, after):
        return []
    steps = []
    if before.facets.get("storage") != after.facets.get("storage"):
        usual = "DEFAULT" if context.version >= 160000 else usual_storage(text(after, "type"), context.after)
        wanted = text(after, "storage").upper() or usual
        steps.append(Step(alter_column(after, f"SET STORAGE {wanted}", context, only=True)))
    if before.facets.get("compression") != after.facets.get("compression"):
        wanted = text(after, "compression") or "default"
        steps.append(Step(alter_column(after, f"SET COMPRESSION {wanted}", context, only=True)))
    return steps
