"""What doctor is given: plain values, made by the command line from settings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from driftwatch.actions.project import Project


@dataclass(frozen=True)
class SetUp:
    """config_files: those that are read, later wins. channels: name -> asks for its URL. here: where it was typed.

    daemon: asks for the process that watches the project; None where none does.
    """

    project: Project
    config_files: tuple[Path, ...]
    data_dir: Path
    channels: Mapping[str, Callable[[], str]]
    daemon: Callable[[], int | None]
    here: Path

    @property
    def below(self) -> str:
        """The project's directory relative to the repository's root; "" where it is that."""
        if self.project.repo is None:
            return ""
        path = self.project.root.resolve().relative_to(self.project.repo.root.resolve()).as_posix()
        return "" if path == "." else path
