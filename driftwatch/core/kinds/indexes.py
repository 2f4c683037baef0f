"""Indexes that belong to no constraint."""

from __future__ import annotations

from driftwatch.core.catalog import DbObject, ObjectId
from driftwatch.core.kinds import online
from driftwatch.core.kinds.expressions import readable_again
from driftwatch.core.kinds.index_facets import parameters, set_parameters, set_statistics, set_tablespace
from driftwatch.core.kinds.inheritance import goes_with_parent, kept_parents
from driftwatch.core.kinds.rules import Context, Hazard, Kind, Step, entries, table_of, text
from driftwatch.core.names import split


def _create(obj: DbObject, context: Context) -> list[Step]:
    table = text(obj, "table")
    sql = readable_again(text(obj, "definition"))
    if _is_whole(obj, context):
        sql = sql.replace(f" ON ONLY {table} ", f" ON {table} ", 1)
    hazards: tuple[Hazard, ...] = ()
    if table_of(obj) not in context.created:
        hazards = (Hazard("lock", f"{table} can't be written to while the index is built"),)
        if sql.startswith("CREATE UNIQUE"):
            hazards = (*hazards, Hazard("may fail", f"rows of {table} that are alike"))
        if context.online and _is_plain(obj, context):
            sql = sql.replace("INDEX ", "INDEX CONCURRENTLY ", 1)
            return [Step(sql, hazards[1:], alone=True), *_attach(obj, context)]
    return [Step(sql, hazards), *_attach(obj, context)]


def _is_plain(obj: DbObject, context: Context) -> bool:
    table = context.after.get(table_of(obj))
    return table is not None and table.facets.get("partition_key") is None


def _is_whole(obj: DbObject, context: Context) -> bool:
    """Whether every partition has its part: then the parent's takes them in when it is made."""
    return obj.facets.get("valid") is True


def _attach(obj: DbObject, context: Context) -> list[Step]:
    """A part of a partitioned index that does not take it in by itself."""
    if obj.facets.get("parent") is None:
        return []
    parent = context.after.get(ObjectId("index", text(obj, "parent")))
    if parent is None or parent.id in context.created or not _stays_attached(obj, context):
        return []
    return [Step(f"ALTER INDEX {parent.id.identity} ATTACH PARTITION {obj.id.identity}")]


def _stays_attached(obj: DbObject, context: Context) -> bool:
    return bool(kept_parents(text(obj, "table"), context))


def _extras(obj: DbObject, context: Context) -> list[Step]:
    steps = []
    nothing = DbObject(obj.id, obj.schema, {"table": obj.facets["table"]})
    for facet, rule in _FACETS.items():
        if obj.facets.get(facet) not in (None, False):
            steps += rule(nothing, obj, context)
    return [*steps, *_attach_children(obj, context)]


def _attach_children(obj: DbObject, context: Context) -> list[Step]:
    """A partitioned index that was made for the parent alone takes in those children's that belong to it."""
    if _is_whole(obj, context) or _is_plain(obj, context):
        return []
    children = [other for other in context.after.catalog if text(other, "parent") == obj.id.identity]
    return [
        Step(f"ALTER INDEX {obj.id.identity} ATTACH PARTITION {child.id.identity}")
        for child in children
        if child.id.kind == "index"
    ]


def _drop(obj: DbObject, context: Context) -> list[Step]:
    if online.applies(obj, context) and not online.is_partitioned(obj, context) and obj.facets.get("parent") is None:
        return [Step(f"DROP INDEX CONCURRENTLY {obj.id.identity}", alone=True)]
    return [Step(f"DROP INDEX {obj.id.identity}")]


def _definition(before: DbObject, after: DbObject, context: Context) -> list[Step] | None:
    """Storage parameters are altered in place."""
    old, had = parameters(text(before, "definition"))
    new, has = parameters(text(after, "definition"))
    if old != new or not _is_plain(after, context):
        return None
    return set_parameters(after.id.identity, had, has)


def _valid(before: DbObject, after: DbObject, context: Context) -> list[Step]:
    """A partitioned index becomes valid by what its partitions' are given to it."""
    if after.facets.get("valid") is True and _is_plain(after, context):
        return [Step(f"REINDEX INDEX {after.id.identity}")]
    return []


def _parent(before: DbObject, after: DbObject, context: Context) -> list[Step] | None:
    """Whose part it is changes with what its table is attached to."""
    stays = _stays_attached(after, context)
    if before.facets.get("parent") is not None and stays:
        return None
    if after.facets.get("parent") is not None and stays:
        return _attach(after, context)
    return []


def _clustered(before: DbObject, after: DbObject, context: Context) -> list[Step]:
    table = text(after, "table")
    noun = "MATERIALIZED VIEW" if text(after, "table_kind") == "materialized_view" else "TABLE"
    if after.facets.get("clustered") is True:
        return [Step(f"ALTER {noun} {table} CLUSTER ON {split(after.id.identity)[-1]}")]
    others = (other for other in context.after.catalog if other.id.kind in ("index", "constraint"))
    if any(
        text(other, "table") == table
        and (other.facets.get("clustered") is True or other.facets.get("index_clustered") is True)
        for other in others
    ):
        return []
    return [Step(f"ALTER {noun} {table} SET WITHOUT CLUSTER")]


def _replica_identity(before: DbObject, after: DbObject, context: Context) -> list[Step]:
    if after.facets.get("replica_identity") is not True:
        return []  # the table says what it is instead
    return [Step(f"ALTER TABLE {text(after, 'table')} REPLICA IDENTITY USING INDEX {split(after.id.identity)[-1]}")]


def _tablespace(before: DbObject, after: DbObject, context: Context) -> list[Step]:
    return set_tablespace(after.id.identity, text(after, "tablespace"))


def _statistics(before: DbObject, after: DbObject, context: Context) -> list[Step]:
    return set_statistics(after.id.identity, entries(before, "statistics"), entries(after, "statistics"))


_FACETS = {
    "tablespace": _tablespace,
    "statistics": _statistics,
    "clustered": _clustered,
    "replica_identity": _replica_identity,
}

KINDS = (
    Kind(
        "index",
        "INDEX",
        _create,
        in_place={"parent": _parent, "definition": _definition, "valid": _valid, **_FACETS},
        drop=_drop,
        parent=table_of,
        dropped_by=goes_with_parent,
        extras=_extras,
        names=lambda obj: (f"relation {obj.id.identity}",),
        has_owner=False,
        rank=51,
    ),
)
