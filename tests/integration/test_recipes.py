"""The CI examples are YAML that runs commands which exist, and keep production's URL from pull requests."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from driftwatch.__main__ import run
from driftwatch.actions.init import VARIABLE, recipe_text
from driftwatch.settings import load

RECIPES = Path(__file__).parents[2] / "docs" / "recipes"
NAMES = sorted(path.name for path in RECIPES.glob("*.yml"))


def lines(value: Any) -> Iterator[str]:
    """Every text of a YAML document, a line at a time."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from lines(one)
    elif isinstance(value, str):
        yield from value.splitlines()


def commands(text: str) -> list[list[str]]:
    return [shlex.split(line)[1:] for line in lines(yaml.safe_load(text)) if line.startswith("driftwatch ")]


def test_there_is_one_for_each_host() -> None:
    assert NAMES == ["github-actions.yml", "gitlab-ci.yml"]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("below", ["", "my apps/web"])
def test_its_commands_are_driftwatchs(
    name: str, below: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = recipe_text((RECIPES / name).read_text(), "SHOP_DB_URL", below)
    assert VARIABLE not in text
    found = commands(text)
    where = ["--project", below] if below else []
    assert found == [[*where, "verify"], [*where, "check"]]
    if below:
        (tmp_path / below).mkdir(parents=True)
        monkeypatch.chdir(tmp_path)
    for command in found:
        assert run([*command, "--help"]) == 0
        assert f"driftwatch {command[-1]}" in capsys.readouterr().out


@pytest.mark.parametrize("name", NAMES)
def test_its_variables_are_settings(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keys = {key for key in walk(yaml.safe_load((RECIPES / name).read_text())) if key.startswith("DRIFTWATCH_")}
    for key in keys:
        monkeypatch.setenv(key, str(tmp_path))
    found = load(tmp_path)
    for key in keys:
        section, field = key.removeprefix("DRIFTWATCH_").lower().split("__")
        assert str(getattr(getattr(found, section), field)) == str(tmp_path)


def walk(value: Any) -> Iterator[str]:
    for one in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from walk(one)
    if isinstance(value, dict):
        yield from map(str, value)


def test_pull_requests_do_not_get_the_url() -> None:
    github = yaml.safe_load((RECIPES / "github-actions.yml").read_text())
    assert VARIABLE not in str(github["env"]) + str(github["jobs"]["verify"])
    assert VARIABLE in github["jobs"]["check"]["env"]
    assert "pull_request" not in github["jobs"]["check"]["if"]
