from __future__ import annotations

from pathlib import Path

import pytest
from driftwatch.errors import DriftwatchError
from driftwatch.git.hook_files import (
    HOOK_NAMES,
    MOVED,
    SAVED,
    SHARED,
    Found,
    Place,
    decide_install,
    decide_uninstall,
    normal_folder,
    places_in,
    wanted_files,
)

DIR = Path("/hooks")
WANTED = {name: name.encode() for name in (SHARED, *HOOK_NAMES)}
EMPTY = {name + ending: Found() for name in WANTED for ending in (*MOVED, SAVED)}
INSTALLED = EMPTY | {name: Found(True, text, name != SHARED, ours=True) for name, text in WANTED.items()}
FOREIGN = Found(True, b"theirs", executable=True)


def done(found: dict[str, Found]) -> list[tuple[str, str]]:
    return [(step.do, step.path.name) for step in decide_install(DIR, WANTED, found)]


def undone(found: dict[str, Found]) -> list[tuple[str, str]]:
    return [(step.do, step.path.name) for step in decide_uninstall(DIR, found)]


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
    assert undone(EMPTY | {"pre-push": FOREIGN, "pre-push" + SAVED: FOREIGN}) == [("leave", "pre-push" + SAVED)]


@pytest.mark.parametrize("ending", MOVED[1:])
def test_a_hook_of_ours_that_another_tool_moved_aside_is_taken_from_there(ending: str) -> None:
    moved = {"pre-push": FOREIGN, "pre-push" + ending: INSTALLED["pre-push"]}
    assert undone(EMPTY | moved) == [("remove", "pre-push" + ending)]
    (step,) = decide_uninstall(DIR, EMPTY | moved | {"pre-push" + SAVED: FOREIGN})
    assert (step.path.name, step.to) == ("pre-push" + SAVED, DIR / ("pre-push" + ending))


def test_a_newer_hook_of_git_lfs_replaces_the_one_that_was_moved_aside() -> None:
    older, newer = (Found(True, f'git lfs pre-push "$@" # {age}'.encode(), executable=True) for age in ("old", "new"))
    assert done(INSTALLED | {"pre-push": newer, "pre-push" + SAVED: older})[0] == ("move", "pre-push")


def test_uninstall_where_nothing_is_does_nothing() -> None:
    assert undone(EMPTY) == []


def test_the_projects_are_written_as_shell_words_and_read_again() -> None:
    places = (Place("it's a \u00fcber $folder; x", "it's a"), Place("supabase/migrations"))
    assert set(places_in(wanted_files(places)[SHARED])) == set(places)
    assert places_in(None) == ()


@pytest.mark.parametrize(("given", "normal"), [("./a/b/", "a/b"), (".", ""), ("", ""), ("a", "a")])
def test_a_folder_is_written_as_git_writes_it(given: str, normal: str) -> None:
    assert normal_folder(given) == normal


@pytest.mark.parametrize("given", ["/abs", "../up", "a/../../b"])
def test_a_folder_outside_is_refused(given: str) -> None:
    with pytest.raises(DriftwatchError):
        normal_folder(given)
