"""`driftwatch daemon`: watch the folder and the remotes."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from driftwatch.cli.options import Group, Options, pass_options

if TYPE_CHECKING:
    from driftwatch.core.units import Kind


@click.group("daemon", cls=Group)
def command() -> None:
    """The watcher: proves edits in the background, checks each remote, tells the channels.

    \b
    Example:
      driftwatch daemon run
      driftwatch daemon install
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
            hear=now.hear,
            state_path=home / "daemon.sqlite3",
            reload=load,
        )
    )


@command.command()
@click.option("--system", "kind", flag_value="system", help="For the whole system: it runs while nobody is logged in.")
@click.option("--timer", "kind", flag_value="timer", help="No daemon: a check of all remotes every hour.")
@click.option("--launchd", "kind", flag_value="launchd", help="For launchd, the default on macOS.")
@click.option("--into", metavar="DIR", help="Only write the files, into this folder.")
@pass_options
def install(options: Options, kind: Kind | None, into: str | None) -> None:
    """Make the daemon a service of yours: write its unit and start it. May be run again, after an upgrade for example.

    It gets no variables of your shell. A secret that driftwatch.toml takes from a variable, it finds as a credential of
    the variable's name, in a file that only you can read; which file, this says.

    \b
    Example:
      driftwatch daemon install
      driftwatch daemon install --system --into .
    """
    from driftwatch.cli import service_of
    from driftwatch.cli.output import emit
    from driftwatch.daemon import install as installing

    chosen: Kind = kind or ("launchd" if sys.platform == "darwin" else "user")
    made = service_of.service(options, chosen)
    files = installing.texts(made.service, chosen, made.log)
    done = installing.install(made.service, chosen, files, Path(into).expanduser() if into else None)
    if options.json:
        body = {
            "kind": chosen,
            "files": [str(path) for path in done.there],
            "written": [str(path) for path in done.written],
            "to_type": list(done.to_type),
            "missing_secrets": {name: str(path) for name, path in made.missing.items()},
        }
        return emit("daemon install", "done", body)
    for path in done.there:
        options.say(f"{path}: {'written' if path in done.written else 'is as it should be'}")
    if done.to_type:
        options.say("The service manager could not be asked from here. Type:")
        for line in done.to_type:
            options.say(f"  {line}")
    elif not into:
        options.say("It runs: driftwatch daemon status")
    for line in made.hints:
        options.say(line)
    return None


@command.command()
@click.option("--into", metavar="DIR", help="Only remove the files, from this folder.")
@pass_options
def uninstall(options: Options, into: str | None) -> None:
    """Stop the service of this project, and remove what `install` wrote. What the daemon remembers stays.

    \b
    Example:
      driftwatch daemon uninstall
    """
    from driftwatch.cli import service_of
    from driftwatch.cli.output import emit
    from driftwatch.cli.project import find_root
    from driftwatch.daemon import install as installing

    done = installing.uninstall(service_of.name(find_root(options)), Path(into).expanduser() if into else None)
    if options.json:
        body = {"removed": [str(path) for path in done.written], "to_type": list(done.to_type)}
        return emit("daemon uninstall", "done", body)
    for path in done.written:
        options.say(f"{path}: removed")
    if not done.written:
        options.say("Nothing was installed for this project.")
    if done.to_type:
        options.say("The service manager could not be asked from here. Type:")
        for line in done.to_type:
            options.say(f"  {line}")
    return None


@command.command()
@pass_options
def status(options: Options) -> None:
    """Say whether a daemon watches this project, since when, how it is, and what it last saw of each remote.

    Exit code 0: it runs and is well. 1: none runs, or it says itself that something is wrong.

    \b
    Example:
      driftwatch daemon status
    """
    from driftwatch.cli import service_of
    from driftwatch.cli.output import emit
    from driftwatch.cli.project import find_root, load_settings, make_project

    root = find_root(options)
    settings = load_settings(options, root)
    found = service_of.state(make_project(root, settings), settings)
    if options.json:
        emit("daemon status", found.word, found.to_json())
    else:
        print("\n".join(found.lines()))
    sys.exit(0 if found.word == "running" else 1)
