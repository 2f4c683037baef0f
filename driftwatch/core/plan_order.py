"""Decisions put in an order that Postgres takes: dependents are dropped first and made last."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from driftwatch.core.catalog import DbObject, ObjectId
from driftwatch.core.kinds import KINDS
from driftwatch.core.kinds.attached import after_create
from driftwatch.core.kinds.rules import UNKNOWN, Context, Step
from driftwatch.core.plan import Decided, Decision, Op
from driftwatch.core.plan_cycles import circular, circular_parts

Node = tuple[Op, ObjectId]
_LAST = 99


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


@dataclass
class Graph:
    """Which node must run before which. alias: what is done by another node's statement.

    wishes: what should run before, and need not: where it can't, functions are made unchecked. unknown: a body names
    what can't be found.
    """

    after: dict[Node, set[Node]] = field(default_factory=dict)
    before: dict[Node, set[Node]] = field(default_factory=lambda: defaultdict(set))
    alias: dict[Node, Node] = field(default_factory=dict)
    loose: set[tuple[Node, Node]] = field(default_factory=set)
    wishes: dict[Node, set[Node]] = field(default_factory=lambda: defaultdict(set))
    unknown: bool = False

    def add(self, node: Node) -> None:
        self.after.setdefault(node, set())

    def real(self, node: Node) -> Node | None:
        """The node that does it; None when nothing needs to be done."""
        while node in self.alias:
            node = self.alias[node]
        return node if node in self.after else None

    def edge(self, first: Node, then: Node, *, bound: bool = True) -> None:
        """bound: without the first the other can't be."""
        one, other = self.real(first), self.real(then)
        if one is not None and other is not None and one != other:
            if not bound and one not in self.after[other]:
                self.loose.add((one, other))
            elif bound:
                self.loose.discard((one, other))
            self.after[other].add(one)
            self.before[one].add(other)


@dataclass(frozen=True)
class Ordered:
    """All statements in their order. bodies_later: functions come before what their bodies name."""

    planned: tuple[Planned, ...]
    bodies_later: bool


def in_order(decided: Decided) -> Ordered:
    """Puts what was decided in order."""
    split: set[ObjectId] = set()
    inlined = _inline_candidates(decided)
    loosened: set[tuple[Node, Node]] = set()
    while True:
        graph = _graph(decided, split, inlined)
        for first, then in loosened:
            graph.after[then].discard(first)
            graph.before[first].discard(then)
        found = _sorted(graph, decided)
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
    context = replace(decided.context, inlined=frozenset(inlined))
    return Ordered(tuple(_planned(found.order, graph, decided, context)), found.unchecked or graph.unknown)


def _inline_candidates(decided: Decided) -> set[ObjectId]:
    """Parts that their parent's own statement may hold."""
    found = set()
    for id_, decision in decided.decisions.items():
        obj = decided.context.after.get(id_)
        if decision.creates and obj is not None and not decided.context.after.first.get(id_):
            kinds, parent = KINDS[id_.kind].inline_in(obj), decided.after.parent(id_)
            if parent is not None and parent.kind in kinds and _top_created(parent, decided) in kinds:
                found.add(id_)
    return found


def _top_created(id_: ObjectId, decided: Decided) -> str:
    """The kind of what is made by the statement that makes this object, "" if it is there already."""
    if id_ not in decided.context.created:
        return ""
    parent = decided.after.parent(id_)
    if KINDS[id_.kind].inside and parent is not None and parent in decided.context.created:
        return _top_created(parent, decided)
    return id_.kind


def _graph(decided: Decided, split: set[ObjectId], inlined: set[ObjectId]) -> Graph:
    graph = Graph()
    decisions = decided.decisions
    for id_, decision in decisions.items():
        if decision.drops:
            _alias_or_add(graph, "drop", id_, decided, split)
        if decision.creates:
            _alias_or_add(graph, "create", id_, decided, inlined)
        if decision.alters:
            _alter(graph, id_, decided)
    for parent, decision in decisions.items():
        for part in decided.after.inside(parent) if decision.creates else ():
            graph.alias.setdefault(("create", part), ("create", parent))
        for part in decided.before.inside(parent) if decision.drops else ():
            graph.alias.setdefault(("drop", part), ("drop", parent))
    for id_, decision in decisions.items():
        _edges(graph, id_, decision, decided)
    _names(graph, decided)
    _carry(graph, decided)
    return graph


def _alter(graph: Graph, id_: ObjectId, decided: Decided) -> None:
    """A part whose parent is made again has nothing to alter."""
    parent = decided.after.parent(id_)
    if id_ in decided.context.created and parent is not None:
        graph.alias["alter", id_] = ("create", parent)
    else:
        graph.add(("alter", id_))


def _alias_or_add(graph: Graph, op: Op, id_: ObjectId, decided: Decided, special: set[ObjectId]) -> None:
    """A part goes with its parent: dropped with it, unless special; made with it where it is inside, or special."""
    links = decided.before if op == "drop" else decided.after
    parent = links.parent(id_)
    if op == "drop" and parent in decided.context.dropped and id_ not in special:
        graph.alias[op, id_] = (op, parent)
        return
    if op == "create" and parent in decided.context.created and (KINDS[id_.kind].inside or id_ in special):
        graph.alias[op, id_] = (op, parent)
        return
    schema, kind = links.schema, KINDS[id_.kind]
    obj, by = schema.get(id_), kind.dropped_by if op == "drop" else kind.made_by
    other = by(obj, decided.context) if by is not None and obj is not None else None
    if other is not None and (op != "drop" or id_ not in special):
        graph.alias[op, id_] = (op, other)
    else:
        graph.add((op, id_))


def _made(graph: Graph, id_: ObjectId) -> Node | None:
    return graph.real(("create", id_)) or graph.real(("alter", id_))


def _edges(graph: Graph, id_: ObjectId, decision: Decision, decided: Decided) -> None:
    made = _made(graph, id_)
    if made is not None:
        own = (id_, *decided.after.inside(id_)) if decision.creates else (id_,)
        for needed in {need for one in own for need in decided.after.needs.get(one, ())}:
            first = _made(graph, needed)
            if first is not None:
                graph.edge(first, made)
        for needed in {need for one in own for need in decided.context.after.first.get(one, ())}:
            first = _made(graph, needed)
            if first is not None and first[1] == needed:
                graph.edge(first, made)
        named = decided.context.after.mentions.get(id_)
        for mentioned in _with_parts({*named, *decided.after.needs.get(id_, ())}, decided) if named is not None else ():
            first = _made(graph, mentioned)
            if first is not None and first != made and first not in graph.after[made]:
                graph.wishes[made].add(first)
            graph.unknown |= mentioned.kind == UNKNOWN
    dropped = graph.real(("drop", id_))
    own = (id_, *decided.before.inside(id_)) if decision.drops else (id_,)
    for dependent in {other for one in own for other in decided.before.dependents.get(one, ())}:
        gone, kept = graph.real(("drop", dependent)), graph.real(("alter", dependent))
        if dropped is not None:
            graph.edge(gone, dropped) if gone is not None else None
            if not decision.creates and not _carried(dropped, decided):
                # What it was made with must not be there when it is made again.
                graph.edge(dropped, ("create", dependent), bound=False)
            if gone is None and kept is not None and kept[0] == "alter":
                graph.edge(kept, dropped)
        elif gone is not None and made is not None and not (_carried(gone, decided) and gone[1] == made[1]):
            graph.edge(gone, made, bound=gone[1] == dependent)  # what goes with its whole table may go later
    carried = _carried(graph.real(("drop", id_)), decided) and not KINDS[id_.kind].holds_rows
    if decision.creates and decision.drops and not carried:
        graph.edge(("drop", id_), ("create", id_))
    old, frees = decided.context.before.get(id_), KINDS[id_.kind].frees
    if frees is not None and old is not None and decision.drops and dropped is not None and dropped[1] == id_:
        for part in (part for freed in frees(old) for part in decided.after.parts.get(freed, ())):
            then = _made(graph, part)
            if then is not None and then[1] == part and KINDS[part.kind].frees is None:
                graph.edge(dropped, then, bound=False)


def _with_parts(ids: Iterable[ObjectId], decided: Decided) -> Iterator[ObjectId]:
    for id_ in ids:
        yield id_
        yield from decided.after.inside(id_)


def _names(graph: Graph, decided: Decided) -> None:
    """What takes over a name waits until it is free: by the drop, or by a renaming out of the way."""
    holders: dict[str, list[ObjectId]] = defaultdict(list)
    for id_, decision in decided.decisions.items():
        old = decided.context.before.get(id_)
        if decision.drops and old is not None:
            for name in KINDS[id_.kind].names(old):
                holders[name].append(id_)
    for id_, decision in decided.decisions.items():
        new = decided.context.after.get(id_)
        if not decision.creates or new is None:
            continue
        for name in KINDS[id_.kind].names(new):
            for holder in holders.get(name, ()):
                _free_name(graph, holder, ("create", id_), decided)


def _free_name(graph: Graph, holder: ObjectId, taker: Node, decided: Decided) -> None:
    dropped = graph.real(("drop", holder))
    if dropped is not None and _carried(dropped, decided) and not KINDS[holder.kind].holds_rows:
        graph.add(("aside", dropped[1]))
        graph.edge(("aside", dropped[1]), taker)
    elif _movers(graph, holder, decided):
        aside: Node = ("aside", holder)
        graph.add(aside)
        graph.before[("drop", holder)].discard(taker)
        graph.after[taker].discard(("drop", holder))
        graph.edge(aside, taker)
        graph.edge(aside, ("drop", holder))
        for dependent in decided.before.dependents.get(holder, ()):
            own = graph.real(("drop", dependent)) == ("drop", dependent)
            if own and KINDS[dependent.kind].set_aside is None:  # its own identity may have the name in it: f(mood)
                graph.edge(("drop", dependent), aside)
    elif not KINDS[holder.kind].holds_rows or not _of_carried(holder, decided):
        graph.edge(("drop", holder), taker)


def _of_carried(holder: ObjectId, decided: Decided) -> bool:
    """Whether it belongs to what is made again: that begins without it."""
    child = decided.before.parent(holder)
    return any(need != child and _carried(("drop", need), decided) for need in decided.before.needs.get(holder, ()))


def _carried(node: Node | None, decided: Decided) -> bool:
    """Whether it drops what has rows that its successor gets."""
    if node is None or node[0] != "drop":
        return False
    if node[1].kind not in KINDS:
        return False
    kind, old = KINDS[node[1].kind], decided.context.before.get(node[1])
    decision = decided.decisions.get(node[1], Decision())
    return kind.carry is not None and old is not None and decision.creates and decision.drops and kind.has_data(old)


def _gives_rows(node: Node, decided: Decided) -> bool:
    """Whether it drops what is still read from when its rows, or those of what it is a part of, move over."""
    links = (part for part in decided.before.parts.get(node[1], ()) if KINDS[part.kind].holds_rows)
    return _carried(node, decided) or any(_of_carried(link, decided) for link in links)


def _carry(graph: Graph, decided: Decided) -> None:
    """Rows go from what was set aside to its successor, before anything that would act on them is made."""
    carried = [node[1] for node in graph.after if node[0] == "drop" and _carried(node, decided)]
    for id_ in carried:
        aside: Node = ("aside", id_)
        carry: Node = ("carry", id_)
        graph.add(aside)
        graph.add(carry)
        graph.edge(aside, ("create", id_))
        graph.edge(("create", id_), carry)
        graph.edge(carry, ("drop", id_))
        for dependent in decided.after.dependents.get(id_, ()):
            if KINDS[dependent.kind].holds_rows and decided.after.parent(dependent) != id_:
                graph.edge(("create", dependent), carry)
        for dependent in decided.before.dependents.get(id_, ()):
            gone = graph.real(("drop", dependent))
            if gone is not None and gone[1] == dependent:
                graph.edge(gone, aside)  # under its old name
            elif KINDS[dependent.kind].holds_rows and decided.before.parent(dependent) != id_:
                graph.edge(carry, ("drop", dependent))
    for id_ in carried:
        before = _ancestors(graph, ("carry", id_))
        for one in (id_, *decided.after.inside(id_)):
            for dependent in decided.after.dependents.get(one, ()):
                made = graph.real(("create", dependent))
                if made is not None and made not in before:
                    graph.edge(("carry", id_), made)


def _ancestors(graph: Graph, node: Node) -> set[Node]:
    found, waiting = {node}, [node]
    while waiting:
        for first in graph.after[waiting.pop()] - found:
            found.add(first)
            waiting.append(first)
    return found


def _movers(graph: Graph, holder: ObjectId, decided: Decided) -> list[ObjectId]:
    """Dependents that are moved to the successor, where the kind can be set aside for that: those that stay, and
    those that are set aside themselves."""
    if KINDS[holder.kind].set_aside is None:
        return []
    return [one for one in decided.before.dependents.get(holder, ()) if _is_moved(graph, one, decided)]


def _is_moved(graph: Graph, dependent: ObjectId, decided: Decided) -> bool:
    if graph.real(("alter", dependent)) == ("alter", dependent):
        return True
    gone = graph.real(("drop", dependent))
    if gone is not None and _gives_rows(gone, decided):
        return True
    again = gone == ("drop", dependent) and dependent in decided.context.created
    return again and bool(_movers(graph, dependent, decided))


@dataclass
class Sorted:
    """The nodes in order. stuck: those that waited for each other. unchecked: a wish could not be met."""

    order: list[Node] = field(default_factory=list)
    stuck: list[Node] = field(default_factory=list)
    unchecked: bool = False


def _sorted(graph: Graph, decided: Decided) -> Sorted:
    keys = _keys(graph, decided)
    hard = {node: len(needs) for node, needs in graph.after.items()}
    soft = {node: len(graph.wishes.get(node, ())) for node in graph.after}
    wished_by: dict[Node, list[Node]] = defaultdict(list)
    for node, firsts in graph.wishes.items():
        for first in firsts:
            wished_by[first].append(node)
    ready = [(keys[node], node) for node in graph.after if not hard[node] and not soft[node]]
    heapq.heapify(ready)
    result = Sorted()
    done: set[Node] = set()
    while len(done) < len(graph.after):
        if not ready:
            waiting = [node for node in graph.after if node not in done]
            least = min(waiting, key=lambda node: (hard[node], soft[node], keys[node]))
            if hard[least]:
                result.stuck += waiting
            result.unchecked = result.unchecked or bool(soft[least])
            ready = [(keys[least], least)]
        node = heapq.heappop(ready)[1]
        if node in done:
            continue
        done.add(node)
        result.order.append(node)
        for count, then in (
            *((hard, then) for then in graph.before.get(node, ())),
            *((soft, then) for then in wished_by.get(node, ())),
        ):
            count[then] -= 1
            if not hard[then] and not soft[then] and then not in done:
                heapq.heappush(ready, (keys[then], then))
    return result


Key = tuple[int, str, int, str]


def _keys(graph: Graph, decided: Decided) -> dict[Node, Key]:
    """Where a node stands when the dependencies leave it open: with its table; drops as late as may be."""
    keys: dict[Node, Key] = {}
    for node in graph.after:
        op, id_ = node
        if op in ("create", "alter", "carry"):
            keys[node] = _key(id_, decided)
    earliest = _earliest_after(graph, keys)
    for node in graph.after:
        if node not in keys:
            keys[node] = earliest.get(node) or (_LAST, *_key(node[1], decided)[1:])
        if node[0] == "drop" and KINDS[node[1].kind].drops_first:
            keys[node] = (-1, *keys[node][1:])
    return keys


def _earliest_after(graph: Graph, keys: Mapping[Node, Key]) -> dict[Node, Key]:
    """For each node without a key the first key of all that waits for it, directly or through others without one."""
    found: dict[Node, Key] = {}
    for key, node in sorted((key, node) for node, key in keys.items()):
        waiting = [first for first in graph.after[node] if first not in keys]
        while waiting:
            first = waiting.pop()
            if first not in found:
                found[first] = key
                waiting += [other for other in graph.after[first] if other not in keys]
    return found


def _key(id_: ObjectId, decided: Decided) -> Key:
    links = decided.after if decided.after.schema.get(id_) is not None else decided.before
    top, seen = id_, {id_}
    while (parent := links.parent(top)) is not None and parent not in seen:
        seen.add(parent)
        top = parent
    rank = KINDS[id_.kind].rank
    return KINDS[top.kind].rank if top.kind in KINDS else rank, top.identity, rank, id_.identity


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
