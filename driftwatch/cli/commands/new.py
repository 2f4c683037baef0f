"""`driftwatch new`: a new migration."""

from __future__ import annotations

import click

from driftwatch.cli.options import Command, Options, pass_options


@click.command("new", cls=Command)
@click.argument("name", nargs=-1, required=True)
@click.option("--description", default="", help="What it is for: a line in the file's header.")
@click.option("--from-diff", is_flag=True, help="Fill it with what the local database has beyond the migrations.")
@click.option("--edit", is_flag=True, help="Open it in $EDITOR.")
@pass_options
def command(options: Options, name: tuple[str, ...], description: str, from_diff: bool, edit: bool) -> None:
    """Write a new migration, with a version later than every local one and every one seen on a remote.

    NAME says what it changes; one that says nothing (update, fix, test) is refused.

    \b
    Example:
      driftwatch new add_total_to_orders
      driftwatch new create_invoices_table --edit
    """
    from datetime import UTC, datetime

    from driftwatch.actions.new import new_migration
    from driftwatch.cli.output import emit
    from driftwatch.cli.project import open_project

    project = open_project(options)
    path = new_migration(
        project,
        " ".join(name),
        datetime.now(UTC),
        description=description,
        from_diff=from_diff,
        progress=options.progress,
    )
    options.say(f"Wrote {path}")
    if edit:
        click.edit(filename=str(path))
    version = path.name.partition("_")[0]
    step = f"driftwatch history adopt local {version}" if from_diff else "write its SQL, then: driftwatch verify"
    options.say(f"Next: {step}")
    if options.json:
        emit("new", "done", {"file": str(path)})
