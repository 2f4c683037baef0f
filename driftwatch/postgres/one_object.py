"""One object's row of the catalog queries: cheap enough to be looked at after every statement of a file."""

from __future__ import annotations

from typing import Any, cast

import psycopg
from psycopg import sql
from psycopg.pq import TransactionStatus

from driftwatch.core.catalog import ObjectId
from driftwatch.postgres.catalog_queries import optional_queries, queries
from driftwatch.postgres.connect import Connection, translated

_ROW = sql.SQL("SELECT md5(found::text) FROM ({}) AS found WHERE found.identity = {}")


def row_hash(conn: Connection, id_: ObjectId) -> str | None:
    """A hash of the object as the session sees it now, in the middle of a transaction too; None where it is not there.

    Leaves settings and transaction as they were. The hash can only be compared with another one from here.
    Raises DriftwatchError where the transaction bears no question now.
    """
    with translated("The object could not be looked at"):
        return _look(conn, id_)


def _look(conn: Connection, id_: ObjectId) -> str | None:
    inside = conn.info.transaction_status is TransactionStatus.INTRANS
    conn.execute("SAVEPOINT driftwatch_look" if inside else "BEGIN")
    try:
        conn.execute("SET LOCAL search_path = ''")
        for kind, text in _queries_of(conn.info.server_version, id_.kind):
            wanted = sql.SQL(" AND found.kind = {}").format(id_.kind) if kind else sql.SQL("")
            row = conn.execute(_ROW.format(sql.SQL(cast(Any, text)), id_.identity) + wanted).fetchone()
            if row is not None:
                return str(row[0])
        return None
    except (psycopg.errors.UndefinedTable, psycopg.errors.InvalidSchemaName):
        return None  # a table whose rows behave like schema is not there yet, or no longer
    finally:
        if inside:
            conn.execute("ROLLBACK TO SAVEPOINT driftwatch_look")
            conn.execute("RELEASE SAVEPOINT driftwatch_look")
        else:
            conn.execute("ROLLBACK")


def _queries_of(version: int, kind: str) -> list[tuple[bool, str]]:
    """The queries whose rows are of this kind, with whether they say so in a column of their own."""
    known = (*queries(version), *optional_queries(version))
    own = [query for query in known if query.kind == kind]
    saying = [query for query in known if f"'{kind}'" in query.text and " as kind" in query.text]
    return [(" as kind" in query.text, query.text) for query in own or saying]
