"""What an object that only one side names means: that the other has not got it, has it as always, or was not read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from driftwatch.core.catalog import Catalog, DbObject, ObjectId

_ROWS_OF = {"function": ("procedure", "aggregate"), "table": ("foreign_table",)}
"""Kinds that are read together with the one that a refusal names."""


def read_on_both(before: Catalog, after: Catalog) -> tuple[Catalog, Catalog]:
    """Both catalogs without the kinds that could not be read on one side, as `kind NAME` in its `not_compared` says."""
    names = {
        one.what.removeprefix("kind ")
        for side in (before, after)
        for one in side.not_compared
        if one.what.startswith("kind ")
    }
    unread = {kind for name in names for kind in (name, *_ROWS_OF.get(name, ()))}
    if not unread:
        return before, after
    return _without(before, unread), _without(after, unread)


def _without(catalog: Catalog, kinds: set[str]) -> Catalog:
    return replace(catalog, objects={id_: obj for id_, obj in catalog.objects.items() if id_.kind not in kinds})


def filled(before: Catalog, after: Catalog) -> tuple[Catalog, Catalog]:
    """Both catalogs, each with the normal values of what deviates on the other side.

    A scope keeps of the platform's objects only what deviates. So what one side lacks is not gone there, but normal.
    """
    deviating = [obj for side in (before, after) for obj in side if obj.normal is not None]
    if not deviating:
        return before, after
    return _with_normal(before, deviating), _with_normal(after, deviating)


def _with_normal(catalog: Catalog, deviating: Iterable[DbObject]) -> Catalog:
    objects: dict[ObjectId, DbObject] = dict(catalog.objects)
    for obj in deviating:
        own = objects.get(obj.id)
        normal = {name: value for name, value in (obj.normal or {}).items() if value is not None}
        if own is None:
            objects[obj.id] = replace(obj, facets=normal)
        elif own.normal is not None:
            objects[obj.id] = replace(own, facets={**normal, **own.facets})
    return replace(catalog, objects=objects)
