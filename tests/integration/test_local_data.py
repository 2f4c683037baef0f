"""The rows of a local database that is built anew: seeds, and those of the former one where they fit."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from driftwatch.actions.local_data import Built
from driftwatch.actions.reset import reset
from driftwatch.actions.sync_local import bring_local, sync_local
from driftwatch.errors import Findings
from driftwatch.postgres.shadow import Shadows

from cli_world import World
from local_world import NOW, LocalWorld

PEOPLE = """
create type mood as enum ('ok', 'bad');
create table teams (id int generated always as identity primary key, name text not null unique);
create table people (
    id serial primary key, team int references teams, boss int references people, mood mood,
    name text not null, loud text generated always as (upper(name)) stored
);
create table log (at int, what text);
create table owners (id uuid primary key references auth.users, note text);
insert into teams (name) values ('made by a migration');
insert into log values (1, 'made by a migration');
create materialized view sizes as select team, count(*) as people from people group by team;
create function refuse() returns trigger language plpgsql as $$ begin raise exception 'asked'; end $$;
create trigger asks after insert on people for each row when (new.name = 'trigger') execute function refuse();
"""
ROWS = """
insert into teams (name) values ('blue');
insert into people (team, boss, mood, name) values (2, null, 'ok', 'ann'), (2, 1, 'bad', 'bob');
alter table people disable trigger asks; insert into people (team, name) values (1, 'trigger');
alter table people enable trigger asks;
insert into log values (1, 'made by a migration'), (2, 'mine'), (2, 'mine');
insert into auth.users (id, email) values ('00000000-0000-0000-0000-00000000000a', 'a@example.com');
insert into owners values ('00000000-0000-0000-0000-00000000000a', 'first');
select setval('people_id_seq', 900);
"""


@pytest.fixture
def world(place: Path, shadows: Shadows) -> Iterator[LocalWorld]:
    made = LocalWorld(place, shadows)
    made.write("20260101000000_people.sql", PEOPLE)
    yield made
    made.stop()


def left(built: Built | None) -> dict[str, tuple[int, str]]:
    assert built is not None
    assert built.carried is not None
    return {one.table: (one.rows, one.reason) for one in built.carried.left}


def test_seeds_run_in_the_order_of_the_globs_and_are_recorded_as_the_supabase_cli_does(
    world: LocalWorld,
) -> None:
    world.set(seeds=("supabase/seeds/b*.sql", "supabase/seeds/*.sql", "supabase/none.sql"))
    for name in ("a", "b1", "b2"):
        world.seed(f"insert into log values (9, '{name}');", f"seeds/{name}.sql")
    built, _ = reset(world.project, NOW)
    assert built.seeded == ("supabase/seeds/b1.sql", "supabase/seeds/b2.sql", "supabase/seeds/a.sql")
    assert world.sql("select what from log where at = 9") == [("b1",), ("b2",), ("a",)]
    assert world.sql("select path, hash from supabase_migrations.seed_files order by 1") == [
        (path, hashlib.sha256((world.root / path).read_bytes()).hexdigest()) for path in sorted(built.seeded)
    ]
    built, _ = reset(world.project, NOW, data="none")
    assert built.seeded == ()
    assert world.sql("select what from log") == [("made by a migration",)]


def test_a_seed_that_fails_names_its_line_and_leaves_the_former_database(world: LocalWorld) -> None:
    reset(world.project, NOW)
    world.sql("insert into log values (5, 'mine')")
    before = world.state()
    world.seed("insert into log values (9, 'half');\n\ninsert into nowhere values (1);")
    with pytest.raises(Findings, match=r"^supabase/seed\.sql:3: relation \"nowhere\" does not exist") as failed:
        reset(world.project, NOW)
    assert failed.value.untouched == "The local database is as it was."
    assert world.state() == before
    assert world.local.old() == []
    assert not list(world.project.home.glob("local.new.*"))


def test_the_globs_of_config_toml_are_relative_to_its_folder_and_can_be_switched_off(
    place: Path, cache_dir: Path
) -> None:
    world = World(place, cache_dir)
    world.write("20260101000000_log.sql", "create table log (what text);")
    (world.root / "seeds").mkdir()
    (world.root / "seeds" / "one.sql").write_text("insert into log values ('one');")
    config = world.root / "supabase" / "config.toml"
    config.write_text('[db.seed]\nsql_paths = ["../seeds/*.sql"]\n')
    code, body = world.answer("db", "reset")
    assert (code, body["seeded"]) == (0, ["seeds/one.sql"])
    config.write_text('[db.seed]\nenabled = false\nsql_paths = ["../seeds/*.sql"]\n')
    assert world.answer("db", "reset")[1]["seeded"] == []


def test_rows_of_tables_that_still_fit_are_carried_over(world: LocalWorld) -> None:
    world.seed("insert into teams (name) values ('of a seed');")
    reset(world.project, NOW)
    world.sql("delete from teams where name = 'of a seed'; alter sequence teams_id_seq restart with 2;" + ROWS)
    world.write("20260102000000_more.sql", "alter table people add column age int not null default 7;")
    done = bring_local(world.project, NOW, data="keep")
    assert left(done.built) == {}
    assert done.built is not None
    assert done.built.carried is not None
    assert done.built.carried.tables["public.people"] == 3
    assert world.sql("select id, team, boss, mood::text, name, loud, age from people order by id") == [
        (1, 2, None, "ok", "ann", "ANN", 7),
        (2, 2, 1, "bad", "bob", "BOB", 7),
        (3, 1, None, None, "trigger", "TRIGGER", 7),
    ]
    assert world.sql("select id, name from teams order by id") == [(1, "made by a migration"), (2, "blue")]
    assert world.sql("select what, count(*) from log group by 1 order by 1") == [
        ("made by a migration", 2),
        ("mine", 2),
    ]
    assert world.sql("select note, email from owners join auth.users using (id)") == [("first", "a@example.com")]
    assert world.sql("select nextval('people_id_seq'), nextval('teams_id_seq')") == [(901, 3)]
    assert world.sql("select team, people from sizes order by 1") == [(1, 1), (2, 2)]
    assert world.sql("select count(*) from supabase_migrations.seed_files") == [(1,)]
    assert world.sql("select count(*) from supabase_migrations.schema_migrations") == [(2,)]


def test_what_does_not_fit_is_listed_with_the_reason_and_leaves_no_row_without_its_parent(world: LocalWorld) -> None:
    reset(world.project, NOW)
    world.sql(ROWS)
    world.sql("create table scribble (i int); insert into scribble values (1)")
    world.write(
        "20260102000000_less.sql",
        "drop table owners; alter table people drop column mood; alter table teams add check (id < 2);\n"
        "update teams set name = 'renamed'; truncate log; alter table log add column level int not null;",
    )
    done = bring_local(world.project, NOW, data="keep")
    found = left(done.built)
    assert found.pop("public.owners") == (1, "the table is not there any more")
    assert found.pop("public.scribble") == (1, "the table is not there any more")
    assert found.pop("public.log")[0] == 4
    assert found.pop("public.teams") == (
        2,
        'new row for relation "teams" violates check constraint "teams_id_check"',
    )
    assert found.pop("public.people")[1].startswith("they refer by ")
    assert found == {}
    assert world.sql("select name from people") == [("trigger",)]
    assert world.sql("select name from teams") == [("renamed",)]


def test_a_pull_applies_what_is_pending_in_place_or_not_at_all(world: LocalWorld) -> None:
    reset(world.project, NOW)
    world.sql("insert into people (name) values ('ann'), ('ann')")
    world.write("20260102000000_nick.sql", "alter table people add column nick text;")
    assert sync_local(world.project, NOW).applied == ("20260102000000_nick.sql",)
    world.write("20260103000000_unique.sql", "create table half (i int); alter table people add unique (name);")
    with pytest.raises(Findings, match="could not create unique index") as failed:
        sync_local(world.project, NOW)
    assert failed.value.untouched == "Nothing of 20260103000000_unique.sql was applied to the local database."
    assert world.sql("select count(*), to_regclass('half') is null from people") == [(2, True)]
    (world.migrations / "20260103000000_unique.sql").unlink()
    alone = "create table first (i int); create unique index concurrently on people (name);"
    world.write("20260104000000_alone.sql", alone)
    with pytest.raises(Findings, match="could not create unique index") as failed:
        sync_local(world.project, NOW)
    assert failed.value.untouched.startswith("Of 20260104000000_alone.sql earlier statements are applied")
