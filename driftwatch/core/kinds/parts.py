"""A catalog with what Postgres treats as objects of their own taken out of the objects that carry them.

A column's default depends on functions and sequences that its column does not, a sequence is owned by a column
that itself needs the sequence, and a table is attached to its parents when both are ready: as objects of their own
they can be taken away and put back by themselves.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from driftwatch.core.catalog import Catalog, DbObject, ObjectId, Value
from driftwatch.core.garbage import no_search_for_garbage
from driftwatch.core.kinds.inheritance import Family, attachment, in_parent
from driftwatch.core.kinds.mentions import mentions as names_in_bodies
from driftwatch.core.kinds.rules import Dependencies, Schema, Written, entries, text
from driftwatch.core.kinds.shells import take_out_shells, tell_domains

RELATIONS = frozenset({"table", "foreign_table", "view", "materialized_view"})
_Needs = dict[ObjectId, set[ObjectId]]


@no_search_for_garbage()
def schema_of(
    catalog: Catalog,
    dependencies: Mapping[ObjectId, frozenset[ObjectId]],
    mentions: Mapping[ObjectId, frozenset[ObjectId]] | None = None,
) -> Schema:
    """One side of a plan."""
    kinds = {id_.identity: id_.kind for id_ in catalog.objects if id_.kind in RELATIONS}
    family = Family.of(catalog)
    needs: _Needs = {id_: set(others) for id_, others in dependencies.items()}
    renamed = _renamed(catalog)
    if renamed:
        needs = {
            renamed.get(id_, id_): {renamed.get(other, other) for other in others} for id_, others in needs.items()
        }
    if isinstance(dependencies, Dependencies):
        catalog = _as_written(catalog, dependencies.written)
    parts = [part for obj in catalog for part in _parts(obj, kinds, needs, family, catalog)]
    objects = {part.id: part for part in (*parts, *_attachments(family, catalog))}
    take_out_shells(objects, needs)
    tell_domains(objects, needs)
    _own(objects, needs)
    first: _Needs = defaultdict(set)
    _inherit(objects, needs, first, family)
    schema = Schema(
        Catalog(objects, catalog.server_version, catalog.not_compared),
        {id_: frozenset(others - {id_}) for id_, others in needs.items()},
        mentions if mentions is not None else names_in_bodies(catalog),
        {id_: frozenset(others) for id_, others in first.items()},
    )
    schema.notes["family"] = family
    return schema


def _as_written(catalog: Catalog, written: Mapping[tuple[str, str], tuple[str, ...]]) -> Catalog:
    """The catalog with lists that know the order in which a dump shows them."""
    facets: dict[str, set[str]] = defaultdict(set)
    for identity, facet in written:
        facets[identity].add(facet)
    objects = dict(catalog.objects)
    for obj in catalog if facets else ():
        lists = {
            facet: Written.of(value, tuple(one for one in written[obj.id.identity, facet] if one in value))
            for facet in facets.get(obj.id.identity, ())
            if isinstance(value := obj.facets.get(facet), tuple)
        }
        if lists:
            objects[obj.id] = replace(obj, facets={**obj.facets, **lists})
    return replace(catalog, objects=objects)


def _renamed(catalog: Catalog) -> dict[ObjectId, ObjectId]:
    """Objects that are planned as another kind: the sequence of an identity column."""
    return {
        obj.id: ObjectId("identity", obj.id.identity)
        for obj in catalog
        if obj.id.kind == "sequence" and obj.facets.get("of_identity") is True
    }


def _parts(
    obj: DbObject, kinds: Mapping[str, str], needs: _Needs, family: Family, catalog: Catalog
) -> Iterator[DbObject]:
    facets, id_ = obj.facets, obj.id
    more: dict[str, Value] = {}
    less: tuple[str, ...] = ()
    table_kind = kinds.get(str(facets.get("table")), "table") if "table" in facets else "table"
    if table_kind != "table":
        more["table_kind"] = table_kind
    if id_.kind == "column":
        expression = facets.get("default")
        if expression is not None:
            less = ("default",)
            about = {name: facets[name] for name in ("table", "local") if name in facets}
            yield DbObject(ObjectId("default", id_.identity), obj.schema, {"expression": expression, **about, **more})
        if table_kind in ("view", "materialized_view"):
            id_ = ObjectId("view_column", id_.identity)
    elif id_.kind == "sequence" and facets.get("of_identity") is True:
        id_ = ObjectId("identity", id_.identity)
        less = ("owner",)
    elif id_.kind == "sequence" and facets.get("owned_by") is not None:
        less = ("owner",)
        owner = {"column": facets["owned_by"], "owner": facets["owner"]}
        yield DbObject(ObjectId("sequence_owner", id_.identity), obj.schema, owner)
    elif id_.kind in ("table", "foreign_table"):
        more |= _about_columns(obj, needs, family, catalog)
        if facets.get("of_type") is not None:
            type_ = {"type": facets["of_type"], "table": id_.identity}
            yield DbObject(ObjectId("of_type", id_.identity), obj.schema, type_)
    if more or less or id_ is not obj.id:
        kept = {name: value for name, value in facets.items() if name not in less}
        obj = replace(obj, id=id_, facets={**kept, **more})
    yield obj


def _about_columns(obj: DbObject, needs: _Needs, family: Family, catalog: Catalog) -> dict[str, Value]:
    """What of its columns makes it another table: the types in the partition key, and whose they are."""
    name = obj.id.identity
    columns = [ObjectId("column", f"{name}.{entry}") for entry in entries(obj, "column_order")]
    about: dict[str, Value] = {}
    if obj.facets.get("partition_key") is not None:
        keys = [id_ for id_ in columns if obj.id in needs.get(id_, ())]  # as Postgres records it
        about["key_columns"] = tuple(_typed(id_, catalog) for id_ in keys)
        needs.setdefault(obj.id, set()).update(
            other for id_ in keys for other in needs[id_] if other.kind in ("type", "domain", "collation")
        )
    if name in family.parents and name not in family.partitions:
        found = [one for id_ in columns if (one := catalog.objects.get(id_)) is not None]
        about["inherited_columns"] = tuple(one.id.identity for one in found if one.facets.get("local") is not True)
    return about


def _typed(column: ObjectId, catalog: Catalog) -> str:
    obj = catalog.objects.get(column)
    return (
        " ".join((column.identity, text(obj, "type"), text(obj, "collation"))) if obj is not None else column.identity
    )


def _attachments(family: Family, catalog: Catalog) -> Iterator[DbObject]:
    for child, parents in family.parents.items():
        obj = next(
            found for kind in ("table", "foreign_table") if (found := catalog.objects.get(ObjectId(kind, child)))
        )
        about: dict[str, Value] = {"table": child, "table_kind": obj.id.kind}
        for place, parent in enumerate(parents):
            if child in family.partitions:
                more: dict[str, Value] = {"bound": obj.facets["partition_bound"]}
            else:
                more = {"earlier": parents[:place]}
            yield DbObject(attachment(child, parent, family), obj.schema, {**about, **more, "parent": parent})


def _own(objects: Mapping[ObjectId, DbObject], needs: _Needs) -> None:
    """It is not the sequence that needs the column that owns it, but its being owned; and typed tables alike."""
    for id_ in objects:
        if id_.kind == "of_type":
            type_ = ObjectId("type", text(objects[id_], "type"))
            table = ObjectId("table", id_.identity)
            columns = {
                other for other in objects if other.kind == "column" and text(objects[other], "table") == table.identity
            }
            needs[id_] = {type_, table, *columns}
        if id_.kind == "sequence_owner":
            sequence = ObjectId("sequence", id_.identity)
            column = ObjectId("column", text(objects[id_], "column"))
            needs.get(sequence, set()).discard(column)
            needs[id_] = {sequence, column}


def _inherit(objects: Mapping[ObjectId, DbObject], needs: _Needs, first: _Needs, family: Family) -> None:
    """A child is attached when its parts and its parent's are there; parts that inherit follow their origins."""
    if not family.parents:
        return
    by_table: dict[str, list[DbObject]] = defaultdict(list)
    for obj in objects.values():
        if text(obj, "table") in family.parents or text(obj, "table") in family.children:
            by_table[text(obj, "table")].append(obj)
    for child, parents in family.parents.items():
        for place, parent in enumerate(parents):
            link = attachment(child, parent, family)
            ids = {ObjectId(kind, name) for kind in ("table", "foreign_table") for name in (child, parent)}
            for id_ in ids:
                needs.get(id_, set()).difference_update(ids)
            joined = [part for part in (*by_table[child], *by_table[parent]) if part.id != link and _before(part, link)]
            needs[link] = {*(id_ for id_ in ids if id_ in objects), *(part.id for part in joined)}
            needs[link].update(attachment(child, earlier, family) for earlier in parents[:place])
            for index in (part for part in by_table[parent] if _is_partial(part)):
                first[index.id].add(link)
            for part in joined if link.kind == "inheritance" else ():
                _bring(part, child, parent, link, objects, needs, first)
            for grandchild in family.children.get(child, ()):
                first[link].add(attachment(grandchild, child, family))
            for part in by_table[child]:
                if link.kind == "partition" or part.facets.get("local") is True:
                    _turn(part, in_parent(part, parent), objects, needs, first)
    _through_columns(objects, needs, family)
    _through_partitions(objects, needs, family)


def _through_partitions(objects: Mapping[ObjectId, DbObject], needs: _Needs, family: Family) -> None:
    """A foreign key to a partitioned table has parts of its own that need the partitions."""
    for id_, obj in objects.items():
        if id_.kind == "constraint" and text(obj, "type") == "foreign key":
            own = text(obj, "table")
            needed = {text(objects[other], "table") for other in needs.get(id_, ()) if other in objects}
            if f" REFERENCES {own}(" not in text(obj, "definition"):
                needed.discard(own)
            for table in needed - {*family.ancestors(own)}:
                below = (child for child in family.descendants(table) if child in family.partitions)
                needs[id_].update(ObjectId("table", child) for child in below)


def _bring(
    part: DbObject,
    child: str,
    parent: str,
    link: ObjectId,
    objects: Mapping[ObjectId, DbObject],
    needs: _Needs,
    first: _Needs,
) -> None:
    """What a child has only from its parent: its columns come with the parent, a check may come to both at once."""
    if text(part, "table") != child or part.facets.get("local") is True:
        return
    origin = in_parent(part, parent)
    if origin is None or origin not in objects:
        return
    if part.id.kind == "column":
        first[ObjectId("table", child)].add(link)
    else:
        needs[link] -= {part.id, origin}
        first[origin].add(link)


def _is_partial(part: DbObject) -> bool:
    """Whether it is the index of a partitioned table that some partitions have no part of: none is to be given one."""
    return part.id.kind == "index" and part.facets.get("valid") is False and " ON ONLY " in text(part, "definition")


def _before(part: DbObject, link: ObjectId) -> bool:
    if link.kind == "inheritance":
        return part.id.kind in ("column", "default") or text(part, "type") == "check"
    if _is_partial(part):
        return False
    return part.id.kind in ("column", "index") or (part.id.kind == "constraint" and text(part, "type") != "exclude")


def _turn(
    part: DbObject, origin: ObjectId | None, objects: Mapping[ObjectId, DbObject], needs: _Needs, first: _Needs
) -> None:
    """The parent's index or constraint takes in those that its children have: theirs come first."""
    if origin is None or origin not in objects:
        return
    needs.get(part.id, set()).discard(origin)
    if part.id.kind in ("index", "constraint") or (part.facets.get("local") is True and part.id.kind != "default"):
        first[origin].add(part.id)


def _through_columns(objects: Mapping[ObjectId, DbObject], needs: _Needs, family: Family) -> None:
    """What needs a column that is inherited needs the column that it has it from: this is the one that is altered."""
    inherited: dict[ObjectId, Iterable[ObjectId]] = {}
    for id_, obj in objects.items():
        if id_.kind == "column" and text(obj, "table") in family.parents:
            up = (in_parent(obj, parent) for parent in family.ancestors(text(obj, "table")))
            inherited[id_] = [one for one in up if one is not None and one in objects]
    if not inherited:
        return
    for id_ in objects:
        if id_.kind == "column":
            needs.setdefault(id_, set()).update(inherited.get(id_, ()))
            continue
        column = ObjectId("column", id_.identity) if id_.kind == "default" else None
        some = {*needs.get(id_, ()), *([column] if column else ())}
        more = {origin for other in some for origin in inherited.get(other, ())}
        if more and id_.kind not in ("partition", "inheritance"):
            needs.setdefault(id_, set()).update(more)
