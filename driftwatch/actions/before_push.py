"""Before a push: `driftwatch hook pre-push` proves the migrations that go out, in their pushed state."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from driftwatch.errors import FINDINGS, OK, DriftwatchError
from driftwatch.git.repo import Repo

if TYPE_CHECKING:
    from driftwatch.actions.verify import Proof

PushMode = Literal["verify", "require", "warn", "off"]

_HOW_TO_SKIP = "Push without the proof: git push --no-verify   (or DRIFTWATCH_SKIP=1 git push)"


@dataclass(frozen=True)
class ProofResult:
    """What a proof of migrations came to. message: the text for one screen."""

    ok: bool
    message: str


@dataclass(frozen=True)
class PushedRef:
    """One line of git's pre-push input: what is pushed from here (name, sha) to there (name, sha)."""

    local_ref: str
    local_sha: str
    remote_ref: str
    remote_sha: str

    @property
    def is_delete(self) -> bool:
        """Whether the push deletes the remote's ref."""
        return not self.local_sha.strip("0")


@dataclass(frozen=True)
class Pushed:
    """One distinct state of the migrations folder that a push brings. refs: the remote names it goes to."""

    rev: str
    tree: str
    refs: tuple[str, ...]


def parse_pushed(stdin: str) -> tuple[PushedRef, ...]:
    """The lines that git gives to pre-push; the local name may be an expression that contains spaces."""
    fields = (line.rsplit(" ", 3) for line in stdin.splitlines())
    return tuple(PushedRef(*four) for four in fields if len(four) == 4)


def pre_push(
    repo: Repo,
    folder: str,
    remote_name: str,
    stdin: str,
    mode: PushMode,
    prove: Callable[[str], ProofResult],
    say: Callable[[str], None],
    has_receipt: Callable[[str], bool],
    command: str = "driftwatch",
) -> int:
    """Whether the push may go out: 0, or the exit code that stops it.

    folder: the migrations, relative to the work tree's root; stdin: what git wrote to the hook; prove and
    has_receipt take a commit's sha; command: what is typed to reach this project. Each distinct pushed state of the
    migrations is looked at once.
    """
    if mode == "off":
        return OK
    worst = OK
    for pushed in what_to_prove(repo, folder, remote_name, parse_pushed(stdin)):
        code, words = _judge(pushed, mode, prove, has_receipt, f"{command} verify --rev {_short(pushed.rev)}")
        worst = max(worst, code)
        say(block_message(pushed, folder, words) if code else words)
        if code and mode == "warn":
            say('The push goes on: hooks.before_push is "warn".')
    return OK if mode == "warn" else worst


def what_to_prove(repo: Repo, folder: str, remote_name: str, refs: Sequence[PushedRef]) -> tuple[Pushed, ...]:
    """The distinct states of the migrations folder that this push brings to the remote, in its order."""
    by_tree: dict[str, Pushed] = {}
    for ref in refs:
        if ref.is_delete or not repo.commits_touching(ref.local_sha, remote_name, ref.remote_sha, folder):
            continue
        tree = repo.tree_id(ref.local_sha, folder)
        if tree is None:
            continue
        known = by_tree.get(tree)
        rev, names = (known.rev, known.refs) if known else (ref.local_sha, ())
        by_tree[tree] = Pushed(rev, tree, (*names, ref.remote_ref))
    return tuple(by_tree.values())


def _judge(
    pushed: Pushed,
    mode: PushMode,
    prove: Callable[[str], ProofResult],
    has_receipt: Callable[[str], bool],
    verify: str,
) -> tuple[int, str]:
    try:
        if mode == "require" and not has_receipt(pushed.rev):
            return FINDINGS, f'No receipt, and hooks.before_push is "require".\n{_how_to_prove(verify)}'
        proof = prove(pushed.rev)
    except DriftwatchError as error:
        return error.exit_code, f"Could not prove it: {error.in_words()}"
    return (OK, proof.message) if proof.ok else (FINDINGS, f"{proof.message}\n{_how_to_mend(verify)}")


def proved_words(proof: Proof, replayed: int, remote: str) -> str:
    """What a push is told of a proof that passed.

    replayed: how many migrations were run for it. remote: the one that they will be applied to, "" = not known.
    """
    from driftwatch.core.findings import at_least, lines

    count, how = proof.receipt.migrations, f"by replaying {replayed}" if replayed else "by receipt"
    proved = f"driftwatch: {count} migration{'s' if count != 1 else ''} proved {how}."
    unseen = f"  {remote} was never looked at from here, so they were not tried on a copy of it: driftwatch verify"
    said = [unseen] if remote and proof.pending is None else []
    return "\n".join((proved, *said, *lines(at_least(proof.observed, "warning"))))


def block_message(pushed: Pushed, folder: str, why: str) -> str:
    """Which push, why it is stopped, how to mend it and how to go on without."""
    return (
        f"driftwatch: push stopped: {_short(pushed.rev)} -> {', '.join(pushed.refs)} changes "
        f"{folder or 'the migrations'}\n{why}\n{_HOW_TO_SKIP}"
    )


def _how_to_prove(verify: str) -> str:
    return f"Prove it: {verify}   then push again."


def _how_to_mend(verify: str) -> str:
    return f"Then commit and push again. To see this again: {verify}"


def _short(sha: str) -> str:
    return sha[:12]
