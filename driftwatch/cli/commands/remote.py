"""`driftwatch remote`: what a remote database needs for driftwatch."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from typing import TYPE_CHECKING

import click

from driftwatch.cli.options import Group, Options, pass_options

if TYPE_CHECKING:
    from driftwatch.actions.project import Project
    from driftwatch.postgres.audit import AuditStatus


@click.group("remote", cls=Group)
def command() -> None:
    """What a remote database needs for driftwatch.

    \b
    Example:
      driftwatch remote role --sql
      driftwatch remote audit install production
    """


@command.command("role")
@click.option("--sql", "as_sql", is_flag=True, help="Print the SQL; driftwatch never runs it itself.")
@click.option("--name", default="driftwatch_reader", show_default=True, help="How to call it: driftwatch_…")
@pass_options
def role(options: Options, as_sql: bool, name: str) -> None:
    """Print the SQL that makes a login which owns nothing and can read all that driftwatch compares.

    Run it yourself: on hosted Supabase in the SQL editor, elsewhere with psql. It says at its end how to choose the
    password, and which commands need more than this login.

    \b
    Example:
      driftwatch remote role --sql
      driftwatch remote role --sql --name driftwatch_ci | psql "$ADMIN_URL"
    """
    from driftwatch.cli.output import emit
    from driftwatch.errors import UsageError
    from driftwatch.postgres.read_role import read_role_sql

    if not as_sql:
        raise UsageError(
            "driftwatch makes no role itself.", next_step=f"driftwatch remote role --sql --name {name} prints how to."
        )
    text = read_role_sql(name)
    if options.json:
        emit("remote role", "done", {"role": name, "sql": text})
    else:
        print(text, end="")


@command.group("audit", cls=Group)
def audit_command() -> None:
    """Have a remote record who changes its schema, and tell at once.

    With it an alert comes within a second, and says who: login, role, application, client address, command and time.
    The text of statements is never recorded. It is a schema of its own, driftwatch_audit, and two event triggers, no
    part of any comparison, and goes without a trace.

    \b
    Example:
      driftwatch remote audit install production
      driftwatch remote audit status production
    """


_sql = click.option("--sql", "as_sql", is_flag=True, help="Print the SQL that would be run, and do nothing.")


@audit_command.command()
@click.argument("remote", default="")
@_sql
@pass_options
def install(options: Options, remote: str, as_sql: bool) -> None:
    """Install it, or bring it up to date. Needs a superuser, or on hosted Supabase the login postgres.

    \b
    Example:
      driftwatch remote audit install production
      driftwatch remote audit install --sql | psql "$ADMIN_URL"
    """
    from driftwatch.cli.output import emit
    from driftwatch.cli.project import open_project
    from driftwatch.errors import DriftwatchError
    from driftwatch.postgres import audit as script

    if as_sql:
        return _print_sql(options, "remote audit install", script.install_sql())
    from driftwatch.actions import audit

    project = open_project(options)
    target = project.remote(remote)
    if not options.confirm(f"Install the audit on {target.name}: a schema driftwatch_audit and two event triggers?"):
        raise DriftwatchError("Not installed.", untouched=f"{target.name} was not changed.")
    new = audit.install(target)
    now = audit.status(target)
    if new:
        _tell_daemon(project)
    if options.json:
        return emit("remote audit install", "done", {"remote": target.name, "installed": new, **_status_json(now)})
    options.say(f"{target.name} records who changes its schema." if new else f"{target.name} has it already.")
    for line in _limits(now):
        options.say(line)
    return None


@audit_command.command()
@click.argument("remote", default="")
@pass_options
def status(options: Options, remote: str) -> None:
    """Say whether a remote has it, and what it can't see. Exit code 1 when there is none, or it is switched off.

    \b
    Example:
      driftwatch remote audit status production
    """
    from driftwatch.actions import audit
    from driftwatch.cli.output import emit
    from driftwatch.cli.project import open_project

    target = open_project(options).remote(remote)
    now = audit.status(target)
    if options.json:
        word = "installed" if now.works else "switched_off" if now.version else "not_installed"
        emit("remote audit status", word, {"remote": target.name, **_status_json(now)})
    elif now.works:
        print("\n".join([f"{target.name} records who changes its schema.", *_limits(now)]))
    elif now.version:
        print(f"{target.name} has the audit, but its event triggers are missing or off: nothing is recorded.")
        options.note(f"Next: driftwatch remote audit install {target.name}")
    else:
        print(f"{target.name} does not record who changes its schema: drift there is nobody's.")
        options.note(f"Next: driftwatch remote audit install {target.name}")
    sys.exit(0 if now.works else 1)


@audit_command.command()
@click.argument("remote", default="")
@_sql
@pass_options
def remove(options: Options, remote: str, as_sql: bool) -> None:
    """Take it away with all that it recorded. Nothing of it stays.

    \b
    Example:
      driftwatch remote audit remove production
    """
    from driftwatch.cli.output import emit
    from driftwatch.cli.project import open_project
    from driftwatch.errors import DriftwatchError
    from driftwatch.postgres import audit as script

    if as_sql:
        return _print_sql(options, "remote audit remove", script.remove_sql())
    from driftwatch.actions import audit

    target = open_project(options).remote(remote)
    if not options.confirm(f"Remove the audit from {target.name}, with all that it recorded?"):
        raise DriftwatchError("Not removed.", untouched=f"{target.name} was not changed.")
    removed = audit.remove(target)
    if options.json:
        return emit("remote audit remove", "done", {"remote": target.name, "removed": removed})
    options.say(f"{target.name} records nothing any more." if removed else f"{target.name} has no audit.")
    return None


def _print_sql(options: Options, name: str, text: str) -> None:
    from driftwatch.cli.output import emit

    if options.json:
        emit(name, "done", {"sql": text})
    else:
        print(text, end="")


def _tell_daemon(project: Project) -> None:
    """A daemon that watches this project takes up its configuration again, and then listens."""
    from driftwatch.daemon.lock import running_pid

    pid = running_pid(project.home / "daemon.lock")
    if pid:
        with contextlib.suppress(OSError):  # it ended just now, or is somebody else's
            os.kill(pid, signal.SIGHUP)


def _status_json(now: AuditStatus) -> dict[str, object]:
    return {
        "version": now.version,
        "works": now.works,
        "of_superuser": now.of_superuser,
        "tells": now.tells,
        "readable": now.readable,
    }


def _limits(now: AuditStatus) -> list[str]:
    """What this audit can't do, in words."""
    said = [
        "Not recorded: roles, settings of databases, event triggers, rows. They are seen at the next regular check."
    ]
    if not now.of_superuser:
        said.append("Not recorded either, where the platform has it so: what its own superusers change.")
    if not now.tells:
        said.append("Nobody is told at once: this server allows prepared transactions (max_prepared_transactions).")
    if not now.readable:
        said.append(
            "This login may not read the records, so alerts can't say who: install it as its owner again, which lets"
            " logins named driftwatch_… read."
        )
    return said
