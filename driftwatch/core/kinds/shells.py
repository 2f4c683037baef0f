"""What the rules of types and domains need to know of their surroundings, said in facets and objects of its own.

A base type, or a range with functions of its own, needs its functions, and they need the type. Postgres breaks the
circle with a shell, which is a type in name only (docs, CREATE TYPE). So does the planner: the shell is an object of
its own, which the functions need. It changes with what the type can't change in place.

A domain whose values are in arrays, ranges or composite types in tables can't be given another constraint.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, MutableMapping
from dataclasses import replace

from driftwatch.core.catalog import DbObject, ObjectId, Value
from driftwatch.core.kinds.rules import text
from driftwatch.core.kinds.types import carriers, shell_facets


def take_out_shells(
    objects: MutableMapping[ObjectId, DbObject], needs: MutableMapping[ObjectId, set[ObjectId]]
) -> None:
    """Adds the shells to one side's objects, and lets the functions of each type need its shell instead."""
    for id_, obj in [item for item in objects.items() if item[0].kind == "type"]:
        own = carriers(obj)
        functions = [one for name in own if id_ in needs.get(one := ObjectId("function", name), ())]
        if not functions:
            continue
        shell = ObjectId("shell_type", id_.identity)
        objects[shell] = DbObject(shell, obj.schema, {"lasting": shell_facets(obj)})
        needs[id_] = {*needs.get(id_, ()), shell}
        for function in functions:
            needs[function] = {*(needs[function] - {id_}), shell}


def tell_domains(objects: MutableMapping[ObjectId, DbObject], needs: Mapping[ObjectId, set[ObjectId]]) -> None:
    """Adds to each domain its checks, and whether values of it are stored inside of other values."""
    checks: dict[str, list[str]] = defaultdict(list)
    users: dict[ObjectId, list[DbObject]] = defaultdict(list)
    domains = [obj for obj in objects.values() if obj.id.kind == "domain"]
    if not domains:
        return
    for obj in objects.values():
        if obj.id.kind == "domain_constraint":
            checks[text(obj, "domain")].append(text(obj, "definition"))
        elif obj.id.kind in ("column", "type", "domain"):
            for need in needs.get(obj.id, ()):
                if need.kind in ("type", "domain"):
                    users[need].append(obj)
    for obj in domains:
        more: dict[str, Value] = {
            "checks": tuple(sorted(checks[obj.id.identity])),
            "contained": _contained(obj.id, users),
        }
        objects[obj.id] = replace(obj, facets={**obj.facets, **more})


def _contained(domain: ObjectId, users: Mapping[ObjectId, list[DbObject]]) -> bool:
    waiting, seen = [(domain, False)], {(domain, False)}
    while waiting:
        id_, inside = waiting.pop()
        for user in users.get(id_, ()):
            within = inside or user.id.kind == "type" or text(user, "type") != id_.identity
            if user.id.kind == "column" and within:
                return True
            if user.id.kind != "column" and (user.id, within) not in seen:
                seen.add((user.id, within))
                waiting.append((user.id, within))
    return False
