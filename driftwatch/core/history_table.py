"""The histories of git and of several databases side by side, and what may be changed in one of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field

from driftwatch.core.edited import edit_lines
from driftwatch.core.history import HistoryDrift, compare_history
from driftwatch.core.migrations import Applied, Migration
from driftwatch.core.statements import same_content


@dataclass(frozen=True, slots=True)
class Line:
    """One version: its name, whether git has a file of it, and its state in each database.

    twins: by database, the version under which it has the same content. edits: by database, from what was applied there
    to the file, as a diff by lines.
    """

    version: str
    name: str
    in_git: bool
    states: Mapping[str, str]
    twins: Mapping[str, str]
    edits: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def side_by_side(migrations: Sequence[Migration], histories: Mapping[str, Sequence[Applied]]) -> tuple[Line, ...]:
    """All versions in order. histories: by the database's name."""
    drifts = {name: compare_history(migrations, rows, same_content) for name, rows in histories.items()}
    names = {row.version: row.name for rows in histories.values() for row in rows}
    files = {one.version: one for one in migrations}
    lines = []
    for version in sorted(names.keys() | files.keys()):
        states, twins, edits = {}, {}, {}
        for name, rows in histories.items():
            there = {row.version: row for row in rows}
            states[name] = _state(version, version in files, there.keys(), drifts[name])
            if version in drifts[name].edited:
                edits[name] = edit_lines(files[version], there[version])
            twin = _twin(version, drifts[name])
            if twin:
                twins[name] = twin
        title = files[version].name if version in files else names[version]
        lines.append(Line(version, title, version in files, states, twins, edits))
    return tuple(lines)


def _state(version: str, in_git: bool, there: Set[str], drift: HistoryDrift) -> str:
    if version in there:
        if not in_git:
            return "unknown"
        if version in drift.edited:
            return "edited"
        return "applied, content not recorded" if version in drift.unproved else "applied"
    if not in_git:
        return ""
    return "pending, out of order" if version in drift.out_of_order else "pending"


def _twin(version: str, drift: HistoryDrift) -> str:
    for mine, theirs in drift.renumbered:
        if version in (mine, theirs):
            return theirs if version == mine else mine
    return ""


@dataclass(frozen=True, slots=True)
class Repair:
    """One row to be added (with the file's statements) or removed, and what that means, in words."""

    version: str
    name: str
    adds: bool
    statements: tuple[str, ...]
    meaning: str


def repairs(
    versions: Sequence[str], *, applied: bool, migrations: Sequence[Migration], rows: Sequence[Applied], where: str
) -> tuple[tuple[Repair, ...], tuple[str, ...]]:
    """What `history repair` would do for these versions, and what it can't do, in words."""
    from driftwatch.core.statements import parse

    files = {one.version: one for one in migrations}
    there = {row.version: row for row in rows}
    found, refused = [], []
    for version in dict.fromkeys(versions):
        if applied and version in there:
            refused.append(f"{version} is recorded on {where} already")
        elif applied and version not in files:
            refused.append(f"no file has the version {version}, so what it would stand for is unknown")
        elif applied:
            one = files[version]
            meaning = f"{where} will say that {one.filename} was applied; it is not run"
            found.append(Repair(version, one.name, True, parse(one).recorded, meaning))
        elif version not in there:
            refused.append(f"{version} is not recorded on {where}")
        else:
            row = there[version]
            again = "it is pending again, and the next push runs it" if version in files else "no file has it"
            meaning = f"{where} will no longer say that {version} {row.name}".rstrip() + f" was applied; {again}"
            found.append(Repair(version, row.name, False, row.statements or (), meaning))
    return tuple(found), tuple(refused)
