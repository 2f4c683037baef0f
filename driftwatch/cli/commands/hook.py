"""`driftwatch hook NAME`: what the git hooks call once sh has seen that the migrations changed."""

from __future__ import annotations

import shlex
import sys
from typing import TYPE_CHECKING

import click

from driftwatch.cli.options import Command, Options, pass_options

if TYPE_CHECKING:
    from driftwatch.actions.after_pull import SyncResult
    from driftwatch.actions.before_push import ProofResult
    from driftwatch.actions.project import Project


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
            command=f"driftwatch --project {shlex.quote(options.project)}" if options.project else "driftwatch",
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

    from driftwatch.actions.before_push import ProofResult, proved_words
    from driftwatch.actions.clearance import Clearing
    from driftwatch.actions.remote_schema import default_last_seen
    from driftwatch.actions.shared_receipts import take_in
    from driftwatch.actions.verify import verify
    from driftwatch.cli.progress import progress_bar
    from driftwatch.errors import Findings

    folder, shadows = project.at_revision(rev)
    take_in(project, rev)
    clearing = Clearing(project, rev)
    remote = default_last_seen(project)
    try:
        with progress_bar(options, "proof") as progress:
            proof = verify(project, folder, shadows, datetime.now(UTC), remote, progress, rev)
    except Findings as found:
        return ProofResult(False, found.in_words())
    clearing.passed(proof)
    return ProofResult(True, proved_words(proof, proof.replayed or proof.on_copy, project.default_remote_name))


def _has_receipt(project: Project, rev: str) -> bool:
    from driftwatch.actions.remote_schema import default_last_seen
    from driftwatch.actions.shared_receipts import take_in
    from driftwatch.actions.verify import receipt_of

    folder, shadows = project.at_revision(rev)
    take_in(project, rev)
    return receipt_of(project, folder, shadows, default_last_seen(project)) is not None


def _sync(project: Project, options: Options) -> SyncResult:
    from datetime import UTC, datetime

    from driftwatch.actions.after_pull import SyncResult
    from driftwatch.actions.sync_local import sync_local
    from driftwatch.cli.progress import progress_bar

    with progress_bar(options, "local database") as progress:
        done = sync_local(project, datetime.now(UTC), progress)
    return SyncResult(True, f"driftwatch: {done.sentence()}")
