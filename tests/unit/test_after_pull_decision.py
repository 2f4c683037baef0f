from __future__ import annotations

import pytest
from driftwatch.actions.after_pull import DETACHED, PullSituation, decide_after_pull
from driftwatch.git.marks import SQUASH, Marks

NEW, OLD = "b" * 40, "a" * 40
BEHIND = Marks(synced=OLD, seen=None)
ON = ("old", "new", "1")


def now(**changes: object) -> PullSituation:
    return PullSituation(**({"tree": NEW, "marks": BEHIND} | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("hook", "args", "situation", "step"),
    [
        ("post-merge", ["0"], now(), "sync"),
        ("post-merge", ["0"], now(autostash=True), "detach"),
        ("post-merge", ["0"], now(rebasing=True), "nothing"),
        ("post-rewrite", ["rebase"], now(), "detach"),
        ("post-rewrite", ["rebase"], now(rebasing=True), "detach"),
        ("post-rewrite", ["amend"], now(), "nothing"),
        ("post-checkout", ON, now(rebasing=True), "detach"),
        ("post-checkout", ("old", "new", "0"), now(rebasing=True), "nothing"),
        ("post-checkout", ON, now(), "detach"),
        ("post-commit", [], now(merge=True), "sync"),
        ("post-commit", [], now(merge=True, rebasing=True), "nothing"),
        ("post-commit", [], now(), "nothing"),
        ("post-commit", [], now(marks=Marks(OLD, SQUASH)), "sync"),
        (DETACHED, ["post-rewrite"], now(), "sync"),
    ],
)
def test_what_each_hook_leads_to(hook: str, args: list[str], situation: PullSituation, step: str) -> None:
    assert decide_after_pull(hook, args, "sync", situation) == step


@pytest.mark.parametrize("marks", [Marks(NEW, None), Marks(OLD, NEW)])
def test_a_tree_that_is_known_is_left_alone(marks: Marks) -> None:
    assert decide_after_pull("post-merge", ["0"], "sync", now(marks=marks)) == "nothing"


def test_without_migrations_there_is_nothing_to_do() -> None:
    assert decide_after_pull("post-merge", ["0"], "sync", now(tree=None)) == "nothing"


def test_the_other_modes_never_sync() -> None:
    assert decide_after_pull("post-merge", ["0"], "remind", now()) == "remind"
    assert decide_after_pull("post-merge", ["0"], "off", now()) == "note"
