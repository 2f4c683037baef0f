"""Brings what only the remote has into the folder: `sync from-remote`."""

from __future__ import annotations

from dataclasses import dataclass
from shlex import quote

from driftwatch.actions.check import Checked, Seen, check_seen, remote_session, see
from driftwatch.actions.project import Project, Remote
from driftwatch.actions.replay import Progress, keys_of, replay
from driftwatch.core.drift import ObjectChange, align, compare
from driftwatch.core.history import compare_history
from driftwatch.core.migrations import Applied, Folder, Migration, parse_filename
from driftwatch.core.scope import apply_scope
from driftwatch.core.statements import same_content
from driftwatch.errors import DriftwatchError, Findings, left_untouched
from driftwatch.migrations_folder import write_migration
from driftwatch.postgres.execute import refuse_problems
from driftwatch.stop_points import stop_point


@dataclass(frozen=True)
class Fetched:
    """written: files made from what the remote's history kept. checked: the remote, compared after that."""

    written: tuple[str, ...]
    checked: Checked


def fetch(project: Project, remote: Remote) -> Fetched:
    """Writes the migrations that only the remote has, and says what it has beyond its migrations.

    Raises DriftwatchError when a version's statements were not kept, or no file can have it, or the folder has files
    that can't be read; before anything is written.
    """
    folder = project.folder()
    refuse_problems(folder.problems)
    with left_untouched("Nothing was written or changed."), remote_session(remote) as conn:
        seen = see(project, conn)
    missing = _only_there(folder, seen)
    odd = [row.version for row in missing if parse_filename(f"{row.version}_name.sql") is None]
    if odd:
        raise DriftwatchError(
            f"{remote.name} has the version {odd[0]!r} applied, which no file of the folder can have: it is no number.",
            untouched="Nothing was written or changed.",
            next_step=f"driftwatch history list shows it; where it is a mistake: "
            f"driftwatch history repair {quote(odd[0])} --reverted --on {remote.name}",
        )
    unknowable = [row.version for row in missing if row.statements is None]
    if unknowable:
        raise DriftwatchError(
            f"{remote.name} has versions applied that no file has, and kept no statements of: {', '.join(unknowable)}.",
            untouched="Nothing was written or changed.",
            next_step=f"Bring the files back from git: git log --all -- {project.migrations_dir}",
        )
    written = []
    for row in missing:
        written.append(write_migration(project.migrations_path, row))
        stop_point("fetch: file written")
    return Fetched(tuple(written), check_seen(project, remote.name, seen))


def _only_there(folder: Folder, seen: Seen) -> list[Applied]:
    drift = compare_history(folder.migrations, seen.applied, same_content=same_content)
    same_elsewhere = {theirs for _, theirs in drift.renumbered}
    unknown = set(drift.unknown) - same_elsewhere
    return [row for row in seen.applied if row.version in unknown]


def pending_on(checked: Checked) -> tuple[str, ...]:
    """Versions that the folder has beyond the remote: without those that it has under another version."""
    same = {mine for mine, _ in checked.history.renumbered}
    return tuple(version for version in checked.history.pending if version not in same)


def prove_alike(project: Project, checked: Checked, progress: Progress = lambda line: None) -> None:
    """The folder without what is pending must make what the remote's applied migrations make.

    A file that was edited after it was applied would give the local database another schema than the remote's, and
    nobody would know. Raises Findings then; changes nothing.
    """
    pending = set(pending_on(checked))
    ours = tuple(one for one in project.folder().migrations if one.version not in pending)
    theirs = tuple(one for one in checked.applied if one.version not in pending)  # without what was only begun
    changes = _differences(project, ours, theirs, progress)
    if not changes:
        return
    names = {one.version: one.filename for one in ours}
    edited = [names.get(version, version) for version in checked.history.edited]
    why = f"{', '.join(edited)} was edited after it was applied there" if edited else "they run in another order here"
    raise Findings(
        f"The files do not make what was applied to {checked.name}: {why}.",
        details="\n".join(f"  {change.id.kind} {change.id.identity} {change.change}" for change in changes[:10]),
        untouched="The local database is as it was.",
        next_step=f"Put the files back as they were applied (driftwatch history list; git log -p), and write what is "
        f"new as a new migration. Local without {checked.name}: driftwatch db reset",
    )


def _differences(
    project: Project, ours: tuple[Migration, ...], theirs: tuple[Migration, ...], progress: Progress
) -> tuple[ObjectChange, ...]:
    if keys_of(project.shadows, ours) == keys_of(project.shadows, theirs):
        return ()
    made = [apply_scope(replay(project.shadows, one, progress).catalog, project.scope) for one in (theirs, ours)]
    return compare(*align(*made))
