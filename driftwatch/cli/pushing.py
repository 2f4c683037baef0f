"""`driftwatch sync to-remote`: shows the plan, asks, pushes, and tells the channels."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from driftwatch.actions import push as pushing
from driftwatch.actions import to_remote
from driftwatch.cli.output import changes_json, checked_text, emit
from driftwatch.cli.progress import progress_bar
from driftwatch.cli.project import find_root, load_settings, make_project, whoami
from driftwatch.cli.push_words import dry_run_lines, plan_json, plan_lines
from driftwatch.core import push_texts, report
from driftwatch.core.text import clean
from driftwatch.errors import DriftwatchError, Findings

if TYPE_CHECKING:
    from driftwatch.actions.project import Project
    from driftwatch.cli.options import Options
    from driftwatch.core.alerts import Alert
    from driftwatch.settings import Settings

_SHOWN = 20


def run(options: Options, remote: str, *, dry_run: bool, force: bool, project_ref: str) -> None:
    """The whole command. Raises DriftwatchError where it does not come to its end."""
    root = find_root(options)
    settings = load_settings(options, root)
    project = make_project(root, settings)
    target = project.remote(remote)
    with progress_bar(options, "proof") as progress:
        plan = to_remote.plan(project, target, datetime.now(UTC), force=force, progress=progress)
    if plan.checked.drifted:
        options.say(checked_text(plan.remote, plan.checked, limit=_SHOWN, color=options.color))
    for line in plan_lines(plan):
        options.say(line)
    body: dict[str, Any] = {
        "remote": plan.remote,
        "dry_run": dry_run,
        "pending": [one.filename for one in plan.pending],
        "plan": plan_json(plan),
        "applied": [],
        "fingerprint": plan.checked.fingerprint,
        "told": [],
    }
    if dry_run:
        for line in dry_run_lines(plan, project.lock_timeout):
            options.say(line)
    elif plan.migrations:
        _refuse_another_project(options, plan, project_ref)
        _confirm(options, plan)
        body |= _push(options, project, settings, plan)
    if options.json:
        emit("sync to-remote", "done", body)


def _refuse_another_project(options: Options, plan: to_remote.Plan, named: str) -> None:
    """Raises DriftwatchError unless the push goes to the linked project, or to the one that was named."""
    target, untouched = plan.target, f"{plan.remote} was not changed."
    if named and named != target.project_ref:
        there = f"the project {target.project_ref}" if target.project_ref else "no Supabase project"
        raise DriftwatchError(f"--project-ref {named}: but {plan.remote} leads to {there}.", untouched=untouched)
    if named or not target.is_another_project:
        return
    if options.can_ask and not options.yes:
        question = f"{target.linked_ref} is linked here, not {target.project_ref}. To push there, type its ref"
        if click.prompt(question, err=options.json).strip() == target.project_ref:
            return
    raise DriftwatchError(
        f"{plan.remote} leads to the project {target.project_ref}, and the linked one is {target.linked_ref}.",
        untouched=untouched,
        next_step=f"If it is meant: driftwatch sync to-remote {plan.remote} --project-ref {target.project_ref}",
    )


def _confirm(options: Options, plan: to_remote.Plan) -> None:
    count = len(plan.migrations)
    question = f"Apply {count} migration{'s' if count != 1 else ''} to {plan.remote}: {plan.target.in_words()}?"
    untouched = f"{plan.remote} was not changed."
    if not options.can_ask:
        raise DriftwatchError(
            f"{question} Nobody is there to answer.",
            untouched=untouched,
            next_step=f"driftwatch sync to-remote {plan.remote} --yes",
        )
    if not options.confirm(question):
        raise DriftwatchError("Not confirmed.", untouched=untouched)


def _push(options: Options, project: Project, settings: Settings, plan: to_remote.Plan) -> dict[str, Any]:
    """Pushes and tells. Raises Findings where the outcome is not what the migrations make."""
    who = whoami(project)
    begin = time.monotonic()

    def done(name: str) -> None:
        nonlocal begin
        options.say(f"Applied {clean(name)} ({time.monotonic() - begin:.1f} s)")
        begin = time.monotonic()

    try:
        pushed = pushing.push(project, project.remote(plan.remote), plan, options.note, done)
    except DriftwatchError as error:
        if error.facts:  # else it never began
            now = datetime.now(UTC)
            alert = push_texts.push_failed(plan.target, plan.remote, who, error.message, error.untouched, now)
            error.facts = {**error.facts, "told": _tell(options, settings, alert)}
        raise
    differs, now = len(pushed.changes), datetime.now(UTC)
    told = _tell(options, settings, push_texts.pushed(plan.target, plan.remote, who, pushed.applied, differs, now))
    found: dict[str, Any] = {
        "applied": list(pushed.applied),
        "fingerprint": pushed.fingerprint,
        "expected": pushed.expected,
    }
    found["told"] = told
    if differs:
        raise _unexpected(plan, pushed, found)
    count = len(pushed.applied)
    what = f"Applied {count} migration{'s' if count != 1 else ''}"
    if pushed.expected is None:
        options.say(f"{what}. What {plan.remote} should be now is not known, for it had drifted: {pushed.fingerprint}")
    else:
        options.say(f"{what}; {plan.remote} is what the migrations make: {pushed.fingerprint}")
    return found


def _unexpected(plan: to_remote.Plan, pushed: pushing.Pushed, found: dict[str, Any]) -> Findings:
    differs = len(pushed.changes)
    error = Findings(
        f"{plan.remote} is not what the migrations make: {differs} object{'s' if differs != 1 else ''} differ now.",
        details=report.as_text(pushed.changes, limit=_SHOWN).rstrip("\n"),
        untouched=f"Applied and recorded: {', '.join(pushed.applied)}.",
        next_step=f"driftwatch check {plan.remote}",
    )
    error.facts = {**found, "changes": changes_json(pushed.changes, {})}
    return error


def _tell(options: Options, settings: Settings, alert: Alert) -> list[dict[str, Any]]:
    """Tells the channels; a channel that fails is said, and fails nothing."""
    if not settings.notify.channels:
        return []
    from driftwatch.cli.watching import make_notifier

    try:
        answers = make_notifier(settings).send(alert)
    except DriftwatchError as error:
        options.note(f"The channels were not told: {error.message}")
        return [{"channel": "", "ok": False, "reason": error.message}]
    for one in answers:
        if not one.ok:
            options.note(f"The channel {one.channel} was not told: {one.reason}")
    return [{"channel": one.channel, "ok": one.ok, "reason": one.reason} for one in answers]
