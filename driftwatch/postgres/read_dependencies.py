"""Which object depends on which, as pg_depend has it, in the catalog's own names."""

from __future__ import annotations

from collections import defaultdict
from typing import Any, cast

from driftwatch.core.catalog import ObjectId
from driftwatch.core.garbage import no_search_for_garbage
from driftwatch.postgres.connect import Connection, translated
from driftwatch.postgres.queries import query

Dependencies = dict[ObjectId, frozenset[ObjectId]]


@no_search_for_garbage()
def read_dependencies(conn: Connection) -> Dependencies:
    """For each object the others that must be there before it. Reads only the catalogs.

    A member of an extension is named as the extension. Raises DriftwatchError when they can't be read.
    """
    with translated("Could not read what depends on what"), conn.transaction():
        conn.execute("SET LOCAL search_path = ''")
        named = {
            (class_, oid, column): ObjectId(kind, identity)
            for class_, oid, column, kind, identity in conn.execute(cast(Any, query("named_objects")))
        }
        edges = conn.execute(cast(Any, query("dependencies"))).fetchall()
    found: dict[ObjectId, set[ObjectId]] = defaultdict(set)
    for class_, oid, column, other_class, other_oid, other_column in edges:
        one = named.get((class_, oid, column))
        other = named.get((other_class, other_oid, other_column))
        if one is not None and other is not None and one != other:
            found[one].add(other)
    return {id_: frozenset(others) for id_, others in _through_extensions(found).items()}


def _through_extensions(found: dict[ObjectId, set[ObjectId]]) -> dict[ObjectId, set[ObjectId]]:
    """Whoever needs a member needs the extension that brings it."""
    extension_of = {
        member: others for member, needs in found.items() if (others := {o for o in needs if o.kind == "extension"})
    }
    for needs in found.values() if extension_of else ():
        for other in needs & extension_of.keys():
            needs |= extension_of[other]
    return found
