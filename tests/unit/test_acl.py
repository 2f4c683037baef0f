"""Grants turned into values that are the same for the same grants."""

from __future__ import annotations

import pytest
from driftwatch.core.acl import fold, parse_item, without

OWNER = ("own=arwd/own",)


@pytest.mark.parametrize(
    ("item", "parts"),
    [
        ("anon=r*w/own", ("anon", "r*w", "own")),
        ("=r/own", ("", "r", "own")),
        ('"we=ird/ ""name"""=r/"x y"', ('we=ird/ "name"', "r", "x y")),
        ("a=/b", ("a", "", "b")),
    ],
)
def test_an_item_is_taken_apart(item: str, parts: tuple[str, str, str]) -> None:
    assert parse_item(item) == parts


def test_the_default_and_the_default_written_out_are_equal() -> None:
    assert fold(OWNER, OWNER) == fold(("own=dwra/own",), OWNER) == ((), ())


def test_the_order_of_grants_does_not_matter() -> None:
    one = fold(("own=arwd/own", "b=r/own", "a=wr/own"), OWNER)
    assert one == fold(("a=rw/own", "b=r/own", "own=arwd/own"), OWNER)
    assert one == (("a=SELECT,UPDATE", "b=SELECT"), ())


def test_what_the_owner_lost_is_seen() -> None:
    assert fold(("own=r/own",), OWNER) == (("own=SELECT",), ())
    assert fold((), OWNER) == (("own=",), ())


def test_grant_options_and_everybody_are_written_out() -> None:
    assert fold(("=r/own", "a=r*/own", "own=arwd/own"), OWNER) == (("PUBLIC=SELECT", "a=SELECT*"), ())


def test_an_unusual_grantor_is_apart_from_the_grant() -> None:
    items = ("own=arwd/own", "a=r/own", "a=w/other")
    assert fold(items, OWNER) == (("a=SELECT,UPDATE",), ("a=UPDATE by other",))


def test_names_that_need_quotes_have_them() -> None:
    assert fold(('"My Role"=r/own', "own=arwd/own"), OWNER) == (('"My Role"=SELECT',), ())


def test_without_a_default_every_entry_counts() -> None:
    assert fold(("own=r/own",), None) == (("own=SELECT",), ())
    assert fold((), None) == ((), ())


def test_a_privilege_can_be_left_out_of_folded_grants() -> None:
    assert without(("a=MAINTAIN*,SELECT", "b=MAINTAIN", "own="), "MAINTAIN") == ("a=SELECT", "own=")
