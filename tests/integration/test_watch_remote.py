"""One look at a remote as the daemon takes it: who is deploying, what is pending, and an end in any case."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import time
from dataclasses import replace
from pathlib import Path

import pytest
from driftwatch.actions.project import Project
from driftwatch.actions.watch_remote import look_at
from driftwatch.cli.options import Options
from driftwatch.cli.project import open_project
from driftwatch.cli.watching import configure
from driftwatch.errors import DriftwatchError, Unreachable
from driftwatch.postgres.connect import connect
from driftwatch.postgres.deadline import ends_within
from driftwatch.postgres.push_lock import only_push
from driftwatch.postgres.shadow import Shadow
from driftwatch.settings import load

from cli_world import World, url_of

TABLE = "create table public.orders (id bigint primary key);\n"


@pytest.fixture
def project(place: Path, cache_dir: Path, production: Shadow, monkeypatch: pytest.MonkeyPatch) -> Project:
    world = World(place, cache_dir)
    world.write("20250101000000_orders.sql", TABLE)
    world.config('[remotes.production]\nurl_env = "PROD_URL"\n')
    for name, value in {**world.environment, "PROD_URL": url_of(production)}.items():
        monkeypatch.setenv(name, value)
    return open_project(Options(project=str(world.root)))


def test_what_is_pending_is_named_and_drift_is_not_confused_with_it(project: Project, production: Shadow) -> None:
    look = look_at(project, "production", 60)
    assert look.pending == ("20250101000000_orders.sql",)
    assert not look.checked.drifted
    with contextlib.closing(connect(url_of(production))) as conn:
        conn.execute("create table public.by_hand (id bigint primary key)")
    again = look_at(project, "production", 60)
    assert again.checked.drifted
    assert again.pending == look.pending


def test_a_push_under_way_is_noticed(project: Project, production: Shadow) -> None:
    assert look_at(project, "production", 60).in_flight == ""
    with (
        contextlib.closing(connect(url_of(production))) as conn,
        only_push(conn, "production", 5, lambda line: None),
    ):
        assert "driftwatch" in look_at(project, "production", 60).in_flight
    assert look_at(project, "production", 60).in_flight == ""


def test_a_new_row_in_the_history_moves_it(project: Project, production: Shadow) -> None:
    before = look_at(project, "production", 60).history
    assert look_at(project, "production", 60).history == before
    with contextlib.closing(connect(url_of(production))) as conn:
        conn.execute("insert into supabase_migrations.schema_migrations (version) values ('20250101000000')")
    assert look_at(project, "production", 60).history != before


def test_a_drift_is_seen_at_once_and_where_it_was_defined_as_soon_as_that_is_found_out(
    project: Project, production: Shadow
) -> None:
    with contextlib.closing(connect(url_of(production))) as conn:
        conn.execute(TABLE.encode())
        conn.execute(
            "insert into supabase_migrations.schema_migrations (version, name, statements) "
            "values ('20250101000000', 'orders', %s)",
            [[TABLE]],
        )
        conn.execute("alter table public.orders enable row level security")
    check = configure(project, load(project.root)).check

    def places(details: str) -> list[dict[str, object] | None]:
        return [one["defined_in"] for one in json.loads(details)["changes"]]

    first = check("production")
    assert places(first.details) == [None]
    assert first.explain is not None
    (place,) = places(first.explain())
    assert place is not None
    assert (place["file"], place["line"]) == ("supabase/migrations/20250101000000_orders.sql", 1)
    again = check("production")
    assert places(again.details) == [place]
    assert again.explain is None
    assert again == replace(first, details=again.details)


def test_what_does_not_answer_in_time_is_cut(production: Shadow) -> None:
    began = time.monotonic()
    with (
        contextlib.closing(connect(url_of(production))) as conn,
        pytest.raises(Unreachable, match=r"did not answer within 0\.5 s"),
        ends_within(conn, 0.5, "The remote production"),
    ):
        conn.execute("select pg_sleep(60)")
    assert time.monotonic() - began < 30


def test_a_server_that_hears_nothing_any_more_is_left(production: Shadow) -> None:
    with contextlib.closing(connect(url_of(production))) as conn:
        stopped = conn.info.backend_pid
        os.kill(stopped, signal.SIGSTOP)
        try:
            with pytest.raises(Unreachable, match="did not answer"), ends_within(conn, 0.5, "The remote production"):
                conn.execute("select 1")
        finally:
            os.kill(stopped, signal.SIGCONT)


def test_what_fails_by_itself_keeps_its_own_words(production: Shadow) -> None:
    with (
        contextlib.closing(connect(url_of(production))) as conn,
        pytest.raises(DriftwatchError, match="my own words"),
        ends_within(conn, 60, "The remote production"),
    ):
        raise DriftwatchError("my own words")
    with contextlib.closing(connect(url_of(production))) as conn:
        with ends_within(conn, 60, "The remote production"):
            assert conn.execute("select 1").fetchone() == (1,)
        assert conn.execute("select 2").fetchone() == (2,)
