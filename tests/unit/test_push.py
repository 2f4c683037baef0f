"""The pure decisions of a push: where to, in which parts, how far, and what to look at."""

from __future__ import annotations

import pytest
from driftwatch.core.migrations import Migration
from driftwatch.core.push_progress import (
    Subject,
    as_text,
    begun,
    interrupted,
    is_edited,
    parts,
    progress_of,
    rest,
    settings,
    subject,
)
from driftwatch.core.push_risks import text_risks
from driftwatch.core.push_target import PushTarget, is_transaction_pooler, project_ref
from driftwatch.core.statements import Script, parse

REF, OTHER = "abcdefghijklmnopqrst", "zyxwvutsrqponmlkjihg"
MIXED = (
    "set search_path = app; create table t (i int);\n"
    "create index concurrently on t (i); analyze t; begin; select 1; commit;"
)


def script(text: str) -> Script:
    return parse(migration(text))


def migration(text: str) -> Migration:
    return Migration("1", "a", "1_a.sql", text)


@pytest.mark.parametrize(
    ("host", "user", "ref"),
    [
        (f"db.{REF}.supabase.co", "postgres", REF),
        ("aws-0-eu-central-1.pooler.supabase.com", f"postgres.{REF}", REF),
        ("aws-0-eu-central-1.pooler.supabase.com", "postgres", ""),
        ("db.example.com", f"postgres.{REF}", ""),
        (f"db.{REF}.supabase.co.example.com", "postgres", ""),
        ("/tmp", "postgres", ""),
    ],
)
def test_the_project_is_read_from_its_host_or_from_its_poolers_user(host: str, user: str, ref: str) -> None:
    assert project_ref(host, user) == ref


def test_only_two_known_projects_that_differ_are_a_wrong_place() -> None:
    def wrong(there: str, linked: str) -> bool:
        return PushTarget("h", "d", "u", there, linked).is_another_project

    assert wrong(REF, OTHER)
    assert not any((wrong(REF, REF), wrong(REF, ""), wrong("", OTHER)))


def test_the_port_says_which_of_supabases_poolers_it_is_and_of_nobody_elses() -> None:
    assert is_transaction_pooler("aws-0-eu-central-1.pooler.supabase.com", "6543")
    assert is_transaction_pooler(f"db.{REF}.supabase.co", "6543")
    assert not is_transaction_pooler("aws-0-eu-central-1.pooler.supabase.com", "5432")
    assert not is_transaction_pooler("db.example.com", "6543")


def test_a_file_is_cut_where_no_transaction_can_hold_it_and_the_last_part_is_one() -> None:
    of = parts(script(MIXED))
    assert [(len(part.statements), part.transactional, part.first) for part in of] == [
        (2, True, 0),
        (1, False, 2),
        (2, True, 3),
    ]
    [whole] = parts(script("select 1; select 2"))
    assert whole.transactional
    assert [part.transactional for part in parts(script("vacuum"))] == [False, True]


def test_without_a_transaction_each_statement_that_can_has_one_of_its_own() -> None:
    of = parts(script("-- pg-delta: transaction=false\ncreate table t (); do $$ begin commit; end $$; vacuum"))
    assert [(len(part.statements), part.transactional) for part in of] == [(1, True), (1, False), (1, False), (0, True)]


def test_the_rest_begins_after_what_is_done_even_in_the_middle_of_a_part() -> None:
    of = parts(script(MIXED))
    assert [(part.first, len(part.statements)) for part in rest(of, 2)] == [(2, 1), (3, 2)]
    assert [(part.first, len(part.statements)) for part in rest(of, 4)] == [(4, 1)]
    assert [(part.first, len(part.statements)) for part in rest(of, 5)] == [(5, 0)], "the history row is left"


def test_the_rest_as_a_file_has_the_same_parts() -> None:
    of = parts(script(MIXED))
    again = parts(script(as_text(rest(of, 2), ["set search_path = app"])))
    assert [[one.text for one in part.statements] for part in again] == [
        ["set search_path = app"],
        ["create index concurrently on t (i)"],
        ["analyze t", "select 1"],
    ]


def test_what_is_applied_must_stay_as_it_was_and_what_is_not_may_be_mended() -> None:
    progress = progress_of("1", script("select 1;\r\nselect 2; select 3"), 2)
    assert not is_edited(script("select 1;\n-- why\nselect 2; select 4"), progress)
    assert is_edited(script("select 1; select 3"), progress)
    assert not begun([migration("select 1; select 3")], [progress])
    [found] = begun([migration("select 1; select 2; select 3")], [progress])
    assert found.in_words() == "A push of 1_a.sql stopped after 2 of its 3 statements."


def test_a_statement_whose_end_nobody_saw_is_that_one_only_while_it_is_unchanged() -> None:
    before = script(MIXED)
    progress = progress_of("1", before, 2, before.statements[2])
    assert interrupted(before, progress) == before.statements[2]
    assert interrupted(script(MIXED.replace("concurrently", "concurrently if not exists named")), progress) is None
    assert interrupted(before, progress_of("1", before, 2)) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("create index concurrently i on a.t (c)", Subject("index made", (("a", "i"),), ("a", "t"))),
        ("create index concurrently on t (c)", Subject("unknown", (), ("t",))),
        ("drop index concurrently a.i, j", Subject("index dropped", (("a", "i"), ("j",)))),
        ("alter table p detach partition a.q concurrently", Subject("partition detached", (("a", "q"),), ("p",))),
        ("reindex table concurrently t", Subject("repeatable")),
        ("do $$ begin commit; end $$", Subject("unknown")),
    ],
)
def test_what_tells_whether_a_statement_took_place(text: str, found: Subject) -> None:
    assert subject(script(text).statements[0]) == found


def test_settings_of_the_session_are_set_again() -> None:
    text = "set role a; select set_config('search_path', '', false); select 1; create table set_config ()"
    assert [one.text[:10] for one in settings(script(text).statements)] == ["set role a", "select set"]


def test_the_plan_says_what_is_destroyed_and_locked_of_what_is_there_already() -> None:
    first = script("create table n (a int references old (id));\ncreate index on n (a);\ntruncate n;")
    second = script("alter table n add b int;\nalter table old drop column x;\nalter table old validate constraint c;")
    assert text_risks([first, second]) == (
        ("keeps writers from public.old (SHARE ROW EXCLUSIVE): line 1",),
        (
            "destroys data: drops the column public.old.x: line 2",
            "keeps everybody from public.old, readers too (ACCESS EXCLUSIVE): line 2",
        ),
    )
