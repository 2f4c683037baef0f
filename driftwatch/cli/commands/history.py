"""`driftwatch history`: which versions are applied where, and how to mend that."""

from __future__ import annotations

import sys

import click

from driftwatch.cli.options import Group, Options, pass_options


@click.group("history", cls=Group)
def command() -> None:
    """The histories of git, of the local database and of the remotes.

    \b
    Example:
      driftwatch history list
    """


@command.command("list")
@click.argument("target", required=False)
@pass_options
def list_(options: Options, target: str | None) -> None:
    """Show every version, and its state in each database; of an edited file, what differs from what was applied.

    With TARGET (local, or a remote) that database alone.

    Exit code 2: a database could not be asked.

    \b
    Example:
      driftwatch history list
      driftwatch history list production
    """
    from driftwatch.actions.history import listed
    from driftwatch.cli.output import emit
    from driftwatch.cli.project import open_project
    from driftwatch.core.text import clean
    from driftwatch.errors import COULD_NOT

    project = open_project(options)
    found = listed(project, project.remote(target).name if target and target != "local" else target or "")
    if options.json:
        lines = [
            {"version": one.version, "name": one.name, "git": one.in_git, "states": dict(one.states),
             "same_as": dict(one.twins), "edits": dict(one.edits)}
            for one in found.lines
        ]  # fmt: skip
        status = "could_not" if found.missing else "done"
        emit("history list", status, {"versions": lines, "could_not_ask": dict(found.missing)})
        sys.exit(COULD_NOT if found.missing else 0)
    width = max((len(f"{one.version} {one.name}") for one in found.lines), default=0)
    width = min(max(width, 8), 56)
    print(f"{'version':<{width}}  {'git':<4} " + " ".join(f"{name:<24}" for name in found.databases))
    for one in found.lines:
        states = [
            one.states[name] + (f", as {one.twins[name]}" if name in one.twins else "") for name in found.databases
        ]
        title = clean(f"{one.version} {one.name}")[:width]
        print(f"{title:<{width}}  {'yes' if one.in_git else '-':<4} " + " ".join(f"{state:<24}" for state in states))
    for one in found.lines:
        for name, edits in one.edits.items():
            print(f"\n{name}:")
            print("\n".join(f"  {clean(line)}" for line in edits))
    for name, why in found.missing.items():
        options.note(f"{name} could not be asked: {why}")
    sys.exit(COULD_NOT if found.missing else 0)


@command.command("repair")
@click.argument("versions", nargs=-1)
@click.option("--applied/--reverted", "applied", default=None, help="Record the versions, or take them out.")
@click.option("--undo", is_flag=True, help="Put the rows back as they were before the last repair.")
@click.option("--on", "target", default="remote", show_default=True, help="Which database.")
@pass_options
def repair(options: Options, versions: tuple[str, ...], applied: bool | None, undo: bool, target: str) -> None:
    """Change what a database's history says about VERSIONS, and nothing else. Runs no migration.

    What it means is shown first. The table's rows are kept: --undo puts them back.

    \b
    Example:
      driftwatch history repair 20260102030405 --reverted --on production
      driftwatch history repair --undo --on production
    """
    from datetime import UTC, datetime

    from driftwatch.actions import history
    from driftwatch.cli.output import emit
    from driftwatch.cli.project import open_project
    from driftwatch.core.text import clean
    from driftwatch.errors import DriftwatchError, UsageError, redact

    project = open_project(options)
    target = project.remote(target).name if target not in ("local",) and "://" not in target else target
    now = datetime.now(UTC)
    shown = redact(target)
    if undo:
        back = history.plan_undo(project, target)
        for version in back.back:
            options.say(f"  {clean(version)}: {shown} will say again that it was applied.")
        for version in back.gone:
            options.say(f"  {clean(version)}: {shown} will no longer say that it was applied: it is pending again.")
        if not options.confirm(f"Put the history of {shown} back to before the last repair?"):
            raise DriftwatchError("Not confirmed.", untouched="Nothing was changed.")
        history.undo_repair(project, back, now)
        options.say(f"The history of {shown} is as it was kept in {back.copy}.")
        if options.json:
            emit("history repair", "done", {"restored": str(back.copy)})
        return
    if applied is None or not versions:
        raise UsageError(
            "Which versions, and what about them?",
            next_step="driftwatch history repair VERSION --applied, or --reverted; driftwatch history list shows them.",
        )
    planned = history.plan_repair(project, target, versions, applied=applied)
    options.say(f"On {shown} ({planned.server}):")
    for one in planned.repairs:
        options.say(f"  {clean(one.version)}: {clean(one.meaning)}.")
    if not options.confirm("Do this?"):
        raise DriftwatchError("Not confirmed.", untouched="Nothing was changed.")
    kept = history.repair(project, planned, now)
    options.say(f"Done. The rows as they were: {kept}")
    options.say(f"Back: driftwatch history repair --undo --on {shown}")
    if options.json:
        body = [{"version": one.version, "change": "added" if one.adds else "removed"} for one in planned.repairs]
        emit("history repair", "done", {"target": target, "rows": body, "kept": str(kept)})


@command.command("adopt")
@click.argument("target", default="remote")
@click.argument("versions", nargs=-1)
@pass_options
def adopt(options: Options, target: str, versions: tuple[str, ...]) -> None:
    """Take a database's word for migrations that it has already.

    Without VERSIONS: files whose content it has under another version are renamed to that version. With VERSIONS:
    they are recorded there as applied, once a replay has shown that its schema has them.

    \b
    Example:
      driftwatch history adopt production
      driftwatch history adopt production 20260102030405
    """
    from datetime import UTC, datetime

    from driftwatch.actions import history
    from driftwatch.actions.rebase import Rebased, carry_out
    from driftwatch.cli.output import emit
    from driftwatch.cli.project import open_project
    from driftwatch.core.rebase import Move
    from driftwatch.errors import DriftwatchError, redact

    project = open_project(options)
    target = project.remote(target).name if target != "local" and "://" not in target else target
    moves = () if versions else tuple(Move(old, new) for old, new in history.renumbered(project, target))
    shown = redact(target)
    for move in moves:
        options.say(f"  {move.old} -> {move.new}, as {shown} has it")
    if versions:
        history.prove_applied(project, target, versions, options.progress)
        options.say(f"{shown}'s schema has {', '.join(versions)} already.")
    if not moves and not versions:
        options.say(f"{shown} has no migration under another version.")
    elif not options.confirm(f"Rename {len(moves)} files?" if moves else f"Record them on {shown}?"):
        raise DriftwatchError("Not confirmed.", untouched="Nothing was changed.")
    elif moves:
        carry_out(project, Rebased(moves))
    else:
        planned = history.plan_repair(project, target, versions, applied=True)
        options.say(f"Recorded. The rows as they were: {history.repair(project, planned, datetime.now(UTC))}")
    if options.json:
        renamed = [{"from": move.old, "to": move.new} for move in moves]
        emit("history adopt", "done", {"target": target, "renamed": renamed, "recorded": list(versions)})
