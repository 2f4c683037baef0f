"""`driftwatch init`: make this project a driftwatch project."""

from __future__ import annotations

from pathlib import Path

import click

from driftwatch.cli.options import Command, Options, pass_options


@click.command("init", cls=Command)
@pass_options
def command(options: Options) -> None:
    """Write driftwatch.toml and install the git hooks; asks before each. Run again, it changes nothing.

    \b
    Example:
      driftwatch init --yes
    """
    from driftwatch.cli.output import emit
    from driftwatch.cli.project import find_root, open_project
    from driftwatch.git import hooks
    from driftwatch.share import share_path

    root = find_root(options)
    done = []
    file = root / "driftwatch.toml"
    if file.exists():
        options.say(f"{file.name} is there already.")
    elif options.confirm(f"Write {file}?"):
        file.write_bytes(share_path("config.example.toml").read_bytes())
        done.append(f"wrote {file.name}")
    project = open_project(options)
    project.migrations_path.mkdir(parents=True, exist_ok=True)
    if project.repo is None:
        options.say("This is not a git repository, so no hooks were installed.")
    else:
        below = _below(root, project.repo.root)
        plan = hooks.plan_install(project.repo, project.in_repo, project=below)
        if not plan.changes:
            options.say("The git hooks are installed already.")
        elif options.confirm(f"Install the git hooks ({len(plan.changes)} files)?"):
            hooks.install(project.repo, project.in_repo, project=below)
            done.append("installed the git hooks")
    for line in done:
        options.say(line)
    if options.json:
        emit("init", "done", {"changes": done})
    else:
        options.say("Next: driftwatch status")


def _below(root: Path, repository: Path) -> str:
    below = root.resolve().relative_to(repository.resolve()).as_posix()
    return "" if below == "." else below
