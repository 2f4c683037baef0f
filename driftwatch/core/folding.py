"""Many differences made few: parts into their wholes, renames into one, equal changes of many objects into one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from driftwatch.core.catalog import ObjectId
from driftwatch.core.changes import SEVERITIES, ObjectChange
from driftwatch.core.facet_lines import difference
from driftwatch.core.looks import own_name
from driftwatch.core.names import alike, split, unquoted
from driftwatch.core.renames import LABEL, Rename, renames

WHOLES = ("table", "foreign_table", "materialized_view", "view")
FEWEST = 3
"""Objects that have to change alike before they are shown as one."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One object to show, with the parts that came or went along with it counted rather than listed.

    Of a rename, `change` has the identity before and no facets.
    """

    change: ObjectChange
    parts: tuple[tuple[str, int], ...] = ()
    rename: Rename | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Entries that differ in the same way; usually one."""

    entries: tuple[Entry, ...]

    @property
    def first(self) -> Entry:
        return self.entries[0]


def entries(changes: Iterable[ObjectChange]) -> tuple[Entry, ...]:
    """The changes without the parts of tables that came or went as a whole, and with renames as one each."""
    changes = tuple(changes)
    renamed, explained = _renamed(changes)
    rest = [change for change in changes if (change.id, change.change) not in explained]
    wholes = {(change.id.identity, change.change): change for change in rest if _is_whole(change)}
    parts: dict[tuple[str, str], Counter[str]] = {}
    shown = []
    for change in rest:
        key = (_table_of(change), change.change)
        whole = wholes.get(key)
        if whole is not None and change is not whole and not _graver(change, whole):
            parts.setdefault(key, Counter())[change.id.kind] += 1
        else:
            shown.append(change)
    own = [Entry(change, _counted(parts.get((change.id.identity, change.change)))) for change in shown]
    return tuple(sorted((*renamed, *own), key=_order))


def fold(shown: Iterable[Entry]) -> tuple[Group, ...]:
    """Entries in groups that differ in the same way: same facets, from → to, reason. In order of their firsts.

    Only objects that both sides have are folded: of what came and went, each name matters.
    """
    groups: dict[Hashable, list[Entry]] = {}
    for number, entry in enumerate(shown):
        groups.setdefault(_alike(entry) or number, []).append(entry)
    folded: list[Group] = []
    for group in groups.values():
        folded += [Group(tuple(group))] if len(group) >= FEWEST else [Group((entry,)) for entry in group]
    return tuple(sorted(folded, key=lambda group: _order(group.first)))


def _alike(entry: Entry) -> Hashable:
    change = entry.change
    if change.change != "changed" or entry.rename:
        return None
    return change.severity, change.why, tuple(map(difference, change.facets))


def _order(entry: Entry) -> tuple[int, ObjectId]:
    return SEVERITIES.index(entry.change.severity), entry.change.id


def _graver(change: ObjectChange, whole: ObjectChange) -> bool:
    return SEVERITIES.index(change.severity) < SEVERITIES.index(whole.severity)


def _renamed(changes: tuple[ObjectChange, ...]) -> tuple[list[Entry], set[tuple[ObjectId, str]]]:
    """An entry for each rename, and the changes that these explain."""
    found = [one for one in renames(changes) if one.kind != LABEL or one.carries]
    if not found:
        return [], set()
    by_id: dict[tuple[ObjectId, str], ObjectChange] = {(change.id, change.change): change for change in changes}
    wholes = {one.after: one for one in found if one.kind in WHOLES}
    along: dict[str, Counter[str]] = {}
    listed = []
    for one in found:
        added = by_id.get((ObjectId(one.kind, one.after), "added"))
        whole = wholes.get(_table_of(added)) if added else None
        if whole and whole is not one and _named_after(one, whole):
            along.setdefault(whole.after, Counter())[one.kind] += 1
        else:
            listed.append(one)
    shown = []
    for one in listed:
        parts = Counter(new.kind for _, new in one.carries if one.kind != LABEL or new.identity != one.of)
        shown.append(Entry(_as_change(one, by_id), _counted(parts + along.get(one.after, Counter())), one))
    return shown, {side for one in found for side in _explained(one)}


def _explained(rename: Rename) -> Iterator[tuple[ObjectId, str]]:
    if rename.kind != LABEL:
        yield ObjectId(rename.kind, rename.before), "removed"
        yield ObjectId(rename.kind, rename.after), "added"
    for old, new in rename.carries:
        yield from [(old, "changed")] if old == new else [(old, "removed"), (new, "added")]


def _as_change(rename: Rename, by_id: Mapping[tuple[ObjectId, str], ObjectChange]) -> ObjectChange:
    """A rename loses and opens nothing; where it only looks like one, something may be lost all the same."""
    label = rename.kind == LABEL
    id_ = ObjectId("type", rename.of) if label else ObjectId(rename.kind, rename.before)
    gone = by_id[id_, "changed" if label else "removed"]
    if gone.severity == "destructive" and not rename.certain:
        return ObjectChange(id_, "changed", (), gone.severity, f"if it was not renamed, {gone.why}")
    return ObjectChange(id_, "changed", (), "structural")


def _named_after(part: Rename, whole: Rename) -> bool:
    """Whether a part's name changed just as its table's did: `orders_pkey` to `purchases_pkey`."""
    old, new = (unquoted(split(name)[-1]) for name in (whole.before, whole.after))
    return (
        alike(own_name(ObjectId(part.kind, part.before)), own_name(ObjectId(part.kind, part.after)), {old: {new}})
        is not None
    )


def _is_whole(change: ObjectChange) -> bool:
    return change.change != "changed" and any(facet.name == "column_order" for facet in change.facets)


def _table_of(change: ObjectChange) -> str:
    """The table that an object is a part of, "" for none; a column's own sequence is a part of its table too."""
    for facet in change.facets:
        value = str(facet.after if facet.before is None else facet.before)
        if facet.name == "table":
            return value
        if facet.name == "owned_by":
            return ".".join(split(value)[:-1])
    return ""


def _counted(parts: Mapping[str, int] | None) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(parts.items())) if parts else ()
