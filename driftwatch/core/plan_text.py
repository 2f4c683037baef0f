"""A plan as SQL that a person would write: a blank line between objects, decisions as comments."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from driftwatch.core.catalog import ObjectId
from driftwatch.core.garbage import no_search_for_garbage
from driftwatch.core.kinds.rules import Context, Hazard, Step
from driftwatch.core.plan import decide
from driftwatch.core.plan_graph import Node
from driftwatch.core.plan_guards import guarded
from driftwatch.core.plan_order import Planned, in_order
from driftwatch.core.text import clean


@dataclass(frozen=True)
class Plan:
    """Statements in order, for one or several objects each; those held back destroy data, or need one that does.

    bodies_later: functions are made before what their bodies name, so Postgres must not check them.
    circle: objects that wait for each other, so that their order is a guess.
    """

    planned: tuple[Planned, ...]
    held_back: frozenset[Node] = frozenset()
    bodies_later: bool = False
    unplanned: tuple[ObjectId, ...] = ()
    circle: tuple[ObjectId, ...] = ()

    @property
    def to_fill_in(self) -> tuple[str, ...]:
        """What the statements lack because it is secret, in words."""
        return tuple(one.what for one in self.hazards if one.danger == "to be filled in")

    @property
    def steps(self) -> tuple[Step, ...]:
        """What is run: all that is not held back."""
        nodes = (one for one in self.planned if one.node not in self.held_back)
        return tuple(step for one in nodes for step in one.steps if step.sql)

    @property
    def hazards(self) -> tuple[Hazard, ...]:
        return tuple(hazard for one in self.planned for step in one.steps for hazard in step.hazards)


@no_search_for_garbage()
def make_plan(context: Context) -> Plan:
    """What turns context.before into context.after."""
    decided = decide(context)
    ordered = in_order(decided)
    return Plan(ordered.planned, held_back(ordered.planned), ordered.bodies_later, decided.unplanned, ordered.circle)


def held_back(planned: Sequence[Planned]) -> frozenset[Node]:
    """The nodes that destroy data, those that can't run without them, and those that only make way for these."""
    found: set[Node] = set()
    size = -1
    while size < len(found):
        size = len(found)
        for one in planned:
            if _destroys(one) or one.needs & found or _makes_way(one, planned, found):
                found.add(one.node)
    return frozenset(found)


def _destroys(one: Planned) -> bool:
    return any(step.destructive for step in one.steps)


def _makes_way(one: Planned, planned: Sequence[Planned], found: set[Node]) -> bool:
    """Whether it takes away what would not come back: a view that is made again after a column that stays as it is."""
    if one.op == "drop":
        return ("create", one.id) in found
    gone = ("drop", one.id)
    return one.op == "aside" and gone in found and not any(_destroys(other) for other in planned if other.node == gone)


def as_sql(plan: Plan, write: Callable[[Step], str] = lambda step: step.sql) -> str:
    """The plan as a script. What is held back is commented out, with the reason. "" when there is nothing to do."""
    blocks = [_block(one, plan, write) for one in plan.planned]
    if blocks and plan.bodies_later:
        blocks.insert(0, "SET check_function_bodies = off;")
    blocks += [
        f"-- Not planned: {id_.kind} {clean(id_.identity)} differs, and there is no rule for it."
        for id_ in plan.unplanned
    ]
    return "\n\n".join(blocks) + "\n" if blocks else ""


def as_migration(plan: Plan) -> str:
    """The same as a file of the migrations folder: what has been done where it runs is passed over."""
    return as_sql(plan, guarded)


def _block(one: Planned, plan: Plan, write: Callable[[Step], str]) -> str:
    back = one.node in plan.held_back
    lines = [line for step in one.steps for line in _lines(step, back, write)]
    if back and not any(step.destructive for step in one.steps):
        lines.insert(0, "-- Goes with a step that is commented out:")
    return "\n".join(lines)


def _lines(step: Step, back: bool, write: Callable[[Step], str]) -> Iterator[str]:
    if step.note:
        yield f"-- {step.note}"
    for hazard in step.hazards:
        yield f"-- {hazard.danger}: {clean(hazard.what)}"  # one line: after its end a name would be run
    if not step.sql:
        return
    sql = f"{write(step)};"
    # For Postgres a carriage return ends a comment as well.
    lines = re.split(r"[\r\n]", sql)
    yield from (f"-- {line}".rstrip() for line in lines) if back else (sql,)
