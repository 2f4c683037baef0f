"""A table built anew beside the old one: the old one gives up its names, and its rows move over."""

from __future__ import annotations

from collections.abc import Iterator

from driftwatch.core.acl import quote
from driftwatch.core.catalog import DbObject, ObjectId
from driftwatch.core.kinds.column_types import moved_value
from driftwatch.core.kinds.inheritance import attachment, family
from driftwatch.core.kinds.rules import Context, Hazard, Step, entries, text
from driftwatch.core.kinds.sequences import identities
from driftwatch.core.names import split, unquoted

_INDEXED = frozenset({"primary key", "unique", "exclude"})


def aside(obj: DbObject, context: Context) -> tuple[list[Step], str]:
    """The renamings that free a table's name, and those of its indexes and sequences; its name from then on."""
    renamed = _old_name(obj.id.identity)
    steps = [Step(f"ALTER TABLE {obj.id.identity} RENAME TO {split(renamed)[-1]}", note=_WHY)]
    for kind, identity in _named(obj, context):
        steps.append(Step(f"ALTER {kind} {identity} RENAME TO {split(_old_name(identity))[-1]}"))
    return steps, renamed


_WHY = "Postgres can't alter the table into this: it is built anew, and its rows move over."


def _old_name(identity: str) -> str:
    schema, name = split(identity)
    own = unquoted(name).encode()[:58].decode("utf-8", "ignore")
    return f"{schema}.{quote(f'{own}_old')}"


def _named(obj: DbObject, context: Context) -> Iterator[tuple[str, str]]:
    """What has a name of its own among the relations, and whose name is wanted again."""
    for other in context.before.catalog:
        identity = other.id.identity
        if other.id.kind == "identity" and split(text(other, "owned_by"))[:2] == split(obj.id.identity):
            yield "SEQUENCE", identity
        again = context.after.get(other.id) is not None and other.id not in context.apart
        if text(other, "table") != obj.id.identity or not again:
            continue
        if other.id.kind == "constraint" and text(other, "type") in _INDEXED:
            yield "INDEX", f"{split(obj.id.identity)[0]}.{split(identity)[0]}"
        elif other.id.kind in ("index", "statistics"):
            yield other.id.kind.upper(), identity


def carry(obj: DbObject, context: Context) -> list[Step]:
    """INSERT … SELECT of all columns that both have, and the identity sequences' last values."""
    old = context.before.get(obj.id)
    if old is None or _moves_with_parent(obj, context):
        return []
    names, values, lossy = _columns(obj, context)
    if not names:
        return []
    source = _old_name(obj.id.identity)
    side = family(context.before)
    children = side.children.get(obj.id.identity, ())
    only = "ONLY " if any(child not in side.partitions for child in children) else ""
    overriding = " OVERRIDING SYSTEM VALUE" if _has_identity(obj, names, context) else ""
    sql = (
        f"INSERT INTO {obj.id.identity} ({', '.join(names)}){overriding}\n"
        f"SELECT {', '.join(values)} FROM {only}{source}"
    )
    hazards = (
        Hazard("table rewritten", obj.id.identity),
        Hazard("may fail", f"rows of {obj.id.identity} that the new table does not take"),
        *lossy,
    )
    return [Step(sql, hazards), *_sequences(obj, context)]


def _moves_with_parent(obj: DbObject, context: Context) -> bool:
    """Whether its rows come with those of its partitioned table, which is built anew too."""
    side = family(context.before)
    if obj.id.identity not in side.partitions:
        return False
    parents = side.parents.get(obj.id.identity, ())
    tables = [ObjectId("table", parent) for parent in parents]
    return any(table in context.created and table in context.dropped for table in tables) and any(
        attachment(obj.id.identity, parent, side) in context.dropped for parent in parents
    )


def _columns(obj: DbObject, context: Context) -> tuple[list[str], list[str], list[Hazard]]:
    """The columns that both tables have, the expressions that have their values, and what is lost on the way."""
    names: list[str] = []
    values: list[str] = []
    lossy: list[Hazard] = []
    for name in entries(obj, "column_order"):
        id_ = ObjectId("column", f"{obj.id.identity}.{name}")
        old, new = context.before.get(id_), context.after.get(id_)
        if old is None or new is None or new.facets.get("generated") is not None:
            continue
        names.append(name)
        value, hazards = moved_value(old, new, context)
        values.append(value or name)
        lossy += hazards
    return names, values, lossy


def _has_identity(obj: DbObject, names: list[str], context: Context) -> bool:
    ids = (ObjectId("column", f"{obj.id.identity}.{name}") for name in names)
    return any((column := context.after.get(id_)) and text(column, "identity_column") == "always" for id_ in ids)


def _sequences(obj: DbObject, context: Context) -> Iterator[Step]:
    before = identities(context.before)
    for column, identity in identities(context.after).items():
        old = before.get(column)
        if old is not None and split(column)[:2] == split(obj.id.identity):
            name = identity.id.identity.replace("'", "''")
            yield Step(f"SELECT setval('{name}', last_value, is_called) FROM {_old_name(old.id.identity)}")  # noqa: S608 - quoted
