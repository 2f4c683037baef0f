"""Comparing two catalogs: what is told, in which order, and how grave it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from driftwatch.core.catalog import Catalog, DbObject, ObjectId, Value
from driftwatch.core.changes import Place
from driftwatch.core.drift import FacetChange, align, compare, severity_of, to_json


def catalog(*objects: tuple[str, str, Mapping[str, Value]], version: int = 170000) -> Catalog:
    return Catalog.of((DbObject(ObjectId(kind, name), "public", facets) for kind, name, facets in objects), version)


def test_equal_catalogs_do_not_differ() -> None:
    one = catalog(("table", "public.a", {"owner": "x", "options": ("a", "b")}))
    assert compare(one, catalog(("table", "public.a", {"options": ("a", "b"), "owner": "x"}))) == ()


def test_added_removed_and_changed_are_told_apart() -> None:
    before = catalog(("view", "public.a", {"definition": "1"}), ("view", "public.b", {"definition": "1"}))
    after = catalog(("view", "public.b", {"definition": "2"}), ("view", "public.c", {"definition": "1"}))
    assert [(change.id.identity, change.change) for change in compare(before, after)] == [
        ("public.a", "removed"),
        ("public.b", "changed"),
        ("public.c", "added"),
    ]


def test_a_change_names_only_the_facets_that_differ() -> None:
    before = catalog(("view", "v", {"definition": "1", "owner": "x", "comment": None}))
    after = catalog(("view", "v", {"definition": "2", "owner": "x", "options": ("a",)}))
    [change] = compare(before, after)
    assert change.facets == (FacetChange("definition", "1", "2"), FacetChange("options", None, ("a",)))


def test_a_facet_that_is_absent_and_one_that_is_none_are_the_same() -> None:
    assert compare(catalog(("view", "v", {"comment": None})), catalog(("view", "v", {}))) == ()


def test_a_number_is_not_a_truth_value() -> None:
    [change] = compare(catalog(("view", "v", {"x": 1})), catalog(("view", "v", {"x": True})))
    assert change.facets == (FacetChange("x", 1, True),)


def test_an_object_without_facets_is_still_added() -> None:
    [change] = compare(catalog(), catalog(("view", "v", {})))
    assert (change.change, change.severity) == ("added", "structural")


def test_changes_are_sorted_gravest_first_then_by_kind_and_identity() -> None:
    before = catalog(("table", "t", {"comment": "a"}), ("column", "t.a", {}), ("policy", "p on t", {}))
    after = catalog(("table", "t", {"comment": "b"}), ("view", "v", {}), ("index", "i", {}))
    assert [change.id.identity for change in compare(before, after)] == ["t.a", "i", "p on t", "v", "t"]


def test_an_object_weighs_what_its_gravest_facet_does() -> None:
    before = catalog(("table", "t", {"comment": "a", "owner": "a"}))
    [change] = compare(before, catalog(("table", "t", {"comment": "b", "owner": "b"})))
    assert (change.severity, change.why) == ("security", "b may do everything with it now")
    assert severity_of([change]) == "security"
    assert severity_of([]) is None


def test_an_added_column_is_no_change_of_the_order() -> None:
    before = catalog(("table", "t", {"column_order": ("a", "b")}))
    assert compare(before, catalog(("table", "t", {"column_order": ("a", "new", "b")}))) == ()
    [change] = compare(before, catalog(("table", "t", {"column_order": ("b", "new", "a")})))
    assert change.facets[0].name == "column_order"


def test_a_column_knows_where_it_stood_among_those_that_stayed() -> None:
    before = catalog(("table", "t", {"column_order": ("a", "old", "b")}), ("column", "t.old", {"table": "t"}))
    after = catalog(("table", "t", {"column_order": ("a", "b", "new")}), ("column", "t.new", {"table": "t"}))
    assert {change.id.identity: change.place for change in compare(before, after)} == {
        "t.old": Place("a", 0, 1, last=False),
        "t.new": Place("b", 0, 1, last=True),
    }


def test_what_a_change_is_called_in_words_does_not_change_which_drift_it_is() -> None:
    [change] = compare(catalog(("table", "t", {})), catalog(("table", "t", {"acl": ("anon=INSERT",)})))
    assert repr(change) == repr(replace(change, why="said in another way"))


def test_json_has_the_form_that_scripts_rely_on() -> None:
    before, after = catalog(("table", "t", {"acl": ("a=SELECT",)})), catalog(("table", "t", {"row_security": True}))
    assert to_json(compare(before, after)[0]) == {
        "kind": "table",
        "identity": "t",
        "change": "changed",
        "facets": [
            {"name": "acl", "from": ["a=SELECT"], "to": None},
            {"name": "row_security", "from": None, "to": True},
        ],
        "severity": "structural",
    }


def test_json_says_why_only_of_what_is_graver_than_structural() -> None:
    [change] = compare(catalog(("table", "t", {})), catalog(("table", "t", {"acl": ("anon=INSERT",)})))
    assert to_json(change)["why"] == "anyone with the anon key may now INSERT"


def test_json_masks_keys() -> None:
    token = "eyJhbGciOiJIUzI1NiJ9.eyJyb2xlIjoic2VydmljZV9yb2xlIn0.abcdefghijk"
    [change] = compare(catalog(), catalog(("trigger", "t", {"definition": f"x('{token}')"})))
    assert "eyJ" not in str(to_json(change))


def test_views_of_different_majors_are_compared_without_table_names_and_that_is_said() -> None:
    old = catalog(("view", "v", {"definition": 'SELECT plain.a, "Odd".b FROM public.plain'}), version=150004)
    new = catalog(("view", "v", {"definition": "SELECT a, b FROM public.plain"}), version=170000)
    assert compare(old, new) == ()
    assert [left.what for left in align(old, new)[0].not_compared] == ["table names before columns in views"]
    assert align(new, new) == (new, new)
    changed = catalog(("view", "v", {"definition": "SELECT a, c FROM public.plain"}), version=170000)
    assert [change.change for change in compare(old, changed)] == ["changed"]


def test_the_privilege_maintain_is_left_out_between_majors_that_lack_it() -> None:
    old = catalog(("table", "t", {"acl": ("anon=SELECT",)}), version=160000)
    new = catalog(("table", "t", {"acl": ("anon=MAINTAIN,SELECT", "x=MAINTAIN*")}), version=170000)
    assert compare(old, new) == ()
    assert compare(new, old) == ()
    only = catalog(("table", "t", {"acl": ("x=MAINTAIN",)}), version=170000)
    assert compare(catalog(("table", "t", {}), version=160000), only) == ()


def test_memberships_of_15_lack_what_16_has() -> None:
    old = catalog(("role_membership", "a in b", {"admin": False}), version=150000)
    new = catalog(("role_membership", "a in b", {"admin": False, "inherit": True, "set": True}), version=180000)
    assert compare(old, new) == ()
