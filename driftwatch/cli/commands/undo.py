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

    from driftwatch.actions.local_url import LocalAtUrl
    from driftwatch.cli.local_words import state_line
    from driftwatch.cli.output import emit
    from driftwatch.cli.project import open_project
    from driftwatch.errors import DriftwatchError

    project = open_project(options)
    local = LocalAtUrl(project, project.local_at) if project.local_at else project.local_database()
    if what == "list":
        states = local.former()
        if options.json:
            body = [{"until": f"{one.until:%Y-%m-%dT%H:%M:%SZ}", "bytes": one.size} for one in states]
            emit("undo", "done", {"states": body, "keep": project.kept})
        else:
            print("\n".join(state_line(one) for one in states) or "No former state is kept.")
        return
    with local.making(options.say):
        brought_back = local.undo(datetime.now(UTC))
    if brought_back is None:
        raise DriftwatchError("There is no former state to bring back.", untouched="Nothing was changed.")
    until = brought_back.until
    options.say(f"The local database is as it was until {until:%Y-%m-%d %H:%M:%S} UTC. A second undo swaps them back.")
    if options.json:
        emit("undo", "done", {"until": f"{until:%Y-%m-%dT%H:%M:%SZ}"})
