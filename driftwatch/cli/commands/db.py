"""`driftwatch db`: the local database."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from driftwatch.cli.options import Group, Options, PassesOn, pass_options

if TYPE_CHECKING:
    from driftwatch.actions.project import Project
    from driftwatch.postgres.local import LocalDatabase


@click.group("db", cls=Group)
def command() -> None:
    """The local database: the embedded one, or the one that local.url names.

    \b
    Example:
      driftwatch db start
      driftwatch db psql
    """


def _embedded(options: Options) -> tuple[Project, LocalDatabase]:
    from driftwatch.cli.project import open_project
    from driftwatch.errors import UsageError
    from driftwatch.postgres.local import LocalDatabase

    project = open_project(options)
    if project.local_url is not None:
        raise UsageError(
            "local.url is set, so the local database is not driftwatch's to start, stop or build.",
            untouched="Nothing was changed.",
        )
    return project, LocalDatabase(project.shadows, project.home)


@command.command()
@pass_options
def start(options: Options) -> None:
    """Start the embedded database; the first time it is made from the migrations.

    \b
    Example:
      driftwatch db start
    """
    from datetime import UTC, datetime

    from driftwatch.actions.sync_local import sync_local
    from driftwatch.cli.output import emit

    project, local = _embedded(options)
    with local.making():
        if not local.exists():
            options.say(sync_local(project, datetime.now(UTC), options.progress).sentence())
    local.start()
    options.say(f"Running: {local.url()}")
    if options.json:
        emit("db start", "done", {"url": local.url()})


@command.command()
@pass_options
def stop(options: Options) -> None:
    """Stop the embedded database. Its data stays.

    \b
    Example:
      driftwatch db stop
    """
    from driftwatch.cli.output import emit

    _, local = _embedded(options)
    local.stop()
    options.say("Stopped.")
    if options.json:
        emit("db stop", "done", {})


@command.command()
@pass_options
def reset(options: Options) -> None:
    """Build the database anew from the migrations; the former one is kept for undo.

    \b
    Example:
      driftwatch db reset
    """
    from datetime import UTC, datetime

    from driftwatch.actions.replay import replay
    from driftwatch.cli.output import emit
    from driftwatch.postgres.execute import refuse_problems

    project, local = _embedded(options)
    folder = project.folder()
    refuse_problems(folder.problems)
    replayed = replay(project.shadows, folder.migrations, options.progress)
    kept = local.build(replayed.key, datetime.now(UTC))
    options.say(f"Built anew from {len(folder.migrations)} migrations.")
    if kept is not None:
        options.say("The former database is kept: driftwatch undo brings it back.")
    if options.json:
        emit("db reset", "done", {"migrations": len(folder.migrations), "kept": str(kept) if kept else None})


@command.command()
@pass_options
def url(options: Options) -> None:
    """Print the local database's URL.

    \b
    Example:
      DATABASE_URL=$(driftwatch db url)
    """
    from driftwatch.cli.output import emit
    from driftwatch.cli.project import open_project
    from driftwatch.postgres.local import LocalDatabase

    project = open_project(options)
    found = project.local_url or LocalDatabase(project.shadows, project.home).url()
    if options.json:
        emit("db url", "done", {"url": found})
    else:
        print(found)


@command.command(cls=PassesOn)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
@pass_options
def psql(options: Options, arguments: tuple[str, ...]) -> None:
    """Open psql on the local database; further arguments go to psql.

    \b
    Example:
      driftwatch db psql -c 'select now()'
    """
    from driftwatch.cli.project import open_project
    from driftwatch.errors import DriftwatchError
    from driftwatch.postgres import installation
    from driftwatch.postgres.dump import environment
    from driftwatch.postgres.local import LocalDatabase

    project = open_project(options)
    local = LocalDatabase(project.shadows, project.home)
    if project.local_url is None and not local.cluster.is_running():
        raise DriftwatchError("The local database is not running.", next_step="driftwatch db start")
    program = installation.at_least(0).tool("psql")
    os.execve(program, [str(program), *arguments], environment(project.local_url or local.cluster.conninfo()))
