"""Which of the objects that came are probably ones that went, under another name.

Postgres keeps what an object is when it is renamed, so both sides have equal facets, and whatever refers to it
differs by the name alone. Only pairs without a second candidate are taken.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from driftwatch.core.catalog import ObjectId
from driftwatch.core.changes import ObjectChange
from driftwatch.core.looks import (
    NAMELESS,
    NO_REFERENCES,
    alike_values,
    container,
    facet_of,
    facets,
    own_name,
    replaced_label,
    schema_of,
    texts,
    unambiguous,
    values,
)
from driftwatch.core.names import derived, head, masked, mentions, moved, split, unquoted

LABEL = "enum_label"
"""The kind of a renamed label, which is no object of its own."""
RELATIONS = ("table", "foreign_table", "view", "materialized_view", "type", "domain")
ROUTINES = ("function", "procedure", "aggregate")
PARTS = (
    "sequence",
    "column",
    "index",
    "constraint",
    "domain_constraint",
    "trigger",
    "policy",
    "rule",
    "statistics",
    "event_trigger",
)
REFERRED = frozenset({"schema", *RELATIONS, *ROUTINES, "sequence", "column", "index"})
"""Kinds that definitions of other objects name."""


@dataclass(frozen=True, slots=True)
class Rename:
    """A probable rename, from what the first catalog has to what the second has.

    before, after: identities of `kind`; of a label, the labels themselves, unquoted. certain: more than the
    look of it says so: something that stayed refers to it under both names, or keeps the old one in its own
    name, or it is a column before others, where no new one can come. of: the type that a label is of, ""
    otherwise. carries: the objects (in the first, in the second catalog) that differ by this rename alone, or
    together with other ones here; nothing needs to be done for them besides.
    """

    kind: str
    before: str
    after: str
    certain: bool
    of: str = ""
    carries: tuple[tuple[ObjectId, ObjectId], ...] = ()


def renames(changes: Iterable[ObjectChange]) -> tuple[Rename, ...]:
    """The probable renames in what `compare` found: schemas, then what is in them, then parts of that, by name.

    An object stands in at most one rename. Takes time in proportion to the number of changes.
    """
    search = _Search(tuple(changes))
    search.schemas()
    for kind in (*RELATIONS, *ROUTINES, *PARTS):
        search.carry()
        search.pair(kind)
    search.carry()
    search.labels()
    search.follow()
    return search.result()


def to_json(rename: Rename) -> dict[str, Any]:
    """The rename as the JSON output writes it."""
    of = {"of": rename.of} if rename.of else {}
    return {"kind": rename.kind, "from": rename.before, "to": rename.after, **of, "certain": rename.certain}


@dataclass(slots=True)
class _Found:
    """anchors: qualified names, one of which stands in whatever refers to what was renamed."""

    rename: Rename
    anchors: frozenset[str]
    evidence: bool
    carries: list[tuple[ObjectId, ObjectId]]


class _Search:
    """What is still unexplained, and the renames found so far."""

    def __init__(self, changes: tuple[ObjectChange, ...]) -> None:
        self.removed = {change.id: change for change in changes if change.change == "removed"}
        self.added = {change.id: change for change in changes if change.change == "added"}
        self.changed = [change for change in changes if change.change == "changed"]
        self.kinds: dict[str, list[ObjectId]] = defaultdict(list)
        for id_ in sorted({id_ for id_ in (*self.removed, *self.added) if own_name(id_)}):
            self.kinds[id_.kind].append(id_)
        self.columns: dict[tuple[str, str], list[ObjectChange]] = defaultdict(list)
        self.attached: dict[tuple[str, str], list[ObjectChange]] = defaultdict(list)
        for change in (*self.removed.values(), *self.added.values()):
            table = facet_of(change, "table")
            if isinstance(table, str):
                parts = self.columns if change.id.kind == "column" else self.attached
                parts[change.change, table].append(change)
        self.found: list[_Found] = []
        self.to: dict[str, str] = {}
        """Qualified names of what was renamed, and what they became."""
        self.carried = 0
        """How many of these the last `carry` knew."""
        self.mover: dict[str, _Found] = {}
        self.became: dict[str, set[str]] = defaultdict(set)
        """The same of single names, without quotes."""
        self.by_name: dict[str, list[_Found]] = defaultdict(list)

    def schemas(self) -> None:
        """Schemas with equal facets, and the same objects in them."""
        removed, added = self._unexplained("schema")
        if not removed or not added:
            return
        inside: dict[tuple[str, str], list[str]] = defaultdict(list)
        for change in (*self.removed.values(), *self.added.values()):
            name = schema_of(change.id)
            if name:
                inside[change.change, name].append(f"{change.id.kind} {moved(change.id.identity, {name: NAMELESS})}")

        def key(change: ObjectChange) -> Hashable:
            return facets(change), tuple(sorted(inside[change.change, change.id.identity]))

        for one, other in unambiguous(removed, added, (key,)):
            self._take(one, other)

    def pair(self, kind: str) -> None:
        """Renames of this kind within their schema or table."""
        removed, added = self._unexplained(kind)
        if removed and added:
            for one, other in unambiguous(removed, added, self._keys(kind)):
                self._take(one, other)

    def labels(self) -> None:
        """Labels of enums in whose place another stands."""
        for change in self.changed:
            for facet in change.facets:
                label = replaced_label(facet)
                if label:
                    rename = Rename(LABEL, *label, certain=False, of=change.id.identity)
                    found = self._add(rename, label, {change.id.identity})
                    if len(change.facets) == 1:
                        found.carries.append((change.id, change.id))

    def carry(self) -> None:
        """What went, and came again because its identity holds the name of something renamed."""
        if len(self.to) == self.carried:
            return
        self.carried = len(self.to)
        for id_, change in list(self.removed.items()):
            identity = moved(id_.identity, self.to)
            other = self.added.get(ObjectId(id_.kind, identity)) if identity != id_.identity else None
            if other is not None and self._same_but_for_names(change, other):
                known = [name for name in mentions(id_.identity) if name in self.mover]
                self._explain(self.mover[max(known, key=len)], change, other)

    def follow(self) -> None:
        """What stayed, and refers to something renamed."""
        for change in self.changed if self.became else ():
            used: set[str] = set()
            for facet in change.facets:
                referring = facet.name not in NO_REFERENCES
                taken = alike_values(facet.before, facet.after, self.became) if referring else None
                if not taken:
                    used.clear()
                    break
                used |= taken
            movers = self._movers(change, used)
            for mover in movers:
                mover.evidence = True
            if movers:
                movers[0].carries.append((change.id, change.id))

    def result(self) -> tuple[Rename, ...]:
        """What was found, in the order it was."""
        return tuple(
            replace(found.rename, certain=found.evidence, carries=tuple(sorted(found.carries))) for found in self.found
        )

    def _movers(self, change: ObjectChange, used: set[str]) -> list[_Found]:
        """The renames that these names are of; none when one is of something that the change does not mention."""
        before = (text for facet in change.facets for text in texts(facet.before))
        mentioned = {name for text in (change.id.identity, *before) for name in mentions(text)} if used else set()
        movers = []
        for name in sorted(used):
            mover = next((found for found in self.by_name[name] if mentioned & found.anchors), None)
            if mover is None:
                return []
            movers.append(mover)
        return movers

    def _same_but_for_names(self, one: ObjectChange, other: ObjectChange) -> bool:
        old, new = dict(values(one)), dict(values(other))
        if old.keys() != new.keys():
            return False
        nothing: dict[str, set[str]] = {}
        return all(
            alike_values(old[name], new[name], nothing if name in NO_REFERENCES else self.became) is not None
            for name in old
        )

    def _take(self, one: ObjectChange, other: ObjectChange) -> None:
        del self.removed[one.id], self.added[other.id]
        kind, place = one.id.kind, one.place
        ends = [str(facet_of(side, "table")) if kind == "column" else head(side.id.identity) for side in (one, other)]
        names = unquoted(own_name(one.id)), unquoted(own_name(other.id))
        rename = Rename(kind, one.id.identity, other.id.identity, certain=False)
        found = self._add(rename, names if kind in REFERRED else None, set(ends))
        found.evidence = place is not None and not place.last
        if kind in ("schema", *RELATIONS, "sequence"):
            self.to[ends[0]] = ends[1]
            self.mover[ends[0]] = found

    def _add(self, rename: Rename, names: tuple[str, str] | None, anchors: set[str]) -> _Found:
        found = _Found(rename, frozenset(anchors), False, [])
        self.found.append(found)
        if names:
            self.became[names[0]].add(names[1])
            self.by_name[names[0]].append(found)
        return found

    def _explain(self, mover: _Found, one: ObjectChange, other: ObjectChange) -> None:
        del self.removed[one.id], self.added[other.id]
        mover.carries.append((one.id, other.id))
        if mover.rename.kind != "schema" and one.id.kind != "column":
            mover.evidence |= derived(own_name(other.id), unquoted(split(mover.rename.before)[-1]))

    def _unexplained(self, kind: str) -> tuple[list[ObjectChange], list[ObjectChange]]:
        ids = self.kinds.get(kind, ())
        removed = [self.removed[id_] for id_ in ids if id_ in self.removed]
        return removed, [self.added[id_] for id_ in ids if id_ in self.added]

    def _keys(self, kind: str) -> tuple[Callable[[ObjectChange], Hashable], ...]:
        """What two objects must have in common to be a pair, from the strictest on."""
        if kind in ("table", "foreign_table"):
            return (
                lambda change: (self._look(change), self._attached_look(change)),
                self._look,
                lambda change: (self._look(change, mask=True), self._attached_look(change)),
                lambda change: self._look(change, mask=True),
            )
        if kind == "column":
            return (
                lambda change: (self._look(change), change.place) if change.place else None,
                lambda change: None if change.place else self._look(change),
            )
        return (self._look,)

    def _look(self, change: ObjectChange, *, mask: bool = False) -> Hashable:
        """Container and facets of an object and its columns, without its name. mask: nor what is derived from it."""
        own = unquoted(own_name(change.id))
        to = self.to if change.change == "removed" else {}

        def see(text: str) -> str:
            text = moved(text, to)
            return masked(text, own) if mask else text

        columns = sorted(self.columns.get((change.change, change.id.identity), ()), key=lambda column: column.id)
        seen = tuple((unquoted(own_name(column.id)), facets(column, see)) for column in columns)
        return moved(container(change), to), facets(change, see), seen

    def _attached_look(self, change: ObjectChange) -> Hashable:
        """Indexes, constraints, policies and the like of a table, without its name and what is derived from it."""
        own = unquoted(own_name(change.id))

        def see(text: str) -> str:
            return masked(text, own)

        parts = self.attached.get((change.change, change.id.identity), ())
        return tuple(sorted(repr((part.id.kind, see(own_name(part.id)), facets(part, see))) for part in parts))
