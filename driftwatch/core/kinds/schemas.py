"""Schemas."""

from __future__ import annotations

from driftwatch.core.acl import quote
from driftwatch.core.catalog import DbObject
from driftwatch.core.kinds.rules import Context, Kind, Step, text


def _create(obj: DbObject, context: Context) -> list[Step]:
    owner = text(obj, "owner")
    authorization = f" AUTHORIZATION {owner}" if owner not in ("", quote(context.creator)) else ""
    return [Step(f"CREATE SCHEMA {obj.id.identity}{authorization}")]


KINDS = (
    Kind(
        "schema",
        "SCHEMA",
        _create,
        privileges="SCHEMA",
        names=lambda obj: (f"schema {obj.id.identity}",),
        owner_in_create=True,
        rank=10,
    ),
)
