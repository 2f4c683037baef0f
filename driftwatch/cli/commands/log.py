"""`driftwatch log`: what the daemon saw and told, in order."""

from __future__ import annotations

import click

from driftwatch.cli.options import Command, Options, pass_options


@click.command("log", cls=Command)
@click.argument("remote", required=False)
@click.option("--since", default="7d", show_default=True, metavar="TIME", help='From then on: "12h", "2025-03-01".')
@pass_options
def command(options: Options, remote: str | None, since: str) -> None:
    """The history that the daemon keeps: checks, drifts, what was told and to whom.

    \b
    Example:
      driftwatch log production --since 30d
    """
    from datetime import UTC, datetime

    from driftwatch.cli.output import emit
    from driftwatch.cli.project import open_project
    from driftwatch.cli.remembered import moment_of, opened
    from driftwatch.core.log_lines import events, lines, to_json

    project = open_project(options)
    if remote is not None:
        remote = project.remote(remote).name
    begin = moment_of(since, datetime.now(UTC), future=False)
    with opened(project) as state:
        found = events(
            [(one.remote, one.at, one.outcome, one.differences, one.reason) for one in state.checks_since(begin)],
            state.alerts_since(begin),
            [(one.key, one.channel, one.at) for one in state.deliveries_since(begin)],
            remote,
        )
    if options.json:
        emit("log", "done", {"since": begin.isoformat(timespec="seconds"), "events": [to_json(one) for one in found]})
    else:
        print("\n".join(lines(found)) or "Nothing is written down for that time.")
