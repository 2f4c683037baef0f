"""`driftwatch sync`: bring local and remote together."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from driftwatch.cli.options import Group, Options, pass_options

if TYPE_CHECKING:
    from datetime import datetime

    from driftwatch.actions.check import Checked
    from driftwatch.actions.local_data import Data
    from driftwatch.actions.project import Project, Remote


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
@click.option(
    "--data",
    type=click.Choice(["seed", "keep", "none"]),
    default="seed",
    help="Rows of a local database that is built anew: the seeds' (default), the former one's where they fit, none.",
)
@click.option("--capture", is_flag=True, help="Write what the remote has beyond its migrations as a migration.")
@pass_options
def from_remote(options: Options, remote: str | None, data: Data, capture: bool) -> None:
    """Fetch the migrations that only the remote has, and make the local database what the remote is.

    It is built anew beside the former one, checked, and swapped in; `driftwatch undo` takes it back. Migrations that
    are not applied to the remote yet are applied on top. Without a configured remote the folder alone decides.

    \b
    Example:
      driftwatch sync from-remote production
      driftwatch sync from-remote --data keep
    """
    from datetime import UTC, datetime

    from driftwatch.actions.after_pull import note_synced
    from driftwatch.actions.from_remote import fetch, pending_on, prove_alike
    from driftwatch.actions.sync_local import bring_local
    from driftwatch.cli.local_words import carried_json, carried_lines
    from driftwatch.cli.output import checked_json, checked_text, emit
    from driftwatch.cli.progress import progress_bar
    from driftwatch.cli.project import open_project

    project = open_project(options)
    now = datetime.now(UTC)
    fetched = fetch(project, project.remote(remote or "")) if remote or project.remotes else None
    checked = fetched.checked if fetched else None
    captured = None
    if fetched is not None and checked is not None:
        for name in fetched.written:
            options.say(f"Fetched {name}")
        options.say(checked_text(checked.name, checked, limit=20, color=options.color))
        for mine, theirs in checked.history.renumbered:
            options.say(f"{mine} is applied there as {theirs}. Next: driftwatch history adopt {checked.name}")
        prove_alike(project, checked, options.progress)
        if checked.changes:
            captured = _captured(options, project, project.remote(checked.name), now, asked=capture)
    with progress_bar(options, "local database") as progress:
        local = bring_local(project, now, data=data, progress=progress)
    options.say(local.sentence())
    for line in carried_lines(local.built):
        options.say(line)
    pending = pending_on(checked) if checked else ()
    if checked is not None:
        options.say(_standing(checked, pending, captured))
    if project.repo is not None:
        note_synced(project.repo, project.in_repo)
    drifted = checked is not None and checked.drifted and not captured
    if options.json:
        body = {
            "fetched": list(fetched.written) if fetched else [],
            "remote": checked_json(checked.name, checked) if checked else None,
            "captured": captured,
            "pending": list(pending),
            "rebuilt": local.rebuilt,
            "seeded": list(local.built.seeded) if local.built else [],
            "carried": carried_json(local.built),
            "fingerprint": local.fingerprint,
            "kept": str(local.kept) if local.kept else None,
        }
        emit("sync from-remote", "drifted" if drifted else "done", body)
    sys.exit(1 if drifted else 0)


def _captured(options: Options, project: Project, target: Remote, now: datetime, *, asked: bool) -> str | None:
    """Writes the drift down where that was asked for, or is agreed to; the file's name."""
    from driftwatch.actions import capture as capturing
    from driftwatch.cli.output import nothing_text

    if not asked and not (
        options.can_ask and options.confirm(f"Write what {target.name} has beyond its migrations as a migration?")
    ):
        return None
    found = capturing.capture(project, target, now, progress=options.progress)
    if isinstance(found, capturing.Nothing):
        options.note(nothing_text(found))
        return None
    options.say(f"Wrote {capturing.write(project, found)}")
    if found.held_back:
        options.say(f"{found.held_back} steps that destroy data are commented out in it.")
    options.say(f"Next: driftwatch history adopt {target.name} {found.migration.version}")
    return found.filename


def _standing(checked: Checked, pending: tuple[str, ...], captured: str | None) -> str:
    """What the local database is, compared with the remote: the last line."""
    line = f"Local has the schema of {checked.name}"
    if checked.changes:
        line += f" with its drift, from {captured}" if captured else " without its drift"
    if pending:
        line += f", and on top what is pending there: {', '.join(pending)}"
    if pending and checked.drifted and not captured:
        line += f". It takes no push while it has drifted. Next: driftwatch check {checked.name}"
    elif set(pending) & set(checked.history.out_of_order):
        line += ". Some sort before what is applied there. Next: driftwatch rebase"
    elif pending:
        line += f". Next: driftwatch sync to-remote {checked.name}"
    return f"{line.removesuffix('.')}."


@command.command("to-remote")
@click.argument("remote", required=False)
@click.option("--dry-run", is_flag=True, help="Say exactly what would run, and change nothing.")
@click.option("--force", is_flag=True, help="Push even though the remote has drifted.")
@click.option(
    "--project-ref", metavar="REF", default="", help="Yes, to this Supabase project, though another is linked."
)
@pass_options
def to_remote(options: Options, remote: str | None, dry_run: bool, force: bool, project_ref: str) -> None:
    """Apply the pending migrations to the remote: verified, shown, confirmed, each in its own transaction.

    A migration that gets no lock is tried again; two pushes never run at once; whatever ends a push, history and
    schema agree, and the next one goes on.

    \b
    Example:
      driftwatch sync to-remote production --dry-run
      driftwatch sync to-remote production
    """
    from driftwatch.cli import pushing

    pushing.run(options, remote or "", dry_run=dry_run, force=force, project_ref=project_ref)
