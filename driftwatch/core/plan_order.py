"""Decisions put in an order that Postgres takes: dependents are dropped first and made last."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from driftwatch.core.catalog import DbObject, ObjectId
from driftwatch.core.kinds import KINDS
from driftwatch.core.kinds.attached import after_create
from driftwatch.core.kinds.rules import Context, Step
from driftwatch.core.plan import Decided, Op
from driftwatch.core.plan_cycles import circular, circular_parts
from driftwatch.core.plan_graph import Graph, Node, graph_of
from driftwatch.core.plan_sort import sort


@dataclass(frozen=True)
class Planned:
    """The statements for one object, in their place. needs: the nodes that must have run before."""

    op: Op
    id: ObjectId
    steps: tuple[Step, ...]
    needs: frozenset[Node] = frozenset()

    @property
    def node(self) -> Node:
        return self.op, self.id


@dataclass(frozen=True)
class Ordered:
    """All statements in their order.

    bodies_later: functions come before what their bodies name. circle: objects that wait for each other, so that
    their order is a guess.
    """

    planned: tuple[Planned, ...]
    bodies_later: bool
    circle: tuple[ObjectId, ...] = ()


def in_order(decided: Decided) -> Ordered:
    """Puts what was decided in order."""
    split: set[ObjectId] = set()
    inlined = _inline_candidates(decided)
    loosened: set[tuple[Node, Node]] = set()
    while True:
        graph = graph_of(decided, split, inlined)
        for first, then in loosened:
            graph.after[then].discard(first)
            graph.before[first].discard(then)
        found = sort(graph, decided)
        if not found.stuck:
            break
        circle = circular(set(found.stuck), graph.after)
        loose = {edge for edge in graph.loose if {*edge} <= circle} - loosened
        if loose:
            loosened |= loose
            continue
        apart = circular_parts(graph, found.stuck, inlined)
        more = {id_ for node in circle if node[0] == "drop" for id_ in _crossing(node, circle, graph, decided)} - split
        if not apart and not more:
            break
        inlined -= apart  # made by themselves, because their parent can't wait for what they need
        split |= more  # dropped by themselves, because their tables can't wait for each other
    alone = frozenset(id_ for op, id_ in graph.after if op == "drop")
    context = replace(decided.context, inlined=frozenset(inlined), apart=alone)
    guessed = sorted({id_ for _, id_ in circular(set(found.stuck), graph.after)}) if found.stuck else []
    planned = tuple(_planned(found.order, graph, decided, context))
    return Ordered(planned, found.unchecked or graph.unknown, tuple(guessed))


def _inline_candidates(decided: Decided) -> set[ObjectId]:
    """Parts that their parent's own statement may hold."""
    found = set()
    for id_, decision in decided.decisions.items():
        obj = decided.context.after.get(id_)
        if decision.creates and obj is not None and not _waits(id_, decided):
            kinds, parent = KINDS[id_.kind].inline_in(obj, decided.context), decided.after.parent(id_)
            if parent is not None and parent.kind in kinds and _top_created(parent, decided) in kinds:
                found.add(id_)
    return found


def _waits(id_: ObjectId, decided: Decided) -> bool:
    """Whether something is to be made before it by a statement of its own."""
    first = decided.context.after.first.get(id_, ())
    return any(one in decided.context.created and not _made_within(one, decided) for one in first)


def _made_within(id_: ObjectId, decided: Decided) -> bool:
    return KINDS[id_.kind].inside and decided.after.parent(id_) in decided.context.created


def _top_created(id_: ObjectId, decided: Decided) -> str:
    """The kind of what is made by the statement that makes this object, "" if it is there already."""
    if id_ not in decided.context.created:
        return ""
    parent = decided.after.parent(id_)
    if KINDS[id_.kind].inside and parent is not None and parent in decided.context.created:
        return _top_created(parent, decided)
    return id_.kind


def _crossing(node: Node, circle: set[Node], graph: Graph, decided: Decided) -> Iterator[ObjectId]:
    """Parts of a dropped object that hang on another one in the same circle: foreign keys between tables."""
    for part in decided.before.parts.get(node[1], ()):
        if KINDS[part.kind].inside or graph.real(("drop", part)) != node:
            continue
        others = (graph.real(("drop", need)) for need in decided.before.needs.get(part, ()))
        if any(other in circle and other != node for other in others if other is not None):
            yield part


def _planned(order: list[Node], graph: Graph, decided: Decided, context: Context) -> Iterator[Planned]:
    made: dict[Node, list[ObjectId]] = defaultdict(list)
    for alias in graph.alias:
        real = graph.real(alias)
        if alias[0] == "create" and real is not None:
            made[real].append(alias[1])
    for node in order:
        steps = tuple(_steps(node, made[node], graph, decided, context))
        if steps:
            yield Planned(
                *node, steps, frozenset(first for first in graph.after[node] if (first, node) not in graph.loose)
            )


def _steps(node: Node, parts: list[ObjectId], graph: Graph, decided: Decided, context: Context) -> Iterator[Step]:
    op, id_ = node
    kind = KINDS[id_.kind]
    old, new = context.before.get(id_), context.after.get(id_)
    if op == "alter":
        yield from decided.decisions[id_].steps
    elif op == "create" and new is not None:
        yield from kind.create(new, context)
        for part in (id_, *sorted(parts, key=lambda part: (KINDS[part.kind].rank, part))):
            yield from _attached(part, context)
    elif op == "aside" and old is not None and kind.set_aside is not None:
        yield from _several(kind.set_aside(old, context)[0])
    elif op == "carry" and new is not None and kind.carry is not None:
        yield from kind.carry(new, context)
    elif op == "drop" and old is not None:
        yield from _drop(old, graph, context)


def _attached(id_: ObjectId, context: Context) -> Iterator[Step]:
    obj = context.after.get(id_)
    if obj is not None:
        kind = KINDS[id_.kind]
        yield from kind.extras(obj, context) if kind.extras is not None else ()
        yield from after_create(kind, obj, context)


def _several(steps: Step | Sequence[Step]) -> Sequence[Step]:
    return (steps,) if isinstance(steps, Step) else steps


def _drop(old: DbObject, graph: Graph, context: Context) -> Iterator[Step]:
    kind = KINDS[old.id.kind]
    if ("aside", old.id) in graph.after and kind.set_aside is not None:
        identity = kind.set_aside(old, context)[1]
        old = DbObject(ObjectId(old.id.kind, identity), old.schema, {**old.facets, "set_aside": old.id.identity})
    if kind.drop is not None:
        yield from kind.drop(old, context)
    else:
        yield Step(f"DROP {kind.noun} {kind.reference(old)}")
