"""What must run before what: a graph of the statements that were decided on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from driftwatch.core.catalog import ObjectId
from driftwatch.core.kinds import KINDS
from driftwatch.core.kinds.rules import UNKNOWN
from driftwatch.core.plan import Decided, Decision, Op
from driftwatch.core.plan_links import Links

Node = tuple[Op, ObjectId]


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


def graph_of(decided: Decided, split: set[ObjectId], inlined: set[ObjectId]) -> Graph:
    """split: parts that are dropped by themselves; inlined: parts that their parent's own statement makes."""
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
            if ("drop", part) not in graph.after:
                graph.alias.setdefault(("drop", part), ("drop", parent))
    for id_, decision in decisions.items():
        _edges(graph, id_, decision, decided)
    _names(graph, decided)
    _choices(graph, decided)
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
    if op == "drop" and _ties_what_is_set_aside(id_, decided):
        graph.add((op, id_))
        return
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


def _ties_what_is_set_aside(id_: ObjectId, decided: Decided) -> bool:
    """Whether it ties what is made again to others that its rows are not a matter of: it would still be tied."""
    kind, whole = KINDS[id_.kind], decided.before.parent(id_)
    apart = kind.frees is not None and not (kind.holds_rows and _of_carried(id_, decided))
    return apart and whole is not None and _carried(("drop", whole), decided)


def _made(graph: Graph, id_: ObjectId) -> Node | None:
    return graph.real(("create", id_)) or graph.real(("alter", id_))


def _edges(graph: Graph, id_: ObjectId, decision: Decision, decided: Decided) -> None:
    made = _made(graph, id_)
    if made is not None:
        own = (id_, *decided.after.inside(id_)) if decision.creates else (id_,)
        for needed in {need for one in own for need in decided.after.needs.get(one, ())}:
            first = _made(graph, needed)
            if first is not None and not _is_part(first[1], made[1], decided.after):
                graph.edge(first, made)
        for needed in decided.context.after.first.get(id_, ()) if made == ("create", id_) else ():
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
        if dropped is not None and dropped[1] == id_ and _inherits(dependent, id_, decided):
            for then in (gone, kept):
                graph.edge(dropped, then) if then is not None and then[1] == dependent else None
        elif dropped is not None:
            if gone is not None and not _is_part(dropped[1], gone[1], decided.before):
                graph.edge(gone, dropped)
            if not decision.creates and not _carried(dropped, decided):
                # What it was made with must not be there when it is made again.
                graph.edge(dropped, ("create", dependent), bound=False)
            if gone is None and kept is not None and kept[0] == "alter":
                graph.edge(kept, dropped)
        elif gone is not None and made is not None and not (_carried(gone, decided) and gone[1] == made[1]):
            # What goes with its whole table may go later, and so may a column.
            column = KINDS[dependent.kind].inside and decided.before.parent(dependent) == id_
            graph.edge(gone, made, bound=gone[1] == dependent and not column)
    carried = _carried(graph.real(("drop", id_)), decided)
    carried = carried and (not KINDS[id_.kind].holds_rows or _of_carried(id_, decided))
    if decision.creates and decision.drops and not carried:
        graph.edge(("drop", id_), ("create", id_))
    if dropped is not None and dropped[1] == id_ and not decision.creates:
        _fit(graph, dropped, decided)
    old, frees = decided.context.before.get(id_), KINDS[id_.kind].frees
    if frees is not None and old is not None and decision.drops and dropped is not None:
        freed = [one for one in frees(old) if one != dropped[1]]
        for part in (part for one in freed for part in decided.after.parts.get(one, ())):
            then = _made(graph, part)
            if then is not None and then[1] == part and KINDS[part.kind].frees is None:
                graph.edge(dropped, then, bound=False)
        for other in (other for one in freed for other in decided.before.dependents.get(one, ())):
            theirs = decided.before.parent(other) in freed or KINDS[other.kind].frees is not None
            if KINDS[id_.kind].holds_rows and KINDS[other.kind].chooses is not None and not theirs:
                graph.edge(("drop", other), dropped, bound=False)  # it would look at the rows
        for part in (part for one in freed for part in decided.before.parts.get(one, ())):
            if graph.real(("drop", part)) == ("drop", part) and KINDS[part.kind].frees is None:
                graph.edge(dropped, ("drop", part), bound=False)


def _is_part(id_: ObjectId, whole: ObjectId, links: Links) -> bool:
    """Whether it is a part, or a part of a part, of an object: that can't wait for it."""
    parent = links.parent(id_)
    return parent is not None and (parent == whole or _is_part(parent, whole, links))


def _inherits(id_: ObjectId, other: ObjectId, decided: Decided) -> bool:
    """Whether it is the same column of another table: it is the table's own only when that one is gone."""
    kind, parent = KINDS[id_.kind], decided.before.parent
    return id_.kind == other.kind and kind.inside and kind.dropped_by is not None and parent(id_) != parent(other)


def _fit(graph: Graph, dropped: Node, decided: Decided) -> None:
    """What a table loses is gone before another table is fitted to it."""
    table = decided.before.parent(dropped[1])
    if table is not None and KINDS[table.kind].inside:
        table = decided.before.parent(table)
    elif not KINDS[dropped[1].kind].inside:
        return
    if table is None or KINDS[dropped[1].kind].frees is not None:
        return
    for dependent in decided.after.dependents.get(table, ()):
        if KINDS[dependent.kind].fits:
            graph.edge(dropped, ("create", dependent))


def _choices(graph: Graph, decided: Decided) -> None:
    """What takes any part that will do is made when those are gone that it must not take."""
    for id_, decision in decided.decisions.items():
        chooses, new = KINDS[id_.kind].chooses, decided.context.after.get(id_)
        made = graph.real(("create", id_))
        if not decision.creates or chooses is None or new is None or made is None or not chooses(new):
            continue
        owners = {owner for need in decided.after.needs.get(id_, ()) if (owner := decided.after.parent(need))}
        for part in (part for owner in owners for part in decided.before.parts.get(owner, ())):
            gone = graph.real(("drop", part))
            if gone is not None and gone[1] == part and not KINDS[part.kind].inside:
                graph.edge(gone, made, bound=False)
        for tie in (tie for owner in owners for tie in decided.before.dependents.get(owner, ())):
            if KINDS[tie.kind].frees is not None and KINDS[tie.kind].holds_rows:
                graph.edge(("drop", tie), made, bound=False)


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
