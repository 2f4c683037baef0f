"""The hashed bytes are a format: these tests pin them."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from driftwatch.core.catalog import Catalog, DbObject, NotCompared, ObjectId, Value
from driftwatch.core.drift import compare
from driftwatch.core.fingerprint import fingerprint, object_bytes, object_hash, tree
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
