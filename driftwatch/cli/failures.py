"""How a failure looks: for people on stderr, for scripts as JSON on stdout."""

from __future__ import annotations

import json
import os
import sys
import traceback
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from driftwatch.errors import COULD_NOT, FINDINGS, INTERRUPTED, USAGE, DriftwatchError, redact

if TYPE_CHECKING:
    import click


def report(error: DriftwatchError, arguments: Sequence[str]) -> int:
    """Says what happened, what was left untouched, what to type next; returns the exit code."""
    lines = [f"driftwatch: {error.message}"]
    lines += [error.details] if error.details else []
    lines += [f"Untouched: {error.untouched}"] if error.untouched else []
    lines += [f"Next: {error.next_step}"] if error.next_step else []
    print("\n".join(lines), file=sys.stderr)
    if "--json" in arguments:
        status = "failed" if error.exit_code == FINDINGS else "could_not"
        body = {
            "format": 1,
            "command": _command(arguments),
            "status": status,
            "error": {
                "message": error.message,
                "details": error.details,
                "untouched": error.untouched,
                "next_step": error.next_step,
            },
        }
        failure = getattr(error, "failure", None)
        if failure is not None:
            body["failure"] = {name: getattr(failure, name) for name in failure.__slots__}
        print(json.dumps(body, indent=1))
    return error.exit_code


def report_usage(error: click.ClickException) -> int:
    context = getattr(error, "ctx", None)
    print(f"driftwatch: {redact(error.format_message())}", file=sys.stderr)
    if context is not None:
        print(f"Next: {context.command_path} --help", file=sys.stderr)
    return USAGE


def report_interrupt() -> int:
    print("driftwatch: interrupted.", file=sys.stderr)
    return INTERRUPTED


def close_quietly() -> int:
    """The reader of our output went away (`driftwatch diff | head`): nobody is left to tell."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return COULD_NOT


def report_unexpected(error: Exception, arguments: Sequence[str]) -> int:
    """One line and the place of the log; the traceback itself only with -v."""
    text = redact("".join(traceback.format_exception(error)))
    if "-v" in arguments or "--verbose" in arguments:
        print(text, file=sys.stderr)
    place = _write_log(text)
    where = f" Its traceback is in {place}." if place else " Type it again with -v to see where."
    message = redact(f"unexpected {type(error).__name__}: {error}".splitlines()[0])
    return report(DriftwatchError(f"{message}{where}"), arguments)


def _write_log(text: str) -> Path | None:
    import tempfile

    try:
        descriptor, name = tempfile.mkstemp(prefix=f"driftwatch-{datetime.now(UTC):%Y%m%d%H%M%S}-", suffix=".log")
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
    except OSError:
        return None
    return Path(name)


def _command(arguments: Sequence[str]) -> str:
    return next((text for text in arguments if not text.startswith("-")), "")
