"""`driftwatch hook NAME`: what the git hooks call once sh has seen that the migrations changed."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from driftwatch.cli.options import Command, Options, pass_options

if TYPE_CHECKING:
    from driftwatch.actions.after_pull import SyncResult
    from driftwatch.actions.before_push import ProofResult
    from driftwatch.actions.project import Project
    from driftwatch.actions.remote_schema import RemoteSchema


@click.command("hook", cls=Command, context_settings={"ignore_unknown_options": True})
@click.argument("name")
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
@pass_options
def command(options: Options, name: str, arguments: tuple[str, ...]) -> None:
    """Do what the git hook NAME is for. The hooks that `driftwatch hooks install` writes call this.

    \b
    Example:
      driftwatch hook post-merge 0
    """
    from driftwatch.actions import after_pull, before_push
    from driftwatch.cli.project import find_root, load_settings, make_project
    from driftwatch.errors import UsageError

    root = find_root(options)
    settings = load_settings(options, root)
    project = make_project(root, settings)
    if project.repo is None:
        raise UsageError("A git hook was called outside a git repository.")
    if name == "pre-push":
        code = before_push.pre_push(
            project.repo,
            project.in_repo,
            arguments[0] if arguments else "",
            sys.stdin.buffer.read().decode(errors="surrogateescape"),
            settings.hooks.before_push,
            prove=lambda rev: _prove(project, rev, options),
            say=_say,
            has_receipt=lambda rev: _has_receipt(project, rev),
        )
    else:
        code = after_pull.after_pull(
            project.repo,
            project.in_repo,
            name,
            arguments,
            settings.hooks.after_pull,
            sync=lambda: _sync(project, options),
            say=_say,
            command=_self(project),
        )
    sys.exit(code)


def _self(project: Project) -> list[str]:
    """How a sync that goes on in the background calls this command again."""
    return [sys.executable, "-P", "-m", "driftwatch", "--project", str(project.root)]


def _say(line: str) -> None:
    """git passes a hook's stderr on to the user; stdout of some hooks it does not."""
    print(line, file=sys.stderr, flush=True)


def _prove(project: Project, rev: str, options: Options) -> ProofResult:
    from datetime import UTC, datetime

    from driftwatch.actions.before_push import ProofResult
    from driftwatch.actions.shared_receipts import take_in
    from driftwatch.actions.verify import verify
    from driftwatch.cli.commands.verify import observed_lines
    from driftwatch.core.observations import at_least
    from driftwatch.errors import Findings

    folder, shadows = project.at_revision(rev)
    take_in(project, rev)
    try:
        proof = verify(project, folder, shadows, datetime.now(UTC), _last_seen(project), options.progress, rev)
    except Findings as found:
        return ProofResult(False, False, found.in_words())
    how = "by its receipt" if proof.from_receipt else f"by replaying {proof.replayed}"
    proved = f"driftwatch: {proof.receipt.migrations} migrations proved {how}."
    return ProofResult(
        True, proof.from_receipt, "\n".join((proved, *observed_lines(at_least(proof.observed, "warning"))))
    )


def _last_seen(project: Project) -> RemoteSchema | None:
    """The default remote as it was last seen: a push does not wait for a database far away."""
    from driftwatch.actions.remote_schema import last_seen

    default = len(project.remotes) == 1 or any(one.default for one in project.remotes.values())
    return last_seen(project, project.remote().name) if default else None


def _has_receipt(project: Project, rev: str) -> bool:
    from driftwatch.actions.shared_receipts import take_in
    from driftwatch.actions.verify import receipt_of

    folder, shadows = project.at_revision(rev)
    take_in(project, rev)
    return receipt_of(project, folder, shadows, _last_seen(project)) is not None


def _sync(project: Project, options: Options) -> SyncResult:
    from datetime import UTC, datetime

    from driftwatch.actions.after_pull import SyncResult
    from driftwatch.actions.sync_local import sync_local

    return SyncResult(True, f"driftwatch: {sync_local(project, datetime.now(UTC), options.progress).sentence()}")
