"""`driftwatch fingerprint`: one hash over a whole schema."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from driftwatch.cli.options import Command, Options, pass_options

if TYPE_CHECKING:
    from driftwatch.core.catalog import ObjectId
    from driftwatch.core.row_fingerprint import Fingerprinted


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
    from driftwatch.cli.output import emit, unnamed

    label, found, nodes = _with_tree(options, target) if tree else (*_alone(options, target), [])
    if options.json:
        body: dict[str, object] = {
            "target": label,
            "fingerprint": found.value,
            "not_compared": unnamed(found),
        }
        if tree:
            body["tree"] = [{"hash": digest, "kind": id_.kind, "identity": id_.identity} for digest, id_ in nodes]
        emit("fingerprint", "done", body)
        return
    print(found.value)
    for digest, id_ in nodes:
        print(digest, id_.kind, id_.identity)


def _alone(options: Options, target: str) -> tuple[str, Fingerprinted]:
    from driftwatch.cli.project import open_project_for, unconfigured_scope

    scope = unconfigured_scope(options) if target.startswith(("postgresql://", "postgres://")) else None
    if scope is not None:
        from driftwatch.actions.fingerprint_url import read_fingerprint_at

        return read_fingerprint_at(target, scope)
    from driftwatch.actions.targets import read_fingerprint_of

    return read_fingerprint_of(open_project_for(options, target), target, options.progress)


def _with_tree(options: Options, target: str) -> tuple[str, Fingerprinted, list[tuple[str, ObjectId]]]:
    from driftwatch.actions.targets import read_target
    from driftwatch.cli.project import open_project_for
    from driftwatch.core.fingerprint import fingerprint, tree
    from driftwatch.core.row_fingerprint import Fingerprinted

    found = read_target(open_project_for(options, target), target, options.progress)
    catalog = found.catalog
    value = Fingerprinted(fingerprint(catalog), catalog.not_compared, catalog.server_version)
    return found.label, value, tree(catalog)
