"""Owner, grants, comment and extension dependence: the same statements for every kind that has them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from driftwatch.core.acl import quote
from driftwatch.core.catalog import DbObject, ObjectId
from driftwatch.core.kinds.privileges import Grants, Rights, every, moved, named_roles, of_new, rights, statements
from driftwatch.core.kinds.rules import Context, Hazard, Kind, Step, entries, literal, text

_NAME = re.compile(r'"(?:[^"]|"")*"|\S+')


def after_create(kind: Kind, obj: DbObject, context: Context) -> list[Step]:
    """What makes a new object of `context.creator` as it should be: owner, grants, comment."""
    steps = []
    owner = text(obj, "owner")
    if kind.has_owner and not kind.owner_in_create and owner and owner != quote(context.creator):
        steps.append(_owner_step(kind, obj, context))
    if kind.privileges:
        steps += _acl_steps(kind, obj, of_new(kind, obj, context), rights(obj), owner, context)
    if obj.facets.get("comment") is not None:
        steps.append(_comment(kind, obj, context))
    return [*steps, *_extensions(kind, obj, (), entries(obj, "depends_on_extensions"))]


def altered(kind: Kind, before: DbObject, after: DbObject, context: Context) -> list[Step]:
    """What brings the attached facets of an object that stays from one to the other."""
    steps = []
    old_owner, owner = text(before, "owner"), text(after, "owner")
    if kind.has_owner and owner and old_owner != owner:
        steps.append(_owner_step(kind, after, context))
    if kind.privileges:
        present = moved(rights(before), old_owner, owner, every(kind.privileges, context.version))
        steps += _acl_steps(kind, after, present, rights(after), owner, context)
        steps += _columns_again(kind, after, present, context)
    if before.facets.get("comment") != after.facets.get("comment"):
        steps.append(_comment(kind, after, context))
    old = entries(before, "depends_on_extensions")
    return [*steps, *_extensions(kind, after, old, entries(after, "depends_on_extensions"))]


def needed_roles(obj: DbObject) -> frozenset[ObjectId]:
    """The roles that the statements name."""
    return _roles(text(obj, "owner"), entries(obj, "acl"), entries(obj, "acl_grantors"))


@lru_cache(maxsize=4096)
def _roles(owner: str, acl: tuple[str, ...], grantors: tuple[str, ...]) -> frozenset[ObjectId]:
    return frozenset(ObjectId("role", name) for name in {owner, *named_roles(acl, grantors)} - {""})


def _acl_steps(kind: Kind, obj: DbObject, present: Rights, wanted: Rights, owner: str, context: Context) -> list[Step]:
    if kind.privileges == "COLUMN":
        table = text(obj, "table")
        columns = f" ({obj.id.identity.removeprefix(f'{table}.')})"
        found = statements(f"TABLE {table}", "TABLE", present, wanted, owner, context.version, columns)
    else:
        name = kind.reference_in(obj, context) if kind.reference_in is not None else obj.id.identity
        on = f"{kind.privileges} {name}"
        found = statements(on, kind.privileges, present, wanted, owner, context.version)
    return [Step(statement) for statement in found]


def _columns_again(kind: Kind, table: DbObject, present: Rights, context: Context) -> Iterator[Step]:
    """REVOKE on a table takes the same privileges on its columns too; what these had and keep is granted again."""
    had, has = present.get("", {}), rights(table).get("", {})
    if kind.privileges != "TABLE" or not any(
        _after_revoke(names, had, has, one) != names for one, names in had.items()
    ):
        return
    for column in column_names(table):
        id_ = ObjectId("column", f"{table.id.identity}.{column}")
        before, after = context.before.get(id_), context.after.get(id_)
        if before is None or after is None:
            continue
        keeps = rights(after).get("", {})
        kept = {
            grantee: {name: may for name, may in names.items() if name in keeps.get(grantee, {})}
            for grantee, names in rights(before).get("", {}).items()
        }
        taken = {grantee: _after_revoke(names, had, has, grantee) for grantee, names in kept.items()}
        on, version = f"TABLE {table.id.identity}", context.version
        for statement in statements(on, "TABLE", {"": taken}, {"": kept}, "", version, f" ({column})"):
            yield Step(statement)


def _after_revoke(names: dict[str, bool], had: Grants, has: Grants, grantee: str) -> dict[str, bool]:
    """What is left of privileges on a column when the table's went from `had` to `has`."""
    old, new = had.get(grantee, {}), has.get(grantee, {})
    gone = {name for name in old if name not in new}
    plain = {name for name in old if old[name] and not new.get(name, False)}
    return {name: may and name not in plain for name, may in names.items() if name not in gone}


def column_names(table: DbObject) -> tuple[str, ...]:
    """The columns of whatever has columns, as SQL writes them."""
    if "column_order" in table.facets:
        return entries(table, "column_order")
    return tuple(match[0] for entry in entries(table, "columns") if (match := _NAME.match(entry)))


def _called(kind: Kind, obj: DbObject, context: Context) -> str:
    return kind.reference_in(obj, context) if kind.reference_in is not None else kind.reference(obj)


def _owner_step(kind: Kind, obj: DbObject, context: Context) -> Step:
    return Step(f"ALTER {kind.noun} {_called(kind, obj, context)} OWNER TO {text(obj, 'owner')}")


def _comment(kind: Kind, obj: DbObject, context: Context) -> Step:
    comment = obj.facets.get("comment")
    value = "NULL" if comment is None else literal(str(comment))
    return Step(f"COMMENT ON {kind.noun} {_called(kind, obj, context)} IS {value}")


def _extensions(kind: Kind, obj: DbObject, old: tuple[str, ...], new: tuple[str, ...]) -> list[Step]:
    target = f"ALTER {kind.noun} {kind.reference(obj)}"
    dropped = [Step(f"{target} NO DEPENDS ON EXTENSION {name}") for name in old if name not in new]
    return [*dropped, *(Step(f"{target} DEPENDS ON EXTENSION {name}") for name in new if name not in old)]


def loses_rows(what: str) -> tuple[Hazard, ...]:
    """The hazard of a step that destroys rows."""
    return (Hazard("data destroyed", what),)
