"""`check --report`: what a check found as one HTML file, and no stale one passed off as new."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from driftwatch.postgres.shadow import Shadow

from cli_world import Here, World
from daemon_support import unused_port
from page_world import ANYTHING_OUTSIDE

CHECKED = '[remotes.production]\nurl_env = "PROD_URL"\ndefault = true\n'


@pytest.fixture
def project(place: Path, cache_dir: Path, production: Shadow) -> World:
    project = Here(place, cache_dir)
    project.config(CHECKED)
    return project


def test_a_report_is_one_file_with_all_that_differs(project: World, production: Shadow) -> None:
    report = project.root / "out" / "drift.html"
    done = project.run("check", "--report", str(report))
    assert done.returncode == 0, done.stderr
    assert "All is well: production is in sync." in report.read_text()
    name = '"<script>x</script>"'
    with production.session() as conn:
        conn.execute(f"create table public.{name} (id int)")
        conn.execute(f"grant all on public.{name} to anon")
    done = project.run("check", "--report", str(report))
    assert done.returncode == 1, done.stderr
    assert f"Report: {report}" in done.stderr
    page = report.read_text()
    assert "production has drifted." in page
    assert "&lt;script&gt;x" in page
    assert "<script" not in page
    assert "Content-Security-Policy" in page
    assert not ANYTHING_OUTSIDE.search(page)
    assert [path.name for path in report.parent.iterdir()] == ["drift.html"]


def test_where_it_could_not_check_there_is_no_report_and_an_old_one_is_not_passed_off_as_new(
    project: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PROD_URL", f"postgresql://me@127.0.0.1:{unused_port()}/postgres")
    report = project.root / "drift.html"
    done = project.run("check", "--report", str(report))
    assert done.returncode == 2
    assert "No report was written" in done.stderr
    assert not report.exists()
    report.write_text("old")
    done = project.run("check", "--report", str(report))
    assert done.returncode == 2
    assert "was left as it was: it is of" in done.stderr
    assert report.read_text() == "old"


def test_a_drift_is_told_also_where_nobody_can_find_out_where_it_comes_from(
    project: World, production: Shadow, cache_dir: Path, tmp_path: Path
) -> None:
    with production.session() as conn:
        conn.execute("create table public.by_hand (id int)")
    # A cache that can't be written to, as a full one: a place where no folder can be made.
    elsewhere = tmp_path / "cache"
    shutil.copytree(cache_dir, elsewhere, ignore=shutil.ignore_patterns("deltas"), symlinks=True)
    (elsewhere / "deltas").touch()
    done = project.run("check", env={"DRIFTWATCH_PATHS__CACHE": str(elsewhere)})
    assert done.returncode == 1, done.stderr
    assert "table public.by_hand was added" in done.stdout


def test_of_several_remotes_the_one_that_could_not_be_checked_says_so_in_the_report(
    project: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OTHER_URL", f"postgresql://me@127.0.0.1:{unused_port()}/postgres")
    project.config(CHECKED + '[remotes.other]\nurl_env = "OTHER_URL"\n')
    report = project.root / "drift.html"
    assert project.run("check", "--report", str(report)).returncode == 2
    page = report.read_text()
    assert "other cannot be checked." in page
    assert "All is well" not in page


def test_a_report_that_cannot_be_written_is_said(project: World) -> None:
    (project.root / "taken").write_text("")
    done = project.run("check", "--report", str(project.root / "taken" / "drift.html"))
    assert done.returncode == 2
    assert "cannot be written" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_page_that_others_could_see_needs_a_token(project: World) -> None:
    project.config(CHECKED + '[daemon]\nport = 1\nbind = "0.0.0.0"\n')
    done = project.run("daemon", "run")
    assert done.returncode == 78
    assert "daemon.token_env" in done.stderr
    project.config(CHECKED + '[daemon]\nport = 1\nbind = "0.0.0.0"\ntoken_env = "NOT_SET_HERE"\n')
    done = project.run("daemon", "run")
    assert done.returncode == 78
    assert "NOT_SET_HERE is not set" in done.stderr
