"""Whether this branch's new migrations and those of the branch it will be merged with get on, in either order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

from driftwatch import kept_folder
from driftwatch.actions.replay import Progress, Replayed, keys_of, replay
from driftwatch.core.blame import naming_statement
from driftwatch.core.drift import ObjectChange, compare
from driftwatch.core.failures import Failure
from driftwatch.core.findings import Finding, Severity
from driftwatch.core.migrations import Folder, Migration, read
from driftwatch.core.scope import Scope, apply_scope
from driftwatch.core.statements import parse
from driftwatch.errors import DriftwatchError
from driftwatch.postgres.execute import MigrationFailed
from driftwatch.postgres.reader_id import reader_id
from driftwatch.postgres.shadow import Shadows

if TYPE_CHECKING:
    from driftwatch.actions.project import Project
    from driftwatch.git.repo import Repo

RULES = "1"
"""Belongs to the key of what was found: raised when it is looked for in another way."""
_ORDER_ONLY = {"column_order"}
_NAMED = 5


@dataclass(frozen=True)
class _Sides:
    """What both branches have, and what each has besides. branch: theirs, as git names it."""

    ground: tuple[Migration, ...]
    mine: tuple[Migration, ...]
    theirs: tuple[Migration, ...]
    branch: str


def collisions(
    project: Project, folder: Folder, shadows: Shadows, rev: str, progress: Progress = lambda line: None
) -> tuple[Finding, ...]:
    """What goes wrong when this folder meets the migrations that upstream has got since they parted.

    rev: the commit that the folder is of, "" for the work tree. Nothing is run unless both sides have new migrations;
    what was found is kept by content.
    """
    repo = project.repo
    if repo is None or not folder.migrations:
        return ()
    found: dict[Finding, None] = {}
    try:
        for sides in _to_meet(project, repo, folder, rev or "HEAD"):
            same = tuple(_same_versions(sides))
            found |= dict.fromkeys(same or _kept(project, shadows, sides, progress))
    except DriftwatchError as error:  # the proof stands all the same
        last = folder.migrations[-1]
        found[_finding(last, 0, "advice", f"could not be tried with upstream's: {error.message}", "")] = None
    return tuple(found)


def _to_meet(project: Project, repo: Repo, folder: Folder, rev: str) -> Iterator[_Sides]:
    for branch, commit in repo.to_meet().items():
        parted = repo.merge_base(rev, commit)
        if parted is None or parted == commit:
            continue
        if repo.tree_id(parted, project.in_repo) == repo.tree_id(commit, project.in_repo):
            continue
        before = {one.version for one in read(repo.files_at(parted, project.in_repo)).migrations}
        upstream = read(repo.files_at(commit, project.in_repo))
        theirs = {one.content_hash: one for one in upstream.migrations if one.version not in before}
        mine = {one.content_hash: one for one in folder.migrations if one.version not in before}
        both = theirs.keys() & mine.keys()
        ground = tuple(one for one in folder.migrations if one.version in before or one.content_hash in both)
        sides = [tuple(one for hash_, one in side.items() if hash_ not in both) for side in (mine, theirs)]
        if all(sides) and not upstream.problems:
            yield _Sides(ground, sides[0], sides[1], branch)


def _same_versions(sides: _Sides) -> Iterator[Finding]:
    theirs = {one.version: one for one in sides.theirs}
    for one in sides.mine:
        if other := theirs.get(one.version):
            sentence = f"has the version of {other.filename} ({sides.branch}): only one of them can be applied"
            yield _finding(one, 0, "error", sentence, "git mv it to a later version.")


def _kept(project: Project, shadows: Shadows, sides: _Sides, progress: Progress) -> tuple[Finding, ...]:
    orders = _orders(sides)
    keys = [keys_of(shadows, order)[-1] for order in orders]
    key = " ".join((RULES, reader_id(), *keys, sides.branch, _written(project.scope)))
    folder = project.receipts.parent / "observed"
    try:
        return tuple(Finding(**one) for one in kept_folder.load(folder, key))
    except TypeError:  # nothing was kept, or something else
        found = tuple(_tried(project, shadows, sides, progress))
    kept_folder.save(folder, key, [asdict(one) for one in found])
    return found


def _written(scope: Scope) -> str:
    """The same text for the same scope in every process: sets are written in their own order in each."""
    rules = [(replace(rule, tables=frozenset()), sorted(rule.tables)) for rule in scope.rules]
    return repr((rules, scope.ignored_facets))


def _orders(sides: _Sides) -> tuple[tuple[Migration, ...], tuple[Migration, ...]]:
    return (*sides.ground, *sides.mine, *sides.theirs), (*sides.ground, *sides.theirs, *sides.mine)


def _tried(project: Project, shadows: Shadows, sides: _Sides, progress: Progress) -> Iterator[Finding]:
    progress(f"with {len(sides.theirs)} of {sides.branch}, in both orders")
    run = _runner(shadows)
    alone = run((*sides.ground, *sides.theirs))
    if isinstance(alone, Failure):
        sentence = f"could not be tried with {sides.branch}, where {alone.headline()} fails by itself"
        yield _finding(sides.mine[-1], 0, "advice", sentence, f"Mend it on {sides.branch}.")
        return
    first, last = (run(order) for order in _orders(sides))
    if isinstance(last, Failure):
        yield _mine_fails(run, sides, last, first)
    elif isinstance(first, Failure):
        yield _theirs_fails(run, sides, first)
    else:
        catalogs = (apply_scope(one.catalog, project.scope) for one in (first, last))
        if changes := compare(*catalogs):
            yield _differ(sides, changes)


def _runner(shadows: Shadows) -> Callable[[Sequence[Migration]], Replayed | Failure]:
    def run(migrations: Sequence[Migration]) -> Replayed | Failure:
        try:
            return replay(shadows, migrations)
        except MigrationFailed as failed:
            return failed.failure

    return run


def _mine_fails(
    run: Callable[[Sequence[Migration]], Replayed | Failure],
    sides: _Sides,
    failure: Failure,
    other_way: Replayed | Failure,
) -> Finding:
    """After theirs one of mine fails; other_way: what came of theirs after mine."""
    mine = next((one for one in sides.mine if one.filename == failure.filename), sides.mine[0])
    upto = sides.mine[: sides.mine.index(mine) + 1]
    if isinstance(other_way, Failure):
        what = f"collides with {other_way.place} ({sides.branch}): whichever runs second fails"
    else:
        culprit = _culprit(run, sides.ground, sides.theirs, upto)
        what = f"fails once {culprit.filename} ({sides.branch}) has run"
    return _finding(mine, failure.line, "error", f"{what}: {failure.message}", _mend(sides))


def _theirs_fails(run: Callable[[Sequence[Migration]], Replayed | Failure], sides: _Sides, failure: Failure) -> Finding:
    theirs = next((one for one in sides.theirs if one.filename == failure.filename), sides.theirs[0])
    upto = sides.theirs[: sides.theirs.index(theirs) + 1]
    mine = _culprit(run, sides.ground, sides.mine, upto)
    sentence = f"once it has run, {failure.place} ({sides.branch}) fails: {failure.message}"
    return _finding(mine, 0, "error", sentence, _mend(sides))


def _culprit(
    run: Callable[[Sequence[Migration]], Replayed | Failure],
    ground: Sequence[Migration],
    suspects: Sequence[Migration],
    victims: Sequence[Migration],
) -> Migration:
    """The first of the suspects after which the victims fail."""
    low, high = 0, len(suspects) - 1
    while low < high:
        middle = (low + high) // 2
        if isinstance(run((*ground, *suspects[: middle + 1], *victims)), Failure):
            high = middle
        else:
            low = middle + 1
    return suspects[low]


def _differ(sides: _Sides, changes: Sequence[ObjectChange]) -> Finding:
    mine, line = _naming(sides.mine, changes)
    theirs, _ = _naming(sides.theirs, changes)
    names = [f"{change.id.kind.replace('_', ' ')} {change.id.identity}" for change in changes]
    listed = ", ".join(names[:_NAMED]) + (f" and {len(names) - _NAMED} more" if len(names) > _NAMED else "")
    if all({facet.name for facet in change.facets} <= _ORDER_ONLY for change in changes):
        sentence = f"the columns of {listed} stand in another order if {theirs.filename} ({sides.branch}) runs first"
        return _finding(mine, line, "advice", sentence, "Apply both everywhere in the order of their versions.")
    sentence = f"comes out differently before and after {theirs.filename} ({sides.branch}): {listed}"
    return _finding(mine, line, "warning", sentence, _mend(sides))


def _naming(migrations: Sequence[Migration], changes: Sequence[ObjectChange]) -> tuple[Migration, int]:
    """The newest file that names one of the objects, with the line."""
    for migration in reversed(migrations):
        statements = parse(migration).statements
        for change in changes:
            if statement := naming_statement(statements, change.id):
                return migration, statement.line
    return migrations[-1], 0


def _mend(sides: _Sides) -> str:
    return f"git merge {sides.branch}, then change this migration until driftwatch verify passes."


def _finding(migration: Migration, line: int, severity: Severity, sentence: str, mend: str) -> Finding:
    return Finding(migration.filename, line, "order", severity, sentence, mend)
