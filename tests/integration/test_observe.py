"""What migrations are seen to do to tables with rows while they run: on a real server, statement by statement."""

from __future__ import annotations

from dataclasses import replace

import pytest
from driftwatch.core.findings import Finding, sentences
from driftwatch.core.migrations import Migration
from driftwatch.core.observations import findings
from driftwatch.core.observed import Size, Touch, Watched, from_plain, to_plain
from driftwatch.postgres.observe import observe
from driftwatch.postgres.shadow import Shadows

GROUND = """
create type public.mood as enum ('happy', 'sad');
create table public.customers (
    id bigint generated always as identity primary key,
    email varchar(50) not null,
    name text,
    vip boolean not null default false
);
create table public.orders (
    id bigint generated always as identity primary key,
    customer bigint references public.customers,
    status text not null check (status in ('new', 'paid')),
    total numeric(10, 2),
    cents integer not null,
    feeling public.mood,
    note text not null,
    place point
);
create index orders_note on public.orders (note);
create table public.settings (key text primary key, value text);
create table public.events (id bigint, at date not null) partition by range (at);
create table public.events_2024 partition of public.events for values from ('2024-01-01') to ('2025-01-01');
create table public.events_2025 (id bigint, at date not null);
create materialized view public.totals as select value, count(*) from public.settings group by value;
create unique index totals_value on public.totals (value);
create function public.touch() returns trigger language plpgsql as $$ begin return new; end $$;
"""


@pytest.fixture(scope="module")
def ground(shadows: Shadows) -> Shadows:
    made = Shadows(replace(shadows.options, base=GROUND))
    made.ensure_base()
    return made


def watch(ground: Shadows, *texts: str) -> tuple[Watched, ...]:
    """What the files 1_m.sql, 2_m.sql … are seen to do."""
    migrations = [Migration(str(n), "m", f"{n}_m.sql", text) for n, text in enumerate(texts, 1)]
    return observe(lambda: ground.open(ground.base_key), migrations)


def touches(ground: Shadows, text: str) -> dict[str, Touch]:
    """By table, of a file in which no table is touched twice."""
    seen = watch(ground, text)[0].touches
    assert len({touch.table for touch in seen}) == len(seen), seen
    return {touch.table: touch for touch in seen}


def facts(touch: Touch) -> set[str]:
    """What is true of it, besides its lock."""
    flags = ("rewritten", "read", "dropped", "emptied", "built", "updated", "deleted", "columns_dropped", "retyped")
    return {flag for flag in flags if getattr(touch, flag)}


ORDERS = "public.orders"
RETYPED = {"rewritten", "read", "retyped", "built"}


@pytest.mark.parametrize(
    ("sql", "lock", "what"),
    [
        ("alter table orders alter column cents type bigint", "ACCESS EXCLUSIVE", RETYPED),
        ("alter table orders add column at timestamptz default clock_timestamp()", "ACCESS EXCLUSIVE",
         {"rewritten", "read", "built"}),
        ("alter table orders add column at timestamptz default now()", "ACCESS EXCLUSIVE", set()),
        ("alter table orders add column nick text", "ACCESS EXCLUSIVE", set()),
        ("alter table orders alter column note type varchar", "ACCESS EXCLUSIVE", {"retyped"}),
        ("alter table orders alter column total type numeric(12, 2)", "ACCESS EXCLUSIVE", {"retyped"}),
        ("alter table orders alter column total type numeric(10, 1)", "ACCESS EXCLUSIVE", RETYPED),
        ("create index on orders (cents)", "SHARE", {"read", "built"}),
        ("alter table orders add unique (note)", "ACCESS EXCLUSIVE", {"read", "built"}),
        ("alter table orders alter column total set not null", "ACCESS EXCLUSIVE", {"read"}),
        ("alter table orders add check (cents > 0)", "ACCESS EXCLUSIVE", {"read"}),
        ("alter table orders add check (cents > 0) not valid", "ACCESS EXCLUSIVE", set()),
        ("alter table orders drop column note", "ACCESS EXCLUSIVE", {"columns_dropped"}),
        ("truncate orders", "ACCESS EXCLUSIVE", {"emptied"}),
        ("update orders set cents = cents + 1", "ROW EXCLUSIVE", {"updated", "read"}),
        ("delete from orders", "ROW EXCLUSIVE", {"deleted", "read"}),
        ("drop table orders cascade", "ACCESS EXCLUSIVE", {"dropped"}),
        ("create trigger t before insert on orders execute function touch()", "SHARE ROW EXCLUSIVE", set()),
        ("create policy p on orders using (true)", "ACCESS EXCLUSIVE", set()),
        ("alter table orders enable row level security", "ACCESS EXCLUSIVE", set()),
        ("alter table orders set unlogged", "ACCESS EXCLUSIVE", {"rewritten", "read", "built"}),
        ("reindex table orders", "SHARE", {"read", "built"}),
        ("cluster orders using orders_pkey", "ACCESS EXCLUSIVE", {"rewritten", "built"}),
        ("lock table orders in exclusive mode", "EXCLUSIVE", set()),
        ("do $$ begin execute 'alter table orders alter column cents type bigint'; end $$", "ACCESS EXCLUSIVE",
         RETYPED),
    ],
)  # fmt: skip
def test_what_a_statement_does_to_a_table_with_rows(ground: Shadows, sql: str, lock: str, what: set[str]) -> None:
    touch = touches(ground, f"select 1;\n{sql};")[ORDERS]
    assert (touch.lock, touch.line) == (lock, 2)
    assert facts(touch) - {"read"} == what - {"read"}
    assert ("read" in what) <= touch.read


@pytest.mark.parametrize(
    "sql",
    [
        "alter table orders validate constraint orders_customer_fkey",
        "alter type mood add value 'calm'",
        "comment on table orders is 'x'",
        "insert into settings values ('a', 'b')",
        "create table fresh (id int primary key); create index on fresh (id); drop table fresh",
        "grant select on orders to anon",
        "select count(*) from orders",
        "analyze orders",
    ],
)
def test_what_harms_nobody_is_not_told(ground: Shadows, sql: str) -> None:
    assert not watch(ground, sql)[0].touches


@pytest.mark.parametrize(
    ("sql", "table", "lock", "what"),
    [
        ("create index concurrently on orders (cents)", ORDERS, "SHARE UPDATE EXCLUSIVE", {"built"}),
        ("reindex table concurrently orders", ORDERS, "SHARE UPDATE EXCLUSIVE", {"built"}),
        ("vacuum full orders", ORDERS, "ACCESS EXCLUSIVE", {"rewritten", "built"}),
        ("-- pg-delta: transaction=false\nalter table orders add column a int", ORDERS, "ACCESS EXCLUSIVE", set()),
    ],
)
def test_what_runs_outside_of_transactions_is_seen_too(
    ground: Shadows, sql: str, table: str, lock: str, what: set[str]
) -> None:
    touch = touches(ground, sql)[table]
    assert (touch.lock, touch.alone) == (lock, True)
    assert facts(touch) == what


def test_a_foreign_key_locks_and_reads_both_tables(ground: Shadows) -> None:
    seen = touches(ground, "alter table orders add foreign key (customer) references customers")
    assert {name: (touch.lock, touch.read) for name, touch in seen.items()} == {
        ORDERS: ("SHARE ROW EXCLUSIVE", True),
        "public.customers": ("SHARE ROW EXCLUSIVE", True),
    }


def test_validating_in_the_same_file_reads_under_the_lock_of_the_statement_before(ground: Shadows) -> None:
    text = "alter table orders add constraint c check (cents > 0) not valid;\nalter table orders validate constraint c;"
    first, second = watch(ground, text)[0].touches
    assert (first.line, first.taken, first.read) == (1, True, False)
    assert (second.line, second.taken, second.read, second.lock) == (2, False, True, "ACCESS EXCLUSIVE")


def test_a_partition_that_is_attached_is_read_and_one_with_a_check_is_not(ground: Shadows) -> None:
    attach = "alter table events attach partition events_2025 for values from ('2024-01-01') to ('2025-01-01')"
    free = "alter table events detach partition events_2024;"
    check = "alter table events_2025 add constraint c check (at >= '2024-01-01' and at < '2025-01-01');"
    assert any(one.read and one.line == 2 for one in watch(ground, f"{free}\n{attach}")[0].touches)
    assert not any(one.read and one.line == 3 for one in watch(ground, f"{free}\n{check}\n{attach}")[0].touches)


def test_a_materialized_view_is_rebuilt_unless_concurrently(ground: Shadows) -> None:
    rebuilt = touches(ground, "refresh materialized view totals")["public.totals"]
    assert (rebuilt.lock, rebuilt.rewritten, rebuilt.view) == ("ACCESS EXCLUSIVE", True, True)
    beside = touches(ground, "refresh materialized view concurrently totals")["public.totals"]
    assert (beside.lock, beside.rewritten) == ("EXCLUSIVE", False)


def test_every_migration_is_seen_on_its_own_and_by_the_names_that_the_remote_has(ground: Shadows) -> None:
    first, second = watch(
        ground, "alter table orders rename to bills;", "create table other (id int);\nupdate bills set note = 'x';"
    )
    assert [touch.table for touch in (*first.touches, *second.touches)] == [ORDERS, ORDERS]
    assert (second.touches[0].line, second.touches[0].updated, second.touches[0].of) == (2, 2, 2)


def test_each_transaction_of_a_file_has_its_own_locks(ground: Shadows) -> None:
    text = "begin;\nalter table orders add column a int;\ncommit;\nbegin;\nupdate orders set a = 1;\ncommit;"
    first, second = watch(ground, text)[0].touches
    assert (first.line, first.lock) == (2, "ACCESS EXCLUSIVE")
    assert (second.line, second.lock) == (5, "ROW EXCLUSIVE")


def test_what_fails_only_because_there_are_rows_is_told_and_rows_come_after_it(ground: Shadows) -> None:
    first, second, third = watch(
        ground,
        "alter table settings add column a int;\nalter table orders add column size int not null;",
        "alter table orders rename to bills;\n"
        "do $$ begin if exists (select from bills) then raise 'rows'; end if; end $$;",
        "delete from bills;",
    )
    assert first.on_rows is not None
    assert (first.on_rows.line, first.on_rows.sqlstate, first.on_rows.table) == (2, "23502", ORDERS)
    assert {touch.table for touch in first.touches} == {ORDERS, "public.settings"}
    assert second.on_rows is not None
    assert (second.on_rows.line, second.on_rows.sqlstate) == (2, "P0001")
    assert (third.on_rows, third.touches[0].deleted) == (None, 2)


def test_a_file_that_can_not_set_its_transaction_after_a_question_is_watched_all_the_same(ground: Shadows) -> None:
    text = "set transaction isolation level serializable;\nalter table orders add column a int;"
    assert touches(ground, text)[ORDERS].line == 2


def test_a_file_that_forgets_what_was_prepared_is_watched_all_the_same(ground: Shadows) -> None:
    assert touches(ground, "deallocate all;\nalter table orders add column a int;")[ORDERS].line == 2
    assert touches(ground, "-- pg-delta: transaction=false\ndeallocate all;\nvacuum full orders;")[ORDERS].rewritten
    first, second = watch(ground, "prepare p as select 1; deallocate p;", "alter table orders add column a int;")
    assert (first.again, [touch.table for touch in second.touches]) == (None, [ORDERS])


@pytest.mark.parametrize(
    ("sql", "line", "message"),
    [
        ("create table if not exists t (id int);\ncreate type kind as enum ('a');", 2, 'type "kind" already exists'),
        ("create policy p on orders using (true);", 1, 'policy "p" for table "orders" already exists'),
        ("create index concurrently here on orders (cents);", 1, 'relation "here" already exists'),
    ],
)  # fmt: skip
def test_what_can_not_run_twice_is_run_twice_to_see(ground: Shadows, sql: str, line: int, message: str) -> None:
    again = watch(ground, sql)[0].again
    assert again is not None
    assert (again.line, again.message) == (line, message)


def test_a_file_that_runs_twice_leaves_no_trace_of_the_second_time(ground: Shadows) -> None:
    fresh = "create table if not exists public.fresh (id int);"
    first, second = watch(
        ground,
        f"{fresh}\ninsert into public.fresh values (1);",
        "do $$ begin if (select count(*) from public.fresh) <> 1 then raise exception 'twice'; end if; end $$;",
    )
    assert (first.again, first.inserted_again) == (None, ("public.fresh",))
    assert (second.again, second.inserted_again) == (None, ())


def test_an_insert_that_looks_first_inserts_once(ground: Shadows) -> None:
    seen = watch(ground, "insert into settings values ('a', 'b') on conflict do nothing;")[0]
    assert (seen.again, seen.inserted_again) == (None, ())


def test_what_no_row_was_there_for_is_not_claimed_to_do_nothing(ground: Shadows) -> None:
    seen = watch(ground, "update events set id = 1;")[0]
    assert "public.events" in seen.unseen


def test_what_was_seen_comes_back_from_a_file_as_it_was(ground: Shadows) -> None:
    seen = watch(ground, "alter table orders alter column cents type bigint; alter table settings add x int not null;")
    assert tuple(from_plain(to_plain(one)) for one in seen) == seen


@pytest.mark.parametrize(
    ("sql", "not_null", "unique"),
    [
        ("alter table orders alter total set not null, alter cents set not null", ("total",), ()),
        ("alter table orders add check (total is not null) not valid", (), ()),
        ("alter table orders add unique (note)", (), ("note",)),
        ("create unique index concurrently on orders (note)", (), ("note",)),
        ("create unique index on orders (note) include (cents)", (), ("note",)),
        ("create unique index on orders (note, cents)", (), ()),
        ("create unique index on orders (note) where cents > 0", (), ()),
        ("create unique index on orders (lower(note))", (), ()),
        ("create unique index on orders (id)", (), ()),
        ("create index on orders (note)", (), ()),
        ("alter table orders alter cents type bigint", (), ()),
        ("alter table orders drop constraint orders_pkey, add primary key (total)", ("total",), ("total",)),
        ("do $$ begin execute 'alter table orders alter total set not null'; end $$", ("total",), ()),
    ],
)
def test_what_a_column_no_longer_lets_in_is_seen(
    ground: Shadows, sql: str, not_null: tuple[str, ...], unique: tuple[str, ...]
) -> None:
    touch = touches(ground, sql)[ORDERS]
    assert (touch.not_null, touch.unique) == (not_null, unique)


def test_columns_are_called_as_on_the_remote_and_those_that_it_lacks_are_left_out(ground: Shadows) -> None:
    text = (
        "alter table orders rename total to amount;\nalter table orders add column fresh int;\n"
        "update orders set fresh = 1;\nalter table orders alter amount set not null, alter fresh set not null;"
    )
    assert [touch.not_null for touch in watch(ground, text)[0].touches if touch.not_null] == [("total",)]


@pytest.mark.parametrize(
    ("sql", "fills"),
    [
        ("update orders set total = 0 where total is null", True),
        ("alter table orders enable row level security; UPDATE Orders set total = 0 where total is null", True),
        ("delete from only orders where id > 5", True),
        (
            "insert into orders (status, cents, note) values ('new', 1, 'x'); update orders set cents = 0 where id = 9",
            True,
        ),
        ("do $$ begin update orders set total = 0 where total is null; end $$", True),
        ("merge into orders o using settings s on o.note = s.key when matched then update set total = 0", True),
        ("insert into orders select * from orders where false on conflict (id) do update set note = ''", True),
        ("-- pg-delta: transaction=false\nupdate orders set total = 0 where total is null", True),
        ("insert into orders (status, cents, note) values ('new', 1, 'x')", False),
        ("select count(*) from orders", False),
        ("alter table orders alter total set not null; select 1", False),
        ("update settings set value = 'x'", False),
    ],
)
def test_what_may_fill_gaps_is_seen_whether_or_not_it_finds_any(ground: Shadows, sql: str, fills: bool) -> None:
    sql = sql.replace("insert into orders select *", "insert into orders overriding system value select *")
    assert any(touch.fills for touch in watch(ground, f"{sql};")[0].touches if touch.table == ORDERS) == fills


ANALYSED = Size(12_300_000, 4_400_000_000, {"total": 0.031}, {"note": 0.4})


def failing(ground: Shadows, *texts: str, size: Size = ANALYSED) -> list[tuple[str, int, str]]:
    found = findings(watch(ground, *texts), {ORDERS: size}, "production")
    return [(one.severity, one.line, one.sentence) for one in found if one.kind == "fails_on_rows"]


def test_rows_that_contradict_a_migration_are_told_by_what_was_analysed(ground: Shadows) -> None:
    orders = "public.orders, about 12 M rows (4.1 GB) on production"
    assert failing(ground, "select 1;\nalter table orders alter total set not null;") == [
        ("error", 2, f"fails on {orders}: about 3 % of the rows had NULL in total when it was last analysed")
    ]
    assert failing(ground, "create unique index on orders (note);") == [
        (
            "error",
            1,
            f"fails on {orders}: several rows had the same note when it was last analysed, "
            "about 40 % of all the commonest one",
        )
    ]
    assert not failing(ground, "alter table orders alter total set not null;", size=Size(5000, 100_000))
    assert not failing(ground, "alter table orders add unique (total), alter note set not null;")


@pytest.mark.parametrize(
    "before",
    [
        "update orders set total = 0 where total is null;",
        "alter table orders alter total type text using coalesce(total::text, '-');",
        "truncate orders;",
    ],
)
def test_what_is_filled_before_is_no_error(ground: Shadows, before: str) -> None:
    after = "alter table orders alter total set not null;"
    for texts in ((f"{before}\n{after}",), (before, after)):
        ((severity, _, sentence),) = failing(ground, *texts)
        assert severity == "advice"
        assert "unless what comes before it changes that" in sentence
    ((severity, *_),) = failing(ground, "update settings set value = 'x';", f"{after}\n{before}")
    assert severity == "error"


def test_made_up_rows_without_a_value_do_not_say_that_the_remotes_have_none(ground: Shadows) -> None:
    text = "alter table orders alter place set not null;"
    size = Size(12_300_000, 4_400_000_000)
    ((severity, _, sentence),) = failing(ground, text, size=size)
    assert (severity, "where it may be their fault" in sentence) == ("advice", True)
    ((severity, *_),) = failing(ground, text, size=replace(size, nulls={"place": 0.5}))
    assert severity == "error"


def told(ground: Shadows, text: str, **size: int | None) -> list[Finding]:
    sizes = {ORDERS: Size(size.get("rows"), size.get("bytes"))} if size else {}
    return [one for one in findings(watch(ground, text), sizes, "production") if one.kind != "twice"]


BIG = {"rows": 12_300_000, "bytes": 4_400_000_000}


def test_a_finding_says_how_big_the_remotes_table_is(ground: Shadows) -> None:
    (found,) = told(ground, "alter table orders alter column cents type bigint;", **BIG)
    assert found.sentence == (
        "rewrites public.orders, about 12 M rows (4.1 GB) on production, under ACCESS EXCLUSIVE: "
        "nobody can read or write it for minutes, perhaps longer"
    )
    assert (found.severity, found.place, found.kind) == ("error", "1_m.sql:1", "rewrite")
    assert "batches" in found.mend
    assert sentences([found], "1_m.sql") == (f"error: line 1: {found.sentence}",)


@pytest.mark.parametrize(
    ("size", "severity", "words"),
    [
        ({}, "warning", "of unknown size on production"),
        ({"rows": None, "bytes": 900_000_000}, "warning", "never analysed"),
        ({"rows": 40, "bytes": 16384}, "advice", "about 40 rows (16 kB) on production"),
        ({"rows": 900_000, "bytes": 200_000_000}, "warning", "about 900,000 rows (191 MB)"),
        (BIG, "error", "about 12 M rows"),
    ],
)
def test_how_grave_it_is_depends_on_the_remotes_table(
    ground: Shadows, size: dict[str, int | None], severity: str, words: str
) -> None:
    (found,) = told(ground, "create index on orders (cents);", **size)
    assert (found.severity, found.kind) == (severity, "index")
    assert words in found.sentence
    assert "CREATE INDEX CONCURRENTLY" in found.mend


def test_a_lock_that_is_held_while_something_slow_goes_on_is_no_moment(ground: Shadows) -> None:
    short = told(ground, "alter table settings add column a int;", **BIG)
    assert [(one.severity, "for a moment" in one.sentence) for one in short] == [("advice", True)]
    long = told(ground, "alter table settings add column a int;\ncreate index on orders (cents);", **BIG)
    assert ("error", "lock") in [(one.severity, one.kind) for one in long]
    assert any(
        "public.settings against reads and writes (ACCESS EXCLUSIVE) until line 2" in one.sentence for one in long
    )


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("drop table orders;", "drops public.orders, about 12 M rows (4.1 GB) on production: its rows are gone"),
        ("truncate orders;", "empties public.orders"),
        ("alter table orders drop column note, drop column total;", "drops total, note of public.orders"),
        ("alter table orders alter column total type integer;", "fractions are rounded"),
        ("delete from orders where id = 1;", "deletes 1 of the 2 rows in the copy of public.orders"),
        ("update orders set note = 'x';", "changes every row of public.orders"),
        ("alter table orders alter cents type bigint using cents * 2;", "the made-up value 1 becomes 2"),
        ("alter table orders add column a int not null;", "fails on public.orders, about 12 M rows"),
        ("alter table orders add check (cents < 0);", "failed with made-up rows in the tables"),
    ],
)
def test_what_happens_to_rows_is_said(ground: Shadows, sql: str, words: str) -> None:
    assert any(words in one.sentence for one in told(ground, sql, **BIG)), told(ground, sql, **BIG)


@pytest.mark.parametrize(
    ("sql", "converted"),
    [
        ("alter table orders alter column cents type bigint using cents * 100;", (("cents", "1", "100"),)),
        ("alter table orders alter column cents type text using cents::text;", ()),
        ("alter table orders alter column note type varchar(3) using left(note, 1);", (("note", "11", "1"),)),
        ("alter table orders alter column cents type bigint using cents; update orders set cents = 7;", ()),
    ],
)
def test_what_a_conversion_makes_of_values_is_seen(
    ground: Shadows, sql: str, converted: tuple[tuple[str, str, str], ...]
) -> None:
    seen = watch(ground, sql)[0].touches
    assert tuple(one for touch in seen for one in touch.converted) == converted


def test_an_empty_table_is_no_loss(ground: Shadows) -> None:
    assert {one.severity for one in told(ground, "drop table orders;", rows=0, bytes=8192)} == {"advice"}


def test_what_is_built_concurrently_or_validated_alone_needs_no_words(ground: Shadows) -> None:
    assert not told(ground, "create index concurrently on orders (cents);", **BIG)
    assert not told(ground, "alter table orders validate constraint orders_customer_fkey;", **BIG)
