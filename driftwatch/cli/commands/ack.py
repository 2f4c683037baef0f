"""`driftwatch ack`: say that a drift is known, so that nobody is reminded of it."""

from __future__ import annotations

import click

from driftwatch.cli.options import Command, Options, pass_options


@click.command("ack", cls=Command)
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@click.option("--until", metavar="TIME", help='Be reminded again then: "3d", "2025-03-01", "2025-03-01 09:00".')
@click.option("--reason", default="", metavar="TEXT", help="Why; the others are told.")
@click.option("--remove", is_flag=True, help="Take it back: reminders come as before.")
@pass_options
def command(options: Options, ids: tuple[str, ...], until: str | None, reason: str, remove: bool) -> None:
    """Acknowledge drifts by the IDs that their alerts show. A change of the drift and its end are told all the same.

    \b
    Example:
      driftwatch ack 3f9a2c --until 3d --reason "the hotfix of monday, captured in #42"
    """
    from datetime import UTC, datetime

    from driftwatch.cli.output import emit
    from driftwatch.cli.project import find_root, load_settings, make_project, whoami
    from driftwatch.cli.remembered import acknowledge, moment_of, opened, take_back
    from driftwatch.cli.watching import routes_of
    from driftwatch.core.remote_state import Ack
    from driftwatch.errors import UsageError

    if remove and (until or reason):
        raise UsageError("--remove stands alone.")
    root = find_root(options)
    settings = load_settings(options, root)
    project, now = make_project(root, settings), datetime.now(UTC)
    end = moment_of(until, now, future=True) if until else None
    with opened(project) as state:
        if remove:
            states = take_back(state, ids, now)
        else:
            states = acknowledge(state, ids, Ack(whoami(project), now, end, reason), routes_of(settings))
    for one in states:
        reminded = f"until {end:%Y-%m-%d %H:%M} UTC" if end else "until it changes"
        said = "reminders come as before" if remove else f"acknowledged {reminded}; nobody is reminded of it"
        options.say(f"{one.drift_name}: the drift on {one.remote}: {said}.")
    if options.json:
        drifts = [{"drift": one.drift_name, "remote": one.remote} for one in states]
        body = {"drifts": drifts, "until": end.isoformat() if end else None, "reason": reason}
        emit("ack", "removed" if remove else "acknowledged", body)
