"""`driftwatch demo`: the whole story."""

from __future__ import annotations

import click

from driftwatch.cli.options import Command, Options, pass_options


@click.command("demo", cls=Command)
@pass_options
def command(options: Options) -> None:
    """Show in under a minute what driftwatch is for, on throw-away databases; touches nothing else.

    \b
    Example:
      driftwatch demo
    """
    from driftwatch.actions.demo import run_demo
    from driftwatch.cli.output import emit

    run_demo(options.say)
    if options.json:
        emit("demo", "done", {})
