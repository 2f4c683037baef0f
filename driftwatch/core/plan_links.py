"""Who depends on whom on one side of a plan: pg_depend's word, and what the facets tell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Set
from dataclasses import dataclass, field
from functools import lru_cache

from driftwatch.core.acl import quote
from driftwatch.core.catalog import DbObject, ObjectId
from driftwatch.core.kinds import KINDS
from driftwatch.core.kinds.attached import needed_roles
from driftwatch.core.kinds.rules import Schema


@dataclass
class Links:
    """Who depends on whom on one side: pg_depend's word, and what the facets tell."""

    schema: Schema
    needs: dict[ObjectId, frozenset[ObjectId]] = field(default_factory=dict)
    parents: dict[ObjectId, ObjectId] = field(default_factory=dict)
    dependents: dict[ObjectId, set[ObjectId]] = field(default_factory=lambda: defaultdict(set))
    parts: dict[ObjectId, list[ObjectId]] = field(default_factory=lambda: defaultdict(list))
    later: dict[ObjectId, set[ObjectId]] = field(default_factory=lambda: defaultdict(set))
    _derived: bool = False
    _shared: set[ObjectId] = field(default_factory=set)

    @classmethod
    def of(cls, schema: Schema) -> Links:
        links = cls(schema)
        for obj in schema.catalog:
            links._add(obj)
        links._add_later()
        return links

    def on_the_other_side(self, schema: Schema, same: Set[ObjectId]) -> Links:
        """Those of the other side, most of whose objects are the same: `same` are equal on both."""
        nothing: frozenset[ObjectId] = frozenset()
        here, there = self.schema.dependencies, schema.dependencies
        links = Links(
            schema,
            dict(self.needs),
            dict(self.parents),
            defaultdict(set, self.dependents),
            defaultdict(list, self.parts),
            _derived=True,
            _shared={*self.dependents},
        )
        for id_ in self.needs:
            if id_ not in same or here.get(id_, nothing) != there.get(id_, nothing):
                links._remove(id_)
        for id_, obj in schema.catalog.objects.items():
            if id_ not in links.needs:
                links._add(obj)
        links._add_later()
        return links

    def _add(self, obj: DbObject) -> None:
        id_ = obj.id
        needs, parent = _needs(obj, self.schema.dependencies.get(id_, frozenset()))
        self.needs[id_] = needs
        if parent is not None:
            self.parents[id_] = parent
            if self._derived:
                self.parts[parent] = [*self.parts[parent], id_]
            else:
                self.parts[parent].append(id_)
        shared, dependents = self._shared, self.dependents
        for other in needs:
            if other in shared:
                self._own(other)
            dependents[other].add(id_)

    def _remove(self, id_: ObjectId) -> None:
        for other in self.needs.pop(id_):
            self._own(other).discard(id_)
        parent = self.parents.pop(id_, None)
        if parent is not None:
            self.parts[parent] = [part for part in self.parts[parent] if part != id_]

    def _own(self, id_: ObjectId) -> set[ObjectId]:
        """The dependents, no longer shared with the other side."""
        if id_ in self._shared:
            self._shared.discard(id_)
            self.dependents[id_] = set(self.dependents[id_])
        return self.dependents[id_]

    def _add_later(self) -> None:
        for id_, others in self.schema.first.items():
            for other in others if id_ in self.needs else ():
                self.later[other].add(id_)

    def parent(self, id_: ObjectId) -> ObjectId | None:
        return self.parents.get(id_)

    def inside(self, id_: ObjectId) -> Iterator[ObjectId]:
        """The parts that are made by the object's own statement, and theirs."""
        for part in self.parts.get(id_, ()):
            if KINDS[part.kind].inside:
                yield part
                yield from self.inside(part)


def _needs(obj: DbObject, known: Set[ObjectId]) -> tuple[frozenset[ObjectId], ObjectId | None]:
    """All that an object needs, and the one of it that it goes with."""
    kind = KINDS.get(obj.id.kind)
    needs = set(known)
    if obj.schema:
        needs.add(_schema_id(obj.schema))
    parent = None
    if kind is not None:
        parent = kind.parent(obj)
        if parent is not None:
            needs.add(parent)
        needs.update(kind.needs(obj))
        if "owner" in obj.facets or "acl" in obj.facets:
            needs |= needed_roles(obj)
    needs.discard(obj.id)
    return frozenset(needs), parent


@lru_cache(maxsize=4096)
def _schema_id(name: str) -> ObjectId:
    return ObjectId("schema", quote(name))
