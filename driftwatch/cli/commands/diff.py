"""`driftwatch diff`: what differs between two schemas."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from driftwatch.cli.options import Command, Options, pass_options

if TYPE_CHECKING:
    from driftwatch.actions.blame import Origin
    from driftwatch.actions.project import Project
    from driftwatch.core.catalog import ObjectId
    from driftwatch.core.drift import ObjectChange


@click.command("diff", cls=Command)
@click.argument("from_", metavar="[FROM]", default="migrations")
@click.argument("to", metavar="[TO]", default="local")
@click.option("--limit", default=200, show_default=True, help="At most this many objects.")
@click.option("--sql", is_flag=True, help="Print the SQL that turns FROM into TO, proved in a shadow.")
@click.option("--allow-destructive", is_flag=True, help="With --sql: do not comment out what destroys data.")
@click.option("--online", is_flag=True, help="With --sql: forms that do not block writers for long.")
@pass_options
def command(
    options: Options, from_: str, to: str, limit: int, sql: bool, allow_destructive: bool, online: bool
) -> None:
    """Show what turns FROM (default: migrations) into TO (default: local), object by object.

    With --sql the statements themselves. They were run on a copy of FROM, which then had TO's schema; where they did
    not get there, the output begins with what remains.

    Equal changes of many objects are shown as one; with -v each on its own and at full length.

    Exit code 0: the same. 1: they differ. 2: one of them could not be read.

    \b
    Example:
      driftwatch diff migrations production
      driftwatch diff production migrations --sql
    """
    from driftwatch.actions.targets import read_target, suited_to_all
    from driftwatch.cli.output import changes_json, emit, origin_lines, unnamed
    from driftwatch.cli.project import open_project_for
    from driftwatch.core.drift import align, compare
    from driftwatch.core.fingerprint import fingerprint
    from driftwatch.core.renames import renames
    from driftwatch.core.renames import to_json as rename_to_json
    from driftwatch.core.report import as_text

    project = suited_to_all(open_project_for(options, from_, to), (from_, to))
    if sql:
        from driftwatch.cli.planning import show_sql

        sys.exit(show_sql(options, project, from_, to, allow_destructive=allow_destructive, online=online))
    left = read_target(project, from_, options.progress)
    right = read_target(project, to, options.progress, like=left.catalog)
    before, after = align(left.catalog, right.catalog)
    changes = compare(before, after)
    places = _origins(project, (from_, to), changes, options)
    if options.json:
        emit(
            "diff",
            "differs" if changes else "same",
            {
                "from": {"target": left.label, "fingerprint": fingerprint(left.catalog)},
                "to": {"target": right.label, "fingerprint": fingerprint(right.catalog)},
                "changes": changes_json(changes, places),
                "renames": [rename_to_json(rename) for rename in renames(changes)],
                "not_compared": unnamed(before, after),
            },
        )
    elif changes:
        print(as_text(changes, limit=limit, whole=options.verbose, color=options.color), end="")
        print("".join(f"{line}\n" for line in origin_lines(changes, places, limit)), end="")
        if (from_, to) == ("migrations", "local"):
            options.note("Next: driftwatch new NAME --from-diff   writes it down; driftwatch db reset takes it back")
    else:
        options.say(f"{left.label} and {right.label} have the same schema: {fingerprint(left.catalog)}")
    sys.exit(1 if changes else 0)


def _origins(
    project: Project, targets: tuple[str, ...], changes: tuple[ObjectChange, ...], options: Options
) -> dict[ObjectId, Origin]:
    """Where the migrations define what differs; nothing where neither side is made of migrations."""
    from driftwatch.actions.blame import origins

    made = [target for target in targets if target == "migrations" or target.startswith("migrations@")]
    if not changes or not made:
        return {}
    revision = made[0].partition("@")[2]
    folder, shadows = project.at_revision(revision) if revision else (project.folder(), project.shadows)
    ids = (change.id for change in changes)
    return origins(project, folder.migrations, ids, revision=revision, shadows=shadows, progress=options.progress)
