"""The two sides of a plan: a schema, how to read its dependencies, and a shadow that has it, to prove the plan in."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from functools import partial

from driftwatch.actions import targets
from driftwatch.actions.base_file import schema_sql
from driftwatch.actions.project import Project
from driftwatch.actions.replay import Progress, replay
from driftwatch.core.catalog import Catalog, DbObject, ObjectId
from driftwatch.core.kinds.reach import Reader, schemas_between
from driftwatch.core.kinds.rules import Context, Dependencies
from driftwatch.core.migrations import Migration
from driftwatch.core.plan_text import as_sql, make_plan
from driftwatch.core.scope import apply_scope
from driftwatch.errors import DriftwatchError
from driftwatch.postgres.cluster import SUPERUSER
from driftwatch.postgres.connect import Connection
from driftwatch.postgres.dump import whole_sql
from driftwatch.postgres.execute import MigrationFailed, Runner, refuse_problems
from driftwatch.postgres.read_catalog import read_catalog
from driftwatch.postgres.read_dependencies import read_dependencies
from driftwatch.postgres.run_plan import restore
from driftwatch.postgres.shadow import Shadow, Shadows

Ground = Callable[[], AbstractContextManager[Shadow]]
"""Opens a shadow that has a side's schema."""


@dataclass(frozen=True)
class Side:
    """One side: its catalog in scope, and how to have it in a shadow.

    dependencies: reads them from where they are recorded. creator: the role that runs statements there, and so owns
    what they make. defaults: its default privileges, also those that are not compared. database: its name.
    """

    label: str
    catalog: Catalog
    dependencies: Reader
    ground: Ground
    creator: str = "postgres"
    defaults: Mapping[ObjectId, DbObject] = field(default_factory=dict)
    database: str = "postgres"


def read_side(
    project: Project, target: str, progress: Progress = lambda line: None, *, like: Catalog | None = None
) -> Side:
    """The schema of a target, with a shadow of it to come. Raises what reading the target raises.

    like: the other side's; objects of a database that equal its own are shared with it.
    """
    if target.endswith(".json"):
        return _saved_side(project, targets.read_target(project, target))
    if target == "migrations" or target.startswith("migrations@"):
        revision = target.partition("@")[2]
        folder, shadows = project.at_revision(revision) if revision else (project.folder(), project.shadows)
        refuse_problems(folder.problems)
        return migrations_side(project, target, shadows, folder.migrations, progress)
    with targets.database(project, target) as (label, conn, conninfo):
        whole = read_catalog(conn, like=like)
        catalog = apply_scope(whole, project.scope)
        plain = project.shadow_options.baseline == "none"
        sql = whole_sql(conn, conninfo) if plain else schema_sql(project, conn, conninfo)
        user, major, name = conn.info.user, conn.info.server_version // 10000, conn.info.dbname
    like_it = replace(project, shadow_options=replace(project.shadow_options, major=major))
    ground = _restored(like_it, sql, user) if plain else _based(like_it, sql, label)
    creator = user if plain else "postgres"

    def dependencies(of: Collection[ObjectId]) -> Dependencies:
        with targets.database(project, target) as (_, conn, _):
            return read_dependencies(conn, of)

    return Side(label, catalog, dependencies, ground, creator, defaults_of(whole), name)


def migrations_side(
    project: Project, label: str, shadows: Shadows, migrations: tuple[Migration, ...], progress: Progress
) -> Side:
    """What these migrations make."""
    made = replay(shadows, migrations, progress)
    catalog = apply_scope(made.catalog, project.scope)

    def ground() -> AbstractContextManager[Shadow]:
        return shadows.open(made.key)

    defaults = defaults_of(made.catalog)
    return Side(label, catalog, _dependencies(ground), ground, defaults=defaults)


def defaults_of(catalog: Catalog) -> dict[ObjectId, DbObject]:
    """The default privileges of a catalog, before any scope."""
    return {id_: obj for id_, obj in catalog.objects.items() if id_.kind == "default_privileges"}


def _based(project: Project, sql: str, label: str) -> Ground:
    """The schema on the baseline, run as `postgres`, as `verify` has it for the pending migrations."""

    @contextlib.contextmanager
    def ground() -> Iterator[Shadow]:
        shadows = project.shadows_on(sql, f"the schema of {label}")
        with shadows.open(shadows.ensure_base()) as shadow:
            yield shadow

    return ground


def _restored(project: Project, sql: str, user: str) -> Ground:
    """A whole server's schema, run as the superuser."""

    @contextlib.contextmanager
    def ground() -> Iterator[Shadow]:
        shadows = project.shadows_on("")
        with shadows.open(shadows.ensure_base()) as shadow:
            with superuser(shadow) as conn:
                _emptied(conn)
                restore(conn, sql, "a copy of the schema")
            yield shadow

    return ground


def _emptied(conn: Connection) -> None:
    """Takes away what a bare ground has for migrations to be recorded in: a plain database has none."""
    restore(conn, "DROP SCHEMA IF EXISTS supabase_migrations CASCADE", "a copy of the schema")


def _saved_side(project: Project, target: targets.Target) -> Side:
    """A saved catalog, made again by planning it from the bare ground."""
    what = f"the schema saved in {target.label}"

    @contextlib.contextmanager
    def ground() -> Iterator[Shadow]:
        shadows = project.shadows_on("")
        plain = project.shadow_options.baseline == "none"
        with shadows.open(shadows.ensure_base()) as shadow:
            with superuser(shadow) as conn:
                if plain:
                    _emptied(conn)
                whole = read_catalog(conn)
                bare = apply_scope(whole, project.scope)
                sides = schemas_between(bare, target.catalog, partial(read_dependencies, conn), lambda of: {})
                creator = SUPERUSER if plain else "postgres"
                plan = make_plan(Context(*sides, creator=creator, defaults=defaults_of(whole)))
                if plain:
                    later = ["SET check_function_bodies = off"] if plan.bodies_later else []
                    restore(conn, ";\n".join([*later, *(step.sql for step in plan.steps)]), what)
            if not plain:  # by who made it there, or its owners and its grants would be the superuser's
                with shadow.runner() as runner:
                    _run_saved(runner, as_sql(replace(plan, held_back=frozenset())), what)
            yield shadow

    return Side(target.label, target.catalog, _dependencies(ground), ground)


def _run_saved(runner: Runner, sql: str, what: str) -> None:
    try:
        runner.run_sql(Migration("", "saved", what, sql))
    except MigrationFailed as failed:
        raise DriftwatchError(
            f"Could not make {what} in the shadow: {failed.failure.message}",
            details=failed.failure.statement,
            untouched="Nothing was changed.",
        ) from failed


@contextlib.contextmanager
def superuser(shadow: Shadow) -> Iterator[Connection]:
    """A session of the shadow's superuser."""
    with shadow.session(SUPERUSER) as conn:
        yield conn


def _dependencies(ground: Ground) -> Reader:
    def dependencies(of: Collection[ObjectId]) -> Dependencies:
        with ground() as shadow, superuser(shadow) as conn:
            return read_dependencies(conn, of)

    return dependencies
