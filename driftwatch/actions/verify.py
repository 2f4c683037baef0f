"""Proves migrations in a shadow, and writes the receipt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from driftwatch import receipts_folder
from driftwatch.actions import replay as replaying
from driftwatch.actions.project import Project
from driftwatch.core import failures
from driftwatch.core.catalog import NotCompared
from driftwatch.core.fingerprint import fingerprint
from driftwatch.core.history import compare_history
from driftwatch.core.migrations import Applied, Folder, Migration
from driftwatch.core.receipts import Receipt
from driftwatch.core.scope import apply_scope
from driftwatch.core.statements import same_content
from driftwatch.errors import DriftwatchError, Findings
from driftwatch.postgres.execute import MigrationFailed, refuse_problems
from driftwatch.postgres.shadow import Shadows

Progress = Callable[[str], None]


@dataclass(frozen=True)
class RemoteSchema:
    """A remote as it was seen: what verify proves the pending migrations on.

    schema_sql: its schema as SQL (None: not asked for). seen: "" = just now, else when, for people.
    """

    name: str
    applied: Sequence[Applied]
    schema_sql: str | None = None
    seen: str = ""


@dataclass(frozen=True)
class Proof:
    """What verify found. replayed: how many migrations were run just now (0 with a receipt)."""

    receipt: Receipt
    from_receipt: bool
    replayed: int
    skipped: tuple[str, ...]
    pending: tuple[str, ...] | None
    not_compared: tuple[NotCompared, ...] = ()


def verify(
    project: Project,
    folder: Folder,
    shadows: Shadows,
    now: datetime,
    remote: RemoteSchema | None = None,
    progress: Progress = lambda line: None,
) -> Proof:
    """Proves the folder's migrations; see the contract of `driftwatch verify` for what in which order.

    Raises Findings (a file or a statement is wrong, with its line) or another DriftwatchError (could not prove).
    """
    refuse_problems(folder.problems)
    pending = _pending(folder, remote)
    key = _key(project, folder, shadows, remote, pending)
    known = receipts_folder.load(project.receipts, key)
    pending_names = None if pending is None else tuple(one.filename for one in pending)
    if known is not None:
        return Proof(known, True, 0, folder.skipped, pending_names)
    notes: list[str] = list(folder.notes)
    if project.replay == "nothing":
        replayed = _from_nothing(shadows, folder, progress)
        catalog, count = replayed.catalog, replayed.replayed
        notes += replayed.notes
    if remote is not None and remote.schema_sql is not None and (pending or project.replay == "remote"):
        on_copy = _on_copy(project, remote, pending or (), progress)
        if project.replay == "remote":
            catalog, count = on_copy.catalog, on_copy.replayed
            notes += on_copy.notes
            notes.append(f"only the pending migrations were proved, on a copy of {remote.name}")
        if remote.seen:
            notes.append(f"{remote.name} could not be reached: its schema as of {remote.seen} was used")
    elif project.replay == "remote":
        raise DriftwatchError(
            'verify.replay = "remote" proves on a copy of the remote, and none could be read.',
            next_step="driftwatch check says why; or configure a remote in driftwatch.toml.",
        )
    receipt = Receipt(
        key=key,
        fingerprint=fingerprint(apply_scope(catalog, project.scope)),
        postgres=shadows.installation.version,
        baseline=shadows.options.baseline,
        migrations=len(folder.migrations),
        last_version=folder.migrations[-1].version if folder.migrations else "",
        proved_at=now.isoformat(timespec="seconds"),
        notes=tuple(notes),
    )
    receipts_folder.save(project.receipts, receipt)
    return Proof(receipt, False, count, folder.skipped, pending_names, catalog.not_compared)


def receipt_of(project: Project, folder: Folder, shadows: Shadows) -> Receipt | None:
    """The receipt that counts for a push of exactly this folder, if there is one."""
    return receipts_folder.load(project.receipts, _key(project, folder, shadows, None, None))


def _key(
    project: Project,
    folder: Folder,
    shadows: Shadows,
    remote: RemoteSchema | None,
    pending: Sequence[Migration] | None,
) -> str:
    """From nothing the files alone say what is proved; on a copy the remote's schema belongs to it."""
    if project.replay == "remote" and remote is not None and remote.schema_sql is not None:
        return replaying.keys_of(project.shadows_on(remote.schema_sql), pending or ())[-1]
    return replaying.keys_of(shadows, folder.migrations)[-1]


def _pending(folder: Folder, remote: RemoteSchema | None) -> tuple[Migration, ...] | None:
    """The migrations that the remote lacks. Refuses files that were edited after they were applied."""
    if remote is None:
        return None
    drift = compare_history(folder.migrations, remote.applied, same_content=same_content)
    if drift.edited:
        name, *others = (one.filename for one in folder.migrations if one.version in set(drift.edited))
        raise Findings(
            f"{name} was edited after it was applied to {remote.name}.",
            details="\n".join(f"also edited: {other}" for other in others),
            untouched="Nothing was run.",
            next_step=f"Take the edit back (git log -p -- {name}), and write it as a new migration.",
        )
    pending = set(drift.pending) - {mine for mine, _ in drift.renumbered}
    return tuple(one for one in folder.migrations if one.version in pending)


def _from_nothing(shadows: Shadows, folder: Folder, progress: Progress) -> replaying.Replayed:
    try:
        return replaying.replay(shadows, folder.migrations, progress)
    except MigrationFailed as failed:
        sentence = failures.no_base_sentence(failed.failure, folder.migrations, shadows.options.base)
        if sentence is not None:
            failed.details = f"{sentence}\n{failed.details}"
            failed.next_step = (
                "Either write down what was there before, taken from the remote:\n"
                "    driftwatch snapshot remote --sql -o supabase/base.sql\n"
                '    and in driftwatch.toml: [migrations] base = "supabase/base.sql"\n'
                "or prove only the pending migrations, on a copy of the remote:\n"
                '    in driftwatch.toml: [verify] replay = "remote"'
            )
        else:
            slip = failures.slip_sentence(failed.failure, folder.migrations, shadows.options.base)
            failed.details = f"{slip}\n{failed.details}" if slip else failed.details
            failed.next_step = f"Mend {failed.failure.place}, then: driftwatch verify"
        raise


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
        failed.details = f"On a copy of {remote.name}'s actual schema.\n{failed.details}"
        failed.next_step = f"driftwatch check {remote.name} shows how it differs; then mend {failed.failure.place}."
        raise
