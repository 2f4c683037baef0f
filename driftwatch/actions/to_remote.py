"""What a push would do: `sync to-remote` up to the question. `actions/push.py` does it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from driftwatch.actions import resume as resuming
from driftwatch.actions.check import Checked, another_session, check_seen, remote_session, see
from driftwatch.actions.project import Project, Remote
from driftwatch.actions.remote_schema import RemoteSchema, look
from driftwatch.actions.replay import replay
from driftwatch.actions.resume import Resume
from driftwatch.actions.verify import verify
from driftwatch.core import report
from driftwatch.core.catalog import Catalog
from driftwatch.core.findings import Finding, sentences
from driftwatch.core.migrations import Applied, Folder, Migration
from driftwatch.core.push_progress import Begun, Part, Progress, as_text, begun, parts, rest, settings
from driftwatch.core.push_risks import text_risks
from driftwatch.core.push_target import PushTarget, project_ref
from driftwatch.core.scope import apply_scope
from driftwatch.core.statements import Script, Segment, parse
from driftwatch.errors import Findings, left_untouched
from driftwatch.postgres.connect import Connection, translated
from driftwatch.postgres.push_lock import refuse_transaction_pooler

_LINK = Path("supabase", ".temp", "project-ref")
_SHOWN = 20
_LOGINS = ("supabase_admin", "cli_login_")
"""Who becomes `postgres` before migrations run, as the Supabase CLI has it."""


@dataclass(frozen=True)
class PlannedMigration:
    """A file that would be applied.

    risks: what is worth a look before it is. resume: where it goes on, if it was begun.
    """

    migration: Migration
    script: Script
    risks: tuple[str, ...]
    resume: Resume | None = None

    @property
    def parts(self) -> tuple[Part, ...]:
        """What is left of it, as it will be run; the last part writes the history row."""
        return rest(parts(self.script), self.resume.done if self.resume else 0)


@dataclass(frozen=True)
class Plan:
    """What a push would do.

    role: what the session becomes first, "" = it stays its login. applied, begun: the history that it was planned on.
    expected: what there will be afterwards; None where that can't be known, because the remote has drifted.
    """

    remote: str
    target: PushTarget
    role: str
    checked: Checked
    applied: tuple[Applied, ...]
    begun: tuple[Progress, ...]
    migrations: tuple[PlannedMigration, ...]
    expected: Catalog | None

    @property
    def pending(self) -> tuple[Migration, ...]:
        return tuple(one.migration for one in self.migrations)


def plan(
    project: Project, remote: Remote, now: datetime, *, force: bool = False, progress: Callable[[str], None]
) -> Plan:
    """Verifies, and checks the remote for drift. Raises Findings when it must not be pushed; changes nothing."""
    with left_untouched(f"{remote.name} was not changed."):
        folder = project.folder()
        if folder.notes:
            raise Findings(folder.notes[0], next_step="Give one of them a later version: git mv it.")
        with remote_session(remote) as conn:
            refuse_transaction_pooler(conn, remote.name, another_session(remote))
            seen = see(project, conn)
            half = _half_applied(folder, seen.begun, remote.name)
            resumes = {one.migration.version: resuming.find(conn, one, remote.name) for one in half}
            ground = look(project, remote, conn)
            target, role = _target(project, conn), _role(conn, remote)
        observed = _prove(project, folder, now, ground, resumes, progress)
        found = replace(seen, begun=tuple(one.progress for one in resumes.values()))
        checked = check_seen(project, remote.name, found)
        if checked.drifted and not force:
            raise Findings(
                f"{remote.name} has drifted, so what its migrations will make there can't be known.",
                details=report.as_text(checked.changes, limit=_SHOWN).rstrip("\n"),
                next_step=f"driftwatch check {remote.name} shows the drift. Push all the same: add --force",
            )
        planned = _planned(_pending(folder.migrations, checked), resumes, observed)
        expected = None
        if not checked.drifted:
            expected = apply_scope(replay(project.shadows, folder.migrations).catalog, project.scope)
    return Plan(remote.name, target, role, checked, seen.applied, seen.begun, planned, expected)


def _planned(
    pending: Sequence[Migration], resumes: dict[str, Resume], observed: tuple[Finding, ...] | None
) -> tuple[PlannedMigration, ...]:
    found = [PlannedMigration(one, parse(one), (), resumes.get(one.version)) for one in pending]
    return tuple(replace(one, risks=risks) for one, risks in zip(found, _risks(found, observed), strict=True))


def _risks(planned: Sequence[PlannedMigration], observed: tuple[Finding, ...] | None) -> tuple[tuple[str, ...], ...]:
    """For each file what was seen on a copy of the remote, else what its text says."""
    if observed is not None:
        return tuple(sentences(observed, one.migration.filename) for one in planned)
    left = (tuple(Segment(part.statements, part.transactional) for part in one.parts) for one in planned)
    return text_risks([replace(one.script, segments=segments) for one, segments in zip(planned, left, strict=True)])


def _pending(migrations: Sequence[Migration], checked: Checked) -> tuple[Migration, ...]:
    versions = set(checked.history.pending) - {mine for mine, _ in checked.history.renumbered}
    return tuple(one for one in migrations if one.version in versions)


def _half_applied(folder: Folder, remembered: tuple[Progress, ...], name: str) -> tuple[Begun, ...]:
    """What a push that stopped half-way began. Raises Findings where the folder does not have it as it was begun."""
    found = begun(folder.migrations, remembered)
    for progress in remembered:
        if progress.version in {one.progress.version for one in found}:
            continue
        file = next((one.filename for one in folder.migrations if one.version == progress.version), None)
        what = (
            f"no file here has that version, or {name} was pushed to from another clone"
            if file is None
            else (f"{file} was edited where it is applied already")
        )
        raise Findings(
            f"A push of version {progress.version} to {name} stopped after {progress.done} statements, and {what}.",
            next_step="git pull brings the file; else take the edit back. What is not applied yet may be mended.",
        )
    return found


def _prove(
    project: Project,
    folder: Folder,
    now: datetime,
    ground: RemoteSchema,
    resumes: dict[str, Resume],
    progress: Callable[[str], None],
) -> tuple[Finding, ...] | None:
    """Verifies. On the copy of the remote, of a file that was begun only the rest is run.

    What was observed there; None where nothing was looked at.
    """
    if not resumes:
        proof = verify(project, folder, project.shadows, now, ground, progress)
        return proof.observed if project.observe else None
    if project.replay == "nothing":
        verify(project, folder, project.shadows, now, replace(ground, schema_sql=None), progress)
    there = {one.version for one in ground.applied}
    todo = [_rest_of(one, resumes.get(one.version)) for one in folder.migrations if one.version not in there]
    replay(project.shadows_on(ground.schema_sql or "", f"the schema of {ground.name}"), todo, progress)
    return None


def _rest_of(one: Migration, resume: Resume | None) -> Migration:
    if resume is None:
        return one
    script = resume.begun.script
    before = [setting.text for setting in settings(script.statements[: resume.done])]
    return Migration(
        one.version, one.name, f"{one.filename} (the rest)", as_text(rest(parts(script), resume.done), before)
    )


def _target(project: Project, conn: Connection) -> PushTarget:
    info = conn.info
    linked = ""
    with contextlib.suppress(OSError, UnicodeDecodeError):
        linked = (project.root / _LINK).read_text(encoding="utf-8").strip()
    host = info.host or "this computer"
    shown = host if host.startswith("/") or info.port == 5432 else f"{host}:{info.port}"
    return PushTarget(shown, info.dbname, info.user, project_ref(host, info.user), linked)


def _role(conn: Connection, remote: Remote) -> str:
    with translated(f"Could not look at the login on {remote.name}"):
        row = conn.execute("SELECT session_user::text").fetchone()
    login = str(row[0]) if row else ""
    return remote.role or ("postgres" if login.startswith(_LOGINS) else "")
