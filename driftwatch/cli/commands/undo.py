"""`driftwatch undo`: bring the local database back to before the last rebuild."""

from __future__ import annotations

import click

from driftwatch.cli.options import Command, Options, pass_options


@click.command("undo", cls=Command)
@click.argument("what", type=click.Choice(["list"]), required=False)
@pass_options
def command(options: Options, what: str | None) -> None:
    """Swap the local database with its former state; a second undo swaps them back.

    \b
    Example:
      driftwatch undo list
      driftwatch undo
    """
    from datetime import UTC, datetime

    from driftwatch.cli.output import emit
    from driftwatch.cli.project import open_project
    from driftwatch.errors import DriftwatchError
    from driftwatch.postgres.local import LocalDatabase

    project = open_project(options)
    if project.local_url is not None:
        raise DriftwatchError(
            "The local database is not driftwatch's own (local.url is set), so no former state was kept.",
            untouched="Nothing was changed.",
        )
    local = LocalDatabase(project.shadows, project.home)
    if what == "list":
        states = [path.name.removeprefix("local.old.") for path in local.old()]
        if options.json:
            emit("undo", "done", {"states": states})
        else:
            print("\n".join(states) or "No former state is kept.")
        return
    brought_back = local.undo(datetime.now(UTC))
    if brought_back is None:
        raise DriftwatchError("There is no former state to bring back.", untouched="Nothing was changed.")
    options.say(f"The local database is as it was before {brought_back.name.removeprefix('local.old.')} (UTC).")
    if options.json:
        emit("undo", "done", {"state": brought_back.name.removeprefix("local.old.")})
