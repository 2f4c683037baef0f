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

    project = open_project(options)
    if project.local_url is not None:
        raise UsageError(
            "local.url is set, so the local database is not driftwatch's to start or stop.",
            untouched="Nothing was changed.",
        )
    return project, project.local_database()


@command.command()
@pass_options
def start(options: Options) -> None:
    """Start the embedded database; the first time it is made from the migrations and the seeds.

    It listens on 127.0.0.1, on the project's [db] port, for the login postgres / postgres.

    \b
    Example:
      driftwatch db start
    """
    from datetime import UTC, datetime

    from driftwatch.actions.sync_local import make_local
    from driftwatch.cli.output import emit
    from driftwatch.cli.progress import progress_bar

    project, local = _embedded(options)
    if project.local_at is not None:
        options.say(f"The project's Supabase stack runs, and is the local database: {project.local_at}")
        if options.json:
            emit("db start", "done", {"url": project.local_at, "port": project.local_port})
        return
    with progress_bar(options, "local database") as progress:
        made = make_local(project, datetime.now(UTC), progress)
    if made is not None:
        options.say(made.sentence())
    port = local.start()
    if port != (project.local_port or None):
        options.say(_elsewhere(project.local_port, port))
    options.say(f"Running: {local.url()}")
    if options.json:
        emit("db start", "done", {"url": local.url(), "port": port})


def _elsewhere(wanted: int, port: int | None) -> str:
    from driftwatch.postgres.local_port import who_has

    who = who_has(wanted)
    place = f"on {port} instead" if port else "on its socket only"
    mend = "supabase stop" if "Supabase" in who else "stop that"
    return f"Port {wanted} is taken by {who}, so this one listens {place}. To have it: {mend}, or set [local] port."


@command.command()
@pass_options
def stop(options: Options) -> None:
    """Stop the embedded database. Its data stays.

    \b
    Example:
      driftwatch db stop
    """
    from driftwatch.cli.output import emit

    project, local = _embedded(options)
    local.stop()
    stack = project.local_at is not None
    options.say("The local database is the project's Supabase stack. Next: supabase stop" if stack else "Stopped.")
    if options.json:
        emit("db stop", "done", {})


@command.command()
@click.option("--no-seed", is_flag=True, help="Leave the seeds out.")
@pass_options
def reset(options: Options, no_seed: bool) -> None:
    """Build the database anew from the migrations and the seeds; the former one is kept for undo.

    \b
    Example:
      driftwatch db reset
    """
    from datetime import UTC, datetime

    from driftwatch.actions.reset import reset as build_anew
    from driftwatch.cli.output import emit
    from driftwatch.cli.progress import progress_bar
    from driftwatch.cli.project import open_project

    project = open_project(options)
    with progress_bar(options, "local database") as progress:
        built, migrations = build_anew(
            project, datetime.now(UTC), data="none" if no_seed else "seed", progress=progress
        )
    seeded = f" and {', '.join(built.seeded)}" if built.seeded else ""
    options.say(f"Built anew from {migrations} migration{'s' if migrations != 1 else ''}{seeded}.")
    if built.kept is not None:
        options.say("The former database is kept: driftwatch undo brings it back.")
    if options.json:
        body = {
            "migrations": migrations,
            "seeded": list(built.seeded),
            "kept": str(built.kept) if built.kept else None,
        }
        emit("db reset", "done", body)


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

    project = open_project(options)
    found = project.local_at or project.local_database().url()
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

    project = open_project(options)
    local = project.local_database()
    if project.local_at is None and not local.cluster.is_running():
        raise DriftwatchError("The local database is not running.", next_step="driftwatch db start")
    program = installation.at_least(0).tool("psql")
    os.execve(program, [str(program), *arguments], environment(project.local_at or local.cluster.conninfo()))
