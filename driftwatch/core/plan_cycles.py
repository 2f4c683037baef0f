"""What waits for itself: circles in the order, and the parts that can be taken out of their parent to break one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Set
from typing import Protocol

from driftwatch.core.catalog import ObjectId
from driftwatch.core.plan import Op

_Node = tuple[Op, ObjectId]


class _Graph(Protocol):
    after: dict[_Node, set[_Node]]

    def real(self, node: _Node) -> _Node | None: ...


def circular_parts(graph: _Graph, stuck: Iterable[_Node], inlined: Collection[ObjectId]) -> set[ObjectId]:
    """Of the parts that their parents' statements hold, those whose parent waits for itself."""
    circles = circular(set(stuck), graph.after)
    return {id_ for id_ in inlined if graph.real(("create", id_)) in circles}


def circular(nodes: Set[_Node], after: Mapping[_Node, Set[_Node]]) -> set[_Node]:
    """The nodes that, over one or several others, come before themselves (Tarjan's algorithm, without recursion)."""
    index: dict[_Node, int] = {}
    low: dict[_Node, int] = {}
    path: list[_Node] = []
    open_: set[_Node] = set()
    found: set[_Node] = set()
    for root in nodes:
        if root in index:
            continue
        work = [(root, iter(sorted(after[root] & nodes)))]
        index[root] = low[root] = len(index)
        path.append(root)
        open_.add(root)
        while work:
            node, following = work[-1]
            then = next(following, None)
            if then is None:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == index[node]:
                    circle = path[path.index(node) :]
                    del path[path.index(node) :]
                    open_.difference_update(circle)
                    found.update(circle if len(circle) > 1 else ())
            elif then not in index:
                index[then] = low[then] = len(index)
                path.append(then)
                open_.add(then)
                work.append((then, iter(sorted(after[then] & nodes))))
            elif then in open_:
                low[node] = min(low[node], index[then])
    return found
