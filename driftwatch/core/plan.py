"""What turns one schema into another: decided object by object, then put in order. Knows no kinds.

`decide` says for every object whether it is made, dropped, altered or made again, and lets an object that is
replaced push those that depend on it aside. `plan_order` puts that in an order in which Postgres takes it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, replace
from typing import Literal

from driftwatch.core.catalog import DbObject, ObjectId
from driftwatch.core.kinds import KINDS
from driftwatch.core.kinds.attached import altered
from driftwatch.core.kinds.rules import ATTACHED, Alteration, Context, Effect, Kind, Step, changed_facets
from driftwatch.core.plan_links import Links

Op = Literal["create", "drop", "alter", "aside", "carry"]


@dataclass
class Decision:
    """What happens to one object. creates and drops: both when it is made again. steps: of what is altered.

    causes: what it depends on and lives through the change of, by statements of its own.
    """

    creates: bool = False
    drops: bool = False
    steps: tuple[Step, ...] = ()
    effect: Effect = Effect.NONE
    causes: tuple[ObjectId, ...] = ()

    @property
    def alters(self) -> bool:
        return not self.drops and not self.creates


@dataclass(frozen=True)
class Decided:
    """All decisions, with the links that they were made by.

    unplanned: objects that differ and whose kind has no rules.
    """

    context: Context
    decisions: Mapping[ObjectId, Decision]
    before: Links
    after: Links
    unplanned: tuple[ObjectId, ...] = ()


def decide(context: Context) -> Decided:
    """What happens to every object that differs, and to those that these push aside."""
    here, there = context.before.catalog.objects, context.after.catalog.objects
    same = {id_ for id_, old in here.items() if (new := there.get(id_)) is not None and not changed_facets(old, new)}
    before = Links.of(context.before)
    after = before.on_the_other_side(context.after, same)
    decisions: dict[ObjectId, Decision] = {}
    unplanned = []
    for id_ in sorted((here.keys() | there.keys()) - same):
        old, new = here.get(id_), there.get(id_)
        kind = KINDS.get(id_.kind)
        if kind is None:
            unplanned.append(id_)
            continue
        decision = _decide(kind, old, new, context)
        if decision is not None:
            decisions[id_] = decision
    _push_aside(decisions, before, context)
    return _restated(Decided(context, decisions, before, after, tuple(unplanned)))


def _restated(decided: Decided) -> Decided:
    """The same with the statements of what is altered as they are when it is known what is dropped and created."""
    dropped, created = set(), set()
    for id_, decision in decided.decisions.items():
        if decision.drops:
            dropped |= {id_, *decided.before.inside(id_)}
        if decision.creates:
            created |= {id_, *decided.after.inside(id_)}
    context = replace(decided.context, dropped=frozenset(dropped), created=frozenset(created))
    decisions = {}
    for id_, decision in decided.decisions.items():
        old, new = context.before.get(id_), context.after.get(id_)
        if decision.alters and old is not None and new is not None:
            kind = KINDS[id_.kind]
            changed = changed_facets(old, new) - kind.ignored
            again = _in_place(kind, old, new, changed - (ATTACHED - kind.in_place.keys()), context) if changed else None
            steps = again.steps if again is not None else ()
            for cause in decision.causes:
                followed = kind.follow(old, new, cause, context) if kind.follow is not None else None
                steps += tuple(step for step in followed.steps if step not in steps) if followed is not None else ()
            decision = replace(decision, steps=steps)
        decisions[id_] = decision
    return replace(decided, context=context, decisions=decisions)


def _decide(kind: Kind, old: DbObject | None, new: DbObject | None, context: Context) -> Decision | None:
    if old is None:
        return Decision(creates=True)
    if new is None:
        return Decision(drops=True, effect=Effect.REPLACED)
    changed = changed_facets(old, new) - kind.ignored
    if not changed:
        return None
    alteration = _in_place(kind, old, new, changed - (ATTACHED - kind.in_place.keys()), context)
    if alteration is None:
        return Decision(creates=True, drops=True, effect=Effect.REPLACED)
    return Decision(steps=alteration.steps, effect=alteration.effect)


def _in_place(kind: Kind, old: DbObject, new: DbObject, changed: Iterable[str], context: Context) -> Alteration | None:
    """All rules of the changed facets in their declared order; None when one can't be altered."""
    changed = frozenset(changed)
    if changed - kind.in_place.keys():
        return None
    rules = dict.fromkeys(rule for facet, rule in kind.in_place.items() if facet in changed)
    steps: list[Step] = []
    effect = Effect.NONE
    for rule in rules:
        found = rule(old, new, context)
        if found is None:
            return None
        if isinstance(found, Alteration):
            effect = max(effect, found.effect)
            steps += found.steps
        else:
            steps += found
    return Alteration((*steps, *altered(kind, old, new, context)), effect)


def _push_aside(decisions: dict[ObjectId, Decision], before: Links, context: Context) -> None:
    """Lets what is replaced or retyped push its dependents aside, and these theirs."""
    taken = set(_taken_names(decisions, context))
    waiting = deque((id_, decision.effect) for id_, decision in decisions.items() if decision.effect)
    replaced = {id_ for id_, effect in waiting if effect == Effect.REPLACED}
    while waiting:
        id_, effect = waiting.popleft()
        for dependent in sorted(before.dependents.get(id_, set()) | _later(id_, decisions, before)):
            if effect == Effect.REPLACED and _is_inside(dependent) and before.parent(dependent) == id_:
                # Its parent's statement makes it again: whoever depends on it notices that all the same.
                felt: Effect = Effect.NONE if dependent in replaced else effect
                if KINDS[dependent.kind].frees is not None and context.after.get(dependent) is not None:
                    decisions[dependent] = Decision(creates=True, drops=True, effect=effect)  # it is a tie to others
            else:
                leaves = _leaves(dependent, id_, decisions, taken, context)
                felt = Effect.NONE if leaves else _aside(dependent, id_, effect, decisions, before, context)
            if felt:
                waiting.append((dependent, felt))
                replaced |= {dependent} if felt == Effect.REPLACED else set()


def _later(id_: ObjectId, decisions: Mapping[ObjectId, Decision], before: Links) -> Set[ObjectId]:
    """What can't be without this object, unless it goes for good with what it is a part of: then it is not missed."""
    parent = before.parent(id_)
    goes = decisions.get(parent) if parent is not None else None
    return set() if goes is not None and goes.drops and not goes.creates else before.later.get(id_, set())


def _taken_names(decisions: Mapping[ObjectId, Decision], context: Context) -> Iterator[str]:
    """The names that new objects want."""
    for id_, decision in decisions.items():
        obj = context.after.get(id_)
        if decision.creates and not decision.drops and obj is not None:
            yield from KINDS[id_.kind].names(obj)


def _leaves(
    dependent: ObjectId, gone: ObjectId, decisions: Mapping[ObjectId, Decision], taken: Set[str], context: Context
) -> bool:
    """Whether what goes is left in time by a dependent that is altered in place: a view that reads another table.

    Not when its name is taken over: then it has to go before what the dependent will need is made.
    """
    old = context.before.get(gone)
    present = decisions.get(dependent)
    if old is None or context.after.get(gone) is not None or present is None or present.drops or not present.steps:
        return False
    needs = context.after.dependencies.get(dependent, frozenset())
    if gone in needs or any(one in decisions and decisions[one].effect for one in needs & _needs(gone, context)):
        return False  # what it will need is changed only when the other is gone
    while old is not None and old.id.kind in KINDS:
        if not taken.isdisjoint(KINDS[old.id.kind].names(old)):
            return False
        parent = KINDS[old.id.kind].parent(old)
        old = context.before.get(parent) if parent is not None else None
    return True


def _needs(id_: ObjectId, context: Context) -> frozenset[ObjectId]:
    return context.before.dependencies.get(id_, frozenset())


def _is_inside(id_: ObjectId) -> bool:
    return id_.kind in KINDS and KINDS[id_.kind].inside


def _aside(
    dependent: ObjectId,
    id_: ObjectId,
    effect: Effect,
    decisions: dict[ObjectId, Decision],
    before: Links,
    context: Context,
) -> Effect:
    """Decides about one dependent; what its own dependents notice of that."""
    old, new = before.schema.get(dependent), context.after.get(dependent)
    kind = KINDS.get(dependent.kind)
    present = decisions.get(dependent, Decision())
    if kind is None or old is None or new is None or present.drops or effect < kind.steps_aside_at(old):
        return Effect.NONE
    if kind.follow is not None and effect <= kind.follows:
        followed = kind.follow(old, new, id_, context)
        if followed is not None and not followed.steps and not followed.effect:
            return Effect.NONE
        if followed is not None:
            felt = max(present.effect, followed.effect)
            decisions[dependent] = replace(present, effect=felt, causes=(*present.causes, id_))
            return followed.effect if followed.effect > present.effect else Effect.NONE
    if kind.has_data(old) and kind.carry is None:
        return Effect.NONE
    decisions[dependent] = Decision(creates=True, drops=True, effect=Effect.REPLACED)
    return Effect.REPLACED
