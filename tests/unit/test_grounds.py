"""What every judgement stands on besides migrations and databases: another key whenever any of it is another."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from driftwatch import grounds


class Program:
    """A program in a folder of its own, with a library beside it. Each look is one of a new process."""

    def __init__(self, place: Path, patch: pytest.MonkeyPatch) -> None:
        self.package, self.library = place / "program", place / "site-packages"
        (self.package / "core").mkdir(parents=True)
        self.library.mkdir()
        (self.package / "core" / "rules.py").write_text("old", encoding="utf-8")
        patch.setattr(grounds, "__file__", str(self.package / "grounds.py"))
        patch.syspath_prepend(str(self.library))
        self.root = place / "project"
        self.root.mkdir()

    def key(self) -> str:
        grounds._program.cache_clear()
        return grounds.key(self.root)


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Program]:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "own"))
    yield Program(tmp_path, monkeypatch)
    grounds._program.cache_clear()


def test_nothing_changed_is_the_same_key(program: Program) -> None:
    before = program.key()
    (program.package / "__pycache__").mkdir()
    (program.package / "__pycache__" / "rules.pyc").write_bytes(b"compiled")
    (program.root / "README").write_text("words", encoding="utf-8")
    assert program.key() == before


CHANGES: dict[str, Callable[[Program], object]] = {
    "another rule": lambda program: (program.package / "core" / "rules.py").write_text("newer", encoding="utf-8"),
    "the same size": lambda program: os.utime(program.package / "core" / "rules.py", ns=(1, 1)),
    "a new file": lambda program: (program.package / "more.sql").touch(),
    "another library": lambda program: (program.library / "other-2.0.dist-info").mkdir(),
    "settings": lambda program: (program.root / "driftwatch.toml").touch(),
    "a Supabase folder": lambda program: (program.root / "supabase").mkdir(),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_counts_is_another_key(program: Program, change: str) -> None:
    before = program.key()
    CHANGES[change](program)
    assert program.key() != before


def test_a_process_keeps_the_program_that_it_began_with(program: Program) -> None:
    before = program.key()
    (program.package / "core" / "rules.py").write_text("newer", encoding="utf-8")
    assert grounds.key(program.root) == before
