"""Which objects are probably the same under another name: exact pairs, never a guess between two."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

import pytest
from driftwatch.core.catalog import Catalog, DbObject, ObjectId, Value
from driftwatch.core.drift import compare
from driftwatch.core.names import alike, masked, mentions, moved
from driftwatch.core.order import moved as moved_entries
from driftwatch.core.order import places
from driftwatch.core.renames import Rename, renames, to_json

Obj = tuple[str, str, Mapping[str, Value]]


def catalog(*objects: Obj) -> Catalog:
    return Catalog.of((DbObject(ObjectId(kind, name), "public", facets) for kind, name, facets in objects), 170000)


def found(before: list[Obj], after: list[Obj]) -> tuple[Rename, ...]:
    return renames(compare(catalog(*before), catalog(*after)))


def pairs(before: list[Obj], after: list[Obj]) -> list[tuple[str, str, str]]:
    return [(one.kind, one.before, one.after) for one in found(before, after)]


def table(name: str, *, index: str = "", constraint: str = "", **columns: str) -> list[Obj]:
    """A table `public.NAME` with columns of these types, an index and a primary key, as Postgres writes them."""
    whole = f"public.{name}"
    objects: list[Obj] = [("table", whole, {"column_order": tuple(columns), "row_security": True, "owner": "o"})]
    objects += [("column", f"{whole}.{key}", {"table": whole, "type": type_}) for key, type_ in columns.items()]
    first = next(iter(columns))
    if index:
        definition = f"CREATE INDEX {index} ON {whole} USING btree ({first})"
        objects.append(("index", f"public.{index}", {"table": whole, "definition": definition}))
    if constraint:
        definition = f"PRIMARY KEY ({first})"
        objects.append(("constraint", f"{constraint} on {whole}", {"table": whole, "definition": definition}))
    return objects


T = "public.t"
INDEX = "CREATE INDEX {} ON public.t USING btree (a)"
TRIGGER = "CREATE TRIGGER {} BEFORE UPDATE ON public.t FOR EACH ROW EXECUTE FUNCTION public.f()"
BODY = {"body": "begin old(); end", "language": "plpgsql"}
ONE_KIND: list[tuple[str, str, str, Mapping[str, Value], Mapping[str, Value]]] = [
    ("view", "public.old", "public.new", {"definition": "x"}, {"definition": "x"}),
    ("materialized_view", "public.old", "public.new", {"definition": "x"}, {"definition": "x"}),
    ("function", "public.old(integer)", "public.new(integer)", BODY, BODY),
    ("procedure", "public.old()", "public.new()", BODY, BODY),
    ("type", "public.old", "public.new", {"labels": ("a", "b")}, {"labels": ("a", "b")}),
    ("domain", "public.old", "public.new", {"type": "text"}, {"type": "text"}),
    ("sequence", "public.old", "public.new", {"start": 5}, {"start": 5}),
    ("schema", "old", "new", {"owner": "o"}, {"owner": "o"}),
    ("column", "public.t.old", "public.t.new", {"table": T, "type": "text"}, {"table": T, "type": "text"}),
    ("index", "public.old", "public.new", {"table": T, "definition": INDEX.format("old")},
     {"table": T, "definition": INDEX.format("new")}),
    ("constraint", "old on public.t", "new on public.t", {"table": T, "definition": "UNIQUE (a)"},
     {"table": T, "definition": "UNIQUE (a)"}),
    ("policy", '"old one" on public.t', "new on public.t", {"table": T, "using": "(old = 1)"},
     {"table": T, "using": "(old = 1)"}),
    ("trigger", "old on public.t", "new on public.t", {"table": T, "definition": TRIGGER.format("old")},
     {"table": T, "definition": TRIGGER.format("new")}),
    ("rule", "old on public.t", "new on public.t", {"table": T, "definition": "CREATE RULE old AS"},
     {"table": T, "definition": "CREATE RULE new AS"}),
    ("domain_constraint", "old on public.d", "new on public.d", {"domain": "public.d", "definition": "CHECK (x)"},
     {"domain": "public.d", "definition": "CHECK (x)"}),
    ("event_trigger", "old", "new", {"event": "ddl_command_end"}, {"event": "ddl_command_end"}),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "old", "new", "before", "after"), ONE_KIND, ids=[one[0] for one in ONE_KIND])
def test_an_object_under_another_name_is_found(
    kind: str, old: str, new: str, before: Mapping[str, Value], after: Mapping[str, Value]
) -> None:
    assert pairs([(kind, old, before)], [(kind, new, after)]) == [(kind, old, new)]
    assert pairs([(kind, new, after)], [(kind, old, before)]) == [(kind, new, old)]
    # a difference besides the name, and it is no rename
    assert pairs([(kind, old, before)], [(kind, new, {**after, "comment": "another"})]) == []
    # a second candidate, and nobody knows which
    third = new.replace("new", "third")
    facets = {name: value.replace("new", "third") if isinstance(value, str) else value for name, value in after.items()}
    assert pairs([(kind, old, before)], [(kind, new, after), (kind, third, facets)]) == []
    assert pairs([(kind, new, after), (kind, third, facets)], [(kind, old, before)]) == []


ELSEWHERE = [
    (("view", "a.x", {}), ("view", "b.y", {})),
    (("function", "a.x(integer)", {}), ("function", "a.y(text)", {})),
    (("column", "a.t.x", {"table": "a.t"}), ("column", "a.u.y", {"table": "a.u"})),
    (("index", "a.x", {"table": "a.t"}), ("index", "a.y", {"table": "a.u"})),
    (("policy", "x on a.t", {"table": "a.t"}), ("policy", "y on a.u", {"table": "a.u"})),
    (("table", "a.x", {}), ("view", "a.y", {})),
    (("role", "x", {}), ("role", "y", {})),
]


@pytest.mark.parametrize(("before", "after"), ELSEWHERE)
def test_nothing_is_paired_across_schemas_tables_arguments_or_kinds(before: Obj, after: Obj) -> None:
    assert pairs([before], [after]) == []


def test_a_renamed_table_takes_its_parts_along() -> None:
    before = table("orders", index="orders_idx", constraint="orders_pkey", id="bigint", note="text")
    after = table("purchases", index="orders_idx", constraint="orders_pkey", id="bigint", note="text")
    [one] = found(before, after)
    assert (one.kind, one.before, one.after, one.certain) == ("table", "public.orders", "public.purchases", True)
    assert one.carries == (
        (ObjectId("column", "public.orders.id"), ObjectId("column", "public.purchases.id")),
        (ObjectId("column", "public.orders.note"), ObjectId("column", "public.purchases.note")),
        (
            ObjectId("constraint", "orders_pkey on public.orders"),
            ObjectId("constraint", "orders_pkey on public.purchases"),
        ),
        (ObjectId("index", "public.orders_idx"), ObjectId("index", "public.orders_idx")),
    )


def test_parts_that_were_renamed_too_are_renames_of_their_own() -> None:
    default = "nextval('public.{}_id_seq'::regclass)"
    before, after = (
        [
            *table(name, index=f"{name}_idx", constraint=f"{name}_pkey", id="bigint"),
            ("column", f"public.{name}.no", {"table": f"public.{name}", "default": default.format(name)}),
            ("sequence", f"public.{name}_id_seq", {"owned_by": f"public.{name}.id"}),
        ]
        for name in ("orders", "purchases")
    )
    assert pairs(before, after) == [
        ("table", "public.orders", "public.purchases"),
        ("sequence", "public.orders_id_seq", "public.purchases_id_seq"),
        ("index", "public.orders_idx", "public.purchases_idx"),
        ("constraint", "orders_pkey on public.orders", "purchases_pkey on public.purchases"),
    ]
    [one, *_] = found(before, after)
    assert not one.certain  # nothing kept the old name: it may as well be another table of the same form
    assert {old.identity for old, _ in one.carries} == {"public.orders.id", "public.orders.no"}


def test_equal_tables_are_told_apart_by_what_hangs_on_them() -> None:
    before = [*table("a", id="int"), *table("b", index="b_idx", id="int")]
    after = [*table("c", index="c_idx", id="int"), *table("d", id="int")]
    assert [pair for pair in pairs(before, after) if pair[0] == "table"] == [
        ("table", "public.a", "public.d"),
        ("table", "public.b", "public.c"),
    ]
    assert pairs([*table("a", id="int"), *table("b", id="int")], [*table("c", id="int"), *table("d", id="int")]) == []


def test_a_table_with_another_column_is_another_table() -> None:
    assert pairs(table("a", id="int"), table("b", id="bigint")) == []
    assert pairs(table("a", id="int"), table("b", id="int", no="int")) == []


def order(*names: str) -> list[Obj]:
    columns = [("column", f"public.t.{name}", {"table": T, "type": "text"}) for name in names]
    return [("table", T, {"column_order": names}), *columns]


COLUMNS = [
    (("a", "x", "b"), ("a", "y", "b"), [("x", "y", True)]),
    (("a", "x"), ("a", "y"), [("x", "y", False)]),
    (("x", "a"), ("y", "a"), [("x", "y", True)]),
    (("a", "x", "b"), ("a", "b", "y"), []),
    (("a", "x", "z", "b"), ("a", "y", "w", "b"), [("x", "y", True), ("z", "w", True)]),
    (("a", "x", "z", "b"), ("a", "y", "b"), []),
    (("a", "x", "b", "z"), ("a", "y", "b"), [("x", "y", True)]),
    (("a", "x", "b", "c"), ("a", "y", "b", "w", "c"), [("x", "y", True)]),
]


@pytest.mark.parametrize(("before", "after", "expected"), COLUMNS)
def test_a_renamed_column_stays_where_it_was(
    before: tuple[str, ...], after: tuple[str, ...], expected: list[tuple[str, str, bool]]
) -> None:
    got = [(one.before[9:], one.after[9:], one.certain) for one in found(order(*before), order(*after))]
    assert sorted(got) == sorted(expected)


def test_what_refers_to_a_renamed_column_follows_and_makes_it_certain() -> None:
    definition = "CREATE INDEX i ON public.t USING btree ({})"
    other: Obj = ("view", "public.v", {"definition": "SELECT x FROM public.other"})
    moved_on: Obj = ("view", "public.v", {"definition": "SELECT y FROM public.other"})
    before = [*order("a", "x"), ("index", "public.i", {"table": T, "definition": definition.format("x")}), other]
    after = [*order("a", "y"), ("index", "public.i", {"table": T, "definition": definition.format("y")}), moved_on]
    [one] = found(before, after)
    assert one.certain
    # a view of another table that changed in the same way has nothing to do with it
    assert one.carries == ((ObjectId("index", "public.i"), ObjectId("index", "public.i")),)


FOLLOWS = [
    ("view", "definition", "SELECT id FROM public.orders", "SELECT id FROM public.purchases", True),
    ("view", "definition", "SELECT orders.id FROM public.orders", "SELECT purchases.id FROM public.purchases", True),
    ("view", "definition", "SELECT id FROM public.orders", "SELECT no FROM public.purchases", False),
    ("view", "definition", "SELECT id FROM x.orders", "SELECT id FROM x.purchases", False),
    ("constraint", "definition", "FOREIGN KEY (o) REFERENCES public.orders(id)",
     "FOREIGN KEY (o) REFERENCES public.purchases(id)", True),
    ("function", "body", "delete from public.orders", "delete from public.purchases", False),
    ("function", "sql_body", "BEGIN ATOMIC SELECT public.orders.id", "BEGIN ATOMIC SELECT public.purchases.id", True),
    ("publication", "tables", ("public.orders (id)", "public.a"), ("public.purchases (id)", "public.a"), True),
    ("view", "comment", "public.orders", "public.purchases", False),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "facet", "before", "after", "follows"), FOLLOWS)
def test_what_stayed_follows_a_rename_when_it_differs_by_that_alone(
    kind: str, facet: str, before: Value, after: Value, follows: bool
) -> None:
    name = "fk on public.lines" if kind == "constraint" else "public.user"
    sides = [[*table("orders", id="int"), (kind, name, {facet: before})]]
    sides.append([*table("purchases", id="int"), (kind, name, {facet: after})])
    [one] = found(*sides)
    assert ((ObjectId(kind, name), ObjectId(kind, name)) in one.carries) is follows
    assert one.certain is follows


def test_what_is_named_after_a_renamed_type_is_carried_along() -> None:
    before: list[Obj] = [
        ("type", "app.mood", {"labels": ("a",)}),
        ("function", "app.f(app.mood, app.mood[])", {"body": "x"}),
        ("cast", "app.mood as text", {"context": "explicit"}),
    ]
    after: list[Obj] = [
        ("type", "app.feeling", {"labels": ("a",)}),
        ("function", "app.f(app.feeling, app.feeling[])", {"body": "x"}),
        ("cast", "app.feeling as text", {"context": "explicit"}),
    ]
    [one] = found(before, after)
    assert [new.identity for _, new in one.carries] == ["app.feeling as text", "app.f(app.feeling, app.feeling[])"]


def test_what_is_named_after_it_and_has_its_name_in_plain_text_too_is_another_object() -> None:
    before, after = (
        [("type", f"app.{name}", {"labels": ("a",)}), ("function", f"app.f(app.{name})", {"body": f"app.{name}"})]
        for name in ("mood", "feeling")
    )
    [one] = found(before, after)
    assert one.carries == ()


def test_a_renamed_schema_takes_everything_along_that_is_equal() -> None:
    def side(name: str, odd: str) -> list[Obj]:
        return [
            ("schema", name, {"owner": "o"}),
            ("view", f"{name}.v", {"definition": f"SELECT a FROM {name}.t"}),
            ("operator", f"{name}.#+#(integer, integer)", {"commutator": f"{name}.#+#"}),
            ("policy", f'"p on app.x" on {name}.t', {"table": f"{name}.t"}),
            ("view", f"{name}.odd", {"definition": odd}),
        ]

    [one] = found(side("app", "1"), side("shop", "2"))
    assert (one.before, one.after) == ("app", "shop")
    assert [new.identity for _, new in one.carries] == [
        "shop.#+#(integer, integer)",
        '"p on app.x" on shop.t',
        "shop.v",
    ]
    assert pairs([("schema", "a", {}), ("view", "a.v", {})], [("schema", "b", {}), ("view", "b.w", {})]) == []


LABELS = [
    (("a", "b"), ("a", "c"), ("b", "c")),
    (("a", "b"), ("c", "d"), None),
    (("a", "b"), ("a",), None),
    (("a", "b"), ("b", "a"), None),
    (("a", "b", "c"), ("a", "c", "c"), None),
    (("o'k", "b"), ("x\ny", "b"), ("o'k", "x\ny")),
]


@pytest.mark.parametrize(("before", "after", "expected"), LABELS)
def test_a_label_in_the_place_of_another_is_a_renamed_one(
    before: tuple[str, ...], after: tuple[str, ...], expected: tuple[str, str] | None
) -> None:
    got = found([("type", "app.mood", {"labels": before})], [("type", "app.mood", {"labels": after})])
    assert [(one.kind, one.of, (one.before, one.after)) for one in got] == (
        [("enum_label", "app.mood", expected)] if expected else []
    )


def test_hostile_names_are_names_like_any_other() -> None:
    evil = '"x on public.t\n.\x1b[2J"".`; drop"'
    before: list[Obj] = [("policy", f"{evil} on public.{evil}", {"table": f"public.{evil}", "using": "a"})]
    after: list[Obj] = [("policy", f"fine on public.{evil}", {"table": f"public.{evil}", "using": "a"})]
    assert pairs(before, after) == [("policy", before[0][1], after[0][1])]
    [one, *_] = found(table(evil, id="int"), table("\"''\"", id="int"))
    assert (one.before, one.after) == (f"public.{evil}", "public.\"''\"")
    for broken in ('"', '"a', " on ", "", ".", "a.", '"a" on', "()"):
        for kind in ("policy", "table", "column", "function", "schema", "index"):
            found([(kind, broken, {"definition": broken})], [(kind, broken + "x", {"definition": broken})])


def test_json_has_the_form_that_scripts_rely_on() -> None:
    [one] = found([("view", "a", {"x": 1})], [("view", "b", {"x": 1})])
    assert to_json(one) == {"kind": "view", "from": "a", "to": "b", "certain": False}
    assert to_json(Rename("enum_label", "a", "b", certain=False, of="app.mood"))["of"] == "app.mood"


def _equal_views() -> tuple[list[Obj], list[Obj]]:
    return [("view", f"a.v{i}", {}) for i in range(5000)], [("view", f"a.w{i}", {}) for i in range(5000)]


def _tables() -> tuple[list[Obj], list[Obj]]:
    def side(word: str) -> list[Obj]:
        one = (
            table(f"{word}{i}", index=f"i{i}", constraint=f"k{i}", **{f"c{i}": "int", "d": "text"}) for i in range(2000)
        )
        return [obj for objects in one for obj in objects]

    return side("old"), side("new")


def _columns() -> tuple[list[Obj], list[Obj]]:
    return order(*(f"a{i}" for i in range(5000))), order(*(f"b{i}" for i in range(5000)))


def _labels() -> tuple[list[Obj], list[Obj]]:
    before = tuple(f"l{i}" for i in range(5000))
    return [("type", "a.t", {"labels": before})], [("type", "a.t", {"labels": (*before[:-1], "z")})]


@pytest.mark.parametrize(
    ("world", "number"),
    [(_equal_views, 0), (_tables, 2000), (_columns, 5000), (_labels, 1)],
    ids=["equal views", "tables", "columns", "labels"],
)
def test_ten_thousand_changes_are_paired_quickly(world: Callable[[], tuple[list[Obj], list[Obj]]], number: int) -> None:
    changes = compare(*(catalog(*side) for side in world()))
    began = time.process_time()
    assert len(renames(changes)) == number
    assert time.process_time() - began < 5


MOVED = [
    ("public.orders.id", "public.purchases.id"),
    ("p on public.orders", "p on public.purchases"),
    ('"p on public.orders" on public.orders', '"p on public.orders" on public.purchases'),
    ("public.orders_x", "public.orders_x"),
    ("orders", "orders"),
    ("x.public.orders", "x.public.orders"),
    ("old.#(integer)", "new.#(integer)"),
    ("old", "old"),
]


@pytest.mark.parametrize(("before", "after"), MOVED)
def test_qualified_names_are_replaced_whole(before: str, after: str) -> None:
    assert moved(before, {"public.orders": "public.purchases", "old": "new"}) == after


ALIKE = [
    ("a", "a", frozenset()),
    ("orders.id", "purchases.id", {"orders"}),
    ('"orders".id', "purchases.id", {"orders"}),
    ("orders_pkey", "purchases_pkey", {"orders"}),
    ("orders_pkey", "purchases_key", None),
    ("orders + 1", "purchases - 1", None),
    ("orders", "sales", None),
]


@pytest.mark.parametrize(("before", "after", "expected"), ALIKE)
def test_texts_are_alike_when_known_names_are_all_that_differs(
    before: str, after: str, expected: set[str] | None
) -> None:
    assert alike(before, after, {"orders": {"purchases"}}) == expected


def test_names_in_text_are_found_with_what_they_begin_with() -> None:
    assert list(mentions('a."b.c".d + e')) == ["a", 'a."b.c"', 'a."b.c".d', "e"]
    assert masked("orders.orders_id = x.border", "orders") == "\0.\0_id = x.border"


def test_the_fewest_entries_move() -> None:
    assert moved_entries("abcde", "acdeb") == ("b",)
    assert moved_entries("abc", "cab") == ("c",)
    assert moved_entries("abc", "abxc") == ()
    assert moved_entries("", "") == ()


def test_places_are_counted_among_those_that_stayed() -> None:
    assert {name: tuple(place) for name, place in places("axybz", "ab").items()} == {
        "x": ("a", 0, 2, False),
        "y": ("a", 1, 2, False),
        "z": ("b", 0, 1, True),
    }
