"""`driftwatch snapshot`: save a schema as a file, as data or as SQL."""

from __future__ import annotations

from pathlib import Path

import click

from driftwatch.cli.options import Command, Options, pass_options


@click.command("snapshot", cls=Command)
@click.argument("target")
@click.option("-o", "--output", "file", metavar="FILE", required=True, help="Where to write it.")
@click.option("--sql", is_flag=True, help="As SQL that makes the schema: a base file for migrations.base.")
@pass_options
def command(options: Options, target: str, file: str, sql: bool) -> None:
    """Save the schema of TARGET to a file.

    As JSON it can be named wherever a target is taken. With --sql it is the base for migrations whose
    beginning was never written down: set migrations.base to the file in driftwatch.toml.

    \b
    Example:
      driftwatch snapshot production -o production.json
      driftwatch snapshot production --sql -o supabase/base.sql
    """
    from driftwatch.actions.base_file import base_file
    from driftwatch.actions.targets import read_target
    from driftwatch.cli.output import emit
    from driftwatch.cli.project import open_project_for
    from driftwatch.core import snapshot

    project = open_project_for(options, target)
    path = Path(file)
    if sql:
        text = base_file(project, target)
        what = "the SQL that makes the schema"
    else:
        text = snapshot.dumps(read_target(project, target, options.progress).catalog)
        what = "the catalog"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    options.say(f"Saved {what} of {target} to {path}.")
    if sql and project.base_file != file:
        options.say(f'Next: in driftwatch.toml, [migrations] base = "{file}"; then driftwatch verify')
    if options.json:
        emit("snapshot", "done", {"target": target, "file": str(path)})
