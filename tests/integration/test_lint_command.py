"""`driftwatch lint` as a user types it: which migrations are looked at, what is printed, how it ends."""

from __future__ import annotations

import json
import shutil
import stat
from dataclasses import replace
from pathlib import Path

import pytest
from driftwatch import squawk
from driftwatch.actions.lint import hold_to_rules
from driftwatch.actions.rules_key import rules_key
from driftwatch.cli.options import Options
from driftwatch.cli.project import open_project
from driftwatch.core.lint import RULES
from driftwatch.core.lint_options import LintOptions
from driftwatch.errors import Findings
from driftwatch.postgres.shadow import Shadow

from cli_world import Here, World

PLAIN = "create schema if not exists private;\n"
DROPS = "select 1;\ndrop table if exists private.old;\n"
BROKEN = "select 1;\ncreate tabel t;\n"


@pytest.fixture
def world(place: Path, cache_dir: Path) -> World:
    return Here(place, cache_dir)


def linted(world: World, *arguments: str) -> list[str]:
    return [Path(name).name for name in world.answer("lint", *arguments)[1]["files"]]


def publish(world: World, branch: str = "main") -> None:
    """What is there now becomes the git remote's branch, as a fetch would leave it."""
    world.git("add", "-A")
    world.git("commit", "-qm", "published")
    world.git("update-ref", f"refs/remotes/origin/{branch}", "HEAD")


def test_each_finding_is_a_line_with_its_place_and_errors_decide_how_it_ends(world: World) -> None:
    world.write("20250101000000_old_shop.sql", DROPS)
    done = world.run("lint")
    assert done.returncode == 0
    place = "supabase/migrations/20250101000000_old_shop.sql:2"
    line, mend, *_ = done.stdout.splitlines()
    assert line == f"{place}: destructive: table private.old is dropped, with everything in it [warning]"
    assert mend.startswith("    If it is meant")
    assert done.stdout.splitlines()[-1].endswith(": 1 warning")
    assert world.run("lint", "--quiet").stdout.splitlines() == [line]
    assert world.run("lint", "--strict").returncode == 1
    world.config('[lint]\nrules = { destructive = "error" }\n')
    assert world.run("lint").returncode == 1
    world.config('[lint]\nrules = { destructive = "off" }\n')
    assert world.run("lint", "--strict").stdout.endswith("nothing found\n")


@pytest.mark.parametrize(("terms", "code", "words"), [(30_000, 0, "nothing found"), (50_000, 1, "nested too deeply")])
def test_a_sum_of_any_length_is_looked_at_or_refused(
    place: Path, cache_dir: Path, terms: int, code: int, words: str
) -> None:
    world = World(place, cache_dir)
    world.write("20250101000000_long_sum.sql", f"select {'+'.join(['1'] * terms)};\n")
    done = world.run("lint")
    assert (done.returncode, done.stderr) == (code, "")
    assert words in done.stdout


def test_json_is_one_object_with_every_finding(world: World) -> None:
    world.write("20250101000000_orders.sql", BROKEN)
    code, answer = world.answer("lint")
    assert (code, answer["command"], answer["status"], answer["format"]) == (1, "lint", "findings", 1)
    (finding,) = answer["findings"]
    assert finding["mend"]
    assert {name: finding[name] for name in ("file", "line", "rule", "severity", "message")} == {
        "file": "supabase/migrations/20250101000000_orders.sql",
        "line": 2,
        "rule": "syntax",
        "severity": "error",
        "message": 'syntax error at or near "tabel"',
    }
    world.write("20250101000000_orders.sql", PLAIN)
    assert world.answer("lint")[1]["status"] == "passed"


def test_rules_are_listed_with_why_how_to_mend_and_the_team_s_severity(world: World) -> None:
    world.config('[lint]\nrules = { destructive = "error" }\n')
    said = world.run("lint", "--rules").stdout
    assert all(f"{rule.name} [" in said and rule.why in said and rule.mend in said for rule in RULES)
    assert "destructive [error]" in said
    rules = {one["name"]: one["severity"] for one in world.answer("lint", "--rules")[1]["rules"]}
    assert len(rules) == len(RULES)
    assert rules["destructive"] == "error"


def test_a_rule_that_there_is_not_is_a_wrong_setting(world: World) -> None:
    world.config('[lint]\nrules = { drop-table = "error" }\n')
    done = world.run("lint")
    assert done.returncode == 78
    assert "lint.rules.drop-table" in done.stderr
    assert "there is no such rule" in done.stderr


def test_without_files_only_what_can_still_be_changed_is_looked_at(world: World) -> None:
    world.write("20250101000000_schema.sql", PLAIN)
    world.write("20250102000000_old_shop.sql", DROPS)
    assert len(linted(world)) == 2  # nothing is known of what is published
    publish(world)
    assert linted(world) == []
    world.write("20250103000000_orders.sql", PLAIN)
    world.write("20250101000000_schema.sql", f"{PLAIN}-- edited\n")
    assert linted(world) == ["20250101000000_schema.sql", "20250103000000_orders.sql"]
    assert len(linted(world, "--all")) == 3
    world.config('[lint]\nsince = "20250102"\n')
    assert linted(world) == ["20250103000000_orders.sql"]
    assert len(linted(world, "--all")) == 2


def test_the_branch_that_others_build_on_counts_before_one_s_own(world: World) -> None:
    world.write("20250101000000_schema.sql", PLAIN)
    publish(world, "develop")
    world.git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/develop")
    world.write("20250102000000_orders.sql", PLAIN)
    publish(world, "feature")
    assert linted(world) == ["20250102000000_orders.sql"]


def test_what_a_remote_has_applied_can_not_be_changed(world: World, production: Shadow) -> None:
    world.config('[remotes.production]\nurl_env = "PROD_URL"\n')
    world.write("20250101000000_schema.sql", PLAIN)
    assert world.run("sync", "to-remote", "--yes").returncode == 0
    world.write("20250102000000_orders.sql", PLAIN)
    assert world.run("verify").returncode == 0
    assert linted(world) == ["20250102000000_orders.sql"]


def test_named_files_are_looked_at_wherever_they_are_and_whatever_they_are_called(world: World) -> None:
    (world.root / "seed.sql").write_text(DROPS)
    done = world.run("lint", "seed.sql", "--strict")
    assert done.returncode == 1
    assert done.stdout.startswith("seed.sql:2: destructive: ")
    missing = world.run("lint", "none.sql")
    assert (missing.returncode, "none.sql can't be read" in missing.stderr) == (64, True)
    assert world.run("lint", "seed.sql", "--all").returncode == 64
    (world.root / "seed.sql").write_bytes(b"-- \xff")
    assert "seed.sql:1: file: is not valid UTF-8" in world.run("lint", "seed.sql").stdout


def test_places_are_relative_to_where_one_is(world: World) -> None:
    world.write("20250101000000_old_shop.sql", DROPS)
    world.root, root = world.migrations, world.root
    assert world.run("lint", "-q").stdout.startswith("20250101000000_old_shop.sql:2: ")
    world.root = root


def test_the_schemas_of_supabase_s_configuration_are_the_exposed_ones(world: World) -> None:
    table = "create table if not exists api.t (id int primary key);\n"
    world.write("20250101000000_things.sql", f"create schema if not exists api;\n{table}")
    assert "rls-on-new-tables" not in world.run("lint").stdout
    (world.root / "supabase" / "config.toml").write_text('[api]\nschemas = ["api", "graphql_public"]\n')
    assert "2: rls-on-new-tables" in world.run("lint").stdout
    world.config('[shadow]\nbaseline = "none"\n')  # without Supabase nothing serves it
    assert "rls-on-new-tables" not in world.run("lint").stdout


def test_the_key_of_the_rules_changes_with_what_the_team_wants() -> None:
    plain = LintOptions()
    others = [
        replace(plain, severities={"destructive": "error"}),
        replace(plain, exposed=()),
        replace(plain, since="2"),
    ]
    assert rules_key(plain) == rules_key(LintOptions())
    assert len({rules_key(one) for one in (plain, *others)}) == 4


def test_a_proof_stops_at_errors_and_tells_of_warnings(world: World) -> None:
    world.write("20250101000000_old_shop.sql", DROPS)
    world.write("20250102000000_orders.sql", BROKEN)
    project = open_project(Options(project=str(world.root)))
    folder = project.folder()
    with pytest.raises(Findings) as stopped:
        hold_to_rules(project, folder)
    assert stopped.value.message.startswith("20250102000000_orders.sql:2: syntax: ")
    assert "driftwatch: allow syntax" in stopped.value.next_step
    (warning,) = hold_to_rules(project, folder, ["20250101000000_old_shop.sql"])
    assert warning.startswith("20250101000000_old_shop.sql:2: destructive: ")


RENAMES = "alter table private.t rename column a to b;\n"


@pytest.mark.skipif(squawk.find() is None, reason="squawk is not installed")
def test_squawk_s_findings_stand_beside_ours(world: World) -> None:
    world.write("20250101000000_orders.sql", f"select 1;\n{RENAMES}drop table private.t;\n")
    answer = world.answer("lint")[1]
    found = [(one["line"], one["rule"], one["severity"]) for one in answer["findings"]]
    assert (2, "squawk/renaming-column", "advice") in found
    assert [rule for _, rule, _ in found if "drop-table" in rule] == []
    world.config('[lint]\nrules = { squawk = "off" }\n')
    assert "squawk" not in world.run("lint").stdout


@pytest.mark.parametrize("answer", ["oh no", "[1]", '{"findings": []}', '[{"line": 1}]'])
def test_a_squawk_that_answers_nonsense_takes_nothing_away(world: World, place: Path, answer: str) -> None:
    program = place / "bin" / "squawk"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\necho '{answer}'; exit 3\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    world.write("20250101000000_old_shop.sql", DROPS)
    path = f"{program.parent}:{Path(shutil.which('git') or '/usr/bin/git').parent}"
    done = world.run("lint", "--json", env={"PATH": path})
    assert [one["rule"] for one in json.loads(done.stdout)["findings"]] == ["destructive"]
