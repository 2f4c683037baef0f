"""Looks at the tables of a throw-away copy while statements run: locks, files, columns, counters."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import replace
from typing import Any, cast

import psycopg

from driftwatch.core.observed import LOCKS, Touch
from driftwatch.core.scope_rules import HISTORY_SCHEMAS, OWN_SCHEMAS
from driftwatch.core.statements import Statement
from driftwatch.postgres.connect import Connection
from driftwatch.postgres.queries import query
from driftwatch.postgres.seed_rows import seed_rows
from driftwatch.postgres.table_states import RANK, Held, State, TableStates

LEAVE_OUT = [*HISTORY_SCHEMAS, *OWN_SCHEMAS]
"""Schemas whose tables nobody's migrations are about."""
_HOLD_SECONDS = 10.0
_TOUCHES_NOTHING = frozenset(
    {"variable_set_stmt", "create_function_stmt", "comment_stmt", "grant_stmt", "grant_role_stmt", "create_enum_stmt",
     "create_role_stmt", "create_schema_stmt", "create_extension_stmt", "alter_default_privileges_stmt"}
)  # fmt: skip
"""Statements after which there is nothing to see at existing tables; SET TRANSACTION bears no question before it."""
_FORGETS = frozenset({"deallocate_stmt", "discard_stmt"})
"""Statements after which a session may have forgotten what it had prepared."""
_REACHES_ANYTHING = frozenset({"do_stmt", "select_stmt", "call_stmt", "drop_stmt", "drop_owned_stmt"})
"""Statements that may alter tables whose names they do not say."""
_CHANGES_ROWS = frozenset({"update_stmt", "delete_stmt", "merge_stmt"})
_MAY_FILL = _CHANGES_ROWS | {"do_stmt", "select_stmt", "call_stmt"}
"""Statements that may give rows other values, themselves or by a function; an INSERT only where it meets a row."""
_ROW_EXCLUSIVE, _SHARE = (LOCKS.index(lock) + 1 for lock in ("ROW EXCLUSIVE", "SHARE"))
_STATEMENT_CHARACTERS = 200


class Watch:
    """Collects in `touches` what each statement does to the tables that were there from the beginning.

    admin: the superuser's session; conn: the one that runs the migrations.
    """

    def __init__(self, admin: Connection, conn: Connection) -> None:
        self.touches: list[Touch] = []
        self._admin = admin
        self._conn = conn
        self._states, self._admin_states = TableStates(conn), TableStates(admin)
        tables = self._tables()
        self._names = {oid: name for oid, name, _ in tables}
        self._views = {oid for oid, _, kind in tables if kind == "m"}
        self._rows: dict[int, int] = {}
        self._state = self._admin_states.of(self._names)
        self._called = {oid: {n: name for n, (name, *_) in one.columns.items()} for oid, one in self._state.items()}
        self._seen: dict[int, Held] = {}
        self._transaction = ""
        self._is_alone = False
        self._no_rows: dict[str, int] = {}
        self._values: dict[int, dict[str, list[str | None]]] = {}

    def put_rows(self) -> None:
        """Puts made-up rows into the tables that were there from the beginning."""
        tables = {name: oid for oid, name, kind in self._tables() if kind == "r" and oid in self._names}
        self._rows = {tables[name]: count for name, count in seed_rows(self._admin, tables).items()}
        self._state = self._admin_states.of(self._state)

    def begin(self, text: str) -> None:
        """Before a migration: forgets what the one before it did."""
        self.touches = []
        self._no_rows, self._seen = {}, {}
        uses = {"type", "using"} <= _words(text)
        self._values = {oid: self._read(oid) for oid in self._rows if oid in self._state} if uses else {}
        flush(self._conn)

    def end(self) -> None:
        """After a migration: sees what became of values whose column got another type by a USING of its own."""
        rows_changed = {one.table for one in self.touches if one.updated or one.deleted or one.emptied}
        oids = {self._names[oid]: oid for oid in self._values if oid in self._state}
        for index, touch in enumerate(self.touches):
            if touch.retyped and touch.table in oids and touch.table not in rows_changed:
                self.touches[index] = replace(touch, converted=tuple(self._converted(touch, oids[touch.table])))

    def _converted(self, touch: Touch, oid: int) -> Iterator[tuple[str, str, str]]:
        before, after = self._values[oid], self._read(oid)
        types = self._types(oid)
        for column in (one for one, *_ in touch.retyped if one in types):
            for old, new in zip(before.get(column, ()), after.get(column, ()), strict=False):
                if old is not None and new != old and new != self._cast(old, types[column]):
                    yield column, old, "NULL" if new is None else new
                    break

    def _cast(self, value: str, type_: str) -> str | None:
        """The value as the type writes it; None where it can't be one."""
        try:
            row = self._admin.execute(f"SELECT %s::{type_}::text".encode(), (value,)).fetchone()
        except psycopg.Error:
            return None
        return str(row[0]) if row else None

    def _read(self, oid: int) -> dict[str, list[str | None]]:
        """The made-up rows as text, by column."""
        names = list(self._types(oid))
        table = next((name for one, name, _ in self._tables() if one == oid), "")
        if not names or not table:
            return {}
        asked = f"SELECT {', '.join(f'{name}::text' for name in names)} FROM ONLY {table} ORDER BY ctid"  # noqa: S608
        found = self._admin.execute(asked.encode()).fetchall()
        return {name: [row[index] for row in found] for index, name in enumerate(names)}

    def _types(self, oid: int) -> dict[str, str]:
        """The columns of a table and their types, as the superuser's session writes them."""
        now = self._admin_states.of([oid]).get(oid)
        return {name: type_ for name, type_, *_ in now.columns.values()} if now else {}

    def after(self, statement: Statement) -> None:
        """After a statement, in its transaction."""
        if statement.kind in _FORGETS:
            self._states.prepare()
        if self._is_alone or statement.kind in _TOUCHES_NOTHING:
            return
        held = [one for one in self._held() if one.oid in self._state]
        words = _words(statement.text)
        reached = {one.oid for one in held if self._may_have_changed(statement, words, one)}
        now = self._states.of(reached) if reached else {}
        may_fill = _may_fill(statement, words)
        for one in held:
            known = self._seen.get(one.oid)
            fills = may_fill and one.rank >= _ROW_EXCLUSIVE and (one != known or self._is_named(words, one.oid))
            if one == known and one.oid not in reached and not fills:
                continue
            touch = self._touch(statement, one.oid, one.rank)
            if one.oid in reached:
                touch = self._compared(touch, one.oid, now.get(one.oid))
            self._seen[one.oid] = one
            self._keep(replace(self._counted(touch, known, one), fills=fills))

    def _held(self) -> Sequence[Held]:
        """What the transaction has locked."""
        transaction, found = self._states.held()
        if transaction != self._transaction:
            self._transaction = transaction
            self._seen = {oid: replace(one, rank=0) for oid, one in self._seen.items()}
        return found

    def _may_have_changed(self, statement: Statement, words: Set[str], held: Held) -> bool:
        """Whether it is worth a closer look, which costs more than most statements."""
        old, known = self._state[held.oid], self._seen.get(held.oid)
        if held.file != str(old.file):
            return True
        if held.rank < _SHARE and statement.kind != "alter_table_stmt":  # VALIDATE CONSTRAINT takes a weaker lock
            return False
        newly = known is None or held.rank > known.rank
        return newly or statement.kind in _REACHES_ANYTHING or self._is_named(words, held.oid)

    def _is_named(self, words: Set[str], oid: int) -> bool:
        return oid in self._state and not words.isdisjoint(_words(self._state[oid].name))

    def _counted(self, touch: Touch, known: Held | None, held: Held) -> Touch:
        """With what the lock and the counters are more than the last time."""
        before = known.counts if known else (0, 0, 0)
        pairs = zip(held.counts, before, strict=True)
        scans, updated, deleted = (now - then if now >= then else now for now, then in pairs)
        taken = known is None or held.rank > known.rank
        if taken and held.rank >= _ROW_EXCLUSIVE and touch.kind in _CHANGES_ROWS and not touch.of:
            self._no_rows.setdefault(touch.table, touch.line)
        return replace(touch, taken=taken, read=scans > 0, updated=updated, deleted=deleted)

    def _touch(self, statement: Statement, oid: int, rank: int) -> Touch:
        return Touch(
            table=self._names[oid],
            line=statement.line,
            statement=" ".join(statement.text.split())[:_STATEMENT_CHARACTERS],
            kind=statement.kind,
            lock=LOCKS[rank - 1] if rank else "",
            of=self._rows.get(oid, 0),
            view=oid in self._views,
        )

    def _compared(self, touch: Touch, oid: int, now: State | None) -> Touch:
        """With how the relation differs from how it was; now: None for one that is gone."""
        old = self._state[oid]
        if now is None:
            del self._state[oid]
            return replace(touch, dropped=True)
        self._state[oid] = now
        other_file = now.file != old.file
        called = self._called[oid]
        emptied = other_file and (touch.kind == "truncate_stmt" or (now.size == 0 and old.size > 0))
        return replace(
            touch,
            emptied=emptied,
            rewritten=other_file and not emptied,
            built=() if emptied else tuple(name for file, name in now.indexes.items() if file not in old.indexes),
            columns_added=tuple(new[0] for number, new in now.columns.items() if number not in old.columns),
            columns_dropped=tuple(was[0] for number, was in old.columns.items() if number not in now.columns),
            retyped=tuple(
                (was[0], was[1], now.columns[number][1])
                for number, was in old.columns.items()
                if number in now.columns and now.columns[number][2] != was[2]
            ),
            not_null=tuple(
                called[number]
                for number, was in old.columns.items()
                if number in called and number in now.columns and now.columns[number][3] and not was[3]
            ),
            unique=tuple(called[number] for number in sorted(now.unique - old.unique) if number in called),
        )

    def _keep(self, touch: Touch) -> None:
        blocks = (touch.taken or touch.read) and touch.lock in LOCKS[_SHARE - 1 :]
        other = (touch.rewritten, touch.built, touch.dropped, touch.emptied, touch.updated, touch.deleted)
        columns = (touch.columns_dropped, touch.retyped, touch.not_null, touch.unique)
        if blocks or any(other) or any(columns) or touch.fills:
            self.touches.append(touch)

    def alone(self, statement: Statement, run: Callable[[], None]) -> None:
        """Runs a statement that brings its own transactions, while another session writes to every table.

        Whoever must wait for a writer is then seen with the lock that it waits for or has; the writer gives way.
        """
        self._is_alone = True
        try:
            seen = self._against_a_writer(run)
        finally:
            self._is_alone = False
        strongest = max(seen.values(), default=0)
        now = self._admin_states.of(self._state)
        words = _words(statement.text)
        fills = _may_fill(statement, words)
        for oid in list(self._state):
            named = statement.kind not in _CHANGES_ROWS or self._is_named(words, oid)
            touch = self._compared(self._touch(statement, oid, seen.get(oid, 0)), oid, now.get(oid))
            if not touch.lock and (touch.rewritten or touch.built) and strongest:
                touch = replace(touch, lock=LOCKS[strongest - 1])
            self._keep(replace(touch, taken=bool(touch.lock), fills=fills and named, alone=True))
        flush(self._conn)

    def _against_a_writer(self, run: Callable[[], None]) -> dict[int, int]:
        """The strongest lock that was seen at each table."""
        raised: list[BaseException] = []

        def work() -> None:
            try:
                run()
            except BaseException as error:  # noqa: BLE001 - raised again where it is waited for
                raised.append(error)

        seen: dict[int, int] = {}
        worker = threading.Thread(target=work, daemon=True)
        with self._admin.transaction():
            self._write_everywhere()
            worker.start()
            until = time.monotonic() + _HOLD_SECONDS
            waits = 0
            while worker.is_alive() and waits < 2 and time.monotonic() < until:  # it may lock after the first look
                pid = {"pid": self._conn.info.backend_pid}
                rows = self._admin.execute(cast(Any, query("observed_waiting")), pid).fetchall()
                waits += any(waiting for *_, waiting in rows)
                for oid, mode, _ in rows:
                    if oid in self._names:
                        seen[oid] = max(seen.get(oid, 0), RANK.get(mode, 0))
                worker.join(0.002)
        worker.join()
        if raised:
            raise raised[0]
        return seen

    def _write_everywhere(self) -> None:
        tables = [name for oid, name, kind in self._tables() if kind != "m" and oid in self._names]
        if tables:
            self._admin.execute(f"LOCK TABLE ONLY {', ONLY '.join(tables)} IN ROW EXCLUSIVE MODE".encode())

    def unseen(self) -> str:
        """What could not be seen of the migration, in words; "" if nothing."""
        if not self._no_rows:
            return ""
        tables = ", ".join(sorted(self._no_rows))
        line = min(self._no_rows.values())
        return f"what line {line} does to rows was not seen: there were no made-up ones in {tables}"

    def _tables(self) -> list[tuple[int, str, str]]:
        """What there is now: oid, name, kind."""
        return self._admin.execute(cast(Any, query("observed_tables")), {"leave_out": LEAVE_OUT}).fetchall()


def _may_fill(statement: Statement, words: Set[str]) -> bool:
    return statement.kind in _MAY_FILL or (statement.kind == "insert_stmt" and "conflict" in words)


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower()))


def flush(conn: Connection) -> None:
    """What earlier transactions of the session counted must not be counted again."""
    if conn.info.server_version >= 150000:
        conn.execute("SELECT pg_catalog.pg_stat_force_next_flush()")
