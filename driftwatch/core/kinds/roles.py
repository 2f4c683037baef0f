"""Roles, who is in which, and what is set for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from driftwatch.core.acl import quote
from driftwatch.core.catalog import DbObject, ObjectId, Value
from driftwatch.core.kinds.options import settings_changed
from driftwatch.core.kinds.rules import Context, Hazard, Kind, Schema, Step, entries, literal, text

_ATTRIBUTES = {
    "superuser": ("SUPERUSER", "NOSUPERUSER", False),
    "create_db": ("CREATEDB", "NOCREATEDB", False),
    "create_role": ("CREATEROLE", "NOCREATEROLE", False),
    "inherit": ("INHERIT", "NOINHERIT", True),
    "login": ("LOGIN", "NOLOGIN", False),
    "replication": ("REPLICATION", "NOREPLICATION", False),
    "bypass_rls": ("BYPASSRLS", "NOBYPASSRLS", False),
}
"""By facet: the words for yes and no, and what a new role has."""


def _create(obj: DbObject, context: Context) -> list[Step]:
    words = [
        yes if obj.facets.get(facet) else no
        for facet, (yes, no, default) in _ATTRIBUTES.items()
        if facet in obj.facets and bool(obj.facets[facet]) is not default
    ]
    words += _limits({}, obj.facets)
    password = Hazard("to be filled in", f"the password of {obj.id.identity} is a secret and was not read")
    hazards = (password,) if obj.facets.get("login") else ()
    return [Step(" ".join([f"CREATE ROLE {obj.id.identity}", *words]), hazards)]


def _alter(before: DbObject, after: DbObject, context: Context) -> list[Step]:
    words = [
        yes if after.facets.get(facet) else no
        for facet, (yes, no, _) in _ATTRIBUTES.items()
        if bool(before.facets.get(facet)) is not bool(after.facets.get(facet))
    ]
    words += _limits(before.facets, after.facets)
    return [Step(f"ALTER ROLE {after.id.identity} {' '.join(words)}")] if words else []


def _limits(old: Mapping[str, Value], new: Mapping[str, Value]) -> list[str]:
    words = []
    if old.get("connection_limit") != new.get("connection_limit"):
        limit = new.get("connection_limit")
        words.append(f"CONNECTION LIMIT {-1 if limit is None else limit}")
    if old.get("valid_until") != new.get("valid_until"):
        words.append(f"VALID UNTIL {literal(str(new.get('valid_until') or 'infinity'))}")
    return words


def _grant(obj: DbObject, context: Context) -> list[Step]:
    by = _granted_by(obj, context.after, context)
    options = _options(_given_by_default(obj, context), obj, context.version)
    return [Step(f"GRANT {text(obj, 'role')} TO {text(obj, 'member')}{options}{by[0] if by else ''}")]


def _given_by_default(obj: DbObject, context: Context) -> dict[str, Value]:
    member = context.after.get(ObjectId("role", text(obj, "member")))
    return {"admin": False, "inherit": member is None or member.facets.get("inherit") is not False, "set": True}


def _options(old: Mapping[str, Value], obj: DbObject, version: int) -> str:
    if version < 160000:
        return " WITH ADMIN OPTION" if obj.facets.get("admin") and not old.get("admin") else ""
    changed = [
        f"{name.upper()} {str(obj.facets[name]).upper()}"
        for name in ("admin", "inherit", "set")
        if name in obj.facets and obj.facets[name] is not old.get(name)
    ]
    if changed == ["ADMIN TRUE"]:
        return " WITH ADMIN OPTION"
    return f" WITH {', '.join(changed)}" if changed else ""


def _granted_by(obj: DbObject, side: Schema, context: Context) -> list[str]:
    """` GRANTED BY …` for each grantor who is not simply the one who runs the plan."""
    role = text(obj, "role")
    others = []
    for grantor in entries(obj, "grantors"):
        known = side.get(ObjectId("role", grantor))
        bootstrap = known is not None and known.facets.get("bootstrap") is True
        if grantor != quote(context.creator) and not bootstrap and known is not None:
            others.append(grantor)
    may = [one for one in others if _is_admin(one, role, side) or context.version < 160000]
    return [f" GRANTED BY {one}" for one in may]


def _is_admin(member: str, role: str, side: Schema) -> bool:
    found = side.get(ObjectId("role_membership", f"{member} in {role}"))
    return found is not None and found.facets.get("admin") is True


def _regrant(before: DbObject, after: DbObject, context: Context) -> list[Step]:
    role, member = text(after, "role"), text(after, "member")
    by = (_granted_by(after, context.before, context) or [""])[0]
    if context.version < 160000 and before.facets.get("admin") and not after.facets.get("admin"):
        return [Step(f"REVOKE ADMIN OPTION FOR {role} FROM {member}{by}")]
    had = {name: before.facets.get(name) for name in ("admin", "inherit", "set")}
    return [Step(f"GRANT {role} TO {member}{_options(had, after, context.version)}{by}")]


def _revoke(obj: DbObject, context: Context) -> list[Step]:
    by = _granted_by(obj, context.before, context)
    if len(by) < len(entries(obj, "grantors")) or not by:
        by.append("")
    return [Step(f"REVOKE {text(obj, 'role')} FROM {text(obj, 'member')}{one}") for one in by]


def _membership_needs(obj: DbObject) -> Iterable[ObjectId]:
    role, member = text(obj, "role"), text(obj, "member")
    yield ObjectId("role", role)
    yield ObjectId("role", member)
    for grantor in entries(obj, "grantors"):
        yield ObjectId("role", grantor)
        yield ObjectId("role_membership", f"{grantor} in {role}")


def _setting_head(obj: DbObject, context: Context) -> str:
    here = obj.id.identity != text(obj, "role")
    return f"ALTER ROLE {text(obj, 'role')}" + (f" IN DATABASE {quote(context.database)}" if here else "")


def _set(obj: DbObject, context: Context) -> list[Step]:
    what = f"role {text(obj, 'role')}"
    return list(settings_changed(_setting_head(obj, context), (), entries(obj, "settings"), what))


def _change(before: DbObject, after: DbObject, context: Context) -> list[Step]:
    old, new = entries(before, "settings"), entries(after, "settings")
    return list(settings_changed(_setting_head(after, context), old, new, f"role {text(after, 'role')}"))


def _reset(obj: DbObject, context: Context) -> list[Step]:
    return list(settings_changed(_setting_head(obj, context), entries(obj, "settings"), (), ""))


KINDS = (
    Kind(
        "role",
        "ROLE",
        _create,
        in_place=dict.fromkeys((*_ATTRIBUTES, "connection_limit", "valid_until"), _alter),
        ignored=frozenset({"bootstrap"}),
        names=lambda obj: (f"role {obj.id.identity}",),
        has_owner=False,
        rank=0,
    ),
    Kind(
        "role_membership",
        "",
        _grant,
        in_place=dict.fromkeys(("admin", "inherit", "set"), _regrant),
        drop=_revoke,
        needs=_membership_needs,
        has_owner=False,
        has_comment=False,
        rank=1,
    ),
    Kind(
        "role_setting",
        "",
        _set,
        in_place={"settings": _change},
        drop=_reset,
        parent=lambda obj: ObjectId("role", text(obj, "role")),
        has_owner=False,
        has_comment=False,
        rank=2,
    ),
)
