"""The SQL that turns one schema into another, proved in a shadow before anybody sees it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial

from driftwatch.actions.project import Project
from driftwatch.actions.sides import Side, superuser
from driftwatch.core.catalog import Catalog, ObjectId
from driftwatch.core.drift import ObjectChange, align, compare
from driftwatch.core.fingerprint import fingerprint
from driftwatch.core.kinds.reach import Reader, schemas_between
from driftwatch.core.kinds.renaming import rename_steps
from driftwatch.core.kinds.rules import Context, Schema
from driftwatch.core.migrations import Migration
from driftwatch.core.normal import filled, read_on_both
from driftwatch.core.plan_order import Planned as PlannedSteps
from driftwatch.core.plan_text import Plan, as_sql, make_plan
from driftwatch.core.renames import renames
from driftwatch.core.scope import apply_scope
from driftwatch.core.scope_rules import HISTORY_SCHEMAS, MANAGED_SCHEMAS, OWN_SCHEMAS
from driftwatch.errors import DriftwatchError
from driftwatch.postgres.cluster import SUPERUSER
from driftwatch.postgres.dump import dump_lines
from driftwatch.postgres.execute import MigrationFailed
from driftwatch.postgres.read_catalog import read_catalog
from driftwatch.postgres.read_dependencies import read_dependencies
from driftwatch.postgres.run_plan import run_statements
from driftwatch.postgres.seed_rows import count_rows, seed_rows
from driftwatch.postgres.shadow import Shadow

_ORDER_ONLY = {"column_order"}


@dataclass(frozen=True)
class Proof:
    """What came of running the plan on a copy of FROM, all of it, what is held back too.

    failure: the statement that Postgres refused and its words, "" for none. on_rows: the same, where it failed only
    because tables had rows. remains: what still differs. dump: lines by which the dumps of both sides differ.
    rows_lost: tables that both sides have and that lost rows though no step announced it.
    """

    fingerprint: str = ""
    failure: str = ""
    on_rows: str = ""
    remains: tuple[ObjectChange, ...] = ()
    dump: tuple[str, ...] = ()
    rows_lost: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        return not (self.failure or self.rows_lost or self.dump or self.real_remains)

    @property
    def real_remains(self) -> tuple[ObjectChange, ...]:
        """What remains besides the order of columns, which no statement can change."""
        return tuple(change for change in self.remains if {facet.name for facet in change.facets} - _ORDER_ONLY)


@dataclass(frozen=True)
class Planned:
    """A plan between two sides with its proof."""

    before: Side
    after: Side
    plan: Plan
    proof: Proof

    @property
    def proved(self) -> bool:
        """Whether the statements as they are printed arrive: nothing is left, and no secret is to be filled in."""
        return self.proof.holds and not self.plan.unplanned and not self.plan.to_fill_in


def plan_between(project: Project, before: Side, after: Side, *, online: bool = False) -> Planned:
    """Plans and proves. Raises DriftwatchError when no copy of a side can be made to prove it on."""
    with _after_renames(project, before, after) as (catalog, dependencies, renamed):
        here, there = filled(*read_on_both(catalog, after.catalog))
        sides = schemas_between(here, there, dependencies, after.dependencies)
    plan = make_plan(
        Context(*sides, creator=before.creator, online=online, database=before.database, defaults=before.defaults)
    )
    plan = replace(plan, planned=(*renamed, *plan.planned))
    return Planned(before, after, plan, _prove(project, before, after, plan, _tables(plan, sides[0], before.catalog)))


@contextmanager
def _after_renames(
    project: Project, before: Side, after: Side
) -> Iterator[tuple[Catalog, Reader, tuple[PlannedSteps, ...]]]:
    """FROM's schema once what is probably renamed has its new name, and the statements that do it.

    What else has changed by that, only Postgres knows: the renames are done in a shadow, which is read again.
    """
    found = rename_steps(renames(compare(*align(before.catalog, after.catalog))))
    if found:
        with before.ground() as shadow, superuser(shadow) as conn:
            if not run_statements(conn, [step.sql for _, step in found], SUPERUSER):
                catalog = apply_scope(read_catalog(conn), project.scope)
                steps = tuple(PlannedSteps("alter", id_, (step,)) for id_, step in found)
                yield catalog, partial(read_dependencies, conn), steps
                return
        # No rename after all: what is dropped and made is planned.
    yield before.catalog, before.dependencies, ()


def _prove(project: Project, before: Side, after: Side, plan: Plan, tables: Collection[str]) -> Proof:
    if not plan.planned and not plan.unplanned:
        return Proof(fingerprint=fingerprint(after.catalog))
    with before.ground() as shadow:
        with superuser(shadow) as conn:
            seeded = seed_rows(conn, tables)
        failure = _run(project, shadow, plan, before.creator)
        if not failure:
            return replace(_look(project, shadow, after), rows_lost=_lost(shadow, seeded, plan, after))
    if not seeded:
        return Proof(failure=failure)
    with before.ground() as shadow:  # once more without rows: they may be what is in the way
        without = _run(project, shadow, plan, before.creator)
        return Proof(failure=without) if without else replace(_look(project, shadow, after), on_rows=failure)


def _run(project: Project, shadow: Shadow, plan: Plan, creator: str) -> str:
    """Runs everything, what is held back too; Postgres's words when it refuses."""
    if project.shadow_options.baseline == "none":
        later = ["SET check_function_bodies = off"] if plan.bodies_later else []
        statements = [step.sql for one in plan.planned for step in one.steps]
        with superuser(shadow) as conn:
            return run_statements(conn, [*later, *statements], creator)
    whole = replace(plan, held_back=frozenset())
    with shadow.runner() as runner:
        try:
            runner.run_sql(Migration("", "plan", "the plan", as_sql(whole)))
        except MigrationFailed as failed:
            return f"{failed.failure.statement.strip()}\n{failed.failure.message}"
    return ""


def _look(project: Project, shadow: Shadow, after: Side) -> Proof:
    """Compares what the plan made with what it was to make: by our catalog, and by an independent dump."""
    with superuser(shadow) as conn:
        catalog = apply_scope(read_catalog(conn), project.scope)
        major = conn.info.server_version // 10000
    made, wanted = align(catalog, after.catalog)
    managed = HISTORY_SCHEMAS if project.shadow_options.baseline == "none" else MANAGED_SCHEMAS
    leave_out = (*managed, *OWN_SCHEMAS)
    with after.ground() as other:
        with superuser(other) as conn:
            major = max(major, conn.info.server_version // 10000)  # an older pg_dump refuses a newer server
        one, two = (dump_lines(major, side.cluster.conninfo(), leave_out) for side in (shadow, other))
    dump = sorted({f"- {line}" for line in one - two} | {f"+ {line}" for line in two - one})
    return Proof(fingerprint(made), remains=compare(made, wanted), dump=tuple(dump))


def _tables(plan: Plan, before: Schema, present: Catalog) -> list[str]:
    """The tables that the plan touches, and those beside them that it may reach, of those that are present."""
    named = {one.id for one in plan.planned}
    reached = named | {need for id_ in named for need in before.dependencies.get(id_, ())}
    tables = {id_.identity for id_ in reached if id_.kind == "table"}
    for id_ in reached:
        obj = before.get(id_)
        if obj is not None and isinstance(obj.facets.get("table"), str):
            tables.add(str(obj.facets["table"]))
    return sorted(name for name in tables if ObjectId("table", name) in present.objects)


def _lost(shadow: Shadow, seeded: dict[str, int], plan: Plan, after: Side) -> tuple[str, ...]:
    announced = {one.id.identity for one in plan.planned if any(step.destructive for step in one.steps)}
    kept = {
        name: rows
        for name, rows in seeded.items()
        if ObjectId("table", name) in after.catalog.objects and name not in announced
    }
    with superuser(shadow) as conn:
        now = count_rows(conn, kept)
    return tuple(sorted(name for name, rows in kept.items() if now.get(name, 0) < rows))


def summary(planned: Planned) -> Iterable[str]:
    """What to say about the proof, line by line."""
    proof = planned.proof
    for what in planned.plan.to_fill_in:
        yield f"TO BE FILLED IN: {what}"
    if proof.failure:
        yield "NOT PROVED: a statement fails on a copy of the schema:"
        yield from proof.failure.split("\n")
        return
    if planned.plan.circle and not proof.holds:
        yield f"these wait for each other: {', '.join(f'{id_.kind} {id_.identity}' for id_ in planned.plan.circle)}"
    if planned.proved:
        yield f"Proved on a copy of {planned.before.label}: it arrives at {planned.after.label}'s schema."
    elif proof.holds and planned.plan.to_fill_in:
        yield "NOT PROVED as it stands: all else arrives, once that is filled in."
    else:
        yield f"NOT PROVED: on a copy of {planned.before.label} it does not arrive at {planned.after.label}'s schema."
    for change in proof.remains:
        facets = ", ".join(facet.name for facet in change.facets)
        yield f"remains: {change.change} {change.id.kind} {change.id.identity}" + (f" ({facets})" if facets else "")
    for line in proof.dump[:20]:
        yield f"pg_dump differs: {line}"
    for table in proof.rows_lost:
        yield f"rows of {table} would be lost, and no step says so"
    if proof.on_rows:
        yield "With rows in the tables a statement fails:"
        yield from proof.on_rows.split("\n")


def require(planned: Planned, by_hand: str) -> None:
    """Raises DriftwatchError when the plan was not proved. by_hand: the command that prints it as it is."""
    if not planned.proved:
        raise DriftwatchError(
            "The plan could not be proved.",
            details="\n".join(summary(planned)),
            untouched="Nothing was written.",
            next_step=f"{by_hand} prints its statements, to be finished by hand.",
        )
