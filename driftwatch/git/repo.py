"""The only caller of git: each question is one named method of a Repo.

What it holds is asked in `reading`, what is not committed yet in `unsaved`, where it stands in `branches`; here are
its configuration, and what is changed.
"""

from __future__ import annotations

import os
from pathlib import Path

from driftwatch.errors import DriftwatchError
from driftwatch.git.branches import Branches
from driftwatch.git.reading import CommitInfo as CommitInfo
from driftwatch.git.reading import Reading
from driftwatch.git.run import clean_environment as clean_environment
from driftwatch.git.run import git_version as git_version
from driftwatch.git.run import refused, run
from driftwatch.git.unsaved import Unsaved


class Repo(Reading, Branches, Unsaved):
    """A git work tree. root: where the files are; git_dir: this work tree's; common_dir: all work trees'."""

    @classmethod
    def find(cls, start: Path) -> Repo | None:
        """The work tree that holds `start`, or None where there is none (a bare repository has none).

        Raises DriftwatchError when git is missing or refuses to answer (dubious ownership, for example).
        """
        asked = ["rev-parse", "--path-format=absolute", "--show-toplevel", "--git-dir", "--git-common-dir"]
        done = run(asked, start)
        if done.returncode == 0:
            root, git_dir, common_dir = (Path(os.fsdecode(line)) for line in done.stdout.splitlines())
            return cls(root, git_dir, common_dir)
        if b"not a git repository" in done.stderr or b"must be run in a work tree" in done.stderr:
            return None
        raise refused(asked, done)

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

    def config_remove_section(self, name: str) -> None:
        """Removes a section from this repository's config; nothing happens when it is not there."""
        self._git(["config", "--local", "--remove-section", name], none_on=(128,))

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

    # -- notes

    def note(self, name: str, sha: str) -> str:
        """The note of this name (`refs/notes/<name>`) on an object; "" where there is none."""
        return os.fsdecode(self._git(["notes", f"--ref={name}", "show", sha], none_on=(1, 128)))

    def set_note(self, name: str, sha: str, text: str) -> None:
        """Puts a note of this name on an object, in place of the one that is there."""
        who = () if self.user() else ("-c", "user.name=driftwatch", "-c", "user.email=driftwatch@localhost")
        self._git([*who, "notes", f"--ref={name}", "add", "-f", "-F", "-", sha], stdin=os.fsencode(text))

    # -- changing

    def rename(self, old: Path, new: Path) -> bool:
        """`git mv` of one file; False where git does not know it."""
        if not self._git(["ls-files", "--", str(old)], none_on=(128,)):
            return False
        self._git(["mv", "--", str(old), str(new)])
        return True

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


def _c_quoted(path: str) -> bytes:
    """A path as git's streams quote it."""
    return os.fsencode(path).replace(b"\\", b"\\\\").replace(b'"', b'\\"').replace(b"\n", b"\\n")
