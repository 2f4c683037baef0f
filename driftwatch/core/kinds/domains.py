"""Domains and their constraints."""

from __future__ import annotations

from driftwatch.core.acl import quote
from driftwatch.core.catalog import DbObject, ObjectId
from driftwatch.core.kinds.enums import stored_in
from driftwatch.core.kinds.expressions import readable_again
from driftwatch.core.kinds.rules import Context, Hazard, Kind, Step, entries, literal, text
from driftwatch.core.kinds.signatures import on_what
from driftwatch.core.kinds.types import aside_name
from driftwatch.core.names import split, unquoted


def _create(obj: DbObject, context: Context) -> list[Step]:
    parts = [f"CREATE DOMAIN {obj.id.identity} AS {text(obj, 'type')}"]
    if obj.facets.get("collation") is not None:
        parts.append(f"COLLATE {text(obj, 'collation')}")
    if obj.facets.get("default") is not None:
        parts.append(f"DEFAULT {readable_again(text(obj, 'default'))}")
    if obj.facets.get("not_null"):
        named = obj.facets.get("not_null_name")
        parts.append(f"CONSTRAINT {quote(str(named))} NOT NULL" if named is not None else "NOT NULL")
    lines = [" ".join(parts)]
    later = []
    for id_ in sorted(context.inlined):
        part = context.after.get(id_) if id_.kind == "domain_constraint" else None
        if part is None or text(part, "domain") != obj.id.identity:
            continue
        if part.facets.get("validated") is False:
            later += _add(part, context)  # CREATE DOMAIN knows no NOT VALID
        else:
            lines.append(f"CONSTRAINT {_own_name(part)} {readable_again(text(part, 'definition'))}")
    steps = [Step("\n  ".join(lines)), *later]
    comment = obj.facets.get("not_null_comment")
    return [*steps, *([_comment_not_null(obj)] if comment is not None else [])]


def _comment_not_null(obj: DbObject) -> Step:
    name = obj.facets.get("not_null_name") or f"{unquoted(split(obj.id.identity)[1])}_not_null"
    comment = obj.facets.get("not_null_comment")
    value = "NULL" if comment is None else literal(str(comment))
    return Step(f"COMMENT ON CONSTRAINT {quote(str(name))} ON DOMAIN {obj.id.identity} IS {value}")


def _default(before: DbObject, after: DbObject, context: Context) -> list[Step]:
    default = readable_again(text(after, "default"))
    action = f"SET DEFAULT {default}" if default else "DROP DEFAULT"
    return [Step(f"ALTER DOMAIN {after.id.identity} {action}")]


def _checks(before: DbObject, after: DbObject, context: Context) -> list[Step] | None:
    """Constraints are objects of their own, but where the values are inside of others the domain is made again."""
    come = set(entries(after, "checks")) - set(entries(before, "checks"))
    return None if come and before.facets.get("contained") else []


def _not_null(before: DbObject, after: DbObject, context: Context) -> list[Step] | None:
    """The constraint behind NOT NULL has a name from Postgres 17 on."""
    target = f"ALTER DOMAIN {after.id.identity}"
    old, new = (bool(obj.facets.get("not_null")) for obj in (before, after))
    if new and not old and before.facets.get("contained"):
        return None
    renamed = old and new and before.facets.get("not_null_name") != after.facets.get("not_null_name")
    steps = [Step(f"{target} DROP NOT NULL")] if old and (renamed or not new) else []
    if new and (renamed or not old):
        named = after.facets.get("not_null_name")
        action = "SET NOT NULL" if named is None else f"ADD CONSTRAINT {quote(str(named))} NOT NULL"
        steps.append(Step(f"{target} {action}", _may_fail(after.id, "no row may be NULL", context)))
    old_comment = None if renamed or not old else before.facets.get("not_null_comment")
    if new and old_comment != after.facets.get("not_null_comment"):
        steps.append(_comment_not_null(after))
    return steps


def _may_fail(domain: ObjectId, why: str, context: Context) -> tuple[Hazard, ...]:
    """Present rows are looked through, and may not be as the domain now wants them."""
    columns = stored_in(domain, context.before)
    if not columns:
        return ()
    where = ", ".join(one.identity for one in columns)
    return (Hazard("may fail", f"{why} in {where}"), Hazard("long scan", f"every row of {where} is checked"))


def _set_aside(old: DbObject, context: Context) -> tuple[Step, str]:
    schema, _ = split(old.id.identity)
    name = aside_name(old.id, context)
    return Step(f"ALTER DOMAIN {old.id.identity} RENAME TO {name}"), f"{schema}.{name}"


def _create_constraint(obj: DbObject, context: Context) -> list[Step]:
    return [] if obj.id in context.inlined else _add(obj, context)


def _add(obj: DbObject, context: Context) -> list[Step]:
    domain = text(obj, "domain")
    definition = readable_again(text(obj, "definition"))
    hazards = () if obj.facets.get("validated") is False else _may_fail(_domain(obj), definition, context)
    return [Step(f"ALTER DOMAIN {domain} ADD CONSTRAINT {_own_name(obj)} {definition}", hazards)]


def _validate(before: DbObject, after: DbObject, context: Context) -> list[Step] | None:
    if before.facets.get("validated") is not False or text(before, "definition") != _not_valid(after):
        return None
    sql = f"ALTER DOMAIN {text(after, 'domain')} VALIDATE CONSTRAINT {_own_name(after)}"
    return [Step(sql, _may_fail(_domain(after), text(after, "definition"), context))]


def _not_valid(obj: DbObject) -> str:
    return f"{text(obj, 'definition')} NOT VALID"


def _drop_constraint(obj: DbObject, context: Context) -> list[Step]:
    return [Step(f"ALTER DOMAIN {on_what(obj.id.identity)} DROP CONSTRAINT {_own_name(obj)}")]


def _domain(obj: DbObject) -> ObjectId:
    return ObjectId("domain", text(obj, "domain"))


def _own_name(obj: DbObject) -> str:
    return obj.id.identity.removesuffix(f" on {text(obj, 'domain')}")


KINDS = (
    Kind(
        "domain",
        "DOMAIN",
        _create,
        in_place={
            "checks": _checks,
            "default": _default,
            "not_null": _not_null,
            "not_null_name": _not_null,
            "not_null_comment": _not_null,
        },
        names=lambda obj: (f"relation {obj.id.identity}",),
        ignored=frozenset({"contained"}),
        set_aside=_set_aside,
        privileges="DOMAIN",
        rank=20,
    ),
    Kind(
        "domain_constraint",
        "CONSTRAINT",
        _create_constraint,
        in_place={"validated": _validate, "definition": _validate},
        drop=_drop_constraint,
        reference=lambda obj: f"{_own_name(obj)} ON DOMAIN {text(obj, 'domain')}",
        parent=_domain,
        inline=frozenset({"domain"}),
        has_owner=False,
        rank=21,
    ),
)
