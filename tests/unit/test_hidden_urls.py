"""Arguments that hold a password: hidden from the process list, and given back unchanged."""

from __future__ import annotations

import os
from typing import Any

import pytest
from driftwatch.cli import hidden_urls

SECRET = [
    "postgresql://me:pw@db/app",
    "postgresql://me:p/w@db/app",
    "postgresql://me:p@w@db/app",
    "postgresql://me:p w@db/app",
    "postgresql://:pw@db/app",
    "postgresql://db/app?password=pw",
    "host=db password=pw",
    "host=db password = 'p w'",
    "postgres:/me:pw@db/app",
    "me:pw@db/app",
]


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, ...]]:
    """What the process would have been replaced by."""
    calls: list[tuple[Any, ...]] = []
    monkeypatch.setattr(os, "execve", lambda *call: calls.append(call))
    return calls


@pytest.mark.parametrize("url", SECRET)
def test_a_password_leaves_the_arguments_and_comes_back(url: str, started: list[tuple[Any, ...]]) -> None:
    hidden_urls.hide_from_process_list(["driftwatch", "diff", url, "local", url], {"HOME": "/home/me"})
    [(_, argv, environ)] = started
    assert not any(url in argument for argument in argv)
    found = dict(environ)
    assert hidden_urls.reveal(argv[argv.index("driftwatch") + 1 :], found) == ["diff", url, "local", url]
    assert found == {"HOME": "/home/me"}, "no child process inherits it"


def test_the_new_process_imports_nothing_from_the_current_directory(started: list[tuple[Any, ...]]) -> None:
    hidden_urls.hide_from_process_list(["driftwatch", "fingerprint", SECRET[0]], {})
    assert "-P" in started[0][1][: started[0][1].index("-m")]


@pytest.mark.parametrize(
    "arguments",
    [
        ["status", "--json"],
        ["diff", "migrations", "local"],
        ["fingerprint", "migrations@main"],
        ["fingerprint", "postgresql://me@db:5432/app"],
        ["hook", "pre-push", "origin", "git@example.com:team/app.git"],
    ],
)
def test_without_a_password_the_process_goes_on(arguments: list[str], started: list[tuple[Any, ...]]) -> None:
    hidden_urls.hide_from_process_list(["driftwatch", *arguments], {})
    assert not started
    assert hidden_urls.reveal(arguments, {}) == arguments


def test_a_stand_in_that_somebody_types_stands_for_nothing() -> None:
    assert hidden_urls.reveal(["fingerprint", "hidden-url-2"], {}) == ["fingerprint", "hidden-url-2"]
