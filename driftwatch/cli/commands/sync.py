"""`driftwatch sync`: bring local and remote together."""

from __future__ import annotations

import sys

import click

from driftwatch.cli.options import Group, Options, pass_options


@click.group("sync", cls=Group)
def command() -> None:
    """Bring the folder and the local database to the remote's state, or the remote to the folder's.

    \b
    Example:
      driftwatch sync from-remote
      driftwatch sync to-remote --dry-run
    """


@command.command("from-remote")
@click.argument("remote", required=False)
@pass_options
def from_remote(options: Options, remote: str | None) -> None:
    """Fetch the migrations that only the remote has, then bring the local database after.

    Without a configured remote only the local database is brought to what the folder makes.

    \b
    Example:
      driftwatch sync from-remote production
    """
    from datetime import UTC, datetime

    from driftwatch.actions.after_pull import note_synced
    from driftwatch.actions.from_remote import fetch
    from driftwatch.actions.sync_local import sync_local
    from driftwatch.cli.output import checked_json, checked_text, emit
    from driftwatch.cli.project import open_project

    project = open_project(options)
    fetched = fetch(project, project.remote(remote or "")) if remote or project.remotes else None
    if fetched is not None:
        for name in fetched.written:
            options.say(f"Fetched {name}")
        options.say(checked_text(fetched.checked.name, fetched.checked, limit=20, color=options.color))
    local = sync_local(project, datetime.now(UTC), options.progress)
    options.say(local.sentence())
    if project.repo is not None:
        note_synced(project.repo, project.in_repo)
    if options.json:
        body = {
            "fetched": list(fetched.written) if fetched else [],
            "remote": checked_json(fetched.checked.name, fetched.checked) if fetched else None,
            "applied": list(local.applied),
            "rebuilt": local.rebuilt,
            "kept": str(local.kept) if local.kept else None,
        }
        emit("sync from-remote", "drifted" if fetched and fetched.checked.drifted else "done", body)
    sys.exit(1 if fetched and fetched.checked.drifted else 0)


@command.command("to-remote")
@click.argument("remote", required=False)
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
@click.option("--force", is_flag=True, help="Push even though the remote has drifted.")
@pass_options
def to_remote(options: Options, remote: str | None, dry_run: bool, force: bool) -> None:
    """Apply the pending migrations to the remote: verified, shown, confirmed, each in its own transaction.

    \b
    Example:
      driftwatch sync to-remote production --dry-run
    """
    from datetime import UTC, datetime

    from driftwatch.actions import to_remote as pushing
    from driftwatch.cli.output import emit
    from driftwatch.cli.project import open_project
    from driftwatch.errors import DriftwatchError

    project = open_project(options)
    target = project.remote(remote or "")
    planned = pushing.plan(project, target, datetime.now(UTC), force=force, progress=options.progress)
    names = [one.filename for one in planned.pending]
    options.say(f"{target.name} ({planned.server}): {len(names)} pending")
    for name in names:
        options.say(f"  {name}")
    applied: list[str] = []
    if names and not dry_run:
        if not options.confirm(f"Apply {len(names)} migrations to {target.name} at {planned.server}?"):
            raise DriftwatchError("Not confirmed.", untouched=f"{target.name} was not changed.")
        done = pushing.push(project, target, planned, options.progress)
        applied = list(done.applied)
        options.say(f"Applied {len(applied)}; {target.name} is what the migrations make: {done.fingerprint}")
    if options.json:
        emit(
            "sync to-remote", "done", {"remote": target.name, "pending": names, "applied": applied, "dry_run": dry_run}
        )
