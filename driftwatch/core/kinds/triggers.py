"""Triggers, and the rewrite rules of tables and views."""

from __future__ import annotations

from collections.abc import Iterator

from driftwatch.core.catalog import DbObject, ObjectId
from driftwatch.core.kinds.expressions import readable_again
from driftwatch.core.kinds.rules import Context, Effect, Kind, Step, changed_facets, table_of, text

_STATES = {"origin": "ENABLE", "disabled": "DISABLE", "replica": "ENABLE REPLICA", "always": "ENABLE ALWAYS"}


def _create_trigger(obj: DbObject, context: Context) -> list[Step]:
    """A partition's copy comes with its parent's, in the parent's state."""
    parent = _original(obj, context)
    if parent is not None:
        return _clone_state(obj, parent, context)
    return [
        Step(readable_again(text(obj, "definition"))),
        *([_state("TRIGGER", obj)] if text(obj, "enabled") != "origin" else []),
    ]


def _replace_trigger(before: DbObject, after: DbObject, context: Context) -> list[Step] | None:
    """CREATE OR REPLACE, which constraint triggers don't have; it enables the trigger again."""
    changed = changed_facets(before, after)
    parent = _original(after, context)
    if parent is not None:
        return _clone_state(after, parent, context, before)
    if not changed & {"definition", "function"}:
        return [_state("TRIGGER", after), *_copies(after, context)]
    if any(text(obj, "definition").startswith("CREATE CONSTRAINT") for obj in (before, after)):
        return None
    replace = readable_again(text(after, "definition")).replace("CREATE TRIGGER", "CREATE OR REPLACE TRIGGER", 1)
    own = [_state("TRIGGER", after)] if text(after, "enabled") != "origin" else []
    return [Step(replace), *own, *_copies(after, context)]


def _copies(obj: DbObject, context: Context) -> Iterator[Step]:
    """What was said of a trigger holds for its copies on partitions too: those that differ are told again."""
    for one in context.after.catalog:
        if one.id.kind == "trigger" and text(one, "parent") == obj.id.identity:
            if text(one, "enabled") != text(obj, "enabled") and context.before.get(one.id) is not None:
                yield _state("TRIGGER", one)
            yield from _copies(one, context)


def _state(what: str, obj: DbObject) -> Step:
    return Step(f"ALTER TABLE {text(obj, 'table')} {_STATES[text(obj, 'enabled')]} {what} {_own_name(obj)}")


def _reference(obj: DbObject) -> str:
    return f"{_own_name(obj)} ON {text(obj, 'table')}"


def _own_name(obj: DbObject) -> str:
    return obj.id.identity.removesuffix(f" on {text(obj, 'table')}")


def _original(obj: DbObject, context: Context) -> DbObject | None:
    """The parent's trigger that a partition's is a copy of."""
    parent = obj.facets.get("parent")
    return context.after.get(ObjectId("trigger", str(parent))) if parent is not None else None


def _clone_state(obj: DbObject, parent: DbObject, context: Context, before: DbObject | None = None) -> list[Step]:
    """What a copy needs, if it isn't its parent that changes and tells it."""
    old_parent = context.before.get(parent.id)
    if before is not None and (old_parent is None or _tells(old_parent, parent)):
        return []
    present = text(parent, "enabled") if before is None else text(before, "enabled")
    return [_state("TRIGGER", obj)] if present != text(obj, "enabled") else []


def _tells(old: DbObject, new: DbObject) -> bool:
    return bool(changed_facets(old, new) & {"enabled", "definition", "function"})


def _drop_trigger(obj: DbObject, context: Context) -> list[Step]:
    if obj.facets.get("parent") is not None:
        return []
    return [Step(f"DROP TRIGGER {_reference(obj)}")]


def _create_rule(obj: DbObject, context: Context) -> list[Step]:
    """A view's own rule, `_RETURN`, is an object only while it is not enabled as usual."""
    steps = [Step(_ruledef(obj))] if obj.facets.get("definition") is not None else []
    return [*steps, *([_state("RULE", obj)] if text(obj, "enabled") != "origin" else [])]


def _ruledef(obj: DbObject) -> str:
    return readable_again(text(obj, "definition").rstrip(";"))


def _replace_rule(before: DbObject, after: DbObject, context: Context) -> list[Step] | None:
    if after.facets.get("definition") is None or before.facets.get("definition") is None:
        return None
    return [Step(_ruledef(after).replace("CREATE RULE", "CREATE OR REPLACE RULE", 1))]


def _rule_state(before: DbObject, after: DbObject, context: Context) -> list[Step]:
    return [_state("RULE", after)]


def _drop_rule(obj: DbObject, context: Context) -> list[Step]:
    if obj.facets.get("definition") is None:
        return [Step(f"ALTER TABLE {text(obj, 'table')} ENABLE RULE {_own_name(obj)}")]
    return [Step(f"DROP RULE {_reference(obj)}")]


def _goes_with_original(obj: DbObject, context: Context) -> ObjectId | None:
    """A partition's copy goes when the partition is detached, or with the trigger that it is a copy of."""
    causes = ObjectId("partition", text(obj, "table")), ObjectId("trigger", text(obj, "parent"))
    return next((cause for cause in causes if cause in context.dropped), None)


def _trigger_needs(obj: DbObject) -> Iterator[ObjectId]:
    yield ObjectId("function", f"{text(obj, 'function')}()")
    if obj.facets.get("parent") is not None:
        yield ObjectId("trigger", text(obj, "parent"))
        yield ObjectId("partition", text(obj, "table"))


KINDS = (
    Kind(
        "trigger",
        "TRIGGER",
        _create_trigger,
        in_place=dict.fromkeys(("definition", "function", "function_schema", "enabled"), _replace_trigger),
        drop=_drop_trigger,
        reference=_reference,
        parent=table_of,
        needs=_trigger_needs,
        dropped_by=_goes_with_original,
        aside=Effect.RETYPED,
        has_owner=False,
        rank=75,
    ),
    Kind(
        "rule",
        "RULE",
        _create_rule,
        in_place={"definition": _replace_rule, "enabled": _rule_state},
        drop=_drop_rule,
        reference=_reference,
        parent=table_of,
        aside=Effect.RETYPED,
        has_owner=False,
        rank=72,
    ),
)
