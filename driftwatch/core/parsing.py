"""The one door to Postgres's own parser (libpg_query), which is imported only when something is parsed."""

from __future__ import annotations

import re
import threading
from functools import cache
from typing import Any

_OF_SYNTAX = re.compile(
    r"syntax error|missing \"|unterminated|too (few|many) parameters specified for RAISE|EXIT cannot"
)
_SHORT = 16_384
"""Bytes of text that no stack is too small for."""
_PAGE, _LARGEST_STACK = 4096, 1 << 30
"""Bytes of stack: a page for 16 of text. A term such as `+1` takes 420; what is not reached costs nothing."""
_starting = threading.Lock()


class NotSql(Exception):
    """Text that the parser refuses. message: in Postgres's words; line: where, from 1."""

    def __init__(self, message: str, line: int) -> None:
        self.message = message
        self.line = line
        super().__init__(message)


def parse_sql(text: str) -> Any:
    """The parse tree of a script; its offsets count bytes. Raises NotSql."""
    import postgast
    from google.protobuf.message import DecodeError  # type: ignore[import-untyped]

    _allow_depth()
    try:
        return _parse(text)
    except postgast.PgQueryError as error:
        raise NotSql(error.message, _line(text, error.cursorpos)) from None
    except DecodeError:
        raise NotSql("an expression is nested too deeply to be looked at", 1) from None


def _parse(text: str) -> Any:
    """The parser goes down once for each term of a sum; where the stack ends, so does the process."""
    import postgast

    size = len(text.encode())
    if size < _SHORT:
        return postgast.parse(text)
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(1) as pool:
        with _starting:  # the size is the whole process's, for the next thread that starts
            before = threading.stack_size(min((size // 16 + 1) * _PAGE, _LARGEST_STACK))
            try:
                parsed = pool.submit(postgast.parse, text)
            except RuntimeError:
                raise NotSql("there is not the memory to look at so long a file", 1) from None
            finally:
                threading.stack_size(before)
        return parsed.result()


def body_problem(statement: str) -> tuple[str, int] | None:
    """What is wrong with the syntax of a PL/pgSQL body, and its line in the body (0: unknown); None where nothing is.

    statement: a CREATE FUNCTION, CREATE PROCEDURE or DO. Only syntax is told: what the body names, this parser can't
    know.
    """
    import postgast

    try:
        postgast.parse_plpgsql(statement)
    except postgast.PgQueryError as error:
        if not _OF_SYNTAX.match(error.message):
            return None
        line = (error.context or "").rpartition("near line ")[2]
        # It says line 1 of most errors, wherever they are.
        return error.message, int(line) if line.isdigit() and line != "1" else 0
    except ValueError:  # it writes JSON that can't be read, of some trigger functions
        return None
    return None


def comments(text: str) -> list[tuple[int, int]]:
    """Where comments begin and end, in bytes; none where the text can't be cut into tokens."""
    raw = text.encode()
    return [(one.start, one.end) for one in _tokens(text) if raw.startswith((b"--", b"/*"), one.start)]


def identifiers(text: str) -> list[tuple[int, int]]:
    """Where names begin and end that are no words of SQL, with their quotes, in bytes."""
    from postgast.pg_query_pb2 import Token

    kinds = {Token.Value("IDENT"), Token.Value("UIDENT")}
    return [(one.start, one.end) for one in _tokens(text) if one.token in kinds]


def is_reserved(word: str) -> bool:
    """Whether a word of SQL can't be a name without quotes, anywhere."""
    from postgast.pg_query_pb2 import KeywordKind

    return any(one.keyword_kind == KeywordKind.Value("RESERVED_KEYWORD") for one in _tokens(word))


def _tokens(text: str) -> Any:
    import postgast

    try:
        return postgast.scan(text).tokens
    except postgast.PgQueryError:
        return ()


def _line(text: str, cursor: int) -> int:
    """The line of a cursor, which counts bytes from 1; 0: somewhere."""
    return text.encode()[: max(cursor - 1, 0)].count(b"\n") + 1


@cache
def _allow_depth() -> None:
    """A sum of fifty terms is deeper than protobuf takes by default."""
    try:
        from google._upb import _message  # type: ignore[import-untyped]
    except ImportError:  # another implementation of protobuf, without such a border
        return
    _message.SetAllowOversizeProtos(True)
