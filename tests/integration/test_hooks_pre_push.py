"""What `hook pre-push` decides for real repositories: each distinct pushed state is looked at once."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest
from driftwatch.actions.before_push import ProofResult, PushMode, pre_push
from driftwatch.errors import DriftwatchError, Unreachable

from git_world import MIGRATIONS, World, git


class Push:
    """Calls pre_push as the hook would and remembers what was proved and said."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.proved: list[str] = []
        self.said: list[str] = []
        self.ok = True
        self.error: DriftwatchError | None = None
        self.receipts: set[str] = set()

    def line(self, rev: str, to: str = "refs/heads/main", remote: str = "origin/main") -> str:
        ask = self.world.repo
        local = "0" * 40 if rev == "(delete)" else git(self.world.dev, "rev-parse", rev).strip()
        known = ask.commit_id(remote) if remote else "0" * 40
        return f"{rev} {local} {to} {known}\n"

    def __call__(self, *lines: str, mode: PushMode = "verify") -> int:
        return pre_push(
            self.world.repo,
            MIGRATIONS,
            "origin",
            "".join(lines),
            mode,
            self.prove,
            self.said.append,
            has_receipt=lambda rev: rev in self.receipts,
            command="driftwatch --project apps/two",
        )

    def prove(self, rev: str) -> ProofResult:
        self.proved.append(rev)
        if self.error is not None:
            raise self.error
        return ProofResult(self.ok, message="proof: 2_second.sql:1 is broken")


@pytest.fixture
def push(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Push:
    world = World(tmp_path, monkeypatch)
    world.migration(world.dev, "2_second")
    return Push(world)


def test_the_pushed_commit_is_proved_not_the_work_tree(push: Push) -> None:
    world = push.world
    (world.dev / MIGRATIONS / "2_second.sql").write_text("broken", encoding="utf-8")
    assert push(push.line("HEAD")) == 0
    assert push.proved == [world.repo.commit_id("HEAD")]


def test_the_same_migrations_under_many_names_are_proved_once(push: Push) -> None:
    git(push.world.dev, "tag", "-a", "-m", "one", "v1")
    world = push.world
    world.commit(world.dev, "README", "words")
    lines = (push.line("HEAD"), push.line("HEAD~1", "refs/heads/x", ""), push.line("v1", "refs/tags/v1", ""))
    assert push(*lines) == 0
    assert len(push.proved) == 1


def test_two_different_states_are_both_proved(push: Push) -> None:
    push.world.migration(push.world.dev, "3_third")
    push(push.line("HEAD"), push.line("HEAD~1", "refs/heads/x", ""))
    assert push.proved == [push.world.repo.commit_id(rev) for rev in ("HEAD", "HEAD~1")]


def test_deletes_and_what_brings_no_migration_pass(push: Push) -> None:
    git(push.world.dev, "tag", "v0", "origin/main")
    assert push(push.line("(delete)"), push.line("v0", "refs/tags/v0", ""), push.line("origin/main")) == 0
    assert push("") == 0
    assert push.proved == []


def test_a_tag_of_something_that_is_no_commit_passes(push: Push) -> None:
    git(push.world.dev, "tag", "blob", f"HEAD:{MIGRATIONS}/1_first.sql")
    assert push(push.line("blob", "refs/tags/blob", "")) == 0


def test_a_push_that_takes_all_migrations_away_has_nothing_to_prove(push: Push) -> None:
    git(push.world.dev, "rm", "-q", "-r", MIGRATIONS)
    git(push.world.dev, "commit", "-q", "-m", "gone")
    assert push(push.line("HEAD")) == 0
    assert push.proved == []


def test_a_failed_proof_stops_the_push_and_says_which_why_and_what_next(push: Push) -> None:
    push.ok = False
    assert push(push.line("HEAD")) == 1
    (text,) = push.said
    short = push.world.repo.commit_id("HEAD")[:12]
    again = f"driftwatch --project apps/two verify --rev {short}"
    for words in (short, "refs/heads/main", "2_second.sql:1", again, "--no-verify"):
        assert words in text


def test_a_proof_that_could_not_be_made_stops_the_push_with_its_own_code(push: Push) -> None:
    push.error = Unreachable("No Postgres here.", next_step="driftwatch doctor")
    assert push(push.line("HEAD")) == 2
    assert "No Postgres here." in push.said[0]
    assert "driftwatch doctor" in push.said[0]


def test_require_asks_for_the_receipt_and_with_it_for_all_that_a_push_is_held_to(push: Push) -> None:
    assert push(push.line("HEAD"), mode="require") == 1
    assert "driftwatch --project apps/two verify --rev" in push.said[0]
    assert push.proved == [], "nothing is proved from nothing"
    push.receipts = {push.world.repo.commit_id("HEAD")}
    assert push(push.line("HEAD"), mode="require") == 0
    push.ok = False
    assert push(push.line("HEAD"), mode="require") == 1


def test_warn_says_the_same_and_lets_it_out(push: Push) -> None:
    push.ok = False
    assert push(push.line("HEAD"), mode="warn") == 0
    assert "2_second.sql:1" in push.said[0]
    push.error = Unreachable("No Postgres here.")
    assert push(push.line("HEAD"), mode="warn") == 0


def test_off_looks_at_nothing(push: Push) -> None:
    assert push(push.line("HEAD"), mode="off") == 0
    assert (push.proved, push.said) == ([], [])


def test_every_mode_lets_an_empty_push_pass(push: Push) -> None:
    assert [push("", mode=mode) for mode in get_args(PushMode)] == [0, 0, 0, 0]
