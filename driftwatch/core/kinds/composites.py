"""The attributes of composite types."""

from __future__ import annotations

from collections.abc import Mapping

from driftwatch.core.catalog import DbObject, ObjectId
from driftwatch.core.kinds.enums import stored_in
from driftwatch.core.kinds.rules import Alteration, Context, Effect, Hazard, Step, entries, literal
from driftwatch.core.kinds.signatures import leading_name


def attributes(obj: DbObject) -> dict[str, str]:
    """Name to type with collation, in their order, as SQL writes them."""
    return dict(leading_name(entry) for entry in entries(obj, "attributes"))


def alter_attributes(before: DbObject, after: DbObject, context: Context) -> Alteration | None:
    """ALTER TYPE adds at the end and drops anywhere; a type it changes only where no column holds such values."""
    old, new = attributes(before), attributes(after)
    kept = [name for name in old if name in new]
    added = [name for name in new if name not in old]
    if [*kept, *added] != list(new):
        return None
    retyped = [name for name in kept if old[name] != new[name]]
    columns = stored_in(after.id, context.before)
    if retyped and columns:
        return None
    gone = [name for name in old if name not in new]
    tables = [] if retyped else _typed_tables(after.id, context)
    actions = [f"DROP ATTRIBUTE {name}" for name in gone]
    actions += [f"ALTER ATTRIBUTE {name} TYPE {new[name]}" for name in retyped]
    actions += [f"ADD ATTRIBUTE {name} {new[name]}" for name in added]
    if tables:
        actions = [f"{action} CASCADE" for action in actions]
    where = ", ".join(one.identity for one in (*columns, *tables))
    hazards = (Hazard("data destroyed", f"what {where} has in {', '.join(gone)}"),) if gone and where else ()
    lines = f"ALTER TYPE {after.id.identity}" + ("\n  " if len(actions) > 1 else " ") + ",\n  ".join(actions)
    return Alteration((Step(lines, hazards),), Effect.RETYPED if retyped or (gone and not tables) else Effect.NONE)


def _typed_tables(type_: ObjectId, context: Context) -> list[ObjectId]:
    """The tables made OF it: they take part in the change with CASCADE."""
    return sorted(id_ for id_, needs in context.before.dependencies.items() if id_.kind == "table" and type_ in needs)


def follow(old: DbObject, new: DbObject, cause: ObjectId, context: Context) -> Alteration | None:
    """A composite type with attributes of a type that is made again: they are moved to the new one."""
    if old.facets.get("type") != "composite" or cause.kind not in ("type", "domain"):
        return None
    before, after = attributes(old), attributes(new)
    if list(before) != list(after) or stored_in(new.id, context.before):
        return None
    moved = [name for name in after if after[name] != before[name] or _is_of(after[name], cause)]
    steps = tuple(Step(f"ALTER TYPE {new.id.identity} ALTER ATTRIBUTE {name} TYPE {after[name]}") for name in moved)
    return Alteration(steps, Effect.RETYPED) if steps else None


def by_name(column: str, type_: str, context: Context) -> tuple[str, tuple[Hazard, ...]] | None:
    """How values get from a composite type to its successor whose attributes have other places, as text they can't.

    column: the expression that has them. None where text will do.
    """
    top = ObjectId("type", type_.removesuffix("[]"))
    moved = [id_ for id_ in (top, *_parts_of(top, context)) if _has_other_places(id_, context)]
    if not moved:
        return None
    old, new = context.before.get(top), context.after.get(top)
    if moved != [top] or type_ != top.identity or old is None or new is None:
        names = ", ".join(id_.identity for id_ in moved)
        return "", (Hazard("data destroyed", f"{column}: the attributes of {names} have other places"),)
    before, after = attributes(old), attributes(new)
    values = (_value(column, name, after[name]) if name in before else "NULL" for name in after)
    gone = [name for name in before if name not in after]
    hazards = (Hazard("data destroyed", f"{', '.join(gone)} in {column}"),) if gone else ()
    return f"CASE WHEN {column} IS DISTINCT FROM NULL THEN ROW({', '.join(values)})::{type_} END", hazards


def _value(column: str, attribute: str, written: str) -> str:
    """An attribute that has a type of the user's own, which may be made again too, goes by its text."""
    type_ = written.partition(" collate ")[0]
    own = f"::text{'[]' if type_.endswith('[]') else ''}::{type_}" if "." in type_ else ""
    return f"({column}).{attribute}{own}"


def _parts_of(type_: ObjectId, context: Context) -> list[ObjectId]:
    """The types that a type's values hold values of."""
    found: list[ObjectId] = []
    waiting = [type_]
    while waiting:
        for need in sorted(context.before.dependencies.get(waiting.pop(), ())):
            if need.kind in ("type", "domain") and need != type_ and need not in found:
                found.append(need)
                waiting.append(need)
    return found


def _has_other_places(type_: ObjectId, context: Context) -> bool:
    old, new = context.before.get(type_), context.after.get(type_)
    return old is not None and new is not None and list(attributes(old)) != list(attributes(new))


def _is_of(written: str, type_: ObjectId) -> bool:
    """Whether an attribute's type is this one, or an array of it."""
    return written.partition(" collate ")[0].removesuffix("[]") == type_.identity


def attribute_comments(obj: DbObject) -> dict[str, str]:
    found = (leading_name(entry) for entry in entries(obj, "attribute_comments"))
    return {name: comment.removeprefix(": ") for name, comment in found}


def comment_attributes(old: Mapping[str, str], new: Mapping[str, str], obj: DbObject) -> list[Step]:
    present = attributes(obj)
    steps = []
    for name in present:
        if old.get(name) != new.get(name):
            value = literal(new[name]) if name in new else "NULL"
            steps.append(Step(f"COMMENT ON COLUMN {obj.id.identity}.{name} IS {value}"))
    return steps
