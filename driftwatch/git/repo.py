"""The only caller of git: each question is one named method, and git's own words are kept when it refuses."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path

from driftwatch.errors import DriftwatchError

NO_COMMIT = "0" * 40
"""What git writes for "there is no commit": a branch that is new, or one that is deleted."""

_KEPT = frozenset(
    {
        "GIT_EXEC_PATH",
        "GIT_SSH",
        "GIT_SSH_COMMAND",
        "GIT_SSH_VARIANT",
        "GIT_SSL_CAINFO",
        "GIT_SSL_NO_VERIFY",
        "GIT_ASKPASS",
        "GIT_TERMINAL_PROMPT",
        "GIT_CONFIG_GLOBAL",
        "GIT_CONFIG_SYSTEM",
        "GIT_CONFIG_NOSYSTEM",
        "GIT_CONFIG_COUNT",
        "GIT_CEILING_DIRECTORIES",
        "GIT_AUTHOR_NAME",
        "GIT_AUTHOR_EMAIL",
        "GIT_COMMITTER_NAME",
        "GIT_COMMITTER_EMAIL",
    }
)
_KEPT_NUMBERED = re.compile(r"GIT_CONFIG_(KEY|VALUE)_\d+")


def clean_environment(environ: Mapping[str, str]) -> dict[str, str]:
    """The environment without what ties git to the operation that called us (GIT_DIR, GIT_INDEX_FILE, …).

    Who the user is, how git connects and which config files it reads stay.
    """
    return {
        name: value
        for name, value in environ.items()
        if not name.startswith("GIT_") or name in _KEPT or _KEPT_NUMBERED.fullmatch(name)
    }


@dataclass(frozen=True)
class CommitInfo:
    """One commit: full sha, author as `Name <mail>`, author date in ISO 8601, subject line."""

    sha: str
    author: str
    date: str
    subject: str


@dataclass(frozen=True)
class Repo:
    """A git work tree. root: where the files are; git_dir: this work tree's; common_dir: all work trees'."""

    root: Path
    git_dir: Path
    common_dir: Path

    @classmethod
    def find(cls, start: Path) -> Repo | None:
        """The work tree that holds `start`, or None where there is none (a bare repository has none).

        Raises DriftwatchError when git is missing or refuses to answer (dubious ownership, for example).
        """
        asked = ["rev-parse", "--path-format=absolute", "--show-toplevel", "--git-dir", "--git-common-dir"]
        done = _run(asked, start)
        if done.returncode == 0:
            root, git_dir, common_dir = (Path(os.fsdecode(line)) for line in done.stdout.splitlines())
            return cls(root, git_dir, common_dir)
        if b"not a git repository" in done.stderr or b"must be run in a work tree" in done.stderr:
            return None
        raise _refused(asked, done)

    # -- commits and trees

    def head(self) -> str | None:
        """The sha of HEAD, or None before the first commit."""
        return self._line("rev-parse", "-q", "--verify", "HEAD^{commit}", none_on=(1, 128))

    def commit_id(self, rev: str) -> str:
        """The full sha of the commit that `rev` names. Raises DriftwatchError when there is none."""
        asked = ["rev-parse", "--verify", "--end-of-options", f"{rev}^{{commit}}"]
        return os.fsdecode(self._git(asked)).splitlines()[-1]

    def tree_id(self, rev: str, folder: str) -> str | None:
        """The tree id of `folder` (relative to the root, "" for all) in `rev`; None where there is no such.

        Two equal ids mean equal content. Raises DriftwatchError when `rev` names no commit or tree.
        """
        lines = f"{rev}^{{tree}}\n{rev}:{folder}\n"
        answers = self._git(["cat-file", "--batch-check"], stdin=os.fsencode(lines)).splitlines()
        whole, inner = (answer.split(b" ") for answer in answers[:2])
        if len(whole) != 3 or whole[1] != b"tree":
            raise DriftwatchError(f"git knows no revision {rev}.", next_step="git fetch, or check the name.")
        return inner[0].decode() if len(inner) == 3 and inner[1] == b"tree" else None

    def files_at(self, rev: str, folder: str) -> dict[str, bytes]:
        """The files directly in `folder` as they are in `rev`: name -> content; empty if there is none."""
        tree = self.tree_id(rev, folder)
        if tree is None:
            return {}
        blobs: dict[str, str] = {}
        for entry in self._git(["ls-tree", "-rz", tree]).split(b"\0"):
            head, _, name = entry.partition(b"\t")
            if head.startswith(b"100") and b"/" not in name:
                blobs[os.fsdecode(name)] = head.split(b" ")[2].decode()
        contents = self._contents(list(blobs.values()))
        return dict(zip(blobs, contents, strict=True))

    def _contents(self, blobs: Sequence[str]) -> list[bytes]:
        if not blobs:
            return []
        answer = self._git(["cat-file", "--batch"], stdin="".join(f"{blob}\n" for blob in blobs).encode())
        contents, at = [], 0
        for blob in blobs:
            end = answer.index(b"\n", at)
            header = answer[at:end].split(b" ")
            if len(header) != 3:
                raise DriftwatchError(f"git has no content for {blob}: {os.fsdecode(answer[at:end])}")
            size = int(header[2])
            contents.append(answer[end + 1 : end + 1 + size])
            at = end + 1 + size + 1
        return contents

    def commits_touching(self, local_sha: str, remote_name: str, remote_sha: str, folder: str) -> bool:
        """Whether what a push of `local_sha` brings to the remote has a commit that changes `folder`.

        remote_sha: what the remote has under that name, zeros for a new one; it may be unknown here.
        """
        known = [] if _is_zeros(remote_sha) else [f"^{remote_sha}"]
        found = self._git(
            ["rev-list", "-n1", "--ignore-missing", local_sha, *known, "--not", f"--remotes={remote_name}"],
            folder=folder,
        )
        return bool(found.strip())

    def last_commit_of(self, path: str, rev: str = "HEAD") -> CommitInfo | None:
        """The newest commit up to `rev` that changed `path` (relative to the root); None when none did."""
        if self.head() is None:
            return None
        answer = self._git(["log", "-1", "--format=%H%x00%an <%ae>%x00%aI%x00%s", "--end-of-options", rev], folder=path)
        fields = os.fsdecode(answer).rstrip("\n").split("\0")
        return CommitInfo(*fields) if len(fields) == 4 else None

    def origins_of_lines(self, path: str, lines: Iterable[int], rev: str = "") -> dict[int, CommitInfo]:
        """The commits that lines of a file (relative to the root) come from, renames of the file followed.

        rev: as of this revision; "" is the work tree. A line, or a file, that is not committed has none.
        """
        wanted = [f"-L{line},{line}" for line in sorted(set(lines))]
        if not wanted:
            return {}
        # The user's list of commits to ignore may name a file that is not there, which git refuses.
        asked = ["-c", "blame.ignoreRevsFile=", "blame", "--line-porcelain", *wanted, *([rev] if rev else [])]
        answer = self._git(asked, folder=path, none_on=(128,))
        found: dict[int, CommitInfo] = {}
        head: dict[str, str] = {}
        for one in os.fsdecode(answer).split("\n"):
            if one.startswith("\t"):
                sha, _, line = head.pop("commit").split(" ")[:3]
                if not _is_zeros(sha):
                    found[int(line)] = _blamed(sha, head)
                head = {}
            elif "commit" not in head:
                head["commit"] = one
            else:
                key, _, value = one.partition(" ")
                head[key] = value
        return found

    def changed_paths(self, old: str, new: str, folder: str) -> tuple[str, ...]:
        """Paths under `folder` that differ between two commits or trees, sorted, relative to the root."""
        asked = ["diff-tree", "-r", "--name-only", "-z", "--no-renames", "--no-commit-id", old, new]
        return _paths(self._git(asked, folder=folder))

    def uncommitted_paths(self, folder: str) -> tuple[str, ...]:
        """Paths under `folder` whose file differs from HEAD or is not known to git, relative to the root."""
        asked = ["status", "--porcelain=v1", "-z", "--no-renames", "--untracked-files=all"]
        entries = self._git(asked, folder=folder).split(b"\0")
        return tuple(sorted(os.fsdecode(entry[3:]) for entry in entries if entry))

    # -- what is going on in this work tree

    def branch(self) -> str | None:
        """The branch that HEAD is on, or None when it is detached."""
        return self._line("symbolic-ref", "-q", "--short", "HEAD", none_on=(1,))

    def upstream(self) -> str | None:
        """The branch's upstream as `remote/branch`, or None."""
        return self._line("rev-parse", "-q", "--abbrev-ref", "@{upstream}", none_on=(1, 128))

    def ahead_behind(self, other: str) -> tuple[int, int]:
        """How many commits HEAD has that `other` lacks, and the reverse."""
        asked = ["rev-list", "--left-right", "--count", "--end-of-options", f"HEAD...{other}"]
        ahead, behind = self._git(asked).split()
        return int(ahead), int(behind)

    def has_merge_parent(self) -> bool:
        """Whether HEAD is a merge."""
        return self._line("rev-parse", "-q", "--verify", "HEAD^2", none_on=(1, 128)) is not None

    def in_rebase(self) -> bool:
        """Whether a rebase (or `git am`) is under way in this work tree."""
        return any((self.git_dir / name).is_dir() for name in ("rebase-merge", "rebase-apply"))

    def has_autostash(self) -> bool:
        """Whether git holds the user's edits in an autostash that it has still to give back."""
        names = ("MERGE_AUTOSTASH", "rebase-merge/autostash", "rebase-apply/autostash")
        return any((self.git_dir / name).exists() for name in names)

    # -- configuration and people

    def hooks_path(self) -> Path:
        """The folder that git takes hooks from, core.hooksPath and linked work trees considered."""
        answer = self._git(["rev-parse", "--path-format=absolute", "--git-path", "hooks"])
        return Path(os.fsdecode(answer.removesuffix(b"\n")))

    def config_get(self, key: str) -> str | None:
        """The value of a config key, or None when it is not set."""
        return self._line("config", "--get", key, none_on=(1,))

    def config_scope(self, key: str) -> str | None:
        """Where a config key is set: system, global, local, worktree or command; None when it is not."""
        found = self._line("config", "--show-scope", "--get", key, none_on=(1,))
        return found.split("\t")[0] if found is not None else None

    def config_set(self, key: str, value: str) -> None:
        """Sets a config key in this repository."""
        self._git(["config", "--local", key, value])

    def config_unset(self, key: str) -> None:
        """Removes a config key from this repository; nothing happens when it is not set."""
        self._git(["config", "--local", "--unset-all", key], none_on=(5,))

    def user(self) -> str | None:
        """Who would be the author of a commit now, as `Name <mail>`; None when git does not know."""
        found = self._line("var", "GIT_AUTHOR_IDENT", none_on=(128,))
        return found.rsplit(" ", 2)[0] if found is not None else None

    def remotes(self) -> tuple[str, ...]:
        """The names of the git remotes."""
        return tuple(os.fsdecode(self._git(["remote"])).splitlines())

    def remote_url(self, name: str) -> str | None:
        """The URL that a git remote is fetched from, or None when there is no such remote."""
        return self._line("remote", "get-url", "--", name, none_on=(2, 128))

    def rename(self, old: Path, new: Path) -> bool:
        """`git mv` of one file; False where git does not know it."""
        if not self._git(["ls-files", "--", str(old)], none_on=(128,)):
            return False
        self._git(["mv", "--", str(old), str(new)])
        return True

    def paths_with_text(self, texts: Sequence[str]) -> tuple[str, ...]:
        """The tracked text files that hold one of the texts, relative to the root."""
        words = [word for text in texts for word in ("-e", text)]
        return _paths(self._git(["grep", "-z", "-l", "-I", "--fixed-strings", *words], none_on=(1,)))

    def commit_on_new_branch(self, branch: str, path: str, content: bytes, message: str) -> None:
        """Makes a branch at HEAD with one more commit, which adds or replaces one file.

        Work tree, index and the branch that is checked out stay as they are. Raises DriftwatchError when the branch
        is there already.
        """
        name = f"refs/heads/{branch}"
        if self._line("rev-parse", "--verify", "--quiet", name, none_on=(1,)) is not None:
            raise DriftwatchError(f"There is a branch {branch} already.", untouched="Nothing was committed.")
        who = self._git(["var", "GIT_COMMITTER_IDENT"])
        text = message.encode()
        stream = b"".join(
            (
                b"commit %s\ncommitter %s\n" % (os.fsencode(name), who.strip()),
                b"data %d\n%s\nfrom %s\n" % (len(text), text, self.commit_id("HEAD").encode()),
                b'M 100644 inline "%s"\n' % _c_quoted(path),
                b"data %d\n%s\n" % (len(content), content),
            )
        )
        self._git(["fast-import", "--quiet"], stdin=stream)

    # -- calling git

    def _line(self, *asked: str, none_on: tuple[int, ...]) -> str | None:
        answer = self._git(list(asked), none_on=none_on)
        return os.fsdecode(answer.removesuffix(b"\n")) or None

    def _git(
        self,
        asked: Sequence[str],
        *,
        folder: str | None = None,
        stdin: bytes = b"",
        none_on: tuple[int, ...] = (),
    ) -> bytes:
        """git's answer; empty for an exit code in `none_on`. Other failures raise DriftwatchError."""
        literal = [] if folder is None else ["--literal-pathspecs"]
        within = [] if folder is None else ["--", folder or "."]
        done = _run([*literal, *asked, *within], self.root, stdin)
        if done.returncode in none_on:
            return b""
        if done.returncode:
            raise _refused(asked, done)
        return done.stdout


def _blamed(sha: str, head: Mapping[str, str]) -> CommitInfo:
    """A commit from what `git blame --line-porcelain` says of a line."""
    zone = head["author-tz"]
    offset = timezone(timedelta(minutes=int(f"{zone[0]}1") * (int(zone[1:3]) * 60 + int(zone[3:]))))
    date = datetime.fromtimestamp(int(head["author-time"]), offset).isoformat()
    return CommitInfo(sha, f"{head['author']} {head['author-mail']}", date, head["summary"])


def git_version() -> tuple[int, ...]:
    """The version of the git on PATH, such as (2, 39, 5). Raises DriftwatchError when there is none."""
    answer = _run(["version"], Path("/")).stdout.decode(errors="replace")
    found = re.search(r"\d+(?:\.\d+)+", answer)
    return tuple(int(part) for part in found.group().split(".")) if found else ()


def _run(asked: Sequence[str], where: Path, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    environment = clean_environment(os.environ)
    # English words, because some are looked at; and reading must not take the index lock from the user's git.
    environment |= {"LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"}
    try:
        return subprocess.run(
            ["git", *asked], cwd=where, env=environment, input=stdin, capture_output=True, check=False
        )
    except FileNotFoundError as error:
        if not where.is_dir():
            raise DriftwatchError(f"There is no folder {where}.") from error
        raise DriftwatchError(
            "git was not found on PATH.", next_step="Install git 2.31 or newer, or mend PATH."
        ) from error
    except NotADirectoryError as error:
        raise DriftwatchError(f"{where} is not a folder.") from error


def _refused(asked: Sequence[str], done: subprocess.CompletedProcess[bytes]) -> DriftwatchError:
    words = done.stderr.decode(errors="replace").strip() or f"it ended with code {done.returncode}"
    first = words.splitlines()[0].removeprefix("fatal: ").removeprefix("error: ")
    return DriftwatchError(f"git {asked[0]} failed: {first}", details=words if "\n" in words else "")


def _c_quoted(path: str) -> bytes:
    """A path as git's streams quote it."""
    return os.fsencode(path).replace(b"\\", b"\\\\").replace(b'"', b'\\"').replace(b"\n", b"\\n")


def _is_zeros(sha: str) -> bool:
    return not sha.strip("0")


def _paths(answer: bytes) -> tuple[str, ...]:
    return tuple(sorted(os.fsdecode(path) for path in answer.split(b"\0") if path))
