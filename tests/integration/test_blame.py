"""Which migration, line, commit and author an object comes from, told from what every replayed file changed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from driftwatch.postgres.shadow import Shadow

from cli_world import Here, World

ORDERS = """-- orders
create table public.orders (
  id int primary key,
  total int not null
);
alter table public.orders enable row level security;
create policy "Own orders" on public.orders using (true);
"""
MORE = """do $$
begin
  execute 'alter table public.' || 'orders alter column to' || 'tal type bigint';
end $$;
select 1;
grant select on all tables in schema public to app_reader;
drop policy "Own orders" on public.orders;
create policy "Own orders" on public.orders
  using (id > 0);
"""
FUNCTIONS = """begin;
set local search_path = public;
create function plus(a int, b int) returns int language sql as 'select a + b';
create function plus(a text, b text) returns text language sql as 'select a || b';
create table gone (id int);
commit;
create index concurrently orders_total on orders (total);
"""
NAMES = (
    "20260101000000_orders.sql",
    "20260102000000_more.sql",
    "20260103000000_functions.sql",
    "20260104000000_gone.sql",
)


@pytest.fixture
def world(place: Path, cache_dir: Path) -> World:
    made = Here(place, cache_dir)
    made.write(NAMES[0], ORDERS)
    made.write("20260101120000_reader.sql", "create role app_reader;")
    commit(made, "Ann", "orders")
    made.write(NAMES[1], MORE)
    commit(made, "Bob", "more")
    made.write(NAMES[2], FUNCTIONS)
    made.write(NAMES[3], "-- bye\ndrop table if exists public.nothing;\ndrop table public.gone;\n")
    return made


def commit(world: World, author: str, subject: str) -> str:
    world.git("add", "-A")
    world.git("-c", f"user.name={author}", "commit", "-q", "-m", subject)
    return world.git("rev-parse", "HEAD").strip()


def blamed(world: World, *arguments: str) -> dict[str, Any]:
    code, body = world.answer("blame", *arguments)
    assert code == 0, body
    return body


def where(body: dict[str, Any]) -> tuple[str, int | None]:
    return Path(body["defined_in"]["file"]).name, body["defined_in"]["line"]


def test_the_last_migration_that_changed_an_object_is_named_with_line_commit_and_author(world: World) -> None:
    first, second = world.git("rev-list", "--reverse", "HEAD").split()
    # The type was changed by text that no search would find.
    total = blamed(world, "public.orders.total", "--all")
    assert total["object"] == {"kind": "column", "identity": "public.orders.total", "present": True}
    assert [(one["file"], one["line"], one["change"], one["commit"]) for one in total["history"]] == [
        (f"supabase/migrations/{NAMES[1]}", 1, "changed", second),
        (f"supabase/migrations/{NAMES[0]}", 4, "added", first),
    ]
    assert total["defined_in"]["author"] == "Bob <test@example.com>"
    assert total["defined_in"]["subject"] == "more"
    # A policy that is dropped and made again comes from where it is made; grants name no table.
    assert where(blamed(world, "policy own orders on orders")) == (NAMES[1], 8)
    assert where(blamed(world, "table public.orders")) == (NAMES[1], 6)
    # Inside a transaction of the file's own, with its settings, and in a statement that can be in none.
    assert where(blamed(world, "plus(text,text)")) == (NAMES[2], 4)
    assert where(blamed(world, "index public.orders_total")) == (NAMES[2], 7)


def test_uncommitted_lines_have_no_commit_and_removed_objects_are_still_known(world: World) -> None:
    found = blamed(world, "public.plus(int, int)")
    assert (where(found), found["defined_in"]["commit"]) == ((NAMES[2], 3), None)
    gone = blamed(world, "public.gone")
    assert (gone["object"]["present"], gone["defined_in"]["change"], where(gone)) == (False, "removed", (NAMES[3], 3))
    text = world.run("blame", "gone", "--all").stdout
    assert text.splitlines()[0] == "table public.gone (no longer there)"
    assert "not committed yet" in text
    # One line of a committed file is edited: that line is not committed, the others are.
    world.write(NAMES[1], MORE.replace("(id > 0)", "(id > 1)").replace("create policy", "create  policy"))
    assert blamed(world, "own orders")["defined_in"]["commit"] is None
    assert blamed(world, "table public.orders")["defined_in"]["commit"] is not None
    assert blamed(world, "own orders", "--rev", "HEAD")["defined_in"]["subject"] == "more"


def test_a_renamed_file_keeps_the_commit_of_its_lines(world: World) -> None:
    (first, _) = world.git("rev-list", "--reverse", "HEAD").split()
    world.git("mv", f"supabase/migrations/{NAMES[0]}", "supabase/migrations/20260101000001_orders.sql")
    commit(world, "Cat", "renumbered")
    found = blamed(world, "constraint orders_pkey on public.orders")
    assert (where(found), found["defined_in"]["commit"]) == (("20260101000001_orders.sql", 2), first)


def test_several_are_listed_and_similar_names_offered(world: World) -> None:
    several = world.run("blame", "plus")
    assert several.returncode == 64
    assert "function public.plus(integer, integer)\n  function public.plus(text, text)" in several.stderr
    unknown = world.run("blame", "public.ordrs")
    assert unknown.returncode == 64
    assert "  table public.orders\n" in unknown.stderr
    ground = blamed(world, "auth.users")
    assert (ground["status"], ground["defined_in"]) == ("before_the_migrations", None)


def test_what_later_files_did_to_a_tables_parts_is_said(world: World) -> None:
    world.write("20260105000000_note.sql", "comment on column public.orders.total is 'cents';")
    (part,) = [one for one in blamed(world, "table public.orders")["parts"] if one["kind"] == "column"]
    assert (part["identity"], part["file"][-8:], part["line"]) == ("public.orders.total", "note.sql", 1)


def test_a_migration_that_fails_leaves_the_answers_from_before_it(world: World) -> None:
    world.write("20260105000000_bad.sql", "create table public.t (id nonsense);")
    found = blamed(world, "public.orders.id")
    assert where(found) == (NAMES[0], 3)
    assert "20260105000000_bad.sql:1" in found["not_replayed"]
    assert world.run("blame", "public.t").returncode == 1


def test_an_object_of_the_base_file_comes_from_there(world: World) -> None:
    (world.root / "supabase" / "base.sql").write_text("\ncreate table public.old (id int);\n")
    world.config('[migrations]\nbase = "supabase/base.sql"\n')
    sha = commit(world, "Ann", "base")
    found = blamed(world, "public.old.id")["defined_in"]
    assert (found["file"], found["line"], found["commit"]) == ("supabase/base.sql", 2, sha)


def test_check_and_diff_say_where_what_differs_is_defined(world: World, remote: Shadow) -> None:
    info = remote.cluster.conninfo()
    world.environment["PROD_URL"] = f"postgresql://{info['user']}@/{info['dbname']}?host={info['host']}"
    world.config('[remotes.production]\nurl_env = "PROD_URL"\n')
    sha = commit(world, "Ann", "all")
    assert world.run("sync", "to-remote", "--yes").returncode == 0
    with remote.session() as conn:
        conn.execute("drop index public.orders_total; create table public.extra (id int)")
        conn.execute('alter policy "Own orders" on public.orders using (true)')
    for body in (world.answer("check", "--json")[1]["remotes"][0], world.answer("diff", "migrations", "production")[1]):
        places = {one["identity"]: one["defined_in"] for one in body["changes"]}
        assert places["public.orders_total"] == {"file": f"supabase/migrations/{NAMES[2]}", "line": 7, "commit": sha}
        assert places['"Own orders" on public.orders']["line"] == 8
        assert places["public.extra"] is None
    text = world.run("check").stdout
    assert f"  index public.orders_total: supabase/migrations/{NAMES[2]}:7, {sha[:10]} by Ann" in text
