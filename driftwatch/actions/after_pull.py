"""After a pull: `driftwatch hook post-merge` and its relatives bring the local database after, once per pull."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from driftwatch.errors import OK, DriftwatchError
from driftwatch.git.marks import (
    LOG,
    SQUASH,
    Marks,
    leave_waiting,
    marks_folder,
    one_at_a_time,
    read_marks,
    record_seen,
    record_synced,
    take_waiting,
)
from driftwatch.git.repo import Repo, clean_environment

PullMode = Literal["sync", "remind", "off"]
PullStep = Literal["nothing", "note", "remind", "sync", "detach"]

DETACHED = "detached"
"""The hook name under which a sync runs on in the background: `hook detached post-rewrite rebase`."""
PATIENCE = 600.0
"""How long, in seconds, a background sync waits for a rebase to end; `--continue` calls the hooks again."""
_POLL = 0.2
_STDIN = 0
_LOG_LIMIT = 256 * 1024
_COMMAND = (sys.executable, "-P", "-m", "driftwatch")


@dataclass(frozen=True)
class SyncResult:
    """What a sync of the local database came to. message: the text for people."""

    ok: bool
    message: str


@dataclass(frozen=True)
class PullSituation:
    """What is known after a pull. tree: of HEAD's migrations, None without any; merge: HEAD is one."""

    tree: str | None
    marks: Marks
    rebasing: bool = False
    autostash: bool = False
    merge: bool = False


def decide_after_pull(hook_name: str, args: Sequence[str], mode: PullMode, now: PullSituation) -> PullStep:
    """What to do: nothing; only note the tree; remind; sync here; or sync in the background.

    In the background where waiting would put the user's edits at risk: Ctrl-C in a slow hook leaves an
    autostash unreturned, a rebase or a pull of submodules unfinished.
    """
    if now.marks.settled(now.tree) or not _can_end_a_pull(hook_name, args, now):
        return "nothing"
    if mode == "off":
        return "note"
    if mode == "remind":
        return "remind"
    amid = now.rebasing or now.autostash or hook_name in ("post-rewrite", "post-checkout")
    if hook_name != DETACHED and amid:
        return "detach"
    return "sync"


def _can_end_a_pull(hook_name: str, args: Sequence[str], now: PullSituation) -> bool:
    """Whether this call of the hook may mean a pull."""
    match hook_name:
        case "post-merge":
            return not now.rebasing
        case "post-commit":
            return not now.rebasing and (now.merge or now.marks.seen == SQUASH)
        case "post-checkout":
            return list(args[2:3]) == ["1"]
        case "post-rewrite":
            return list(args[:1]) == ["rebase"]
        case _:
            return hook_name == DETACHED


def after_pull(
    repo: Repo,
    folder: str,
    hook_name: str,
    args: Sequence[str],
    mode: PullMode,
    sync: Callable[[], SyncResult],
    say: Callable[[str], None],
    *,
    command: Sequence[str] = _COMMAND,
    patience: float = PATIENCE,
) -> int:
    """Brings the local database after the pulled migrations, once per pull. Always 0: the pull is done.

    command: how to call driftwatch for a sync that goes on in the background (with --project where needed);
    patience: seconds that such a one waits for a rebase to end.
    """
    if hook_name == DETACHED:
        ended = _wait_for_git(repo, patience)
        leave_waiting(_STDIN)
        if not ended:
            say(f"Not synced: after {patience:.0f} s a rebase is still under way. Its end calls the hooks again.")
            return OK
    now = _situation(repo, folder)
    step = decide_after_pull(hook_name, args, mode, now)
    if step == "detach":
        log = _start_detached(repo, folder, [*command, "hook", DETACHED, hook_name, *args])
        if log is not None:
            say(f"driftwatch: the migrations changed; syncing the local database in the background, log: {log}")
    elif step == "sync":
        _sync_once(repo, folder, sync, say)
    elif step in ("remind", "note") and now.tree is not None:
        record_seen(repo, folder, now.tree)
        if step == "remind":
            say("driftwatch: the pull changed the migrations. Next: driftwatch sync from-remote")
    return OK


def _situation(repo: Repo, folder: str) -> PullSituation:
    if repo.head() is None:
        return PullSituation(None, read_marks(repo, folder))
    return PullSituation(
        tree=repo.tree_id("HEAD", folder),
        marks=read_marks(repo, folder),
        rebasing=repo.in_rebase(),
        autostash=repo.has_autostash(),
        merge=repo.has_merge_parent(),
    )


def _sync_once(repo: Repo, folder: str, sync: Callable[[], SyncResult], say: Callable[[str], None]) -> None:
    with one_at_a_time(repo, folder):
        # Looked at again under the lock: another hook of the same pull may have done it while we waited.
        tree = repo.tree_id("HEAD", folder)
        if tree is None or read_marks(repo, folder).settled(tree):
            return
        try:
            result = sync()
        except DriftwatchError as error:
            result = SyncResult(False, error.in_words())
        except KeyboardInterrupt:
            result = SyncResult(False, "interrupted.")
        if result.ok:
            record_synced(repo, folder, tree)
            say(result.message)
        else:
            say(f"driftwatch: the local database was not synced: {result.message}")
            say("Next: driftwatch sync from-remote")


def note_synced(repo: Repo, folder: str) -> None:
    """Remembers a sync that a person asked for, so that the next pull without migrations starts nothing."""
    tree = repo.tree_id("HEAD", folder) if repo.head() else None
    if tree is not None:
        record_synced(repo, folder, tree)


def _wait_for_git(repo: Repo, patience: float) -> bool:
    """Whether git came to its end (no rebase, no autostash) within that many seconds."""
    deadline = time.monotonic() + patience
    while repo.in_rebase() or repo.has_autostash():
        if time.monotonic() > deadline:
            return False
        time.sleep(_POLL)
    return True


def _start_detached(repo: Repo, folder: str, argv: Sequence[str]) -> Path | None:
    """Starts it in a session of its own; its log, or None where an earlier hook of this pull started one that waits.

    It holds no descriptor of git's (`git pull | cat` must end); as stdin it inherits its place to wait.
    """
    place = take_waiting(repo, folder)
    if place is None:
        return None
    log = marks_folder(repo, folder) / LOG
    too_long = log.exists() and log.stat().st_size > _LOG_LIMIT
    with place, log.open("wb" if too_long else "ab") as out:
        subprocess.Popen(
            list(argv),
            cwd=repo.root,
            env=clean_environment(os.environ),
            stdin=place,
            stdout=out,
            stderr=out,
            start_new_session=True,
        )
    return log
