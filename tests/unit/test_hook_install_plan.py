from __future__ import annotations

from pathlib import Path

import pytest
from driftwatch.errors import DriftwatchError
from driftwatch.git.hooks import (
    HOOK_NAMES,
    SAVED,
    SHARED,
    Found,
    decide_install,
    decide_uninstall,
    fill_in,
    normal_folder,
)

DIR = Path("/hooks")
WANTED = {name: name.encode() for name in (SHARED, *HOOK_NAMES)}
EMPTY = {name + ending: Found() for name in WANTED for ending in ("", SAVED)}
INSTALLED = EMPTY | {name: Found(True, text, name != SHARED, ours=True) for name, text in WANTED.items()}
FOREIGN = Found(True, b"theirs", executable=True)


def done(found: dict[str, Found]) -> list[tuple[str, str]]:
    return [(step.do, step.path.name) for step in decide_install(DIR, WANTED, found).changes]


def undone(found: dict[str, Found]) -> list[tuple[str, str]]:
    return [(step.do, step.path.name) for step in decide_uninstall(DIR, found).changes]


def test_everything_is_written_where_nothing_is() -> None:
    assert done(EMPTY) == [("write", name) for name in WANTED]


def test_a_second_install_changes_nothing() -> None:
    assert done(INSTALLED) == []


@pytest.mark.parametrize("stale", [Found(True, b"older", True, ours=True), Found(True, b"pre-push", False, ours=True)])
def test_an_older_or_disabled_hook_of_ours_is_written_again(stale: Found) -> None:
    assert done(INSTALLED | {"pre-push": stale}) == [("write", "pre-push")]


def test_a_foreign_hook_is_moved_aside_first() -> None:
    assert done(INSTALLED | {"pre-push": FOREIGN}) == [("move", "pre-push"), ("write", "pre-push")]


def test_two_different_foreign_hooks_are_both_left_alone() -> None:
    both = {"pre-push": FOREIGN, "pre-push" + SAVED: Found(True, b"another", True)}
    with pytest.raises(DriftwatchError) as refused:
        done(INSTALLED | both)
    assert refused.value.untouched == "No hook was changed."


def test_uninstall_gives_back_or_removes() -> None:
    parked = INSTALLED | {"pre-push" + SAVED: FOREIGN}
    assert undone(parked)[:2] == [("move", "pre-push" + SAVED), ("remove", "post-merge")]
    assert undone(parked)[-1] == ("remove", SHARED)


def test_uninstall_leaves_a_hook_that_is_not_ours_and_says_what_stays() -> None:
    plan = decide_uninstall(DIR, EMPTY | {"pre-push": FOREIGN, "pre-push" + SAVED: FOREIGN})
    assert plan.changes == ()
    assert plan.steps[0].path.name == "pre-push" + SAVED


def test_uninstall_where_nothing_is_does_nothing() -> None:
    assert undone(EMPTY) == []


def test_values_become_shell_words_and_line_ends_unix_ones() -> None:
    text = fill_in(b"#!/bin/sh\r\nfolder=@folder@\r\n", {"folder": "it's a \u00fcber $folder"})
    assert text == b"#!/bin/sh\nfolder='it'\"'\"'s a \xc3\xbcber $folder'\n"


@pytest.mark.parametrize(("given", "normal"), [("./a/b/", "a/b"), (".", ""), ("", ""), ("a", "a")])
def test_a_folder_is_written_as_git_writes_it(given: str, normal: str) -> None:
    assert normal_folder(given) == normal


@pytest.mark.parametrize("given", ["/abs", "../up", "a/../../b"])
def test_a_folder_outside_is_refused(given: str) -> None:
    with pytest.raises(DriftwatchError):
        normal_folder(given)
