"""`driftwatch verify`: replay the migrations in a shadow and prove them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from driftwatch.cli.options import Command, Options, pass_options

if TYPE_CHECKING:
    from driftwatch.actions.project import Project
    from driftwatch.actions.verify import Proof


@click.command("verify", cls=Command)
@click.option("--rev", metavar="REV", default="", help="The migrations of this commit instead of the work tree's.")
@click.option("--offline", is_flag=True, help="Ask no remote what is pending or was applied.")
@click.option(
    "--note", is_flag=True, help="Put the receipt into a git note that others can fetch; of HEAD without --rev."
)
@pass_options
def command(options: Options, rev: str, offline: bool, note: bool) -> None:
    """Replay the migrations in a throw-away database and prove that they work.

    \b
    Example:
      driftwatch verify
      driftwatch verify --rev HEAD
    """
    from datetime import UTC, datetime

    from driftwatch.actions import shared_receipts
    from driftwatch.actions.clearance import Clearing
    from driftwatch.actions.remote_schema import pending_ground
    from driftwatch.actions.verify import verify
    from driftwatch.cli.output import emit
    from driftwatch.cli.progress import progress_bar
    from driftwatch.cli.project import open_project
    from driftwatch.core import findings
    from driftwatch.core.text import clean
    from driftwatch.errors import ConfigurationError

    project = open_project(options)
    rev = rev or ("HEAD" if note else "")
    if not rev and not project.migrations_path.is_dir():
        raise ConfigurationError(
            f"There is no folder {project.migrations_path}, so nothing can be proved.",
            next_step="Make it (driftwatch init), or name another: [migrations] dir in driftwatch.toml.",
        )
    at_rev = project.at_revision(rev) if rev else None
    if which_unsaid := not offline and _which_is_unsaid(project):
        options.say("  note: no remote was asked what is applied there: set default = true at one of them")
    remote = None if offline or which_unsaid else pending_ground(project, options.say)
    if rev:
        shared_receipts.take_in(project, rev)
    clearing = Clearing(project, rev)
    folder, shadows = at_rev or (project.folder(), project.shadows)
    with progress_bar(options, "proof") as progress:
        proof = verify(project, folder, shadows, datetime.now(UTC), remote, progress, rev)
    if not offline:  # as a push is judged
        clearing.passed(proof)
    options.say(_sentence(proof))
    for name in proof.skipped:
        options.say(f"  skipped: {clean(name)} (its name is not <digits>_<name>.sql, so the Supabase CLI skips it too)")
    for line in proof.receipt.notes:
        options.say(f"  note: {clean(line)}")
    for line in findings.lines(proof.observed):
        options.say(clean(line, keep_lines=True))
    if note:
        options.say(
            f"The receipt is in a git note. For everybody: {shared_receipts.share(project, rev, proof.receipt)}"
        )
    if options.json:
        emit("verify", "proved", to_json(proof))


def _which_is_unsaid(project: Project) -> bool:
    """Whether there are several remotes, none is the default, and the proof does not depend on one."""
    return bool(project.remotes) and project.default_remote is None and project.replay == "nothing"


def _sentence(proof: Proof) -> str:
    receipt = proof.receipt
    how = "receipt found" if proof.from_receipt else f"{proof.replayed} replayed"
    how += f", {proof.on_copy} on a copy of {proof.copy_of}" if proof.on_copy else ""
    pending = "" if proof.pending is None else f", {len(proof.pending)} pending"
    what = f"{receipt.migrations} migration{'' if receipt.migrations == 1 else 's'} ({how}{pending})"
    return f"Proved: {what} on Postgres {receipt.postgres}: {receipt.fingerprint}"


def to_json(proof: Proof) -> dict[str, object]:
    from driftwatch.core.findings import to_json as finding_json

    return {
        "fingerprint": proof.receipt.fingerprint,
        "migrations": proof.receipt.migrations,
        "replayed": proof.replayed + proof.on_copy,
        "from_receipt": proof.from_receipt,
        "postgres": proof.receipt.postgres,
        "receipt": proof.receipt.key,
        "pending": None if proof.pending is None else list(proof.pending),
        "skipped": list(proof.skipped),
        "notes": list(proof.receipt.notes),
        "observed": [finding_json(one) for one in proof.observed],
        "not_compared": [{"what": one.what, "reason": one.reason} for one in proof.not_compared],
    }
