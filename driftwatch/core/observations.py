"""What was observed while migrations ran, judged by how big the remote's tables are: findings in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import asdict, dataclass
from typing import Any, Literal

from driftwatch.core.catalog import Catalog
from driftwatch.core.kinds.losses import loses
from driftwatch.core.kinds.rules import Schema
from driftwatch.core.observed import LOCKS, Refused, Size, Touch, Watched
from driftwatch.core.rough_numbers import count, volume
from driftwatch.core.text import clean

Severity = Literal["error", "warning", "advice"]
Kind = Literal["lock", "rewrite", "index", "scan", "destroys", "changes", "fails_on_rows", "twice", "order", "unseen"]

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "advice")
"""From the gravest."""

_MB = 1 << 20
_BLOCKS_WRITES = LOCKS[4:]
_NO_SCHEMA = Schema(Catalog({}, 0))
_ROWS_ARE_ASKED = frozenset({"select_stmt", "insert_stmt", "update_stmt", "delete_stmt", "merge_stmt", "call_stmt"})
"""Statements that read rows for their own sake, and no more of a big table than they need."""
_NULLS = "23502"

_NAMED = 5
_IN_BATCHES = "Fill it in batches, in transactions of their own, apart from the change of the schema."


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to know before a migration runs on the remote.

    line: from 1, 0 = the file as a whole. table: as the remote calls it, "" for none. sentence: what, without the
    place. mend: how to do it better, "" where nothing is wrong. lock, rows, bytes: as far as they are known.
    """

    filename: str
    line: int
    kind: Kind
    severity: Severity
    sentence: str
    mend: str = ""
    table: str = ""
    lock: str = ""
    rows: int | None = None
    bytes: int | None = None

    @property
    def place(self) -> str:
        return f"{self.filename}:{self.line}" if self.line else self.filename


def findings(watched: Iterable[Watched], sizes: Mapping[str, Size], remote: str) -> tuple[Finding, ...]:
    """What is to be said of migrations that were watched; remote: the name of the one that the sizes are of."""
    return tuple(finding for one in watched for finding in _Judge(one, sizes, remote).findings())


def sentences(found: Iterable[Finding], filename: str) -> tuple[str, ...]:
    """What there is to say about one migration, gravest first: `error: line 3: rewrites …`."""
    mine = sorted((one for one in found if one.filename == filename), key=lambda one: SEVERITIES.index(one.severity))
    return tuple(f"{one.severity}: {f'line {one.line}: ' if one.line else ''}{one.sentence}" for one in mine)


def at_least(found: Iterable[Finding], severity: str) -> tuple[Finding, ...]:
    """Those of this severity or a graver one; none for "nothing"."""
    grave = SEVERITIES[: SEVERITIES.index(severity) + 1] if severity in SEVERITIES else ()
    return tuple(one for one in found if one.severity in grave)


def to_json(finding: Finding) -> dict[str, Any]:
    """As the JSON output writes it: the fields of a Finding, `filename` as `file`."""
    plain = asdict(finding)
    return {"file": plain.pop("filename"), **plain}


class _Judge:
    def __init__(self, watched: Watched, sizes: Mapping[str, Size], remote: str) -> None:
        self._watched = watched
        self._sizes = sizes
        self._remote = remote

    def findings(self) -> Iterator[Finding]:
        found = [finding for touch in self._watched.touches for finding in self._of(touch)]
        yield from found
        yield from self._locks([one for one in found if _lasts(one)], {(one.line, one.table) for one in found})
        yield from self._on_rows(self._watched.on_rows)
        yield from self._twice(self._watched)
        if self._watched.unseen:
            yield Finding(self._watched.filename, 0, "unseen", "advice", self._watched.unseen)

    def _of(self, touch: Touch) -> Iterator[Finding]:
        yield from self._lost(touch)
        if touch.rewritten and not touch.emptied:
            yield self._slow(touch, "rewrite", "rebuilds" if touch.view else "rewrites", _mend_rewrite(touch))
        elif touch.built:
            yield from self._index(touch)
        elif self._is_validation(touch):
            yield self._slow(touch, "scan", "reads every row of", _mend_scan(touch))

    def _index(self, touch: Touch) -> Iterator[Finding]:
        """An index that is built while nobody writes; CONCURRENTLY needs no such lock."""
        if touch.lock in _BLOCKS_WRITES:
            yield self._slow(touch, "index", f"builds {', '.join(touch.built)} on", _mend_index(touch))

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
            weight = self._weight(touch.table) if touch.updated >= touch.of else "advice"
            yield self._finding(touch, "changes", weight, words, _IN_BATCHES)

    def _slow(self, touch: Touch, kind: Kind, words: str, mend: str) -> Finding:
        table = self._big(touch.table)
        if touch.lock not in _BLOCKS_WRITES:
            return self._finding(touch, kind, "advice", f"{words} {table}", mend)
        who = "read or write it" if touch.lock == LOCKS[-1] else "write to it"
        sentence = f"{words} {table}, under {touch.lock}: nobody can {who} {self._how_long(touch.table)}"
        return self._finding(touch, kind, self._weight(touch.table), sentence, mend)

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

    def _on_rows(self, refused: Refused | None) -> Iterator[Finding]:
        if refused is None:
            return
        table = refused.table
        name = self._watched.filename
        if refused.sqlstate == _NULLS:
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

    def _finding(self, touch: Touch, kind: Kind, severity: Severity, sentence: str, mend: str) -> Finding:
        size = self._sizes.get(touch.table, Size(None, None))
        return Finding(
            self._watched.filename, touch.line, kind, severity, sentence, mend, touch.table, touch.lock,
            size.rows, size.bytes,
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

    def _is_empty(self, table: str) -> bool:
        size = self._sizes.get(table)
        return size is not None and size.rows == 0

    def _weight(self, table: str) -> Severity:
        """How much it matters that something takes as long as the table is big."""
        return {"small": "advice", "big": "error"}.get(self._class(table), "warning")  # type: ignore[return-value]

    def _class(self, table: str) -> str:
        size = self._sizes.get(table, Size(None, None))
        if size.rows is None and (size.bytes is None or size.bytes >= _MB):
            return "unknown"
        bytes_ = size.bytes if size.bytes is not None else (size.rows or 0) * 200
        return "small" if bytes_ < 64 * _MB else "middle" if bytes_ < 4096 * _MB else "big"

    def _how_long(self, table: str) -> str:
        words = {
            "small": "for a moment",
            "middle": "for seconds, perhaps minutes",
            "big": "for minutes, perhaps longer",
        }
        return words.get(self._class(table), "as long as that takes")


def _lasts(finding: Finding) -> bool:
    """Whether what it says takes as long as a table is big, and the table is."""
    return finding.severity != "advice" and finding.kind in ("rewrite", "index", "scan", "changes")


def _how_many(rows: int, of: int) -> str:
    return "every row" if of and rows >= of else f"{rows} of the {of} rows in the copy" if of else "rows"


def _mend_rewrite(touch: Touch) -> str:
    if touch.view:
        return "REFRESH MATERIALIZED VIEW CONCURRENTLY, with a unique index."
    if touch.retyped:
        return "Add a column of the new type, fill it in batches, and swap them; or do it when nobody needs the table."
    if touch.columns_added:
        return "Add the column without that default, SET DEFAULT for new rows, and fill the old ones in batches."
    if touch.kind in ("vacuum_stmt", "cluster_stmt", "repack_stmt"):
        return "VACUUM without FULL, or pg_repack, which does it beside the table."
    return "Do it when nobody needs the table."


def _mend_scan(touch: Touch) -> str:
    if re.search(r"(?i)set\s+not\s+null", touch.statement):
        return (
            "ADD CHECK (… IS NOT NULL) NOT VALID; VALIDATE it in the next migration; then SET NOT NULL reads nothing."
        )
    if re.search(r"(?i)validate\s+constraint", touch.statement):
        return "VALIDATE CONSTRAINT in a migration of its own: alone it lets everybody read and write."
    if re.search(r"(?i)attach\s+partition", touch.statement):
        return "First give it a CHECK that says the same as the bounds: then it is not read."
    return "Add the constraint NOT VALID, and VALIDATE it in the next migration."


def _mend_index(touch: Touch) -> str:
    if re.search(r"(?i)\breindex\b", touch.statement):
        return "REINDEX … CONCURRENTLY, in a migration of its own."
    if touch.kind == "alter_table_stmt":
        return "CREATE UNIQUE INDEX CONCURRENTLY in a migration of its own, then ADD CONSTRAINT … USING INDEX."
    return "CREATE INDEX CONCURRENTLY, in a migration of its own."


def by_file(found: Sequence[Finding]) -> dict[str, list[Finding]]:
    """The findings by the migration that they are about, in its order; the gravest of each first."""
    files: dict[str, list[Finding]] = {}
    for one in found:
        files.setdefault(one.filename, []).append(one)
    return {name: sorted(ones, key=lambda one: SEVERITIES.index(one.severity)) for name, ones in files.items()}


def lines(found: Sequence[Finding]) -> list[str]:
    """What was observed, for people, by migration; how to do better only where it matters."""
    said = []
    for filename, of_file in by_file(found).items():
        said.append(f"  {filename}")
        for one in of_file:
            place = f"line {one.line}: " if one.line else ""
            said.append(f"    {one.severity}: {place}{clean(one.sentence)}")
            if one.mend and one.severity != "advice":
                said.append(f"        {one.mend}")
    return said
