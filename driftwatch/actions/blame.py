"""Says where objects come from: migration, line, commit and author, from the schema after every migration."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from driftwatch.actions.deltas import Deltas, keep_line, known_line, read_deltas
from driftwatch.actions.project import Project
from driftwatch.actions.replay import Progress
from driftwatch.core.blame import (
    find,
    last_definitions,
    line_within,
    naming_statement,
    near,
    parts_of,
    touches,
)
from driftwatch.core.catalog import ObjectId
from driftwatch.core.migrations import Migration
from driftwatch.core.statements import Statement, parse
from driftwatch.core.text import clean
from driftwatch.errors import DriftwatchError, UsageError
from driftwatch.git.repo import CommitInfo
from driftwatch.postgres.execute import refuse_problems
from driftwatch.postgres.one_object import row_hash
from driftwatch.postgres.shadow import Shadows

Change = Literal["added", "changed", "removed"]


@dataclass(frozen=True)
class Origin:
    """What one file did to an object.

    file: relative to the project's directory. line: None where no single line can be named. commit: None where the
    line is not committed (or there is no repository).
    """

    id: ObjectId
    change: Change
    file: str
    line: int | None
    commit: CommitInfo | None

    def in_words(self, *, in_repository: bool = True) -> str:
        """`supabase/migrations/1_a.sql:3, 1a2b3c4d5e by Ann <ann@example.com> on 2026-01-31`."""
        place = clean(self.file) + (f":{self.line}" if self.line else "")
        if self.commit:
            return f"{place}, {self.commit.sha[:10]} by {clean(self.commit.author)} on {self.commit.date[:10]}"
        return f"{place}, not committed yet" if in_repository else place


@dataclass(frozen=True)
class Blamed:
    """Where an object comes from.

    origins: newest first, only the last one unless all were asked for; empty for what was there before any file.
    present: whether the object is there at the end. parts: what later files did to its columns, policies and the
    like. not_replayed: why the files from some point on say nothing, "" when all were replayed.
    """

    id: ObjectId
    origins: tuple[Origin, ...]
    present: bool
    parts: tuple[Origin, ...] = ()
    not_replayed: str = ""


def blame(
    project: Project,
    asked: str,
    progress: Progress = lambda line: None,
    *,
    revision: str = "",
    every: bool = False,
) -> Blamed:
    """Where the object that a person names comes from.

    revision: the migrations of this commit instead of the work tree's. every: all files that touched it, not only the
    last. Raises UsageError for a name that fits no object or several, MigrationFailed where that may be because the
    migrations can't be replayed.
    """
    folder, shadows = project.at_revision(revision) if revision else (project.folder(), project.shadows)
    refuse_problems(folder.problems)
    deltas = read_deltas(shadows, folder.migrations, progress)
    teller = _Teller(project, shadows, deltas, revision)
    id_ = _the_one(asked, deltas)
    found = touches(id_, deltas.found)
    last = found[-1]
    told = [
        origin
        for touch in (reversed(found) if every else [last])
        for origin in ((teller.exactly(id_, touch.index, touch.change),) if touch.index else teller.base(id_))
    ]
    present = last.change != "removed"
    parts = teller.parts(id_, last.index) if present else ()
    return Blamed(id_, tuple(told), present, parts, deltas.failed.message if deltas.failed else "")


def origins(
    project: Project,
    migrations: Sequence[Migration],
    objects: Iterable[ObjectId],
    *,
    revision: str = "",
    shadows: Shadows | None = None,
    seconds: float = 10.0,
    progress: Progress = lambda line: None,
) -> dict[ObjectId, Origin]:
    """Where each of these objects was last defined, as far as that is known without much work.

    seconds: how long to replay at most for what is not known yet; where that is not enough, nothing is said this
    time. The line is that of the statement which names the object, where `blame` has not found out better.
    Raises nothing: it stands beside what differs, which must not stay unsaid because of it.
    """
    ids = set(objects)
    try:
        return _origins(project, migrations, ids, revision, shadows or project.shadows, seconds, progress)
    except (DriftwatchError, OSError):
        return {}


def _origins(
    project: Project,
    migrations: Sequence[Migration],
    ids: set[ObjectId],
    revision: str,
    shadows: Shadows,
    seconds: float,
    progress: Progress,
) -> dict[ObjectId, Origin]:
    if not ids:
        return {}
    deltas = read_deltas(shadows, migrations, progress, seconds=seconds)
    if not deltas.complete:
        return {}
    teller = _Teller(project, shadows, deltas, revision)
    last = last_definitions(ids, deltas.found)
    told = teller.roughly([(id_, index, "changed") for id_, index in last.items() if index])
    told += [origin for id_, index in last.items() if not index for origin in teller.base(id_)]
    return {origin.id: origin for origin in told}


def _the_one(asked: str, deltas: Deltas) -> ObjectId:
    """The object that is meant: one that is there, else one that was. Raises UsageError, or what ended the replay."""
    present: set[ObjectId] = set()
    ever: set[ObjectId] = set()
    for change in deltas.found:
        ever |= change.keys()
        present = (present | change.keys()) - {id_ for id_, hash_ in change.items() if hash_ is None}
    found = find(asked, present) or find(asked, ever)
    if len(found) == 1:
        return found[0]
    if found:
        raise UsageError(
            f"{asked} may be any of {len(found)} objects.",
            details="\n".join(f"  {in_words(id_)}" for id_ in found[:20]),
            next_step=f"Name one with its kind: driftwatch blame '{in_words(found[0])}'",
        )
    if deltas.failed is not None:
        raise deltas.failed
    similar = near(asked, ever)
    raise UsageError(
        f"No migration makes an object called {asked}.",
        details="\n".join(["Similar names:", *(f"  {in_words(id_)}" for id_ in similar)]) if similar else "",
        next_step="driftwatch fingerprint migrations --tree lists every object.",
    )


def in_words(id_: ObjectId) -> str:
    """`materialized view public.totals`: what `blame` takes as its argument."""
    return f"{id_.kind.replace('_', ' ')} {id_.identity}"


class _Teller:
    """Turns places in the list of deltas into files, lines and commits."""

    def __init__(self, project: Project, shadows: Shadows, deltas: Deltas, revision: str) -> None:
        self._project = project
        self._shadows = shadows
        self._deltas = deltas
        self._revision = revision
        self._statements: dict[int, list[Statement]] = {}
        self._commits: dict[tuple[str, int | None], CommitInfo | None] = {}

    def exactly(self, id_: ObjectId, index: int, change: Change) -> Origin:
        """With the line of the first statement after which the object was another; it takes a replay to find out."""
        key = self._deltas.keys[index]
        line = known_line(self._shadows, key, id_)
        if line is None:
            statement = self._watch(id_, index, gone=change == "removed")
            if statement is None:
                return self.roughly([(id_, index, change)])[0]
            line = line_within(statement, id_)
            keep_line(self._shadows, key, id_, line)
        return self._origin(id_, index, change, line)

    def roughly(self, places: Sequence[tuple[ObjectId, int, Change]]) -> list[Origin]:
        """With the lines of the statements that name the objects; git is asked once a file."""
        lines = [self._naming_line(*place) for place in places]
        by_file: dict[str, set[int]] = {}
        for (_, index, _), line in zip(places, lines, strict=True):
            if line is not None:
                by_file.setdefault(self._path(index), set()).add(line)
        for path, wanted in by_file.items():
            self._look_up(path, wanted)
        return [self._origin(*place, line) for place, line in zip(places, lines, strict=True)]

    def _naming_line(self, id_: ObjectId, index: int, change: Change) -> int | None:
        known = known_line(self._shadows, self._deltas.keys[index], id_)
        if known is not None:
            return known
        statement = naming_statement(self._parsed(index), id_, gone=change == "removed")
        return line_within(statement, id_) if statement else None

    def base(self, id_: ObjectId) -> tuple[Origin, ...]:
        """Of what was there before the first migration: the base file, where it names the object."""
        text = self._shadows.options.base
        name = self._project.base_file
        if not text or not name:
            return ()
        statement = naming_statement(parse(Migration("", "base", name, text)).statements, id_)
        if statement is None:
            return ()
        line = line_within(statement, id_)
        return (Origin(id_, "added", name, line, self._commit(name, line)),)

    def parts(self, id_: ObjectId, index: int) -> tuple[Origin, ...]:
        """What files after this one did to the parts of an object, newest first."""
        later = self._deltas.found[index + 1 :]
        parts = parts_of(id_, {one for change in later for one in change})
        last = [(part, touches(part, self._deltas.found)[-1]) for part in sorted(parts)]
        last.sort(key=lambda one: -one[1].index)
        return tuple(self.roughly([(part, touch.index, touch.change) for part, touch in last]))

    def _parsed(self, index: int) -> list[Statement]:
        if index not in self._statements:
            self._statements[index] = parse(self._deltas.todo[index - 1]).statements
        return self._statements[index]

    def _path(self, index: int) -> str:
        filename = self._deltas.todo[index - 1].filename
        return f"{self._project.migrations_dir}/{filename}" if self._project.migrations_dir else filename

    def _origin(self, id_: ObjectId, index: int, change: Change, line: int | None) -> Origin:
        return Origin(id_, change, self._path(index), line, self._commit(self._path(index), line))

    def _commit(self, path: str, line: int | None) -> CommitInfo | None:
        if (path, line) not in self._commits:
            self._look_up(path, {line} if line is not None else set())
        return self._commits.get((path, line))

    def _look_up(self, path: str, lines: set[int]) -> None:
        """Asks git for the commits of these lines; of none: for the file's newest."""
        repo = self._project.repo
        if repo is None:
            return
        here = (self._project.root / path).resolve().relative_to(repo.root.resolve()).as_posix()
        if not lines:
            self._commits[path, None] = repo.last_commit_of(here, self._revision or "HEAD")
        found = repo.origins_of_lines(here, lines, self._revision)
        self._commits |= {(path, line): found.get(line) for line in lines}

    def _watch(self, id_: ObjectId, index: int, *, gone: bool) -> Statement | None:
        """Replays the file statement by statement on what came before it, looking at the object after each."""
        keys, todo = self._deltas.keys, self._deltas.todo
        start = self._shadows.longest_prefix(keys[:index])
        with self._shadows.open(keys[start]) as shadow, shadow.runner() as runner:
            for migration in todo[start : index - 1]:
                runner.apply(migration)
            before = row_hash(runner.conn, id_)
            seen: list[tuple[Statement, str | None]] = []

            def look(statement: Statement) -> None:
                now = row_hash(runner.conn, id_)
                if now != (seen[-1][1] if seen else before):
                    seen.append((statement, now))

            try:
                replace(runner, after_each=look).apply(todo[index - 1])
            except DriftwatchError:
                # Some files bear no questions in between: SET TRANSACTION must come before any.
                return None
        if gone:
            return seen[-1][0] if seen and seen[-1][1] is None else None
        return next((statement for statement, now in seen if now is not None), None)
