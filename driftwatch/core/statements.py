"""A migration's text as statements: where each begins, and how each must be run.

Postgres interprets SQL; this only decides what goes into one transaction and what can't. The parser is
Postgres's own (libpg_query), so quotes, dollar quotes, comments and BEGIN ATOMIC bodies are no riddle.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from driftwatch.core.migrations import Applied, Migration, Problem
from driftwatch.core.parsing import NotSql, parse_sql
from driftwatch.core.stand_in import StandIn, stand_in

_UNBATCHED = re.compile(r"\A--\s*pg-delta:\s*transaction\s*=\s*false\s*$", re.MULTILINE)
"""The Supabase CLI's marker on line 1 that turns its batching off."""
_BLANKS, _BETWEEN, _BETWEEN_LINES = re.compile(r"\s*"), re.compile(r"\s*;\s*"), re.compile(r"\s*\n\s*;\s*")
_PSQL_COMMAND = re.compile(r"^\\[a-z!?.]", re.MULTILINE)
_OUTSIDE_COMMENT, _INSIDE_COMMENT = re.compile(r"--[^\r\n]*|/\*|;"), re.compile(r"/\*|\*/")
MAY_COMMIT = {"call_stmt", "do_stmt", "unparsed"}
"""Statements that may commit in their middle, which they can't do inside a transaction of ours."""
_BEGIN, _COMMIT = {1, 2}, {3}
_ROLLBACK = {4}


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement: its text without the final semicolon, its first line (from 1), its offset in characters.

    stand_in: how it is run on an embedded server, where that is not as it stands. alone: cannot run inside a
    transaction block.
    """

    text: str
    start: int
    line: int
    kind: str
    stand_in: StandIn | None = None
    alone: bool = False

    @property
    def outside(self) -> bool:
        """Whether no transaction of ours may be around it, not even one of its own."""
        return self.alone or self.kind in MAY_COMMIT


@dataclass(frozen=True, slots=True)
class Segment:
    """Statements that run together: in one transaction, or (transactional=False) each on its own."""

    statements: tuple[Statement, ...]
    transactional: bool = True


@dataclass(frozen=True, slots=True)
class Script:
    """A parsed file. When `parsed` is False it is one segment with the whole text: Postgres will say why.

    recorded: what the history keeps of the file, split as the Supabase CLI splits it: with the file's own BEGIN
    and COMMIT, and each comment with the statement that follows it.
    """

    segments: tuple[Segment, ...]
    problems: tuple[Problem, ...]
    recorded: tuple[str, ...]
    parsed: bool = True

    @property
    def statements(self) -> list[Statement]:
        return [statement for segment in self.segments for statement in segment.statements]


def parse(migration: Migration) -> Script:
    """Splits a migration. Never raises: what is wrong with the file is in `problems`."""
    text = migration.text
    try:
        tree = parse_sql(text)
    except NotSql:
        whole = Segment((Statement(text, 0, 1, "unparsed"),))
        return Script((whole,), tuple(unparsed_problems(migration)), (text.strip(),), parsed=False)
    statements = list(statements_of(text, tree))
    problems = [
        *copy_problems(migration, tree, statements),
        *transaction_problems(migration, tree, statements),
    ]
    unbatched = _UNBATCHED.match(text) is not None
    # A comment that ends the file without a line end loses its semicolons, in the CLI too.
    recorded = (piece.rstrip(";").strip() for piece in _recorded(text, tree))
    return Script(tuple(_segments(statements, tree, unbatched)), tuple(problems), tuple(filter(None, recorded)))


def pieces(sql: str) -> list[str]:
    """The plain statements of SQL that is known to be right, comments between them left out."""
    return [statement.text for statement in statements_of(sql, parse_sql(sql))]


def statement_texts(stored: tuple[str, ...]) -> tuple[str, ...] | None:
    """The plain statements of a stored history row, for comparing: however it was split, the same list.

    None where the stored text can't be parsed.
    """
    result: list[str] = []
    for chunk in stored:
        try:
            tree = parse_sql(chunk)
        except NotSql:
            return None
        # BEGIN and COMMIT are the runner's to send: some store them, some do not.
        result += [_normal(one.text) for one in statements_of(chunk, tree) if one.kind != "transaction_stmt"]
    return tuple(text for text in result if text)


def same_content(migration: Migration, row: Applied) -> bool | None:
    """Whether the file is what was applied; None where the history does not tell."""
    stored = row.statements
    if stored is None:
        return None
    if stored and _is_made_of(migration.text, stored):
        return True
    applied = statement_texts(stored)
    mine = statement_texts((migration.text,))
    if not stored:
        return True if mine == () else None  # of an empty file there is nothing to keep
    if applied is None or mine is None:
        return _normal("".join(stored)) == _normal(migration.text) or None
    return applied == mine


def _is_made_of(text: str, stored: tuple[str, ...]) -> bool:
    """Whether the text is these, one after the other: then it need not be parsed, which costs much more."""
    text, at, between = text.replace("\r\n", "\n"), 0, _BLANKS
    for piece in map(_normal, stored):
        found = between.match(text, at)
        if found is None or not piece or not text.startswith(piece, found.end()):
            return False
        at = found.end() + len(piece)
        # What follows a comment on its line is part of it.
        between = _BETWEEN_LINES if "--" in piece.rpartition("\n")[2] else _BETWEEN
    return not text[at:].strip("; \t\n")


def _normal(text: str) -> str:
    """Line ends and outer blanks are no difference."""
    return text.replace("\r\n", "\n").strip().rstrip(";").strip()


def statements_of(text: str, tree: Any) -> Iterator[Statement]:
    """The statements of a parsed text, one for each of the tree's, in its order."""
    raw = text.encode()
    offset, position, line = 0, 0, 1
    for one in tree.stmts:
        start = one.stmt_location
        end = start + one.stmt_len if one.stmt_len else len(raw)
        before = raw[position:start].decode()
        offset, position, line = offset + len(before), start, line + before.count("\n")
        body = raw[start:end].decode()
        kind = one.stmt.WhichOneof("node")
        node = getattr(one.stmt, kind)
        body = body.rstrip()
        yield Statement(body, offset, line, kind, stand_in(kind, node, body), _is_alone(kind, node))


def _recorded(text: str, tree: Any) -> Iterator[str]:
    raw = text.encode()
    position = 0
    for one in tree.stmts:
        end = one.stmt_location + one.stmt_len if one.stmt_len else len(raw)
        *empty, before = _cut(raw[position : one.stmt_location].decode())
        yield from empty
        yield before + raw[one.stmt_location : end].decode()
        position = end + 1  # after the semicolon
    yield from _cut(raw[position:].decode())


def _cut(between: str) -> list[str]:
    """Cuts text of comments and blanks at its semicolons, those of empty statements."""
    cuts, begin, position, depth = [], 0, 0, 0
    while found := (_INSIDE_COMMENT if depth else _OUTSIDE_COMMENT).search(between, position):
        position = found.end()
        match found.group():
            case "/*":
                depth += 1
            case "*/":
                depth -= 1
            case ";":
                cuts.append(between[begin : found.start()])
                begin = position
    return [*cuts, between[begin:]]


def _segments(statements: list[Statement], tree: Any, unbatched: bool) -> Iterator[Segment]:
    """A new segment at every COMMIT of the file's own and around every statement that must be alone."""
    pending: list[Statement] = []
    for statement, raw in zip(statements, tree.stmts, strict=True):
        if statement.kind == "transaction_stmt" and raw.stmt.transaction_stmt.kind in _BEGIN | _COMMIT:
            if raw.stmt.transaction_stmt.kind in _COMMIT and pending:
                yield Segment(tuple(pending))
                pending = []
        elif statement.alone or unbatched:
            if pending:
                yield Segment(tuple(pending))
                pending = []
            yield Segment((statement,), transactional=False)
        else:
            pending.append(statement)
    if pending:
        yield Segment(tuple(pending))


def transaction_problems(migration: Migration, tree: Any, statements: list[Statement]) -> Iterator[Problem]:
    """BEGIN without COMMIT and the reverse: the Supabase CLI says "Finished" and applies nothing of it."""

    def problem(statement: Statement, message: str, mend: str) -> Problem:
        return Problem(migration.filename, statement.line, message, mend)

    opened: Statement | None = None
    for statement, raw in zip(statements, tree.stmts, strict=True):
        if statement.kind != "transaction_stmt":
            if opened is not None and statement.alone:
                message = f"cannot run inside the transaction that begins on line {opened.line}: {_brief(statement)}"
                yield problem(statement, message, "Take it out of BEGIN … COMMIT, best into a migration of its own.")
            continue
        what = raw.stmt.transaction_stmt.kind
        if what in _ROLLBACK:
            yield problem(statement, "ROLLBACK undoes the migration itself", "Remove it.")
            opened = None
        elif what in _BEGIN:
            if opened is not None:
                message = f"BEGIN inside the transaction that begins on line {opened.line}"
                yield problem(statement, message, "Remove one of them.")
            opened = statement
        elif what in _COMMIT:
            if opened is None:
                message = "COMMIT without a BEGIN before it: what stands around it would be recorded wrongly"
                yield problem(statement, message, "Remove the COMMIT, or write the BEGIN.")
            opened = None
    if opened is not None:
        message = "BEGIN without a COMMIT: the file would be reported as applied though nothing of it was"
        mend = "Write the COMMIT, or remove the BEGIN: each migration runs in a transaction anyway."
        yield problem(opened, message, mend)


def copy_problems(migration: Migration, tree: Any, statements: list[Statement]) -> Iterator[Problem]:
    """COPY whose data would have to come with it."""
    for statement, raw in zip(statements, tree.stmts, strict=True):
        if statement.kind == "copy_stmt" and not raw.stmt.copy_stmt.filename:
            direction = "FROM stdin" if raw.stmt.copy_stmt.is_from else "TO stdout"
            yield Problem(migration.filename, statement.line, f"COPY … {direction} works in psql only",
                          "Write INSERTs, or load data with a seed.")  # fmt: skip


def unparsed_problems(migration: Migration) -> Iterator[Problem]:
    """Why a file that can't be parsed can't, where that is not for Postgres to say."""
    match = _PSQL_COMMAND.search(migration.text)
    if match is not None:
        line = migration.text.count("\n", 0, match.start()) + 1
        yield Problem(migration.filename, line, "a psql command (a line that begins with \\) or the data of "
                      "COPY … FROM stdin works in psql only", "Remove it; write INSERTs for data.")  # fmt: skip


def _brief(statement: Statement) -> str:
    return " ".join(statement.text.split())[:80]


def _is_alone(kind: str, node: Any) -> bool:
    """Statements that Postgres refuses inside a transaction block (25001)."""
    match kind:
        case "index_stmt" | "drop_stmt":
            return bool(node.concurrent)
        case "reindex_stmt":
            return node.kind >= 3 or any(option.def_elem.defname == "concurrently" for option in node.params)
        case "vacuum_stmt":
            return bool(node.is_vacuumcmd)
        case "cluster_stmt":
            return not node.HasField("relation")
        case "alter_table_stmt":
            return any(_detaches_concurrently(command.alter_table_cmd) for command in node.cmds)
        case _:
            return kind in _ALONE


_ALONE = frozenset(
    {
        "createdb_stmt",
        "dropdb_stmt",
        "create_table_space_stmt",
        "drop_table_space_stmt",
        "alter_system_stmt",
    }
)


def _detaches_concurrently(command: Any) -> bool:
    return bool(getattr(command, "def").partition_cmd.concurrent)
