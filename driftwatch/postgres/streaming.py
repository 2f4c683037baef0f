"""One simple-protocol message, and its rows as they come: one round trip, nothing prepared, nothing kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from psycopg import adapt, generators
from psycopg.abc import Transformer
from psycopg.errors import error_from_result
from psycopg.pq import ExecStatus, TransactionStatus, version
from psycopg.pq.abc import PGresult
from psycopg.types.string import TextLoader

from driftwatch.postgres.connect import Connection

_CHUNK = 1000
_LIST = 1009
"""The type text[]. Its values are left as they are written: equal ones are then parsed once."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Some rows of one statement, the last of which may be empty. number: which statement that returns rows."""

    number: int
    names: tuple[str, ...]
    lists: frozenset[str]
    rows: list[tuple[Any, ...]]


def stream(conn: Connection, text: str) -> Iterator[Rows]:
    """Sends statements and yields what they return, at least once for each that returns rows, however few.

    Raises psycopg.Error as the server does, when everything before it was yielded; the connection is usable then.
    Left before its end it closes the connection, which is in the middle of something.
    """
    pgconn = conn.pgconn
    cursor = conn.cursor()
    cursor.adapters.register_loader(_LIST, TextLoader)
    transformer = adapt.Transformer(cursor)
    pgconn.send_query(text.encode())
    if version() >= 170000:
        pgconn.set_chunked_rows_mode(_CHUNK)
    else:
        pgconn.set_single_row_mode()
    ended = False
    try:
        conn.wait(generators.send(pgconn))
        yield from _answers(conn, transformer)
        ended = True
    finally:
        if not ended and pgconn.transaction_status == TransactionStatus.ACTIVE:
            conn.close()


def _answers(conn: Connection, transformer: Transformer) -> Iterator[Rows]:
    pgconn = conn.pgconn
    number = 0
    failed: PGresult | None = None
    while (result := conn.wait(generators.fetch(pgconn))) is not None:
        if result.status in (ExecStatus.TUPLES_CHUNK, ExecStatus.SINGLE_TUPLE, ExecStatus.TUPLES_OK):
            yield _rows(number, result, transformer)
            number += result.status == ExecStatus.TUPLES_OK
        elif result.status == ExecStatus.FATAL_ERROR:
            failed = failed or result
    if failed is not None:
        raise error_from_result(failed, encoding=conn.info.encoding)


def _rows(number: int, result: PGresult, transformer: Transformer) -> Rows:
    columns = range(result.nfields)
    names = tuple((result.fname(column) or b"").decode() for column in columns)
    lists = frozenset(names[column] for column in columns if result.ftype(column) == _LIST)
    transformer.set_pgresult(result)
    return Rows(number, names, lists, transformer.load_rows(0, result.ntuples, tuple))
