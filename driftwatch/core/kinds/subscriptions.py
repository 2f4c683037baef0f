"""Subscriptions, made without a connection to the publisher: where it is and how to log in there is never read."""

from __future__ import annotations

from driftwatch.core.acl import quote
from driftwatch.core.catalog import DbObject
from driftwatch.core.kinds.rules import Context, Hazard, Kind, Step, literal, text, written

_NOWHERE = "host=FILL_IN dbname=FILL_IN"
_DEFAULTS: dict[str, str | bool] = {
    "binary": False,
    "streaming": "off",
    "two_phase": False,
    "disable_on_error": False,
    "synchronous_commit": "off",
    "origin": "any",
    "password_required": True,
    "run_as_owner": False,
    "failover": False,
}
"""What a new subscription has, by facet, which is also the option's name."""


def _create(obj: DbObject, context: Context) -> list[Step]:
    options = ["connect = false"]
    slot = obj.facets.get("slot")
    if slot is None:
        options.append("slot_name = NONE")
    elif quote(str(slot)) != obj.id.identity:
        options.append(f"slot_name = {literal(str(slot))}")
    options += [
        _option(obj, name) for name, usual in _defaults(context).items() if obj.facets.get(name, usual) != usual
    ]
    publications = ", ".join(quote(name) for name in written(obj, "publications"))
    connection = text(obj, "connection") or _NOWHERE
    missing = Hazard("to be filled in", f"the connection string of subscription {obj.id.identity} is a secret")
    hazards = () if obj.facets.get("connection") and "(hidden)" not in connection else (missing,)
    create = (
        f"CREATE SUBSCRIPTION {obj.id.identity}\n  CONNECTION {literal(connection)}\n"
        f"  PUBLICATION {publications}\n  WITH ({', '.join(options)})"
    )
    steps = [Step(create, hazards)]
    if obj.facets.get("enabled"):
        steps.append(Step(f"ALTER SUBSCRIPTION {obj.id.identity} ENABLE"))
    return steps


def _defaults(context: Context) -> dict[str, str | bool]:
    return {**_DEFAULTS, "streaming": "parallel"} if context.version >= 180000 else _DEFAULTS


def _option(obj: DbObject, name: str) -> str:
    value = obj.facets.get(name)
    return f"{name} = {str(value).lower() if isinstance(value, bool) else value}"


def _alter(before: DbObject, after: DbObject, context: Context) -> list[Step]:
    """Options that an enabled subscription does not let change are changed while it is disabled."""
    head = f"ALTER SUBSCRIPTION {after.id.identity}"
    was, is_ = bool(before.facets.get("enabled")), bool(after.facets.get("enabled"))
    changed = [name for name in _DEFAULTS if before.facets.get(name) != after.facets.get(name) and name in after.facets]
    options = [_option(after, name) for name in changed]
    if before.facets.get("slot") != after.facets.get("slot"):
        slot = after.facets.get("slot")
        options.insert(0, f"slot_name = {'NONE' if slot is None else literal(str(slot))}")
    steps = []
    pause = was and (not is_ or after.facets.get("slot") is None or {"failover", "two_phase"} & set(changed))
    if pause:
        steps.append(Step(f"{head} DISABLE"))
    if before.facets.get("publications") != after.facets.get("publications"):
        names = ", ".join(quote(name) for name in written(after, "publications"))
        steps.append(Step(f"{head} SET PUBLICATION {names} WITH (refresh = false)"))
    if before.facets.get("connection") != after.facets.get("connection") and "connection" in after.facets:
        steps.append(_connect(head, after))
    if options:
        steps.append(Step(f"{head} SET ({', '.join(options)})"))
    if is_ and (pause or not was):
        steps.append(Step(f"{head} ENABLE"))
    return steps


def _connect(head: str, obj: DbObject) -> Step:
    connection = text(obj, "connection")
    missing = Hazard("to be filled in", f"the password of subscription {obj.id.identity} is a secret")
    return Step(f"{head} CONNECTION {literal(connection)}", (missing,) if "(hidden)" in connection else ())


def _drop(obj: DbObject, context: Context) -> list[Step]:
    head = f"ALTER SUBSCRIPTION {obj.id.identity}"
    steps = []
    if obj.facets.get("enabled"):
        steps.append(Step(f"{head} DISABLE"))
    slot = obj.facets.get("slot")
    if slot is not None:
        note = (
            f"Its slot stays on the publisher and keeps WAL there until it is dropped: "
            f"SELECT pg_drop_replication_slot({literal(str(slot))})."
        )
        steps.append(Step(f"{head} SET (slot_name = NONE)", note=note))
    return [*steps, Step(f"DROP SUBSCRIPTION {obj.id.identity}")]


_ALTERED = ("enabled", "slot", "publications", "connection", *(name for name in _DEFAULTS if name != "two_phase"))

KINDS = (
    Kind(
        "subscription",
        "SUBSCRIPTION",
        _create,
        in_place=dict.fromkeys(_ALTERED, _alter),
        drop=_drop,
        names=lambda obj: (f"subscription {obj.id.identity}",),
        rank=86,
    ),
)
