"""The one kind of error that a user sees: what happened, what was left untouched, what to type next."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

OK = 0
FINDINGS = 1
"""The check ran and found drift, findings, or a migration that fails."""
COULD_NOT = 2
"""Could not check or could not do it; nothing was changed, or the message says exactly what was."""
USAGE = 64
CONFIGURATION = 78
INTERRUPTED = 130

_PASSWORD_IN_URL = re.compile(r"(?P<head>://[^\s:/@]*):\S*@(?=[\w\[/])")
"""Up to the last @, because a password may hold one that should have been written %40."""
_PASSWORD_WITHOUT_SCHEME = re.compile(r"(?P<head>(?:^|(?<=[\s'\"=(/\[]))[^\s:/@'\"]*):(?!/)[^\s'\"]*@(?=[\w\[/])")
_PASSWORD_IN_DSN = re.compile(
    r"\b(password|passfile|sslpassword)(\s*=\s*)('(?:[^'\\]|\\.)*'|[^\s&'\"]+)", re.IGNORECASE
)
_EVERYBODYS = re.compile(r"(postgresql://postgres:postgres@127\.0\.0\.1:\d+/postgres)(?=$|[\s\"'])")
"""The URL that every local database has, there to be copied."""
_NOT_SECRET = {"postgres", "password"}
"""Passwords that every local database has; masking these words would make every message unreadable."""
_secrets: set[str] = set()


def remember_secret(value: str) -> None:
    """From now on `redact` masks this exact text wherever it stands."""
    if len(value) >= 4 and value not in _NOT_SECRET:
        _secrets.add(value)


def redact(text: str) -> str:
    """The text without passwords: of URLs, of key=value connection strings, and every remembered secret."""
    parts = _EVERYBODYS.split(text)
    return "".join(part if index % 2 else _redacted(part) for index, part in enumerate(parts))


def _redacted(text: str) -> str:
    for pattern in (_PASSWORD_IN_URL, _PASSWORD_WITHOUT_SCHEME):
        text = pattern.sub(r"\g<head>:***@", text)
    text = _PASSWORD_IN_DSN.sub(r"\1\2***", text)
    for secret in sorted(_secrets, key=len, reverse=True):
        text = text.replace(secret, "***")
    return text


def redact_all(value: Any) -> Any:
    """A JSON value with every text in it redacted, however deep. Keys are ours, and stay."""
    if isinstance(value, str):
        return redact(value)
    if isinstance(value, dict):
        return {key: redact_all(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [redact_all(item) for item in value]
    return value


class DriftwatchError(Exception):
    """A failure that the user can act on.

    message: what happened, one sentence. untouched: what was left as it was. next_step: what to type now.
    details: further lines (a statement, Postgres's own words). Everything is redacted on the way in. facts: what a
    script gets besides, as JSON.
    """

    exit_code = COULD_NOT

    def __init__(self, message: str, *, untouched: str = "", next_step: str = "", details: str = "") -> None:
        self.message = redact(message)
        self.untouched = redact(untouched)
        self.next_step = redact(next_step)
        self.details = redact(details)
        self.facts: dict[str, Any] = {}
        super().__init__(self.message)

    def in_words(self) -> str:
        """All of it as the lines that a person reads."""
        return "\n".join(part for part in (self.message, self.details, self.untouched, self.next_step) if part)


class UsageError(DriftwatchError):
    """The command was typed wrongly: exit 64."""

    exit_code = USAGE


class ConfigurationError(DriftwatchError):
    """A setting is wrong, with file, key and what was expected: exit 78."""

    exit_code = CONFIGURATION


class Unreachable(DriftwatchError):
    """A database or a service did not answer; says nothing about drift: exit 2."""


class Findings(DriftwatchError):
    """The check ran and what it found is not good: exit 1."""

    exit_code = FINDINGS


@contextmanager
def left_untouched(what: str) -> Iterator[None]:
    """Adds what was left as it was to errors that pass through without saying so."""
    try:
        yield
    except DriftwatchError as error:
        error.untouched = error.untouched or what
        raise
