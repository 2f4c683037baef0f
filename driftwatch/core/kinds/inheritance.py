"""Which table has which parents, and what its parts have from theirs: partitions and plain inheritance alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from driftwatch.core.catalog import DbObject, ObjectId
from driftwatch.core.kinds.rules import Context, Schema, entries, text

_PENDING = " (detach pending)"


@dataclass
class Family:
    """Parents and children of one side's tables, by identity."""

    parents: dict[str, tuple[str, ...]] = field(default_factory=dict)
    children: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    partitions: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, objects: Iterable[DbObject]) -> Family:
        family = cls()
        for obj in objects:
            if obj.facets.get("parents") is not None and obj.id.kind in ("table", "foreign_table"):
                name = obj.id.identity
                family.parents[name] = tuple(entry.removesuffix(_PENDING) for entry in entries(obj, "parents"))
                for parent in family.parents[name]:
                    family.children[parent].append(name)
                if obj.facets.get("partition_bound") is not None:
                    family.partitions.add(name)
        return family

    def ancestors(self, table: str) -> Iterator[str]:
        for parent in self.parents.get(table, ()):
            yield parent
            yield from self.ancestors(parent)

    def descendants(self, table: str) -> Iterator[str]:
        for child in self.children.get(table, ()):
            yield child
            yield from self.descendants(child)


def family(schema: Schema) -> Family:
    """The families of one side."""
    found = schema.notes.get("family")
    if not isinstance(found, Family):
        found = schema.notes["family"] = Family.of(schema.catalog)
    return found


def attachment(child: str, parent: str, side: Family) -> ObjectId:
    """The object that stands for a table's being a child of another."""
    return ObjectId("partition", child) if child in side.partitions else ObjectId("inheritance", f"{child} of {parent}")


def kept_parents(table: str, context: Context) -> list[str]:
    """The parents that a table has from the beginning of the plan to its end."""
    before, after = family(context.before), family(context.after)
    kept = []
    for parent in after.parents.get(table, ()):
        id_ = attachment(table, parent, after)
        stays = parent in before.parents.get(table, ()) and id_ == attachment(table, parent, before)
        if stays and id_ not in context.dropped and id_ not in context.created:
            kept.append(parent)
    return kept


def origins(obj: DbObject, schema: Schema) -> list[ObjectId]:
    """What a part of a table has been inherited from, in the parents."""
    table = text(obj, "table")
    parents = family(schema).parents.get(table, ())
    return [id_ for parent in parents if (id_ := in_parent(obj, parent)) is not None and schema.get(id_) is not None]


def in_parent(obj: DbObject, parent: str) -> ObjectId | None:
    """The id that the same part has in a parent, None when the part is not inherited."""
    table = text(obj, "table")
    if obj.id.kind in ("column", "default"):
        return ObjectId(obj.id.kind, parent + obj.id.identity[len(table) :])
    if obj.id.kind == "constraint":
        name = text(obj, "parent")
        if name:
            return ObjectId("constraint", f"{name} on {parent}")
        if text(obj, "type") == "check" and obj.facets.get("inherited"):
            return ObjectId("constraint", obj.id.identity[: -len(table)] + parent)
    if obj.id.kind == "index" and text(obj, "parent"):
        return ObjectId("index", text(obj, "parent"))
    return None


def comes_with_parent(obj: DbObject, context: Context) -> ObjectId | None:
    """The parent's part whose making makes a new part too, because the table has that parent all along."""
    if obj.facets.get("local") is True:
        return None
    parents = kept_parents(text(obj, "table"), context)
    for parent in parents:
        id_ = in_parent(obj, parent)
        if id_ is not None and id_ in context.created and not _replaced(parent, context):
            return id_
    return _comes_after(obj, context) if not parents and text(obj, "type") == "check" else None


def _comes_after(obj: DbObject, context: Context) -> ObjectId | None:
    """The parent's check that is made when the table has been made its child."""
    table = text(obj, "table")
    if _replaced(table, context) or table in family(context.after).partitions:
        return None
    return next((id_ for id_ in origins(obj, context.after) if id_ in context.created), None)


def goes_with_parent(obj: DbObject, context: Context) -> ObjectId | None:
    """The parent's part whose drop drops this one too."""
    if obj.facets.get("local") is True:
        return None
    side = family(context.before)
    for parent in side.parents.get(text(obj, "table"), ()):
        id_ = in_parent(obj, parent)
        attached = attachment(text(obj, "table"), parent, side) not in context.dropped
        if id_ is not None and attached and id_ in context.dropped:
            return None if kept_by_children(id_, parent, context) else id_
    return None


def kept_by_children(column: ObjectId, table: str, context: Context) -> bool:
    """Whether children have a column still when their parent has lost it."""
    side = family(context.before)
    return any(
        (theirs := ObjectId("column", child + column.identity[len(table) :])) not in context.dropped
        and context.before.get(theirs) is not None
        and attachment(child, table, side) not in context.dropped
        for child in side.children.get(table, ())
        if column.kind == "column" and child not in side.partitions
    )


def _replaced(table: str, context: Context) -> bool:
    return any(ObjectId(kind, table) in context.created for kind in ("table", "foreign_table"))


def changes_with_parent(after: DbObject, facets: Collection[str], context: Context) -> bool:
    """Whether a part that stays is changed, in these facets, by the statement that changes it in the parent."""
    for parent in kept_parents(text(after, "table"), context):
        id_ = in_parent(after, parent)
        old, new = (context.before.get(id_), context.after.get(id_)) if id_ is not None else (None, None)
        if old is None or new is None:
            continue
        if any(old.facets.get(name) != new.facets.get(name) for name in facets):
            return True
    return False


def is_inherited(before: DbObject, after: DbObject, context: Context) -> bool:
    """Whether a part that stays is the same part of a parent all along: what is done there is done here too."""
    return any(
        (id_ := in_parent(after, parent)) is not None
        and context.before.get(id_) is not None
        and context.after.get(id_) is not None
        for parent in kept_parents(text(before, "table"), context)
    )
