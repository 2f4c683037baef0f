"""The hashed bytes are a format: these tests pin them."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest
from driftwatch.core.catalog import Catalog, DbObject, NotCompared, ObjectId, Value
from driftwatch.core.drift import compare
from driftwatch.core.fingerprint import fingerprint, object_bytes, object_hash, tree
from driftwatch.core.row_fingerprint import Fingerprinted, RowFingerprint, SameName
from driftwatch.core.rows import Columns, Made, Objects, Row, items
from driftwatch.core.scope import Scope, apply_scope
from hypothesis import given
from hypothesis import strategies as st

GOLDEN = Path(__file__).parents[1] / "cases" / "catalog" / "golden.txt"

EXAMPLE = [
    DbObject(
        ObjectId("table", "public.orders"),
        "public",
        {"row_security": True, "owner": "postgres", "options": ("a=1", "b=2"), "comment": None, "force": False},
    ),
    DbObject(ObjectId("sequence", "public.números"), "public", {"max": 9223372036854775807, "min": -1, "empty": ()}),
    DbObject(ObjectId("schema", "public"), "public", {}),
]

facet_values = st.one_of(
    st.none(), st.booleans(), st.integers(), st.text(max_size=4), st.lists(st.text(max_size=3), max_size=3).map(tuple)
)
objects = st.builds(
    lambda kind, identity, facets: DbObject(ObjectId(kind, identity), "s", facets),
    st.sampled_from(["table", "view", "t"]),
    st.text(max_size=3),
    st.dictionaries(st.sampled_from(["a", "b", "acl", "column_type"]), facet_values, max_size=3),
)
catalogs = st.lists(objects, max_size=5).map(lambda found: Catalog.of(found, 170000))


def test_the_bytes_and_hashes_are_those_of_the_golden_file() -> None:
    lines = [f"{object_hash(obj)} {object_bytes(obj)!r}" for obj in EXAMPLE]
    lines.append(fingerprint(Catalog.of(EXAMPLE, 170010)))
    assert "\n".join(lines) + "\n" == GOLDEN.read_text()


def test_the_fingerprint_can_be_made_from_the_tree_with_sort_and_sha256sum() -> None:
    catalog = Catalog.of(EXAMPLE, 170010)
    lines = sorted(node[0] for node in tree(catalog))
    assert fingerprint(catalog) == "dw1:" + sha256("".join(f"{x}\n" for x in ["dw1", *lines]).encode()).hexdigest()


def test_the_tree_is_sorted_by_kind_and_identity() -> None:
    assert [node[1] for node in tree(Catalog.of(EXAMPLE, 170010))] == sorted(obj.id for obj in EXAMPLE)


def test_an_empty_catalog_has_a_fingerprint() -> None:
    assert fingerprint(Catalog.of([], 170010)) == "dw1:" + sha256(b"dw1\n").hexdigest()


def test_order_of_objects_and_facets_version_and_what_was_not_compared_have_no_part() -> None:
    turned = [DbObject(obj.id, "elsewhere", dict(reversed(list(obj.facets.items())))) for obj in reversed(EXAMPLE)]
    other = Catalog.of(turned, 150000, [NotCompared("x", "y")])
    assert fingerprint(other) == fingerprint(Catalog.of(EXAMPLE, 170010))


def _bytes(facets: dict[str, Value]) -> bytes:
    return object_bytes(DbObject(ObjectId("k", "i"), "", facets))


def test_values_of_different_types_never_share_their_bytes() -> None:
    values: list[Value] = [
        None,
        "",
        "1",
        "b1",
        "i1;",
        True,
        False,
        1,
        0,
        (),
        ("",),
        ("1",),
        ("", ""),
        ("a", "b"),
        ("ab",),
    ]
    assert len({_bytes({"f": value}) for value in values}) == len(values)


def test_where_one_text_ends_and_the_next_begins_is_in_the_bytes() -> None:
    assert _bytes({"f": ("a", "bc")}) != _bytes({"f": ("ab", "c")})
    assert _bytes({"ab": "c"}) != _bytes({"a": "bc"})
    assert object_bytes(DbObject(ObjectId("ab", "c"), "", {})) != object_bytes(DbObject(ObjectId("a", "bc"), "", {}))


@given(catalogs, catalogs)
def test_fingerprints_are_equal_exactly_when_nothing_differs(one: Catalog, other: Catalog) -> None:
    assert (fingerprint(one) == fingerprint(other)) == (compare(one, other) == ())


COLUMNS = Columns(
    "column", ["schema", "identity", "table", "type", "count", "on", "options", "acl", "acl_default", "a"], {"options"}
)
SCOPE = Scope.plain(exclude=["table s.out", "column s.t.gone", "* hidden.*"], include=["column s.out.kept"])
texts = st.sampled_from(["", "a", "geometry(Point,4326)", "s.out", "s.t", "(hidden)", "x=(hidden)", "é", 'q"\\,{}'])
arrays = st.sampled_from([None, "{}", "{a,b}", '{"a,b","c\\"\\\\",""}', "{x=(hidden)}"])
grants = st.sampled_from([None, "{}", "{o=r/o}", "{o=r/o,=r/o}", '{"\\"odd, one\\"=r*/x"}'])
rows = st.tuples(
    st.sampled_from(["s", "hidden"]), st.sampled_from(["s.t.a", "s.t.gone", "s.out.kept", "hidden.t.b", "s.t.c"]),
    st.none() | texts, st.none() | texts, st.none() | st.integers(), st.none() | st.booleans(),
    arrays, grants, grants, st.none() | texts,
)  # fmt: skip


@given(st.lists(rows, max_size=6, unique_by=lambda row: row[1]), st.integers(1, 3))
def test_hashed_row_by_row_the_fingerprint_is_that_of_the_objects(given_rows: list[Row], size: int) -> None:
    hashed = RowFingerprint(SCOPE)
    hashed.begin(COLUMNS)
    for at in range(0, len(given_rows), size):
        hashed.take(given_rows[at : at + size])
    refused = [NotCompared("kind x", "not allowed")]
    catalog = apply_scope(Catalog.of(Objects(COLUMNS).of(given_rows), 170000, refused), SCOPE)
    assert hashed.result(170000, refused) == Fingerprinted(fingerprint(catalog), catalog.not_compared, 170000)


def test_two_objects_of_one_name_are_left_to_the_catalog() -> None:
    row = ("s", "s.t.a", "s.t", "int", None, None, None, None, None, None)
    hashed = RowFingerprint(SCOPE)
    hashed.begin(COLUMNS)
    hashed.take([row])
    hashed.take([(*row[:-1], "other")])
    with pytest.raises(SameName):
        hashed.result(170000, [])


@pytest.mark.parametrize(
    ("written", "entries"),
    [
        ("{}", ()),
        ("{a}", ("a",)),
        ("{a,b c,é}", ("a", "b c", "é")),
        ('{"",""}', ("", "")),
        ('{"a,b",c}', ("a,b", "c")),
        ('{"say \\"so\\"","back\\\\slash"}', ('say "so"', "back\\slash")),
        ('{"{}",NULL_ish}', ("{}", "NULL_ish")),
    ],
)
def test_an_array_is_read_as_postgres_writes_it(written: str, entries: tuple[str, ...]) -> None:
    assert items(written) == entries


def test_what_is_made_of_values_is_made_once_and_not_kept_for_ever() -> None:
    asked: list[int] = []

    def make(raw: int) -> int:
        asked.append(raw)
        return raw

    made = Made(make)
    assert [made[one] for one in (1, 1, 2, 1)] == [1, 1, 2, 1]
    assert asked == [1, 2]
    for one in range(100_000):
        made[one]
    assert len(made) < 10_000
