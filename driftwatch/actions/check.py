"""Compares databases with what their migrations make: drift, and its explanation."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from driftwatch.actions.project import Project, Remote
from driftwatch.actions.replay import replay
from driftwatch.core import base, failures
from driftwatch.core.audit import Recorded, attribute
from driftwatch.core.catalog import Catalog, NotCompared, ObjectId
from driftwatch.core.drift import ObjectChange, align, compare
from driftwatch.core.fingerprint import fingerprint
from driftwatch.core.history import HistoryDrift, compare_history
from driftwatch.core.migrations import Applied, Folder, Migration
from driftwatch.core.push_progress import Begun, Progress, begun
from driftwatch.core.scope import apply_scope
from driftwatch.core.statements import same_content
from driftwatch.errors import DriftwatchError
from driftwatch.postgres import audit, history, progress
from driftwatch.postgres.connect import Connection, connect
from driftwatch.postgres.execute import MigrationFailed
from driftwatch.postgres.read_catalog import read_catalog
from driftwatch.postgres.reading import ATTEMPTS

_ANEW = "driftwatch db reset"
_SUPABASE_ROLES = {ObjectId("role", name) for name in ("anon", "authenticated", "service_role")}
_ALTERS_DEFAULTS = re.compile(r"\balter\s+default\s+privileges\b", re.IGNORECASE)


@dataclass(frozen=True)
class Seen:
    """One database at one moment: its catalog in scope, its history, and what was begun there and not finished.

    recorded: who changed what, where there is an audit.
    """

    catalog: Catalog
    applied: tuple[Applied, ...]
    begun: tuple[Progress, ...] = ()
    recorded: tuple[Recorded, ...] = ()


@dataclass(frozen=True)
class Checked:
    """A database compared with what its applied migrations make.

    changes: from what the migrations make to what is there. not_compared: what the comparison leaves out. hint:
    one sentence when the cause is probably a setting, or a push stopped half-way; "" otherwise. applied: the
    migrations that it was compared with. by: who made the changes, as far as that was recorded.
    """

    name: str
    fingerprint: str
    expected: str
    changes: tuple[ObjectChange, ...]
    history: HistoryDrift
    not_compared: tuple[NotCompared, ...]
    hint: str = ""
    applied: tuple[Migration, ...] = ()
    by: Mapping[ObjectId, Recorded] = field(default_factory=dict)

    @property
    def drifted(self) -> bool:
        return bool(self.changes) or self.history.is_drift


def check_remote(project: Project, remote: Remote) -> Checked:
    """Reads the remote and compares it. Raises Unreachable, or DriftwatchError when it could not be checked."""
    with remote_session(remote) as conn:
        seen = see(project, conn)
    return check_seen(project, remote.name, seen)


def see(project: Project, conn: Connection) -> Seen:
    """Reads a database's catalog and history, again where a push came in between: it would look like drift.

    Raises DriftwatchError where the history does not hold still, and what reading raises.
    """
    before = history.digest(conn), progress.read(conn)
    for _ in range(ATTEMPTS):
        catalog = read_catalog(conn)
        applied = history.read(conn)
        after = history.digest(conn), progress.read(conn)
        if after == before:
            recorded = audit.read(conn) if audit.TABLE in catalog.objects else ()
            return Seen(apply_scope(catalog, project.scope), applied, after[1], recorded)
        before = after
    raise DriftwatchError(
        "Migrations were being applied all the time that it was read.",
        untouched="This says nothing about drift.",
        next_step="Wait until they are, then try again.",
    )


@contextlib.contextmanager
def remote_session(remote: Remote) -> Iterator[Connection]:
    """A session on a remote, for reading."""
    with contextlib.closing(connect(remote.url(), what=f"the remote {remote.name}")) as conn:
        yield conn


def another_session(remote: Remote) -> Callable[[], Connection]:
    """Opens further sessions on a remote."""
    return lambda: connect(remote.url(), what=f"the remote {remote.name}")


def check_seen(project: Project, name: str, seen: Seen) -> Checked:
    """Compares a database that was read with what the migrations applied to it make.

    What a push that stopped half-way through a file did apply counts as applied: it is pending, not drift.
    """
    folder = project.folder()
    drift = compare_history(folder.migrations, seen.applied, same_content=same_content)
    half = begun(folder.migrations, seen.begun)
    try:
        applied = _in_order(applied_migrations(project, folder, seen.applied, name), half)
        made = replay(project.shadows, applied)
    except MigrationFailed as failed:
        sentence = failures.no_base_sentence(failed.failure, folder.migrations, project.shadows.options.base)
        raise DriftwatchError(
            f"Could not check {name}: what its migrations make can't be built. {failed.message}",
            details=sentence or failed.details,
            untouched="This says nothing about drift.",
            # What is not here can't be replayed here either.
            next_step=(_ANEW if name == "local" else f"driftwatch sync from-remote {name}")
            if drift.unknown
            else "driftwatch verify",
        ) from failed
    expected, found = align(apply_scope(made.catalog, project.scope), seen.catalog)
    not_compared = (*found.not_compared, *expected.not_compared)
    changes = compare(expected, found)
    changes = tuple(one for one in changes if not any(file.may_have_left(one.id) for file in half))
    return Checked(
        name,
        fingerprint(seen.catalog),
        fingerprint(expected),
        changes,
        drift,
        tuple(dict.fromkeys(not_compared)),
        _stopped(half, name) or _hint(project, folder, changes),
        applied,
        attribute(changes, seen.recorded),
    )


def _stopped(half: tuple[Begun, ...], name: str) -> str:
    told = " ".join(one.in_words() for one in half)
    return f"{told} Next: driftwatch sync to-remote {name}" if told else ""


def _in_order(applied: tuple[Migration, ...], half: tuple[Begun, ...]) -> tuple[Migration, ...]:
    parts = (one.applied_part for one in half if one.progress.done)
    return tuple(sorted((*applied, *parts), key=lambda one: one.version))


def _hint(project: Project, folder: Folder, changes: tuple[ObjectChange, ...]) -> str:
    """Where one setting explains many differences.

    A plain Postgres has nothing of what Supabase brings. Projects differ in whether new tables are exposed by default,
    and then every table's grants differ.
    """
    gone = {change.id for change in changes if change.change == "removed"}
    if project.shadow_options.baseline == "supabase" and gone >= _SUPABASE_ROLES:
        return (
            "It has none of Supabase's roles, so it is probably no Supabase project: "
            'set [shadow] baseline = "none" in driftwatch.toml, and check again.'
        )
    theirs = any(
        change.id.kind == "default_privileges" and change.id.identity.startswith("for role postgres in schema public")
        for change in changes
    )
    own = any(_ALTERS_DEFAULTS.search(one.text) for one in folder.migrations)
    if not theirs or own or project.shadow_options.new_tables == "closed":
        return ""
    return (
        "No migration changes the default privileges, so this project probably never exposed new tables by default: "
        'set [shadow] new_tables = "closed" in driftwatch.toml, and check again.'
    )


def applied_migrations(
    project: Project, folder: Folder, applied: tuple[Applied, ...], name: str
) -> tuple[Migration, ...]:
    """What was really applied: the file where it is that, else the statements that the history kept.

    Raises DriftwatchError for a version that neither git nor the history knows the content of.
    """
    files = {one.version: one for one in folder.migrations}
    inside = base.contained(project.shadows.options.base)
    result = []
    for row in applied:
        file = files.get(row.version)
        if row.version in inside:
            continue
        if file is not None and same_content(file, row) is not False:
            result.append(file)
        elif row.statements is not None:
            text = "\n;\n".join(row.statements) + "\n;\n"  # a statement may end with a comment
            result.append(
                Migration(row.version, row.name, f"{row.version}_{row.name}.sql (as applied to {name})", text)
            )
        else:
            raise DriftwatchError(
                f"Could not check {name}: version {row.version} was applied there, no file has it, "
                "and the history kept no statements.",
                untouched="This says nothing about drift.",
                next_step="Bring the file back (git log --all -- supabase/migrations), then check again."
                + (f"\nOr build it anew: {_ANEW}" if name == "local" else ""),
            )
    return tuple(result)
