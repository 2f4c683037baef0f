"""What the hooks cost when there is nothing to do, beside sh, the git call they need, and other hook managers.

python -m benchmarks.hooks      husky, lefthook and pre-commit are taken from PATH
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from driftwatch.git import hooks
from driftwatch.git.repo import Repo

from benchmarks.everyday import Work, command

FOLDER = "supabase/migrations"
ROUNDS = 41
_TOOLS = {
    "husky": (".husky/pre-push", ":\n", ("husky",)),
    "lefthook": ("lefthook.yml", "pre-push:\n  jobs:\n    - run: ':'\n", ("lefthook", "install")),
    "pre-commit": (
        ".pre-commit-config.yaml",
        "repos:\n- repo: local\n  hooks:\n  - {id: x, name: x, language: system, entry: 'true', stages: [pre-push],"
        " always_run: true, pass_filenames: false}\n",
        ("pre-commit", "install", "-t", "pre-push"),
    ),
}


def run(home: Path) -> None:
    """The pairs, one row each."""
    print(f"{'A':<38}{'B':<28}{'A ms':>9}{'B ms':>9}{'A/B':>8}   (load {os.getloadavg()[0]:.1f})")
    root = _repository(home / "hooks")
    repo = Repo.find(root)
    if repo is None:
        raise SystemExit("git init made no repository")
    hooks.install(repo, FOLDER)
    sh = command("sh", "-c", ":")
    asked = f"git rev-parse --git-dir --git-common-dir HEAD:{FOLDER}"
    sha = repo.head() or ""
    pushed = f"HEAD {sha} refs/heads/main {sha}\n"
    listed = f"git rev-list -n1 {sha} ^{sha} --not --remotes=origin -- {FOLDER}"
    checkout = command(repo.hooks_path() / "post-checkout", sha, sha, "1", cwd=root)
    merge, push = command(repo.hooks_path() / "post-merge", "0", cwd=root), _hook(repo, pushed)
    compare("post-checkout, no migration changed", checkout, "sh -c :", sh)
    compare("post-merge, no migration changed", merge, "sh -c :", sh)
    compare("post-merge, no migration changed", merge, "sh with its git call", _sh(root, asked))
    compare("pre-push, no migration changed", push, "sh -c :", sh)
    compare("pre-push, no migration changed", push, "sh with its git call", _sh(root, listed))
    _with_receipt(repo, home)
    for name in _TOOLS:
        _beside(name, home, push)


def compare(a: str, work_a: Work, b: str, work_b: Work) -> None:
    """One row: the median milliseconds of each, in turn A B A B …, and the median of A divided by B pair by pair."""
    pairs = [(_milliseconds(work_a), _milliseconds(work_b)) for _ in range(ROUNDS)]
    of_a, of_b = (statistics.median(side) for side in zip(*pairs, strict=True))
    ratio = statistics.median(one / other for one, other in pairs)
    print(f"{a:<38}{b:<28}{of_a:>9.1f}{of_b:>9.1f}{ratio:>8.2f}", flush=True)


def _milliseconds(work: Work) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def _with_receipt(repo: Repo, home: Path) -> None:
    """The whole hook, where the pushed migrations are new to the remote and their receipt is there."""
    places = {"DRIFTWATCH_PATHS__CACHE": str(home / "cache"), "DRIFTWATCH_PATHS__DATA": str(home / "data")}
    env = {**os.environ, **places, "DRIFTWATCH_LOCAL__PORT": "0"}
    line = f"HEAD {repo.head()} refs/heads/main {'0' * 40}\n"
    work = _hook(repo, line, env)
    work()
    python = command(sys.executable, "-c", "pass")
    compare("pre-push, proved before", work, "python -c pass", python)

    def judged_again() -> None:
        shutil.rmtree(repo.common_dir / "driftwatch" / "cleared")
        work()

    compare("pre-push, proved before, judged again", judged_again, "python -c pass", python)


def _beside(name: str, home: Path, push: Work) -> None:
    file, text, start = _TOOLS[name]
    program = shutil.which(name)
    if program is None:
        print(f"left out: {name} is not on PATH")
        return
    root = _repository(home / name)
    (root / file).parent.mkdir(exist_ok=True)
    (root / file).write_text(text)
    subprocess.run(("git", "add", "-A"), cwd=root, check=True)
    subprocess.run(start, cwd=root, check=True, capture_output=True)
    repo = Repo.find(root)
    if repo is not None:
        sha = repo.head() or ""
        line = f"HEAD {sha} refs/heads/main {'0' * 40}\n"
        compare("pre-push, no migration changed", push, f"{name}, doing nothing", _hook(repo, line))


def _repository(root: Path) -> Path:
    (root / FOLDER).mkdir(parents=True)
    (root / FOLDER / "1_a.sql").write_text("create table a (i int);")
    for words in (
        ("init", "-q"),
        ("add", "-A"),
        ("-c", "user.name=b", "-c", "user.email=b@example.com", "commit", "-qm", "one"),
    ):
        subprocess.run(("git", *words), cwd=root, check=True)
    return root


def _hook(repo: Repo, pushed: str, env: dict[str, str] | None = None) -> Work:
    words = (repo.hooks_path() / "pre-push", "origin", "x")
    return lambda: subprocess.run(words, cwd=repo.root, env=env, input=pushed.encode(), check=True, capture_output=True)


def _sh(root: Path, line: str) -> Work:
    return command("sh", "-c", f"{line}; :", cwd=root)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="driftwatch-bench-") as name:
        home = Path(name)
        home.chmod(0o711)
        run(home)
