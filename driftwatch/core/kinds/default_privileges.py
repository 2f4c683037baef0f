"""Default privileges: what later objects of a role give by themselves. They come last: the plan makes objects too."""

from __future__ import annotations

from collections.abc import Iterable

from driftwatch.core.acl import quote
from driftwatch.core.catalog import DbObject, ObjectId
from driftwatch.core.kinds.privileges import Rights, built_in, rights, statements
from driftwatch.core.kinds.rules import Context, Kind, Step, text

_NOUNS = {
    "tables": "TABLE",
    "sequences": "SEQUENCE",
    "functions": "FUNCTION",
    "types": "TYPE",
    "schemas": "SCHEMA",
    "large objects": "LARGE OBJECT",
}
_GRANTS = ("acl", "acl_grantors")


def _what(obj: DbObject) -> str:
    return next(name for name in _NOUNS if obj.id.identity.endswith(f" on {name}"))


def _untouched(obj: DbObject) -> Rights:
    """What there is without the entry: nothing in a schema, else what Postgres gives."""
    return {} if obj.schema else {"": built_in(_NOUNS[_what(obj)])}


def _steps(obj: DbObject, before: Rights, after: Rights, context: Context) -> list[Step]:
    what, role = _what(obj), text(obj, "role")
    here = f" IN SCHEMA {quote(obj.schema)}" if obj.schema else ""
    head = f"ALTER DEFAULT PRIVILEGES FOR ROLE {role}{here}"
    owner = "" if obj.schema else role
    found = statements(what.upper(), _NOUNS[what], before, after, owner, context.version)
    return [Step(f"{head} {one}") for one in found]


def _needs(obj: DbObject) -> Iterable[ObjectId]:
    yield ObjectId("role", text(obj, "role"))


KINDS = (
    Kind(
        "default_privileges",
        "",
        lambda obj, context: _steps(obj, _untouched(obj), rights(obj), context),
        in_place=dict.fromkeys(_GRANTS, lambda old, new, context: _steps(new, rights(old), rights(new), context)),
        drop=lambda obj, context: _steps(obj, rights(obj), _untouched(obj), context),
        needs=_needs,
        has_owner=False,
        has_comment=False,
        rank=98,
    ),
)
