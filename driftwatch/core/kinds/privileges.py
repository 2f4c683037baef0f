"""Grants: what objects give, what new ones give by themselves, and the GRANT and REVOKE between two sets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import groupby

from driftwatch.core.acl import PUBLIC, quote
from driftwatch.core.catalog import DbObject
from driftwatch.core.kinds.rules import Context, Kind, entries, text

_PUBLIC_HAS = {
    "FUNCTION": ("EXECUTE",), "PROCEDURE": ("EXECUTE",), "TYPE": ("USAGE",), "DOMAIN": ("USAGE",),
    "LANGUAGE": ("USAGE",), "DATABASE": ("CONNECT", "TEMPORARY"),
}  # fmt: skip
"""What everybody may do with a new object (Postgres docs, 5.8 Privileges)."""
_ALL = {
    "TABLE": ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER", "MAINTAIN"),
    "SEQUENCE": ("SELECT", "UPDATE", "USAGE"),
    "FUNCTION": ("EXECUTE",), "PROCEDURE": ("EXECUTE",), "TYPE": ("USAGE",), "DOMAIN": ("USAGE",),
    "SCHEMA": ("USAGE", "CREATE"), "LANGUAGE": ("USAGE",), "FOREIGN SERVER": ("USAGE",),
    "FOREIGN DATA WRAPPER": ("USAGE",), "DATABASE": ("CREATE", "CONNECT", "TEMPORARY"),
    "TABLESPACE": ("CREATE",), "PARAMETER": ("SET", "ALTER SYSTEM"), "LARGE OBJECT": ("SELECT", "UPDATE"),
}  # fmt: skip
_DEFAULTS_FOR = {"TABLE": "tables", "SEQUENCE": "sequences", "FUNCTION": "functions", "PROCEDURE": "functions",
                 "TYPE": "types", "DOMAIN": "types", "SCHEMA": "schemas"}  # fmt: skip
_BY = re.compile(r'(.*) by ("(?:[^"]|"")*"|[^" ]+)', re.DOTALL)

Grants = dict[str, dict[str, bool]]
"""Grantee (as SQL writes it) to privilege to whether it may be passed on. An owner who is missing has everything."""
Rights = dict[str, Grants]
"""Grants by who gave them, "" being the owner."""


def grants(acl: Iterable[str]) -> Grants:
    """Folded grants, `anon=DELETE,SELECT*`, by grantee."""
    found: Grants = {}
    for entry in acl:
        grantee, _, listed = entry.rpartition("=")
        found[grantee] = {name.rstrip("*"): name.endswith("*") for name in listed.split(",") if name}
    return found


def rights(obj: DbObject) -> Rights:
    """All grants on an object."""
    return _rights(entries(obj, "acl"), entries(obj, "acl_grantors"))


def _rights(acl: tuple[str, ...], grantors: tuple[str, ...]) -> Rights:
    found: Rights = {"": grants(acl)}
    for entry in grantors:
        match = _BY.fullmatch(entry)
        if match is None:
            continue
        for grantee, names in grants([match[1]]).items():
            found.setdefault(match[2], {})[grantee] = names
            left = {name: may for name, may in found[""].get(grantee, {}).items() if name not in names}
            found[""][grantee] = left
            if not left:
                del found[""][grantee]
    return found


@lru_cache(maxsize=4096)
def named_roles(acl: tuple[str, ...], grantors: tuple[str, ...]) -> frozenset[str]:
    """Everybody who gives or gets something, as SQL writes them, but PUBLIC."""
    given = _rights(acl, grantors)
    return frozenset({*given, *(grantee for some in given.values() for grantee in some)} - {"", PUBLIC})


def every(noun: str, version: int) -> dict[str, bool]:
    """All privileges of a kind of object, as its owner has them."""
    return {name: False for name in _ALL.get(noun, ()) if name != "MAINTAIN" or version >= 170000}


def built_in(noun: str) -> Grants:
    """What a new object gives where there are no default privileges."""
    return {PUBLIC: dict.fromkeys(_PUBLIC_HAS[noun], False)} if noun in _PUBLIC_HAS else {}


def of_new(kind: Kind, obj: DbObject, context: Context) -> Rights:
    """What a new object gives before anything is said: the built-in default, or default privileges of its maker."""
    owner = text(obj, "owner")
    maker = owner if kind.owner_in_create and owner else quote(context.creator)
    what = _DEFAULTS_FOR.get(kind.privileges, "")
    everywhere = context.default_privileges(f"for role {maker} on {what}")
    here = context.default_privileges(f"for role {maker} in schema {quote(obj.schema)} on {what}")
    present = grants(entries(everywhere, "acl")) if everywhere is not None else built_in(kind.privileges)
    full = every(kind.privileges, context.version)
    if here is not None and kind.privileges != "SCHEMA":
        for grantee, names in grants(entries(here, "acl")).items():
            had = full if grantee == maker and grantee not in present else present.get(grantee, {})
            present[grantee] = _joined(had, names)
    return moved({"": _without_default(present, maker, full)}, maker, owner or maker, full)


def moved(present: Rights, old_owner: str, owner: str, full: Mapping[str, bool]) -> Rights:
    """The grants after the object was given to another owner, who takes the old one's place in each of them."""
    if old_owner == owner or not owner:
        return present
    result: Rights = {}
    for grantor, given in present.items():
        one: Grants = {}
        for grantee, names in given.items():
            successor = owner if grantee == old_owner else grantee
            one[successor] = _joined(one.get(successor, {}), names)
        if not grantor and old_owner not in given and owner in one:
            one[owner] = _joined(full, one[owner])
        result["" if grantor == owner else grantor] = one
    result[""] = _without_default(result.get("", {}), owner, full)
    return result


def _joined(one: Mapping[str, bool], other: Mapping[str, bool]) -> dict[str, bool]:
    return {name: one.get(name, False) or other.get(name, False) for name in (*one, *other)}


def _without_default(given: Grants, owner: str, full: Mapping[str, bool]) -> Grants:
    return {grantee: names for grantee, names in given.items() if grantee != owner or names != full}


def statements(
    on: str, noun: str, present: Rights, wanted: Rights, owner: str, version: int, columns: str = ""
) -> list[str]:
    """GRANT and REVOKE that turn one set of grants into another.

    on: what stands after ON, "TABLE public.orders". columns: ` (a, b)` for grants on columns. What others than the
    owner granted is granted and revoked as them: Postgres takes no other grantor.
    """
    full = {} if columns else every(noun, version)  # nobody's column grants have a default
    own = {} if columns else {owner: full}
    others = _givers(present, wanted)
    found = []
    for grantor in reversed(others):
        found += _as_role(grantor, _lost(on, present.get(grantor, {}), wanted.get(grantor, {}), {}, full, columns))
    before, after = present.get("", {}), wanted.get("", {})
    found += _lost(on, before, after, own, full, columns)
    found += _gained(on, before, after, own, full, columns)
    for grantor in others:
        found += _as_role(grantor, _gained(on, present.get(grantor, {}), wanted.get(grantor, {}), {}, full, columns))
    return found


def _givers(present: Rights, wanted: Rights) -> list[str]:
    """All grantors but the owner, each after those who gave it what it gives."""
    waiting = sorted((present.keys() | wanted.keys()) - {""})
    found: list[str] = []
    while waiting:
        free = [
            one
            for one in waiting
            if not any(one in side.get(other, {}) for side in (present, wanted) for other in waiting if other != one)
        ]
        found += free or waiting
        waiting = [one for one in waiting if one not in found]
    return found


def _as_role(role: str, done: list[str]) -> list[str]:
    return [f"SET ROLE {role}", *done, "RESET ROLE"] if done else []


def _sides(before: Grants, after: Grants, own: Grants) -> Iterator[tuple[str, dict[str, bool], dict[str, bool]]]:
    for grantee in sorted(before.keys() | after.keys()):
        yield grantee, {**own, **before}.get(grantee, {}), {**own, **after}.get(grantee, {})


def _lost(on: str, before: Grants, after: Grants, own: Grants, full: Mapping[str, bool], columns: str) -> list[str]:
    found = []
    for grantee, had, has in _sides(before, after, own):
        lost = [name for name in had if name not in has]
        no_option = [name for name in had if name in has and had[name] and not has[name]]
        if lost:
            found.append((f"REVOKE {_list(lost, full, columns)} ON {on} FROM ", grantee, ""))
        if no_option:
            found.append((f"REVOKE GRANT OPTION FOR {_list(no_option, {}, columns)} ON {on} FROM ", grantee, ""))
    return _merged(found)


def _gained(on: str, before: Grants, after: Grants, own: Grants, full: Mapping[str, bool], columns: str) -> list[str]:
    found = []
    for grantee, had, has in _sides(before, after, own):
        new = {name: has[name] for name in has if name not in had or (has[name] and not had[name])}
        for option, names in groupby(sorted(new, key=lambda name: (new[name], name)), key=lambda name: new[name]):
            tail = " WITH GRANT OPTION" if option else ""
            found.append((f"GRANT {_list(list(names), full, columns)} ON {on} TO ", grantee, tail))
    return _merged(found)


def _merged(found: Iterable[tuple[str, str, str]]) -> list[str]:
    """Equal grants to several roles are one statement."""
    merged: dict[tuple[str, str], list[str]] = {}
    for head, grantee, tail in found:
        merged.setdefault((head, tail), []).append(grantee)
    return [f"{head}{', '.join(names)}{tail}" for (head, tail), names in merged.items()]


def _list(names: list[str], full: Mapping[str, bool], columns: str) -> str:
    if full and set(names) == set(full) and len(full) > 1:
        return "ALL"
    return ", ".join(f"{name}{columns}" for name in sorted(names))
