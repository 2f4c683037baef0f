"""What of two schemas a plan can touch. The rest is equal on both sides, and nothing in it need be looked at.

That is all that differs, what depends on that, directly or not, and what these are parts of and need. Only parts of
relations are ever left out: they are nearly everything in a large schema, and what relations, types, functions and
roles there are is looked up by many rules.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from driftwatch.core.catalog import Catalog, DbObject, ObjectId
from driftwatch.core.garbage import no_search_for_garbage
from driftwatch.core.kinds import KINDS
from driftwatch.core.kinds.inheritance import Family
from driftwatch.core.kinds.mentions import mentions
from driftwatch.core.kinds.parts import RELATIONS, schema_of
from driftwatch.core.kinds.rules import ATTACHED, Schema, changed_facets, text
from driftwatch.core.names import split

Reader = Callable[[Collection[ObjectId]], Mapping[ObjectId, frozenset[ObjectId]]]
"""Gives one side's dependencies: at least those of all that depends on some objects, directly or not."""


@no_search_for_garbage()
def schemas_between(before: Catalog, after: Catalog, here: Reader, there: Reader) -> tuple[Schema, Schema]:
    """Both sides of a plan, without what it can't touch. here, there: each side's dependencies."""
    changed = Changed.between(before, after)
    needs = here(changed.noticed), there(changed.noticed)
    tables = _whole_tables(changed, needs, before, after)
    reached = {
        ObjectId("column", id_.identity) if id_.kind == "default" else id_
        for side in needs
        for id_, others in side.items()
        for id_ in (id_, *others)
    }
    wanted = changed.ids | reached
    one, other = (
        schema_of(_part(catalog, wanted, tables), known, mentions(catalog))
        for catalog, known in zip((before, after), needs, strict=True)
    )
    return one, other


@dataclass(frozen=True)
class Changed:
    """What differs between two sides.

    tables: the identities of the relations in which something does. noticed: those of the objects, or the relations
    that they are parts of, by whose change something that depends on them might be touched.
    """

    ids: frozenset[ObjectId]
    tables: frozenset[str]
    noticed: frozenset[ObjectId]

    @classmethod
    def between(cls, before: Catalog, after: Catalog) -> Changed:
        here, there = before.objects, after.objects
        ids = {
            id_
            for id_, old in here.items()
            if (new := there.get(id_)) is not old and (new is None or changed_facets(old, new))
        }
        ids |= there.keys() - here.keys()
        pairs = [(here.get(id_), there.get(id_)) for id_ in ids]
        tables = {_table(obj) for pair in pairs for obj in pair if obj is not None}
        noticed: set[ObjectId] = set()
        for old, new in pairs:
            if _is_noticed(old, new):
                noticed.update(id_ for obj in (old, new) if obj is not None for id_ in _whole(obj))
        return cls(frozenset(ids), frozenset(tables - {""}), frozenset(noticed))


def _is_noticed(old: DbObject | None, new: DbObject | None) -> bool:
    """Whether what depends on it might have to do with the change."""
    if old is None or new is None or _table(old):
        return True  # few depend on a relation, and the order of its statements follows what they need
    kind = KINDS.get(old.id.kind)
    unnoticed = (ATTACHED - kind.in_place.keys()) | kind.unnoticed if kind is not None else frozenset()
    return not changed_facets(old, new) <= unnoticed


def _whole(obj: DbObject) -> Iterator[ObjectId]:
    """What a change of the object is a change of: its relation, or domain, or itself."""
    table = _table(obj)
    if table:
        yield from (ObjectId(kind, table) for kind in RELATIONS)
        return
    yield obj.id
    kind = KINDS.get(obj.id.kind)
    parent = kind.parent(obj) if kind is not None else None
    if parent is not None:
        yield parent


def _table(obj: DbObject) -> str:
    """The identity of the relation that it is, or is a part of; "" for all else."""
    if obj.id.kind in RELATIONS:
        return obj.id.identity
    if obj.id.kind == "sequence":
        owner = text(obj, "owned_by")
        return ".".join(split(owner)[:2]) if owner else ""
    return text(obj, "table")


def _whole_tables(
    changed: Changed, needs: Iterable[Collection[ObjectId]], before: Catalog, after: Catalog
) -> frozenset[str]:
    """The relations of which every part is wanted: with those that depend on others as a whole, and with families."""
    found = {*changed.tables, *(id_.identity for side in needs for id_ in side if id_.kind in RELATIONS)}
    for side in (Family.of(before), Family.of(after)):
        for name in tuple(found):
            relatives = {*side.ancestors(name)}
            found |= relatives | {other for one in (name, *relatives) for other in side.descendants(one)}
    return frozenset(found)


def _part(catalog: Catalog, wanted: Collection[ObjectId], tables: Collection[str]) -> Catalog:
    """All but the parts of relations that are not wanted."""
    objects = {}
    for id_, obj in catalog.objects.items():
        if id_ in wanted or id_.kind in RELATIONS or (table := _table(obj)) == "" or table in tables:
            objects[id_] = obj
    return replace(catalog, objects=objects)
