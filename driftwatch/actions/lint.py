"""The team's rules on migrations: which files are looked at, and what is found."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from driftwatch import squawk
from driftwatch.actions.project import Project
from driftwatch.actions.remote_schema import last_seen
from driftwatch.core import lint as rules
from driftwatch.core.lint.rules import Finding
from driftwatch.core.lint.run import lint_folder
from driftwatch.core.migrations import Folder, Migration, parse_filename, read
from driftwatch.errors import DriftwatchError, Findings, UsageError

_PUBLISHED = ("refs/remotes/origin/HEAD", "refs/remotes/origin/main", "refs/remotes/origin/master")


@dataclass(frozen=True)
class Linted:
    """files: what was looked at. ground: why these, in words for people; "" where they were named."""

    findings: tuple[Finding, ...]
    files: tuple[str, ...]
    ground: str = ""

    def count(self, severity: str) -> int:
        return sum(one.severity == severity for one in self.findings)


def lint_migrations(project: Project, folder: Folder, pending: Collection[str] | None = None) -> Linted:
    """Our rules on the migrations that can still be changed. Writes and runs nothing.

    pending: the file names of what the remote lacks, where that is known; else what is not published (see
    `unpublished`). The findings' files are names of the folder.
    """
    if pending is None:
        chosen, ground = unpublished(project, folder)
    else:
        chosen, ground = [one for one in folder.migrations if one.filename in pending], "pending"
    chosen = _since(chosen, project.lint.since)
    found = lint_folder(replace(folder, migrations=tuple(chosen)), project.lint)
    return Linted(found, tuple(one.filename for one in chosen), ground)


def hold_to_rules(project: Project, folder: Folder, pending: Collection[str] | None = None) -> tuple[str, ...]:
    """The same for a proof: its warnings, a line each. Raises Findings where a rule that is an error was broken."""
    linted = lint_migrations(project, folder, pending)
    errors = [one for one in linted.findings if one.severity == "error"]
    if errors:
        first, *others = errors
        raise Findings(
            first.as_line(),
            details="\n".join([f"Mend: {first.mend}", *(one.as_line() for one in others)]),
            next_step=f"Mend it, or allow it before the statement: -- driftwatch: allow {first.rule} REASON",
        )
    return tuple(one.as_line() for one in linted.findings if one.severity == "warning")


def lint_project(project: Project, *, everything: bool = False) -> Linted:
    """The work tree's migrations: the unpublished ones, or all; squawk's findings beside ours where it is installed."""
    folder = project.folder()
    linted = lint_migrations(project, folder, [one.filename for one in folder.migrations] if everything else None)
    placed = [replace(one, file=f"{project.migrations_dir}/{one.file}") for one in linted.findings]
    files = tuple(f"{project.migrations_dir}/{name}" for name in linted.files)
    found = _in_order([*placed, *squawk_findings(project, files)], files)
    return Linted(found, files, "all" if everything else linted.ground)


def lint_named(project: Project, names: Sequence[str]) -> Linted:
    """Files by their paths, whatever they are called. Raises UsageError for one that can't be read."""
    found: list[Finding] = []
    for name in names:
        try:
            content = Path(name).read_bytes()
        except OSError as error:
            raise UsageError(f"{name} can't be read: {error.strerror}.") from error
        folder = _as_migration(Path(name).name, content)
        found += (replace(one, file=name) for one in lint_folder(folder, project.lint))
    absolute = {str(Path(name).absolute()): name for name in names}
    beside = squawk_findings(project, tuple(absolute))
    found += (replace(one, file=absolute.get(one.file, one.file)) for one in beside)
    return Linted(_in_order(found, names), tuple(names))


def unpublished(project: Project, folder: Folder) -> tuple[list[Migration], str]:
    """The migrations that can still be changed, and how that is known.

    Not applied to any remote, as it was last seen from here; where none was, not on the git remote's main branch as
    it was last fetched (or the branch's own upstream); where that is not known either, all.
    """
    seen = [one for name in sorted(project.remotes) if (one := last_seen(project, name)) is not None]
    if seen:
        applied = {row.version for one in seen for row in one.applied}
        where = " or ".join(one.name for one in seen)
        return [one for one in folder.migrations if one.version not in applied], f"not applied to {where}"
    published = _published(project)
    if published is None:
        return list(folder.migrations), "all: nothing is known of what is published"
    ref, files = published
    return [one for one in folder.migrations if files.get(one.filename) != one.text], f"not in {ref}"


def squawk_findings(project: Project, files: Sequence[str]) -> tuple[Finding, ...]:
    """What squawk finds in files (relative to the project's root), where it is installed and wanted."""
    severity = project.lint.severity(rules.SQUAWK, "advice")
    found = squawk.find() if severity != "off" and files else None
    return squawk.run(found, project.root, files, severity, project.lint.major) if found else ()


def _in_order(findings: Iterable[Finding], files: Sequence[str]) -> tuple[Finding, ...]:
    """By file, as the files were looked at, then by line."""
    order = {name: number for number, name in enumerate(files)}
    return tuple(sorted(findings, key=lambda one: (order.get(one.file, -1), one.line)))


def _since(migrations: Iterable[Migration], since: str) -> list[Migration]:
    return [one for one in migrations if one.version >= since]


def _as_migration(filename: str, content: bytes) -> Folder:
    """One file as a folder. What is no migration by its name has no version, so that its name is not judged."""
    if parse_filename(filename) is not None:
        return read({filename: content})
    named = read({"0_.sql": content})
    return Folder(
        tuple(replace(one, version="", filename=filename) for one in named.migrations),
        problems=tuple(replace(one, filename=filename) for one in named.problems),
    )


def _published(project: Project) -> tuple[str, dict[str, str]] | None:
    """The revision that others build on, and the migrations there; None where there is none."""
    if project.repo is None:
        return None
    own = project.repo.upstream()
    for ref in (*_PUBLISHED, *([own] if own else [])):
        try:
            files = project.repo.files_at(ref, project.in_repo)
        except DriftwatchError:  # there is no such branch
            continue
        return ref.removeprefix("refs/remotes/"), {one.filename: one.text for one in read(files).migrations}
    return None
