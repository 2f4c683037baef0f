from __future__ import annotations

import importlib.util
import shutil
from pathlib import Path

import pytest
from driftwatch import share
from driftwatch.errors import DriftwatchError
from driftwatch.git.hooks import HOOK_NAMES, SHARED


@pytest.mark.parametrize("name", [SHARED, *HOOK_NAMES])
def test_every_hook_script_is_shipped(name: str) -> None:
    assert share.share_path(f"hooks/{name}").is_file()


def test_what_is_missing_is_named() -> None:
    with pytest.raises(DriftwatchError, match="hooks/no-such is missing"):
        share.share_path("hooks/no-such")


def test_a_wheels_own_folder_comes_before_a_neighbour_of_the_package(tmp_path: Path) -> None:
    package = tmp_path / "site-packages/driftwatch"
    (package / "_share/hooks").mkdir(parents=True)
    (package / "_share/hooks/pre-push").touch()
    (tmp_path / "site-packages/hooks").mkdir()
    (tmp_path / "site-packages/hooks/pre-push").touch()
    assert share.__file__ is not None
    shutil.copy(share.__file__, package / "share.py")
    spec = importlib.util.spec_from_file_location("installed_share", package / "share.py")
    assert spec is not None
    assert spec.loader is not None
    installed = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(installed)
    assert installed.share_path("hooks/pre-push") == package / "_share/hooks/pre-push"
