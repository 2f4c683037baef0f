"""How a failure looks: for people on stderr, for scripts as JSON on stdout."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
import traceback
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from driftwatch.cli.main import cli
from driftwatch.cli.output import emit
from driftwatch.core.text import clean
from driftwatch.errors import COULD_NOT, FINDINGS, INTERRUPTED, USAGE, DriftwatchError, UsageError, redact


def report(error: DriftwatchError, arguments: Sequence[str]) -> int:
    """Says what happened, what was left untouched, what to type next; returns the exit code."""
    lines = [f"driftwatch: {error.message}"]
    lines += [error.details] if error.details else []
    lines += [f"Untouched: {error.untouched}"] if error.untouched else []
    lines += [f"Next: {error.next_step}"] if error.next_step else []
    print(clean("\n".join(lines), keep_lines=True), file=sys.stderr)
    if _json_asked(arguments):
        names = ("message", "details", "untouched", "next_step")
        body: dict[str, Any] = {"error": {name: getattr(error, name) for name in names}, **error.facts}
        failure = getattr(error, "failure", None)
        if failure is not None:
            body["failure"] = {name: getattr(failure, name) for name in failure.__slots__}
        _emit(arguments, "failed" if error.exit_code == FINDINGS else "could_not", body)
    return error.exit_code


def report_usage(error: click.ClickException, arguments: Sequence[str]) -> int:
    """A command line that click does not understand; one without any command gets the help."""
    context = getattr(error, "ctx", None)
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        if _json_asked(arguments):
            return report(UsageError("Missing command.", next_step=f"{error.ctx.command_path} --help"), arguments)
        print(error.format_message(), file=sys.stderr)
        return USAGE
    more = f"{context.command_path} --help" if context is not None else ""
    return report(UsageError(error.format_message(), next_step=more), arguments)


def report_interrupt(arguments: Sequence[str]) -> int:
    """Ctrl-C, or a request to end: what was begun has been taken back on the way here."""
    print("driftwatch: interrupted.", file=sys.stderr)
    if _json_asked(arguments):
        _emit(arguments, "interrupted", {})
    return INTERRUPTED


def flush(code: int) -> int:
    """Writes out what is still in the buffer; the exit code, or another one where that fails."""
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:
        close_quietly()
    except OSError as error:
        close_quietly()
        print(f"driftwatch: the output could not be written: {error.strerror}.", file=sys.stderr)
        return COULD_NOT
    return code


def close_quietly() -> int:
    """The reader of our output went away (`driftwatch diff | head`): nobody is left to tell."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return COULD_NOT


def report_unexpected(error: Exception, arguments: Sequence[str]) -> int:
    """One line and the place of the log; the traceback itself only with -v."""
    text = redact("".join(traceback.format_exception(error)))
    if "-v" in arguments or "--verbose" in arguments:
        print(text, file=sys.stderr)
    if isinstance(error, OSError) and (error.filename is not None or error.errno in (errno.ENOSPC, errno.EDQUOT)):
        # A file that can't be read, or a disk that is full, is nothing unexpected.
        what = f"{os.fsdecode(error.filename)}: " if error.filename is not None else ""
        return report(DriftwatchError(f"{what}{error.strerror}."), arguments)
    place = _write_log(text)
    where = f"Its traceback is in {place}" if place else "Type it again with -v to see where"
    message = redact(f"unexpected {type(error).__name__}: {error}".splitlines()[0]).rstrip(".")
    return report(DriftwatchError(f"{message}. {where}."), arguments)


def command_name(arguments: Sequence[str]) -> str:
    """The command's full name, as its success says it: "sync from-remote"; "" where there is none."""
    names: list[str] = []
    found: click.Command | None = cli
    words = iter(arguments)
    for word in words:
        if word in ("--config", "--project"):
            next(words, None)
        elif not word.startswith("-"):
            if not isinstance(found, click.Group):
                break
            names.append(word)
            found = found.get_command(click.Context(found), word)
    return " ".join(names)


def _emit(arguments: Sequence[str], status: str, body: dict[str, Any]) -> None:
    try:
        name = command_name(arguments)
    except Exception:  # noqa: BLE001 - the command's own module may be what is broken
        name = next((text for text in arguments if not text.startswith("-")), "")
    with contextlib.suppress(OSError):  # `flush` tells
        emit(name, status, body)


def _json_asked(arguments: Sequence[str]) -> bool:
    return "--json" in arguments


def _write_log(text: str) -> Path | None:
    import tempfile

    try:
        descriptor, name = tempfile.mkstemp(prefix=f"driftwatch-{datetime.now(UTC):%Y%m%d%H%M%S}-", suffix=".log")
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
    except OSError:
        return None
    return Path(name)
