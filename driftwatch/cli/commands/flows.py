"""`driftwatch flows`: what to type when, by the names of the scripts in package.json."""

from __future__ import annotations

import os
from pathlib import Path

import click

from driftwatch.cli.options import Command, Options, pass_options

_LOCKS = {"package-lock.json": "npm", "yarn.lock": "yarn", "bun.lock": "bun", "bun.lockb": "bun"}
"""What a package manager leaves beside package.json; without any of them it is pnpm's."""


@click.command("flows", cls=Command)
@pass_options
def command(options: Options) -> None:
    """Show what to type when: start of work, new migration, push, out of sync, broken, every week.

    By the names of the scripts that `driftwatch init` adds to package.json, as pnpm, npm or yarn run them; without
    a package.json, as commands.

    \b
    Example:
      driftwatch flows
    """
    from driftwatch.cli.output import emit
    from driftwatch.core.flows import FLOWS, as_text, typed

    run = _run(Path(options.project or "."))
    if options.json:
        flows = [
            {"title": flow.title, "steps": [{"type": typed(step, run), "does": does} for step, does in flow.steps]}
            for flow in FLOWS
        ]
        emit("flows", "done", {"flows": flows})
    else:
        print(as_text(run))


def _run(place: Path) -> str:
    """How scripts are run: by the manager that runs this, else by the one of the nearest package.json that has them."""
    from driftwatch.core.flows import DIRECTLY, runner
    from driftwatch.core.package_scripts import NAMES

    if agent := os.environ.get("npm_config_user_agent"):  # noqa: SIM112 - it is called so
        return runner(agent)
    here = place.resolve()
    for folder in (here, *here.parents):
        package = folder / "package.json"
        if package.is_file() and f'"{NAMES[0]}"' in package.read_text(encoding="utf-8", errors="replace"):
            return runner(next((name for lock, name in _LOCKS.items() if (folder / lock).exists()), ""))
    return DIRECTLY
