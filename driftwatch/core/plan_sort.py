"""The nodes of a plan's graph in one order: a topological sort, readable where the dependencies leave it open."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from driftwatch.core.catalog import ObjectId
from driftwatch.core.kinds import KINDS
from driftwatch.core.plan import Decided
from driftwatch.core.plan_graph import Graph, Node

_LAST = 99


@dataclass
class Sorted:
    """The nodes in order. stuck: those that waited for each other. unchecked: a wish could not be met."""

    order: list[Node] = field(default_factory=list)
    stuck: list[Node] = field(default_factory=list)
    unchecked: bool = False


def sort(graph: Graph, decided: Decided) -> Sorted:
    """Every node after those that must run before it; a circle is cut at the node that waits for the fewest."""
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
