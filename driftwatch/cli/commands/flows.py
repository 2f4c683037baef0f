"""`driftwatch flows`: what to type when, by the names of the scripts in package.json."""

from __future__ import annotations

import os

import click

from driftwatch.cli.options import Command, Options, pass_options


@click.command("flows", cls=Command)
@pass_options
def command(options: Options) -> None:
    """Show what to type when: start of work, new migration, push, out of sync, broken, every week.

    By the names of the scripts that `driftwatch init` adds to package.json, as pnpm, npm or yarn run them.

    \b
    Example:
      driftwatch flows
    """
    from driftwatch.cli.output import emit
    from driftwatch.core.flows import FLOWS, as_text, runner, typed

    run = runner(os.environ.get("npm_config_user_agent", ""))  # noqa: SIM112 - it is called so
    if options.json:
        flows = [
            {"title": flow.title, "steps": [{"type": typed(step, run), "does": does} for step, does in flow.steps]}
            for flow in FLOWS
        ]
        emit("flows", "done", {"flows": flows})
    else:
        print(as_text(run))
