"""`driftwatch diff`: what differs between two schemas."""

from __future__ import annotations

import sys

import click

from driftwatch.cli.options import Command, Options, pass_options


@click.command("diff", cls=Command)
@click.argument("from_", metavar="[FROM]", default="migrations")
@click.argument("to", metavar="[TO]", default="local")
@click.option("--limit", default=200, show_default=True, help="At most this many objects.")
@pass_options
def command(options: Options, from_: str, to: str, limit: int) -> None:
    """Show what turns FROM (default: migrations) into TO (default: local), object by object.

    Exit code 0: the same. 1: they differ. 2: one of them could not be read.

    \b
    Example:
      driftwatch diff migrations production
    """
    from driftwatch.actions.targets import read_target
    from driftwatch.cli.output import emit, unnamed
    from driftwatch.cli.project import open_project_for
    from driftwatch.core.drift import align, compare, to_json
    from driftwatch.core.fingerprint import fingerprint
    from driftwatch.core.report import as_text

    project = open_project_for(options, from_, to)
    left = read_target(project, from_, options.progress)
    right = read_target(project, to, options.progress)
    before, after = align(left.catalog, right.catalog)
    changes = compare(before, after)
    if options.json:
        emit(
            "diff",
            "differs" if changes else "same",
            {
                "from": {"target": left.label, "fingerprint": fingerprint(left.catalog)},
                "to": {"target": right.label, "fingerprint": fingerprint(right.catalog)},
                "changes": [to_json(change) for change in changes],
                "not_compared": unnamed(before, after),
            },
        )
    elif changes:
        print(as_text(changes, limit=limit, color=options.color), end="")
    else:
        options.say(f"{left.label} and {right.label} have the same schema: {fingerprint(left.catalog)}")
    sys.exit(1 if changes else 0)
