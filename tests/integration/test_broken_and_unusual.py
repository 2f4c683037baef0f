"""`driftwatch verify` on migrations that teams really write: broken ones are stopped, odd but good ones are not."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from driftwatch.__main__ import run

CASES = Path(__file__).parents[1] / "cases"
BROKEN = sorted(path.parent for path in CASES.glob("broken/*/expect.txt"))
UNUSUAL = sorted(path.parent for path in CASES.glob("unusual/*/migrations"))


@pytest.fixture
def project(place: Path, cache_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty project, in which commands run."""
    root = place / "project"
    (root / "supabase").mkdir(parents=True)
    for name, value in {
        "DRIFTWATCH_PATHS__CACHE": str(cache_dir),
        "DRIFTWATCH_PATHS__DATA": str(place / "data"),
        "DRIFTWATCH_LOCAL__PORT": "0",
        "HOME": str(place),
    }.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(root)
    return root


def verify(project: Path, case: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    shutil.copytree(case / "migrations", project / "supabase" / "migrations")
    code = run(["verify"])
    printed = capsys.readouterr()
    return code, printed.out, printed.err


def test_there_are_enough_of_them() -> None:
    assert len(BROKEN) >= 40
    assert len(UNUSUAL) >= 40


@pytest.mark.parametrize("case", BROKEN, ids=lambda path: path.name)
def test_a_broken_migration_is_stopped_with_its_line_and_a_way_on(
    case: Path, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = (line.split(":", 1) for line in (case / "expect.txt").read_text(encoding="utf-8").splitlines())
    expected = {name: value.strip() for name, value in lines}
    code, _, told = verify(project, case, capsys)
    assert code == 1, told
    first = told.splitlines()[0]
    assert first.startswith(f"driftwatch: {expected['place']}: "), told
    assert expected["message"] in first, told
    if expected["sqlstate"]:
        assert f"(SQLSTATE {expected['sqlstate']})" in first, told
    assert expected["advice"] in told.partition("\n")[2], told
    assert len(told.splitlines()) <= 30, told


@pytest.mark.parametrize("case", UNUSUAL, ids=lambda path: path.name)
def test_a_good_migration_is_not_stopped_for_being_unusual(
    case: Path, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, said, told = verify(project, case, capsys)
    assert code == 0, told
    assert said.startswith("Proved: ")
    assert run(["lint", "--all", "-q"]) == 0, capsys.readouterr().out
