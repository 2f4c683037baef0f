"""The labels of enums: added in place; others only through a new type, which the columns are moved to."""

from __future__ import annotations

from collections.abc import Iterator

from driftwatch.core.catalog import DbObject, ObjectId
from driftwatch.core.kinds.rules import Context, Schema, Step, changed_facets, entries, literal


def alter_labels(before: DbObject, after: DbObject, context: Context) -> list[Step] | None:
    """ADD VALUE where only new ones came; RENAME VALUE where no row can hold the old one."""
    old, new = entries(before, "labels"), entries(after, "labels")
    target = f"ALTER TYPE {after.id.identity}"
    if tuple(label for label in new if label in set(old)) == old:
        added = list(_added(old, new))
        alone = any(_is_used(label, after.id, context) for label, _ in added)
        return [Step(f"{target} ADD VALUE {literal(label)}{place}", alone=alone) for label, place in added]
    renamed = [(one, other) for one, other in zip(old, new, strict=False) if one != other]
    fresh = all(one not in new and other not in old for one, other in renamed)
    if len(old) == len(new) and fresh and not stored_in(after.id, context.before):
        return [Step(f"{target} RENAME VALUE {literal(one)} TO {literal(other)}") for one, other in renamed]
    return None


def _added(old: tuple[str, ...], new: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """New labels in an order in which each stands after its predecessor, with where it goes."""
    present = set(old)
    last_old = max((at for at, label in enumerate(new) if label in present), default=-1)
    for at, label in enumerate(new):
        if label in present:
            continue
        if at > last_old:
            yield label, ""
        elif at:
            yield label, f" AFTER {literal(new[at - 1])}"
        else:
            yield label, f" BEFORE {literal(next(one for one in new if one in present))}"


def _is_used(label: str, type_: ObjectId, context: Context) -> bool:
    """Whether the plan goes on to use the label: Postgres refuses that in the transaction that added it."""
    quoted = literal(label)
    for id_, needs in context.after.dependencies.items():
        obj = context.after.get(id_)
        if type_ not in needs or obj is None:
            continue
        old = context.before.get(id_)
        facets = obj.facets if old is None else changed_facets(old, obj)
        if any(quoted in str(obj.facets.get(facet)) for facet in facets):
            return True
    return False


def stored_in(type_: ObjectId, schema: Schema) -> tuple[ObjectId, ...]:
    """The columns that hold values of a type: directly, or in arrays, domains, ranges and composite types."""
    users: dict[ObjectId, list[ObjectId]] = {}
    for id_, needs in schema.dependencies.items():
        if id_.kind in ("column", "type", "domain", "materialized_view"):
            for need in needs:
                users.setdefault(need, []).append(id_)
    found, waiting, seen = [], [type_], {type_}
    while waiting:
        for user in users.get(waiting.pop(), ()):
            if user in seen:
                continue
            seen.add(user)
            if user.kind in ("type", "domain"):
                waiting.append(user)
            else:
                found.append(user)
    return tuple(sorted(found))
