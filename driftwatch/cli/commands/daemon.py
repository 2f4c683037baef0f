"""`driftwatch daemon`: watch the folder and the remotes."""

from __future__ import annotations

import sys

import click

from driftwatch.cli.options import Group, Options, pass_options


@click.group("daemon", cls=Group)
def command() -> None:
    """The watcher: proves edits in the background, checks each remote, tells the channels.

    \b
    Example:
      driftwatch daemon run
    """


@command.command()
@pass_options
def run(options: Options) -> None:
    """Run in the foreground until SIGTERM or Ctrl-C. One instance per project.

    \b
    Example:
      driftwatch daemon run --verbose
    """
    from driftwatch.cli.project import find_root, load_settings, make_project
    from driftwatch.cli.watching import configure
    from driftwatch.daemon import logging, service
    from driftwatch.daemon.options import Configured

    root = find_root(options)

    def load() -> Configured:
        settings = load_settings(options, root)
        return configure(make_project(root, settings), settings)

    logging.configure(level="DEBUG" if options.verbose else "INFO", json=options.json or None)
    now = load()
    home = make_project(root, load_settings(options, root)).home
    home.mkdir(parents=True, exist_ok=True)
    sys.exit(
        service.run(
            now.options,
            prove=now.prove,
            check=now.check,
            notifier=now.notifier,
            state_path=home / "daemon.sqlite3",
            reload=load,
        )
    )


@command.command()
@pass_options
def status(options: Options) -> None:
    """Say whether a daemon watches this project. Exit code 1 when none does.

    \b
    Example:
      driftwatch daemon status
    """
    from driftwatch.cli.output import emit
    from driftwatch.cli.project import open_project
    from driftwatch.daemon.lock import running_pid

    pid = running_pid(open_project(options).home / "daemon.lock")
    if options.json:
        emit("daemon status", "stopped" if pid is None else "running", {"pid": pid})
    else:
        print(
            f"A daemon watches this project: process {pid}." if pid is not None else "No daemon watches this project."
        )
    sys.exit(1 if pid is None else 0)
