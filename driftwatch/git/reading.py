"""What a repository holds: commits, trees, files, and who wrote what."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from driftwatch.errors import DriftwatchError
from driftwatch.git.run import WorkTree


@dataclass(frozen=True)
class CommitInfo:
    """One commit: full sha, author as `Name <mail>`, author date in ISO 8601, subject line."""

    sha: str
    author: str
    date: str
    subject: str


class Reading(WorkTree):
    """The questions about commits and their content."""

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

    def blob_id(self, rev: str, path: str) -> str | None:
        """The id of a file's content in `rev`; None where there is none."""
        answer = self._git(["cat-file", "--batch-check"], stdin=os.fsencode(f"{rev}:{path}\n")).split()
        return answer[0].decode() if answer[1:2] == [b"blob"] else None

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

    def uncommitted_paths(self, folder: str) -> tuple[str, ...]:
        """Paths under `folder` whose file differs from HEAD or is not known to git, relative to the root."""
        asked = ["status", "--porcelain=v1", "-z", "--no-renames", "--untracked-files=all"]
        entries = self._git(asked, folder=folder).split(b"\0")
        return tuple(sorted(os.fsdecode(entry[3:]) for entry in entries if entry))

    def folders_with(self, name: str) -> tuple[str, ...]:
        """The folders, relative to the root, in which git knows a file of this name."""
        pattern = f":(top,glob)**/{name}"
        paths = self._git(["ls-files", "-z", "--", pattern]).split(b"\0")
        return tuple(sorted({os.fsdecode(path).rpartition("/")[0] for path in paths if path}))

    def paths_with_text(self, texts: Sequence[str]) -> tuple[str, ...]:
        """The tracked text files that hold one of the texts, relative to the root."""
        words = [word for text in texts for word in ("-e", text)]
        return _paths(self._git(["grep", "-z", "-l", "-I", "--fixed-strings", *words], none_on=(1,)))


def _blamed(sha: str, head: Mapping[str, str]) -> CommitInfo:
    """A commit from what `git blame --line-porcelain` says of a line."""
    zone = head["author-tz"]
    offset = timezone(timedelta(minutes=int(f"{zone[0]}1") * (int(zone[1:3]) * 60 + int(zone[3:]))))
    date = datetime.fromtimestamp(int(head["author-time"]), offset).isoformat()
    return CommitInfo(sha, f"{head['author']} {head['author-mail']}", date, head["summary"])


def _is_zeros(sha: str) -> bool:
    return not sha.strip("0")


def _paths(answer: bytes) -> tuple[str, ...]:
    return tuple(sorted(os.fsdecode(path) for path in answer.split(b"\0") if path))
