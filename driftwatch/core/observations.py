"""What was observed while migrations ran, judged by how big the remote's tables are: findings in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

from driftwatch.core import better_ways
from driftwatch.core.catalog import Catalog
from driftwatch.core.contradictions import changes_values, contradictions
from driftwatch.core.findings import Finding, Kind, Severity
from driftwatch.core.how_long import WORTH_MEASURING, Lasting, how_long
from driftwatch.core.kinds.losses import loses
from driftwatch.core.kinds.rules import Schema
from driftwatch.core.observed import LOCKS, Refused, Size, Touch, Watched
from driftwatch.core.pace import Pace, Place
from driftwatch.core.rough_numbers import count, volume

_BLOCKS_WRITES = LOCKS[4:]
_NO_SCHEMA = Schema(Catalog({}, 0))
_ROWS_ARE_ASKED = frozenset({"select_stmt", "insert_stmt", "update_stmt", "delete_stmt", "merge_stmt", "call_stmt"})
"""Statements that read rows for their own sake, and no more of a big table than they need."""
_NULLS = "23502"
_LASTING = frozenset({"rewrite", "index", "scan", "changes"})
_NO_PACES: Mapping[Place, Pace] = {}

_NAMED = 5
_IN_BATCHES = "Fill it in batches, in transactions of their own, apart from the change of the schema."

Paces = Mapping[str, Mapping[Place, Pace]]
"""By table, and by statement."""


def findings(
    watched: Iterable[Watched], sizes: Mapping[str, Size], remote: str, paces: Paces | None = None
) -> tuple[Finding, ...]:
    """What is to be said of migrations that were watched.

    remote: the name of the one that the sizes are of. paces: what was measured, by table.
    """
    filled: set[str] = set()
    return tuple(finding for one in watched for finding in _Judge(one, sizes, remote, paces or {}, filled).findings())


def worth_measuring(found: Iterable[Finding]) -> dict[str, frozenset[Place]]:
    """The statements that take as long as a big table of the remote is big, by table, the biggest first."""
    places: dict[str, set[Place]] = {}
    for one in sorted(found, key=lambda one: one.bytes or 0, reverse=True):
        if _lasts(one) and one.bytes is not None and one.bytes >= WORTH_MEASURING:
            places.setdefault(one.table, set()).add((one.filename, one.line))
    return {table: frozenset(ones) for table, ones in places.items()}


class _Judge:
    """filled: tables whose values may have changed before; grows."""

    def __init__(
        self, watched: Watched, sizes: Mapping[str, Size], remote: str, paces: Paces, filled: set[str]
    ) -> None:
        self._watched = watched
        self._sizes = sizes
        self._remote = remote
        self._paces = paces
        self._filled = filled

    def findings(self) -> Iterator[Finding]:
        found = [finding for touch in self._watched.touches for finding in self._of(touch)]
        yield from found
        yield from self._locks([one for one in found if _lasts(one)], {(one.line, one.table) for one in found})
        known = {(one.line, one.table) for one in found if one.kind == "fails_on_rows"}
        yield from self._on_rows(self._watched.on_rows, known)
        yield from self._twice(self._watched)
        if self._watched.unseen:
            yield Finding(self._watched.filename, 0, "unseen", "advice", self._watched.unseen)

    def _of(self, touch: Touch) -> Iterator[Finding]:
        yield from self._contradicted(touch)
        yield from self._lost(touch)
        if touch.rewritten and not touch.emptied:
            yield self._slow(touch, "rewrite", "rebuilds" if touch.view else "rewrites", better_ways.of_rewrite(touch))
        elif touch.built:
            yield from self._index(touch)
        elif self._is_validation(touch):
            yield self._slow(touch, "scan", "reads every row of", better_ways.of_scan(touch))

    def _contradicted(self, touch: Touch) -> Iterator[Finding]:
        filled = touch.fills or touch.table in self._filled
        for one in contradictions(touch, self._size(touch.table), filled=filled):
            fails = "fails, unless what comes before it changes that, on" if filled else "fails on"
            sentence = f"{fails} {self._big(touch.table)}: {one.what}"
            yield self._finding(touch, "fails_on_rows", one.severity, sentence, one.mend)
        if changes_values(touch):
            self._filled.add(touch.table)

    def _index(self, touch: Touch) -> Iterator[Finding]:
        """An index that is built while nobody writes; CONCURRENTLY needs no such lock."""
        if touch.lock in _BLOCKS_WRITES:
            yield self._slow(touch, "index", f"builds {', '.join(touch.built)} on", better_ways.of_index(touch))

    def _is_validation(self, touch: Touch) -> bool:
        asked = touch.kind in _ROWS_ARE_ASKED or (touch.kind == "do_stmt" and not touch.taken)
        return touch.read and touch.lock in _BLOCKS_WRITES and not asked

    def _lost(self, touch: Touch) -> Iterator[Finding]:
        table = self._big(touch.table)
        grave: Severity = "advice" if self._is_empty(touch.table) else "warning"
        if touch.dropped and not touch.view:
            yield self._finding(touch, "destroys", grave, f"drops {table}: its rows are gone",
                                "Make sure that nobody needs them, and that there is a backup.")  # fmt: skip
        if touch.emptied:
            yield self._finding(touch, "destroys", grave, f"empties {table}",
                                "Make sure that nobody needs the rows, and that there is a backup.")  # fmt: skip
        if touch.columns_dropped and not touch.dropped:
            names = ", ".join(touch.columns_dropped)
            yield self._finding(touch, "destroys", grave, f"drops {names} of {table}: the values are gone",
                                "First release what no longer uses the column, then drop it.")  # fmt: skip
        for column, old, new in touch.retyped:
            if what := loses(old, new, _NO_SCHEMA, _NO_SCHEMA, cast="using" in touch.statement.lower()):
                yield self._finding(touch, "destroys", grave, f"{column} of {table}, {old} to {new}: {what}",
                                    "Add a column of the new type beside it, and compare both first.")  # fmt: skip
        for column, value, became in touch.converted:
            words = f"{column} of {table}: the made-up value {value} becomes {became}"
            yield self._finding(touch, "changes", "advice", words, "Make sure that USING means that.")
        if touch.deleted:
            yield self._finding(touch, "destroys", grave, f"deletes {_how_many(touch.deleted, touch.of)} of {table}",
                                "Make sure that nobody needs them; many rows are deleted in batches.")  # fmt: skip
        if touch.updated:
            held = f", while {touch.lock} is held" if touch.lock in _BLOCKS_WRITES else ""
            words = f"changes {_how_many(touch.updated, touch.of)} of {table}{held}"
            if touch.updated < touch.of:
                yield self._finding(touch, "changes", "advice", words, _IN_BATCHES)
                return
            long = self._how_long(touch, "changes")
            words = f"{words}: that takes {long.words.removeprefix('for ')}" if long.seconds is not None else words
            yield self._finding(touch, "changes", long.severity, words, _IN_BATCHES, long.seconds)

    def _slow(self, touch: Touch, kind: Kind, words: str, mend: str) -> Finding:
        table = self._big(touch.table)
        if touch.lock not in _BLOCKS_WRITES:
            return self._finding(touch, kind, "advice", f"{words} {table}", mend)
        who = "read or write it" if touch.lock == LOCKS[-1] else "write to it"
        long = self._how_long(touch, kind)
        sentence = f"{words} {table}, under {touch.lock}: nobody can {who} {long.words}"
        return self._finding(touch, kind, long.severity, sentence, mend, long.seconds)

    def _locks(self, lasting: Sequence[Finding], said: Set[tuple[int, str]]) -> Iterator[Finding]:
        """Locks of statements that are done at once: held for a moment, or until what comes after them is done.

        lasting: what takes as long as a table is big. said: lines and tables of which all is said.
        """
        groups: dict[tuple[str, Finding | None], list[Touch]] = {}
        for touch in self._watched.touches:
            if not touch.taken or touch.lock not in _BLOCKS_WRITES or (touch.line, touch.table) in said:
                continue
            later = [] if touch.alone else [one for one in lasting if one.line > touch.line]
            if not any(one.table == touch.table for one in later):
                groups.setdefault((touch.lock, later[0] if later else None), []).append(touch)
        for (lock, slow), touches in groups.items():
            tables = list(dict.fromkeys(touch.table for touch in touches))
            names = ", ".join(tables[:_NAMED]) + (f" and {len(tables) - _NAMED} more" if len(tables) > _NAMED else "")
            what = "reads and writes" if lock == LOCKS[-1] else "writes"
            how_long = f"until line {slow.line} is done" if slow else "for a moment"
            words = f"locks {names} against {what} ({lock}) {how_long}"
            mend = "What takes long belongs into a migration of its own." if slow else ""
            yield self._finding(touches[0], "lock", slow.severity if slow else "advice", words, mend)

    def _on_rows(self, refused: Refused | None, known: Set[tuple[int, str]]) -> Iterator[Finding]:
        """known: lines and tables of which it is known already that they fail."""
        if refused is None or (refused.line, refused.table) in known:
            return
        table = refused.table
        name = self._watched.filename
        here = [touch for touch in self._watched.touches if touch.line == refused.line]
        is_made_up = any(refused.column in touch.not_null for touch in here)  # the remote has values of its own there
        if refused.sqlstate == _NULLS and not is_made_up:
            size = self._sizes.get(table)
            sure = size is not None and bool(size.rows)
            where = "fails on" if sure else "fails if there are rows in"
            sentence = f"{where} {self._big(table or 'the table')}: {refused.message}"
            mend = "Give the column a DEFAULT, or add it nullable, fill it, and SET NOT NULL then."
            severity: Severity = "error" if sure else "advice" if self._is_empty(table) else "warning"
        else:
            sentence = f"failed with made-up rows in the tables, where it may be their fault: {refused.message}"
            mend, severity = f"Look whether the rows on {self._remote} can be in the way as well.", "advice"
        yield Finding(name, refused.line, "fails_on_rows", severity, sentence, mend, table)

    def _twice(self, watched: Watched) -> Iterator[Finding]:
        if watched.again is not None:
            sentence = f"is not safe to run twice: {watched.again.message}"
            mend = "IF [NOT] EXISTS, OR REPLACE, or DROP … IF EXISTS before it, where that matters."
            yield Finding(watched.filename, watched.again.line, "twice", "advice", sentence, mend)
        elif watched.inserted_again:
            sentence = f"run twice, it inserts rows twice: {', '.join(watched.inserted_again)}"
            mend = "ON CONFLICT DO NOTHING, or WHERE NOT EXISTS, where that matters."
            yield Finding(watched.filename, 0, "twice", "advice", sentence, mend)

    def _finding(
        self, touch: Touch, kind: Kind, severity: Severity, sentence: str, mend: str, seconds: float | None = None
    ) -> Finding:
        size = self._size(touch.table)
        return Finding(
            self._watched.filename, touch.line, kind, severity, sentence, mend, touch.table, touch.lock,
            size.rows, size.bytes, seconds,
        )  # fmt: skip

    def _big(self, table: str) -> str:
        """`public.orders, about 12 M rows (4.1 GB) on production`."""
        size = self._sizes.get(table)
        if size is None or (size.rows is None and size.bytes is None):
            return f"{table}, of unknown size on {self._remote}"
        measured = "" if size.bytes is None else volume(size.bytes)
        if size.rows is None:
            return f"{table}, {measured} on {self._remote} (how many rows is unknown: never analysed)"
        if size.rows == 0:
            return f"{table}, empty on {self._remote} when it was last analysed"
        return f"{table}, about {count(size.rows)} rows{f' ({measured})' if measured else ''} on {self._remote}"

    def _size(self, table: str) -> Size:
        return self._sizes.get(table, Size(None, None))

    def _is_empty(self, table: str) -> bool:
        size = self._sizes.get(table)
        return size is not None and size.rows == 0

    def _how_long(self, touch: Touch, kind: Kind) -> Lasting:
        pace = self._paces.get(touch.table, _NO_PACES).get((self._watched.filename, touch.line))
        size = self._size(touch.table)
        return how_long(size, pace, sorts=kind == "index", remote=self._remote)


def _lasts(finding: Finding) -> bool:
    """Whether what it says takes as long as a table is big, and the table is."""
    return finding.severity != "advice" and finding.kind in _LASTING


def _how_many(rows: int, of: int) -> str:
    return "every row" if of and rows >= of else f"{rows} of the {of} rows in the copy" if of else "rows"
