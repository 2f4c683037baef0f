"""A receipt that CI put into a git note counts in another clone; a note on something else counts for nothing."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from cli_world import Here, World

TABLE = "create table public.notes (id int primary key);\n"


@pytest.fixture
def world(place: Path, cache_dir: Path) -> World:
    made = Here(place, cache_dir)
    made.config('[hooks]\nbefore_push = "require"\n[verify]\nobserve = false\n')
    made.write("20260101000000_a.sql", TABLE)
    made.git("add", "-A")
    made.git("commit", "-q", "-m", "one")
    return made


def clone(world: World, place: Path, cache_dir: Path) -> World:
    """A teammate's, with the notes."""
    (place / "mate").mkdir()
    made = Here(place / "mate", cache_dir)
    made.git("fetch", "-q", str(world.root), "main", "refs/notes/*:refs/notes/*")
    made.git("reset", "-q", "--hard", "FETCH_HEAD")
    made.git("init", "-q", "--bare", str(place / "o.git"))
    return made


def push(world: World, place: Path) -> subprocess.CompletedProcess[str]:
    """What git tells the hook when HEAD goes to an empty repository."""
    line = f"HEAD {world.git('rev-parse', 'HEAD').strip()} refs/heads/main {'0' * 40}\n"
    return world.run("hook", "pre-push", "origin", str(place / "o.git"), stdin=line)


def test_a_receipt_in_a_note_counts_in_another_clone(world: World, place: Path, cache_dir: Path) -> None:
    mate = clone(world, place, cache_dir)
    assert push(mate, place).returncode == 1, "nobody proved it yet"
    said = world.run("verify", "--note")
    assert said.returncode == 0, said.stderr
    assert "git push origin refs/notes/driftwatch" in said.stderr + said.stdout
    mate.git("fetch", "-q", str(world.root), "refs/notes/*:refs/notes/*")
    assert push(mate, place).returncode == 0
    mate.write("20260102000000_b.sql", TABLE.replace("notes", "more"))
    mate.git("add", "-A")
    mate.git("commit", "-q", "-m", "two")
    assert push(mate, place).returncode == 1, "that was not proved"


def test_a_note_on_other_migrations_or_of_nonsense_counts_for_nothing(
    world: World, place: Path, cache_dir: Path
) -> None:
    assert world.run("verify", "--note").returncode == 0
    (_, tree) = world.git("notes", "--ref=driftwatch", "list").split()
    note = world.git("notes", "--ref=driftwatch", "show", tree)
    receipt = json.loads(note)
    mate = clone(world, place, cache_dir)
    mate.write("20260101000000_a.sql", TABLE + "-- edited\n")
    mate.git("commit", "-q", "-a", "-m", "edited")
    other = mate.git("rev-parse", "HEAD:supabase/migrations").strip()
    escape = json.dumps(receipt | {"key": "../../escaped"})
    lines = f"{note}\nnonsense\n{{}}\n[1]\n{escape}\n"
    mate.git("notes", "--ref=driftwatch", "add", "-m", lines, other)
    said = push(mate, place)
    assert said.returncode == 1
    assert "No receipt" in said.stderr
    assert not list(place.rglob("*escaped*"))
    assert mate.run("verify", "--note").returncode == 0
    assert push(mate, place).returncode == 0
    kept = mate.git("notes", "--ref=driftwatch", "show", other).splitlines()
    assert len(kept) == 2, "its own, and the one that was there"
