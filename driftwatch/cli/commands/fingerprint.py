"""`driftwatch fingerprint`: one hash over a whole schema."""

from __future__ import annotations

import click

from driftwatch.cli.options import Command, Options, pass_options


@click.command("fingerprint", cls=Command)
@click.argument("target")
@click.option("--tree", is_flag=True, help="One line per object besides: hash, kind, identity.")
@pass_options
def command(options: Options, target: str, tree: bool) -> None:
    """Print the fingerprint of TARGET: the same for the same schema, however it was made.

    TARGET: local, a remote's name, migrations, migrations@REV, a postgresql:// URL, or a saved FILE.json.

    \b
    Example:
      driftwatch fingerprint local
    """
    from driftwatch.actions.targets import read_target
    from driftwatch.cli.output import emit, unnamed
    from driftwatch.cli.project import open_project_for
    from driftwatch.core import fingerprint as hashing

    found = read_target(open_project_for(options, target), target, options.progress)
    value = hashing.fingerprint(found.catalog)
    nodes = hashing.tree(found.catalog) if tree else []
    if options.json:
        body: dict[str, object] = {
            "target": found.label,
            "fingerprint": value,
            "not_compared": unnamed(found.catalog),
        }
        if tree:
            body["tree"] = [{"hash": digest, "kind": id_.kind, "identity": id_.identity} for digest, id_ in nodes]
        emit("fingerprint", "done", body)
        return
    print(value)
    for digest, id_ in nodes:
        print(digest, id_.kind, id_.identity)
