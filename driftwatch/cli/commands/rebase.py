"""`driftwatch rebase`: unapplied migrations after everything that is applied."""

from __future__ import annotations

import click

from driftwatch.cli.options import Command, Options, pass_options


@click.command("rebase", cls=Command)
@click.option("--dry-run", is_flag=True, help="Say what would be renamed, and do nothing.")
@pass_options
def command(options: Options, dry_run: bool) -> None:
    """Give unapplied local migrations versions after the newest of every remote, in their old order.

    Applied ones are never renamed. Files that name a renamed one are mended. Nothing is committed.

    \b
    Example:
      driftwatch rebase --dry-run
    """
    from driftwatch.actions.rebase import carry_out, plan_rebase
    from driftwatch.cli.output import emit
    from driftwatch.cli.project import open_project
    from driftwatch.errors import DriftwatchError

    project = open_project(options)
    planned = plan_rebase(project)
    for move in planned.moves:
        options.say(f"  {move.old} -> {move.new}")
    for path in planned.mentions:
        options.say(f"  mended: {path}")
    done = False
    if not planned.moves:
        options.say("Every unapplied migration comes after the applied ones: nothing to do.")
    elif not dry_run:
        count = len(planned.moves)
        if not options.confirm(f"Rename {count} migration{'s' if count != 1 else ''}?"):
            raise DriftwatchError("Not confirmed.", untouched="Nothing was renamed.")
        carry_out(project, planned)
        done = True
        options.say("Next: driftwatch verify")
    if options.json:
        moves = [{"from": move.old, "to": move.new} for move in planned.moves]
        emit("rebase", "done", {"renamed": moves, "mended": list(planned.mentions), "dry_run": not done})
