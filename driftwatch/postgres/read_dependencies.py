"""Which object depends on which, as pg_depend has it, in the catalog's own names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import Any, cast

from driftwatch.core.catalog import ObjectId
from driftwatch.core.garbage import no_search_for_garbage
from driftwatch.core.kinds.rules import Dependencies
from driftwatch.postgres.connect import Connection, translated
from driftwatch.postgres.queries import query


@no_search_for_garbage()
def read_dependencies(conn: Connection, of: Collection[ObjectId] | None = None) -> Dependencies:
    """Reads only the catalogs.

    of: all that depends on these objects, directly or not, is there; of parts of relations that don't nothing need be.
    Relations and what is no part of one can be given. None: everything.
    A member of an extension is named as the extension. Raises DriftwatchError when they can't be read.
    """
    with translated("Could not read what depends on what"), conn.transaction():
        conn.execute("SET LOCAL search_path = ''")
        edges = _edges(conn, of)
        named = _names(conn, None if of is None else {oid for edge in edges for oid in (edge[1], edge[4])})
        lists = conn.execute(cast(Any, query("written_lists"))).fetchall()
        granted = conn.execute(cast(Any, query("granted_members"))).fetchall() if _asks_for_grants(of) else []
    found: dict[ObjectId, set[ObjectId]] = defaultdict(set)
    for class_, oid, column, other_class, other_oid, other_column in edges:
        one = named.get((class_, oid, column))
        other = named.get((other_class, other_oid, other_column))
        if one is not None and other is not None and one != other:
            found[one].add(other)
    for grant, extension in granted:
        found[ObjectId("system_grant", grant)].add(ObjectId("extension", extension))
    return Dependencies(
        {id_: frozenset(others) for id_, others in _through_extensions(found).items()},
        {(identity, facet): tuple(listed) for identity, facet, listed in lists},
    )


def _asks_for_grants(of: Collection[ObjectId] | None) -> bool:
    return of is None or any(id_.kind in ("extension", "system_grant") for id_ in of)


def _edges(conn: Connection, of: Collection[ObjectId] | None) -> list[tuple[int, ...]]:
    """Class, OID and column of a dependent, then of what it depends on."""
    if of is None:
        return conn.execute(cast(Any, query("dependencies"))).fetchall()
    given = {"kinds": list({id_.kind for id_ in of}), "identities": list({id_.identity for id_ in of})}
    return conn.execute(cast(Any, _with_names("reached_dependencies")), given).fetchall()


def _names(conn: Connection, oids: Collection[int] | None) -> dict[tuple[int, int, int], ObjectId]:
    """Class, OID and column to the catalog's name, of everything or of what has these OIDs."""
    if oids is None:
        rows = conn.execute(cast(Any, query("named_objects")))
    else:
        # Postgres takes them for few, and its loops over thousands last seconds.
        conn.execute("SET LOCAL enable_nestloop = off")
        rows = conn.execute(cast(Any, _with_names("names_of")), {"oids": list(oids)})
    return {(class_, oid, column): ObjectId(kind, identity) for class_, oid, column, kind, identity in rows}


def _with_names(name: str) -> str:
    return query(name).replace(":named", query("named_objects"))


def _through_extensions(found: dict[ObjectId, set[ObjectId]]) -> dict[ObjectId, set[ObjectId]]:
    """Whoever needs a member needs the extension that brings it."""
    extension_of = {
        member: others for member, needs in found.items() if (others := {o for o in needs if o.kind == "extension"})
    }
    for needs in found.values() if extension_of else ():
        for other in needs & extension_of.keys():
            needs |= extension_of[other]
    return found
