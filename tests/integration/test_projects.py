"""Real-sized sets of migrations: replayed as `postgres`, and always the same schema."""

from __future__ import annotations

from pathlib import Path

import pytest
from driftwatch.actions.replay import keys_of, replay
from driftwatch.core.base import on_top
from driftwatch.core.failures import no_base_sentence
from driftwatch.core.fingerprint import fingerprint
from driftwatch.core.scope import Scope, apply_scope
from driftwatch.migrations_folder import read_folder
from driftwatch.postgres.execute import MigrationFailed
from driftwatch.postgres.shadow import ShadowOptions, Shadows

CASES = Path(__file__).parents[1] / "cases"
PROJECTS = sorted(path.parent for path in CASES.glob("projects/*/migrations"))
WITHOUT_BASE = sorted(path.parent for path in CASES.glob("projects_no_base/*/migrations"))


def fingerprint_of(shadows: Shadows, files: Path) -> tuple[str, int]:
    replayed = replay(shadows, read_folder(files).migrations)
    return fingerprint(apply_scope(replayed.catalog, Scope.supabase())), replayed.replayed


def test_there_are_enough_of_them() -> None:
    sizes = [len(read_folder(path / "migrations").migrations) for path in PROJECTS]
    assert len(sizes) >= 6
    assert all(30 <= size <= 300 for size in sizes)


@pytest.mark.parametrize("project", PROJECTS, ids=lambda path: path.name)
def test_every_way_of_building_a_project_gives_one_fingerprint(project: Path, shadows: Shadows, place: Path) -> None:
    files = project / "migrations"
    migrations = read_folder(files).migrations
    replay(shadows, migrations[:-1])
    on_cached_prefix, replayed = fingerprint_of(shadows, files)
    assert replayed == 1
    assert shadows.has(keys_of(shadows, migrations)[-1])
    assert fingerprint_of(shadows, files) == (on_cached_prefix, 0)

    elsewhere = Shadows(ShadowOptions(place / "cache"))
    from_nothing, replayed = fingerprint_of(elsewhere, files)
    assert replayed == len(migrations)
    assert from_nothing == on_cached_prefix


@pytest.mark.parametrize("project", WITHOUT_BASE, ids=lambda path: path.name)
def test_a_project_without_its_beginning_is_recognised_and_works_on_a_base(project: Path, cache_dir: Path) -> None:
    migrations = read_folder(project / "migrations").migrations
    with pytest.raises(MigrationFailed) as failed:
        replay(Shadows(ShadowOptions(cache_dir)), migrations)
    assert no_base_sentence(failed.value.failure, migrations) is not None

    base = (project / "base.sql").read_text()
    on_base = Shadows(ShadowOptions(cache_dir, base=base))
    assert replay(on_base, migrations).replayed == len(on_top(base, migrations))
