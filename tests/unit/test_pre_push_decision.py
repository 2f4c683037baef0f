from __future__ import annotations

import pytest
from driftwatch.actions.before_push import (
    Pushed,
    PushedRef,
    block_message,
    parse_pushed,
)

A, B, ZERO = "a" * 40, "b" * 40, "0" * 40


def test_each_line_of_git_becomes_one_pushed_ref() -> None:
    assert parse_pushed(f"refs/heads/x {A} refs/heads/y {B}\nHEAD {B} refs/heads/z {ZERO}\n") == (
        PushedRef("refs/heads/x", A, "refs/heads/y", B),
        PushedRef("HEAD", B, "refs/heads/z", ZERO),
    )


def test_nothing_pushed_gives_nothing() -> None:
    assert parse_pushed("") == ()


def test_a_pushed_expression_may_contain_spaces() -> None:
    (ref,) = parse_pushed(f"HEAD@{{1 day ago}} {A} refs/heads/x {ZERO}\n")
    assert (ref.local_ref, ref.local_sha) == ("HEAD@{1 day ago}", A)


@pytest.mark.parametrize("zeros", ["0" * 40, "0" * 64])
def test_a_delete_is_known_by_its_zeros_in_both_hash_formats(zeros: str) -> None:
    (ref,) = parse_pushed(f"(delete) {zeros} refs/heads/x {A}\n")
    assert ref.is_delete


def test_a_branch_is_no_delete() -> None:
    assert not PushedRef("refs/heads/x", A, "refs/heads/x", ZERO).is_delete


def test_the_block_message_says_which_why_and_both_ways_to_skip() -> None:
    text = block_message(Pushed(A, B, ("refs/heads/x", "refs/tags/v1")), "db/migrations", "because")
    for part in (
        A[:12],
        "refs/heads/x, refs/tags/v1",
        "db/migrations",
        "because",
        "--no-verify",
        "DRIFTWATCH_SKIP=1",
    ):
        assert part in text
