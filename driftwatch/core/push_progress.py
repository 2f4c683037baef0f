"""How far a migration that is not one transaction was applied, and where a second push goes on."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from driftwatch.core.acl import quote
from driftwatch.core.catalog import ObjectId
from driftwatch.core.migrations import Migration
from driftwatch.core.parsing import NotSql, parse_sql
from driftwatch.core.statements import Script, Statement, parse

_REPEATABLE = {"vacuum_stmt", "reindex_stmt", "cluster_stmt", "alter_system_stmt"}
_UNBATCHED = "-- pg-delta: transaction=false\n"

What = Literal["index made", "index dropped", "partition detached", "repeatable", "unknown"]


@dataclass(frozen=True, slots=True)
class Progress:
    """What a remote remembers of a migration that was begun there.

    done: so many of its statements are applied (BEGIN and COMMIT are none). done_hash: of their texts. running: the
    hash of the statement that was sent next and whose end nobody saw, "" where there is none.
    """

    version: str
    done: int
    done_hash: str
    running: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """Statements that are applied together with the record of it, or one that can't be (transactional=False).

    first: the number of the first one in its file, from 0.
    """

    statements: tuple[Statement, ...]
    transactional: bool
    first: int

    @property
    def after(self) -> int:
        """How many of the file's statements are done after this part."""
        return self.first + len(self.statements)


@dataclass(frozen=True, slots=True)
class Subject:
    """What tells whether a statement that was interrupted took place: names as (schema, name) or (name,)."""

    what: What
    names: tuple[tuple[str, ...], ...] = ()
    table: tuple[str, ...] = ()


def parts(script: Script) -> tuple[Part, ...]:
    """The file as a push applies it. The last part is a transaction, which also writes the history row.

    Where the file asks for no transaction at all, each statement still gets one of its own, if it can have one:
    then it and the record of it are there together or not at all.
    """
    found: list[Part] = []
    for segment in script.segments:
        own = not any(one.outside for one in segment.statements)
        found.append(Part(segment.statements, segment.transactional or own, found[-1].after if found else 0))
    if not found or not found[-1].transactional:
        found.append(Part((), True, found[-1].after if found else 0))
    return tuple(found)


def rest(of: Sequence[Part], done: int) -> tuple[Part, ...]:
    """What is left to be applied after so many statements. Never empty: the history row is always left."""
    left = []
    for part in of:
        if part.after > done or part is of[-1]:
            skip = max(done - part.first, 0)
            left.append(Part(part.statements[skip:], part.transactional, part.first + skip))
    return tuple(left)


def progress_of(version: str, script: Script, done: int, running: Statement | None = None) -> Progress:
    """The record of so many statements being done, and perhaps one being on its way."""
    return Progress(version, done, texts_hash(script.statements[:done]), texts_hash([running]) if running else "")


def is_edited(script: Script, progress: Progress) -> bool:
    """Whether what was applied of the file no longer stands in it so. What was not applied may be mended."""
    return texts_hash(script.statements[: progress.done]) != progress.done_hash


def interrupted(script: Script, progress: Progress) -> Statement | None:
    """The statement whose end nobody saw; None where there is none, or where it was changed since: then it is run."""
    following = script.statements[progress.done : progress.done + 1]
    return following[0] if progress.running and progress.running == texts_hash(following) else None


def texts_hash(statements: Iterable[Statement]) -> str:
    """sha256 over the statements' texts, whatever their line ends."""
    texts = "\0".join(one.text.replace("\r\n", "\n") for one in statements)
    return hashlib.sha256(texts.encode()).hexdigest()


def settings(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """Those that set something for the whole session, which a second session has to set again."""
    return tuple(
        one
        for one in statements
        if one.kind == "variable_set_stmt" or (one.kind == "select_stmt" and "set_config(" in one.text.lower())
    )


def as_text(of: Sequence[Part], before: Sequence[str] = ()) -> str:
    """Parts as a file of their own, with other statements before them."""
    texts = [*before, *(one.text for part in of for one in part.statements)]
    if any(not part.transactional and not part.statements[0].alone for part in of):
        return _UNBATCHED + "".join(f"{text}\n;\n" for text in texts)
    pieces = [f"{text}\n;\n" for text in before]
    for part in of:
        inner = "".join(f"{one.text}\n;\n" for one in part.statements)
        pieces.append(f"BEGIN;\n{inner}COMMIT;\n" if part.transactional and inner else inner)
    return "".join(pieces)


def subject(statement: Statement) -> Subject:
    """By what to see whether the statement took place."""
    try:
        node = getattr(parse_sql(statement.text).stmts[0].stmt, statement.kind)
    except NotSql:
        return Subject("unknown")
    match statement.kind:
        case "index_stmt" if node.idxname:
            table = _qualified(node.relation)
            return Subject("index made", ((*table[:-1], node.idxname),), table)
        case "index_stmt":
            return Subject("unknown", table=_qualified(node.relation))
        case "drop_stmt":
            names = tuple(tuple(item.string.sval for item in thing.list.items) for thing in node.objects)
            return Subject("index dropped", names)
        case "alter_table_stmt":
            command = getattr(node.cmds[0].alter_table_cmd, "def").partition_cmd
            return Subject("partition detached", (_qualified(command.name),), _qualified(node.relation))
        case kind if kind in _REPEATABLE:
            return Subject("repeatable")
        case _:
            return Subject("unknown")


def _qualified(relation: Any) -> tuple[str, ...]:
    return (relation.schemaname, relation.relname) if relation.schemaname else (relation.relname,)


@dataclass(frozen=True)
class Begun:
    """A file of the folder of which a part is applied, and that part is what stands in the file."""

    migration: Migration
    script: Script
    progress: Progress

    @property
    def applied_part(self) -> Migration:
        """What is applied of it, as a migration of its own."""
        one, done = self.migration, self.progress.done
        text = as_text([part for part in parts(self.script) if part.statements and part.after <= done])
        return Migration(one.version, one.name, f"{one.filename} (its first {done} statements)", text)

    def may_have_left(self, obj: ObjectId) -> bool:
        """Whether it is an index that the statement whose end nobody saw makes: it may be there, whole or in part."""
        running = interrupted(self.script, self.progress)
        found = subject(running) if running else Subject("unknown")
        if found.what != "index made" or obj.kind != "index":
            return False
        name = ".".join(map(quote, found.names[0]))
        return obj.identity == name or (len(found.names[0]) == 1 and obj.identity.endswith(f".{name}"))

    def in_words(self) -> str:
        count = len(self.script.statements)
        return f"A push of {self.migration.filename} stopped after {self.progress.done} of its {count} statements."


def begun(migrations: Iterable[Migration], remembered: Iterable[Progress]) -> tuple[Begun, ...]:
    """The files that were begun. One whose applied part was edited since is none of them: nobody knows that part."""
    progresses = {one.version: one for one in remembered}
    found = [Begun(one, parse(one), progresses[one.version]) for one in migrations if one.version in progresses]
    return tuple(one for one in found if not is_edited(one.script, one.progress))
