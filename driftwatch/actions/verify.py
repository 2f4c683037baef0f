"""Proves migrations in a shadow, and writes the receipt."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from driftwatch import receipts_folder
from driftwatch.actions import replay as replaying
from driftwatch.actions.gone import gone
from driftwatch.actions.project import Project
from driftwatch.actions.remote_schema import RemoteSchema
from driftwatch.actions.rules_key import rules_key
from driftwatch.core import failures
from driftwatch.core.catalog import NotCompared
from driftwatch.core.edited import edit_lines
from driftwatch.core.fingerprint import fingerprint
from driftwatch.core.history import compare_history
from driftwatch.core.migrations import Folder, Migration
from driftwatch.core.receipts import Receipt
from driftwatch.core.scope import apply_scope
from driftwatch.core.statements import same_content
from driftwatch.errors import DriftwatchError, Findings
from driftwatch.postgres.execute import MigrationFailed, refuse_problems
from driftwatch.postgres.shadow import Shadows

# The rules, the watching and their judgement are imported where they are needed: a push that finds its receipt waits
# for what is imported, and for little else.
if TYPE_CHECKING:
    from driftwatch.core.findings import Finding

Progress = Callable[[str], None]
_EDIT_SHOWN = 30
"""Lines of an edit that are shown; `driftwatch history list` has all."""


@dataclass(frozen=True)
class Proof:
    """What verify found. replayed: how many migrations were run just now (0 with a receipt).

    on_copy: how many besides, on a copy of the remote that copy_of names.
    observed: what the pending migrations do to the remote's tables, and how they get on with upstream's;
    `core.findings.sentences` words it for one migration.
    """

    receipt: Receipt
    from_receipt: bool
    replayed: int
    skipped: tuple[str, ...]
    pending: tuple[str, ...] | None
    not_compared: tuple[NotCompared, ...] = ()
    observed: tuple[Finding, ...] = ()
    on_copy: int = 0
    copy_of: str = ""


def verify(
    project: Project,
    folder: Folder,
    shadows: Shadows,
    now: datetime,
    remote: RemoteSchema | None = None,
    progress: Progress = lambda line: None,
    rev: str = "",
) -> Proof:
    """Proves the folder's migrations; see the contract of `driftwatch verify` for what in which order.

    rev: the commit that the folder is of, "" for the work tree. Raises Findings (a file or a statement is wrong, with
    its line, or something was observed that verify.fail_on names) or another DriftwatchError (could not prove).
    """
    refuse_problems(folder.problems)
    pending = _pending(project, folder, remote)
    names = None if pending is None else tuple(one.filename for one in pending)
    on_copy_only = remote if project.replay == "remote" else None
    # A receipt is for the files alone: what the remote really looks like is proved each time (from a template, when
    # that was done before), or a receipt made without the remote would stand for it.
    known = receipt_of(project, folder, shadows, on_copy_only)
    receipt, count, on_copy = known, 0, 0
    not_compared: tuple[NotCompared, ...] = ()
    if receipt is None:
        made = _replayed(project, folder, shadows, remote, pending, progress)
        receipt = _receipt(project, folder, shadows, on_copy_only, made, now)
        count, not_compared = made.replayed, made.catalog.not_compared
    if project.replay == "nothing":
        on_copy = _on_copy_of(project, remote, pending, progress)
    if known is None:
        from driftwatch.actions.lint import hold_to_rules

        receipt = replace(receipt, notes=(*receipt.notes, *hold_to_rules(project, folder, names)))
    observed = (
        *(gone(project, folder, shadows, remote, rev) if remote else ()),
        *_observed(project, folder, shadows, remote, pending, rev, progress),
    )
    _refuse_grave(observed, project.fail_on)
    if known is None:
        receipts_folder.save(project.receipts, receipt)
    proved_before, copied = known is not None and not on_copy, remote.name if remote else ""
    return Proof(receipt, proved_before, count, folder.skipped, names, not_compared, observed, on_copy, copied)


def _replayed(
    project: Project,
    folder: Folder,
    shadows: Shadows,
    remote: RemoteSchema | None,
    pending: Sequence[Migration] | None,
    progress: Progress,
) -> replaying.Replayed:
    if project.replay == "remote":
        return _only_on_copy(project, remote, pending, progress)
    return _from_nothing(project, shadows, folder, progress)


def _observed(
    project: Project,
    folder: Folder,
    shadows: Shadows,
    remote: RemoteSchema | None,
    pending: Sequence[Migration] | None,
    rev: str,
    progress: Progress,
) -> tuple[Finding, ...]:
    if not project.observe:
        return ()
    from driftwatch.actions.observe import observations_for
    from driftwatch.actions.order_independence import collisions

    on_copy = remote is not None and remote.schema_sql is not None
    done = observations_for(project, remote, pending, progress) if remote and on_copy and pending else ()
    if project.replay == "remote":
        if remote is None or not on_copy:
            return done
        shadows = project.shadows_on(remote.schema_sql or "", f"the schema of {remote.name}")
    return (*done, *collisions(project, folder, shadows, rev, progress))


def _refuse_grave(observed: Sequence[Finding], fail_on: str) -> None:
    """Raises Findings where something is as grave as the settings say that it must not be."""
    if not observed:
        return
    from driftwatch.core.findings import at_least

    grave = at_least(observed, fail_on)
    if grave:
        first, *others = grave
        raise Findings(
            f"{first.place}: {first.sentence}.",
            details="\n".join(f"{one.place}: {one.sentence}" for one in others),
            next_step=f'{first.mend}\nIt stops verify because [verify] fail_on = "{fail_on}".',
        )


def receipt_of(project: Project, folder: Folder, shadows: Shadows, remote: RemoteSchema | None) -> Receipt | None:
    """The receipt that counts for a push of exactly this folder, if there is one."""
    return receipts_folder.load(project.receipts, _key(project, folder, shadows, remote))


def _key(project: Project, folder: Folder, shadows: Shadows, remote: RemoteSchema | None) -> str:
    """From nothing the files alone say what is proved; on a copy the remote's schema belongs to it."""
    migrations: Sequence[Migration] = folder.migrations
    if project.replay == "remote" and remote is not None and remote.schema_sql is not None:
        shadows, migrations = project.shadows_on(remote.schema_sql), _pending(project, folder, remote) or ()
    chain = replaying.keys_of(shadows, migrations)[-1]
    return hashlib.sha256(f"{chain} {rules_key(project.lint)}".encode()).hexdigest()


def _pending(project: Project, folder: Folder, remote: RemoteSchema | None) -> tuple[Migration, ...] | None:
    """The migrations that the remote lacks. Refuses files that were edited after they were applied."""
    if remote is None:
        return None
    drift = compare_history(folder.migrations, remote.applied, same_content=same_content)
    if drift.edited:
        edited = [one for one in folder.migrations if one.version in set(drift.edited)]
        raise _edited(edited, remote, project.in_repo)
    pending = set(drift.pending) - {mine for mine, _ in drift.renumbered}
    return tuple(one for one in folder.migrations if one.version in pending)


def _edited(migrations: Sequence[Migration], remote: RemoteSchema, in_repo: str) -> Findings:
    first, *others = migrations
    [row] = (row for row in remote.applied if row.version == first.version)
    diff, name = edit_lines(first, row), first.filename
    more = [f"… and {len(diff) - _EDIT_SHOWN} more lines"] if len(diff) > _EDIT_SHOWN else []
    return Findings(
        f"{name} was edited after it was applied to {remote.name}.",
        details="\n".join([*diff[:_EDIT_SHOWN], *more, *(f"also edited: {other.filename}" for other in others)]),
        untouched="Nothing was run.",
        next_step=f"Take the edit back (git log -p -- :/{in_repo}/{name}), and write it as a new migration.",
    )


def _from_nothing(project: Project, shadows: Shadows, folder: Folder, progress: Progress) -> replaying.Replayed:
    try:
        return replaying.replay(shadows, folder.migrations, progress)
    except MigrationFailed as failed:
        sentence = failures.no_base_sentence(failed.failure, folder.migrations, shadows.options.base)
        if sentence is not None:
            failed.details = f"{sentence}\n{failed.details}"
            failed.next_step = _no_base_step(project)
        else:
            slip = failures.slip_sentence(failed.failure, folder.migrations, shadows.options.base)
            failed.details = f"{slip}\n{failed.details}" if slip else failed.details
            failed.next_step = f"Mend {failed.failure.place}, then: driftwatch verify"
        raise


def _no_base_step(project: Project) -> str:
    """How to have what was there before the first migration; a copy of a remote can only be had where there is one."""
    where = "remote" if project.default_remote else next(iter(project.remotes), "postgresql://…")
    source = "the remote" if project.remotes else "the database that has it"
    write = (
        f"down what was there before, taken from {source}:\n"
        f"    driftwatch snapshot {where} --sql -o supabase/base.sql\n"
        '    and in driftwatch.toml: [migrations] base = "supabase/base.sql"'
    )
    if not project.remotes:
        return f"Write {write}"
    return (
        f"Either write {write}\nor prove only the pending migrations, on a copy of the remote:\n"
        '    in driftwatch.toml: [verify] replay = "remote"'
    )


def _only_on_copy(
    project: Project, remote: RemoteSchema | None, pending: Sequence[Migration] | None, progress: Progress
) -> replaying.Replayed:
    if remote is None or remote.schema_sql is None:
        raise DriftwatchError(
            'verify.replay = "remote" proves on a copy of the remote, and none could be read.',
            next_step="driftwatch check says why; or configure a remote in driftwatch.toml.",
        )
    made = _on_copy(project, remote, pending or (), progress)
    note = f"only the pending migrations were proved, on a copy of {remote.name}{_as_of(remote)}"
    return replace(made, notes=(note, *made.notes))


def _on_copy_of(
    project: Project, remote: RemoteSchema | None, pending: Sequence[Migration] | None, progress: Progress
) -> int:
    """Proves what is pending on the remote's schema, where that is known; how many were replayed just now."""
    if not pending or remote is None or remote.schema_sql is None:
        return 0
    return _on_copy(project, remote, pending, progress).replayed


def _receipt(
    project: Project,
    folder: Folder,
    shadows: Shadows,
    remote: RemoteSchema | None,
    made: replaying.Replayed,
    now: datetime,
) -> Receipt:
    return Receipt(
        key=_key(project, folder, shadows, remote),
        fingerprint=fingerprint(apply_scope(made.catalog, project.scope)),
        postgres=shadows.installation.version,
        baseline=shadows.options.baseline,
        migrations=len(folder.migrations),
        last_version=folder.migrations[-1].version if folder.migrations else "",
        proved_at=now.isoformat(timespec="seconds"),
        notes=(*folder.notes, *made.notes),
    )


def _as_of(remote: RemoteSchema) -> str:
    """Said where the remote was not looked at just now."""
    return f" as it was on {remote.seen}" if remote.seen else ""


def _on_copy(
    project: Project, remote: RemoteSchema, pending: Sequence[Migration], progress: Progress
) -> replaying.Replayed:
    shadows = project.shadows_on(remote.schema_sql or "", f"the schema of {remote.name}")
    try:
        return replaying.replay(shadows, pending, progress)
    except MigrationFailed as failed:
        if failed.failure.filename == shadows.options.base_name:
            raise DriftwatchError(
                f"The schema of {remote.name} can't be rebuilt in the shadow, so nothing was proved on a copy of it.",
                details=f"{failed.message}\n{failed.details}",
            ) from failed
        failed.details = f"On a copy of {remote.name}'s actual schema{_as_of(remote)}.\n{failed.details}"
        failed.next_step = f"driftwatch check {remote.name} shows how it differs; then mend {failed.failure.place}."
        raise
