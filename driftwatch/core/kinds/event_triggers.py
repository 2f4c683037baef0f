"""Event triggers."""

from __future__ import annotations

from collections.abc import Iterator

from driftwatch.core.catalog import DbObject, ObjectId
from driftwatch.core.kinds.rules import Context, Kind, Step, literal, text, written

_STATES = {"origin": "ENABLE", "disabled": "DISABLE", "replica": "ENABLE REPLICA", "always": "ENABLE ALWAYS"}


def _create(obj: DbObject, context: Context) -> list[Step]:
    words = f"CREATE EVENT TRIGGER {obj.id.identity} ON {text(obj, 'event')}"
    if tags := written(obj, "tags"):
        words += f"\n  WHEN TAG IN ({', '.join(literal(tag) for tag in tags)})"
    create = Step(f"{words}\n  EXECUTE FUNCTION {text(obj, 'function')}()")
    return [create, *([_state(obj)] if text(obj, "enabled") != "origin" else [])]


def _state(obj: DbObject) -> Step:
    return Step(f"ALTER EVENT TRIGGER {obj.id.identity} {_STATES[text(obj, 'enabled')]}")


def _alter_state(before: DbObject, after: DbObject, context: Context) -> list[Step]:
    return [_state(after)]


def _needs(obj: DbObject) -> Iterator[ObjectId]:
    yield ObjectId("function", f"{text(obj, 'function')}()")


KINDS = (
    Kind(
        "event_trigger",
        "EVENT TRIGGER",
        _create,
        in_place={"enabled": _alter_state},
        needs=_needs,
        rank=100,  # what is made or dropped meanwhile is not for it to see
        drops_first=True,
    ),
)
