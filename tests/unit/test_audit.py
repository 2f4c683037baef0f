"""Who made a drift: what was recorded decides, and what was not is nobody's."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from driftwatch.core.audit import Recorded, attribute, in_words, summary
from driftwatch.core.catalog import ObjectId
from driftwatch.core.changes import Change, FacetChange, ObjectChange

NOON = datetime(2026, 1, 31, 12, 0, tzinfo=UTC)


def changed(kind: str, identity: str, change: Change = "changed", **facets: str) -> ObjectChange:
    both = tuple(FacetChange(name, None, value) for name, value in facets.items())
    return ObjectChange(ObjectId(kind, identity), change, both, "structural")


def record(kind: str, identity: str, command: str = "ALTER TABLE", login: str = "ann", minutes: int = 0) -> Recorded:
    return Recorded(NOON + timedelta(minutes=minutes), login, "", "psql", "10.0.0.7", command, kind, identity)


@pytest.mark.parametrize(
    ("change", "recorded"),
    [
        (changed("table", "public.t"), record("table", "public.t")),
        (changed("column", "public.t.c"), record("table column", "public.t.c")),
        (changed("constraint", "k on public.t"), record("table constraint", "k on public.t")),
        (changed("domain", "public.d"), record("type", "public.d", "ALTER DOMAIN")),
        (changed("materialized_view", "public.m"), record("materialized view", "public.m")),
        (changed("column", "public.t.c", "added"), record("table", "public.t", "CREATE TABLE")),
        (changed("column", 'public."a.b"."c d"', "removed"), record("table", 'public."a.b"', "DROP TABLE")),
        (changed("constraint", '"x on y" on public.t', "added"), record("table", "public.t", "CREATE TABLE")),
        (changed("index", "public.i", "added", table="public.t"), record("table", "public.t", "CREATE TABLE")),
        (
            changed("default_privileges", "for role postgres in schema public on tables"),
            record("default acl", "for role postgres in schema public on tables", "ALTER DEFAULT PRIVILEGES"),
        ),
    ],
)
def test_a_record_of_the_object_or_of_what_it_came_with_says_who(change: ObjectChange, recorded: Recorded) -> None:
    assert attribute([change], [recorded]) == {change.id: recorded}


@pytest.mark.parametrize(
    ("change", "recorded"),
    [
        (changed("column", "public.t.c"), record("table", "public.t")),
        (changed("column", "public.t.c", "added"), record("table", "public.t")),
        (changed("column", "public.t.c", "added"), record("table", "public.t2", "CREATE TABLE")),
        (changed("schema", "t"), record("extension", "t", "CREATE EXTENSION")),
        (changed("table", "public.t"), record("table", "", "GRANT")),
        (changed("policy", "p on public.t"), record("table", "public.t", "CREATE TABLE")),
    ],
)
def test_what_only_may_have_been_it_is_not_guessed(change: ObjectChange, recorded: Recorded) -> None:
    assert attribute([change], [recorded]) == {}


def test_the_last_one_who_changed_an_object_is_named() -> None:
    change = changed("table", "public.t")
    late, early = record("table", "public.t", login="bob", minutes=5), record("table", "public.t")
    assert attribute([change], [late, early])[change.id].login == "bob"


def test_the_words_say_what_is_known_and_steer_no_terminal() -> None:
    assert in_words(record("", "")) == "ann from 10.0.0.7 (application psql), 2026-01-31 12:00 UTC"
    bare = Recorded(NOON, "ann", "builder", "", "", "ALTER TABLE", "", "")
    assert in_words(bare) == "ann as builder, 2026-01-31 12:00 UTC"
    hostile = Recorded(NOON, "ann", "", "\x1b[2Jpostgresql://u:secret@h/d", "", "ALTER TABLE", "", "")
    assert "\x1b" not in in_words(hostile)
    assert "secret" not in in_words(hostile)


def test_everybody_is_named_once_the_last_one_first() -> None:
    logins = ("ann", "bob", "ann", "eve", "joe", "kim")
    found = {
        ObjectId("table", str(number)): record("", "", login=login, minutes=number)
        for number, login in enumerate(logins)
    }
    assert [one.split(" ")[0] for one in summary(found).split("; ")] == ["kim", "joe", "eve", "and"]
    assert summary(found).endswith("; and 2 more")
    assert summary({}) == ""
