"""Changes as people see them. Names of database objects are not trusted."""

from __future__ import annotations

import time
from collections.abc import Mapping

import pytest
from driftwatch.core.catalog import Catalog, DbObject, NotCompared, ObjectId, Value
from driftwatch.core.drift import ObjectChange, compare
from driftwatch.core.folding import FEWEST, entries, fold
from driftwatch.core.report import as_markdown, as_text, block, code, lines, summary
from driftwatch.core.text import clean, mask
from driftwatch.errors import remember_secret

TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJyb2xlIjoic2VydmljZV9yb2xlIn0.abcdefghijk"


def catalog(*objects: tuple[str, str, Mapping[str, Value]]) -> Catalog:
    return Catalog.of((DbObject(ObjectId(kind, name), "public", facets) for kind, name, facets in objects), 170000)


def changes() -> tuple[ObjectChange, ...]:
    before = catalog(
        ("table", "public.orders", {"row_security": True, "acl": ("anon=SELECT", "x=SELECT")}),
        ("function", "public.f()", {"body": "begin\n  return 1;\n-- done\nend", "language": "plpgsql"}),
        ("table", "public.old", {"column_order": ("a",)}),
        ("column", "public.old.a", {"table": "public.old", "type": "int"}),
        ("index", "public.old_a", {"table": "public.old"}),
        ("index", "public.old_b", {"table": "public.old"}),
        ("view", "public.v", {"comment": "a"}),
    )
    after = catalog(
        ("table", "public.orders", {"row_security": False, "acl": ("anon=DELETE,SELECT", "x=SELECT")}),
        ("function", "public.f()", {"body": "begin\n  return 2;\n-- done\nend", "language": "plpgsql"}),
        ("view", "public.v", {"comment": None}),
        ("column", "public.orders.x", {"table": "public.orders", "type": "integer", "not_null": False}),
    )
    return compare(before, after)


TEXT = """\
Security
  ~ table public.orders changed
      ! anyone with the anon key may now DELETE; row level security is off
      acl:
      + anon: DELETE
      row security: yes → no

Destructive
  - table public.old was removed (with 1 column, 2 indexes)
      ! its rows are gone

Structure
  + column public.orders.x was added
      type: integer
  ~ function public.f() changed
      body:
      @@ -1,4 +1,4 @@
        begin
      -   return 1;
      +   return 2;
        -- done
        end

Cosmetic
  ~ view public.v changed
      comment: a → (none)

Not compared:
  passwords of roles: they are secrets
"""


def test_the_terminal_sees_the_gravest_first_and_facets_from_and_to() -> None:
    assert as_text(changes(), not_compared=[NotCompared("passwords of roles", "they are secrets")]) == TEXT


def test_nothing_is_said_about_nothing() -> None:
    assert as_text(()) == ""
    assert as_markdown(()) == ""
    assert summary(()) == "nothing differs"


def test_the_summary_counts_what_is_shown() -> None:
    assert summary(changes()) == "5 objects differ: 1 security, 1 destructive, 2 structure, 1 cosmetic"
    assert summary(changes()[:1]) == "1 object differs: 1 security"


def test_colour_is_only_there_when_asked_for() -> None:
    assert "\x1b" not in as_text(changes())
    coloured = as_text(changes(), color=True)
    assert "\x1b[31m" in coloured
    assert "\x1b[32m" in coloured


def test_many_objects_are_cut_with_a_count() -> None:
    many = compare(catalog(), catalog(*(("view", f"public.v{i:03}", {}) for i in range(60))))
    text = as_text(many, limit=50)
    assert text.count("was added") == 50
    assert "… and 10 more objects." in text
    assert "… and 40 more objects." in as_markdown(many)


def test_a_long_body_is_cut_with_a_count() -> None:
    body = "\n".join(map(str, range(200)))
    [change] = compare(catalog(), catalog(("function", "public.f()", {"body": body})))
    assert "more lines" in as_text([change])
    assert len(as_text([change]).splitlines()) < 60


def test_a_removed_sql_comment_is_shown_in_a_body() -> None:
    before = catalog(("function", "f()", {"body": "a\n-- note\nb"}))
    text = as_text(compare(before, catalog(("function", "f()", {"body": "a\nb"}))))
    assert "- -- note" in text


def test_lists_in_another_order_are_shown_whole() -> None:
    before, after = (
        catalog(("table", "t", {"column_order": ("a", "b")})),
        catalog(("table", "t", {"column_order": ("b", "a")})),
    )
    assert "column order: a, b → b, a" in as_text(compare(before, after))


EVIL = "public.\x1b[2Jx\r\n\x07\u202egnp\u200b\x9b1m"


@pytest.mark.parametrize("show", [as_text, as_markdown])
def test_names_and_values_can_not_steer_the_terminal_or_the_page(show: object) -> None:
    before = catalog(("view", EVIL, {"definition": EVIL, "options": (EVIL,)}))
    after = catalog(("view", EVIL, {"definition": EVIL + "\n```\n" + EVIL, "options": (EVIL + "2",)}))
    text = show(compare(before, after), not_compared=[NotCompared(EVIL, EVIL)])  # type: ignore[operator]
    assert not {"\x1b", "\r", "\x07", "\u202e", "\u200b", "\x9b"} & set(text)
    assert "\\x1b[2Jx\\x0d" in text


def test_markdown_can_not_be_broken_out_of() -> None:
    assert code("a`b``c") == "```a`b``c```"
    assert code("`") == "`` ` ``"
    assert code("") == "`  `"
    assert block("x\n```\ny").startswith("````\n")


def test_markdown_has_names_in_code_and_differences_in_blocks() -> None:
    text = as_markdown(changes())
    assert "- changed table `public.orders`" in text
    assert "  ```diff\n  ! anyone with the anon key may now DELETE; row level security is off\n  acl:\n" in text
    assert "- removed table `public.old` (with 1 column, 2 indexes)" in text


def test_keys_and_passwords_are_masked() -> None:
    remember_secret("s3cr3t-value")
    text = f"x('{TOKEN}') postgres://u:pw@h/db Bearer abcdefghijkl sb_secret_abc s3cr3t-value"
    assert mask(text) == "x('***') postgres://u:***@h/db Bearer *** *** ***"
    before = catalog(("trigger", "t", {"definition": "a"}))
    assert "eyJ" not in as_text(compare(before, catalog(("trigger", "t", {"definition": TOKEN}))))


def test_ordinary_text_of_any_language_stays() -> None:
    assert clean("Größe 数量 – “ok” 😀") == "Größe 数量 – “ok” 😀"


def test_a_long_list_of_what_was_not_compared_is_cut_with_a_count() -> None:
    names = ", ".join(f"role_{i}" for i in range(100))
    text = as_text(changes()[:1], not_compared=[NotCompared(f"role {names}", "not ours")])
    assert " more: not ours" in text
    assert max(map(len, text.splitlines())) < 220


def one(kind: str, before: Mapping[str, Value], after: Mapping[str, Value]) -> str:
    return as_text(compare(catalog((kind, "public.x", before)), catalog((kind, "public.x", after))))


LISTS = [
    ("table", "acl", ("a=SELECT",), ("a=INSERT,SELECT", "b=DELETE*"), "acl:|+ a: INSERT|+ b: DELETE with grant option"),
    ("table", "acl", ("a=SELECT*",), ("a=SELECT",), "acl:|- a: grant option for SELECT"),
    ("table", "acl", ("a=DELETE", "o="), ("b=DELETE",), "acl:|- a: DELETE|+ b: DELETE|+ o: everything"),
    ("table", "acl", ("a=DELETE",), ("a=DELETE", "o="), "acl:|- o: everything"),
    ("table", "acl", None, ('"x=y"=SELECT',), 'acl:|+ "x=y": SELECT'),
    ("view", "options", ("a=1", "b=2"), ("b=3",), "options:|- a=1|- b=2|+ b=3"),
    ("type", "labels", ("a", "c"), ("a", "b", "c"), "labels:|+ b (after a)"),
    ("type", "labels", ("a",), ("b", "a"), "labels:|+ b (first)"),
    ("type", "labels", ("a", "b", "c"), ("c", "a"), "labels:|- b|~ c moved (first)"),
    ("table", "column_order", ("a", "b"), ("b", "a"), "column order: a, b → b, a"),
    ("view", "options", ("a", "a"), ("a",), "options: a, a → a"),
    ("view", "columns", (), ("a int",), "columns:|+ a int"),
]


@pytest.mark.parametrize(("kind", "facet", "before", "after", "expected"), LISTS)
def test_lists_are_shown_as_what_came_went_and_moved(
    kind: str, facet: str, before: Value, after: Value, expected: str
) -> None:
    shown = [line.strip() for line in one(kind, {facet: before}, {facet: after}).splitlines()]
    assert [line for line in shown[2:] if not line.startswith("!")] == expected.split("|")


def test_of_a_long_list_in_another_order_only_what_moved_is_shown() -> None:
    names = tuple(f"a_long_name_of_a_column_{number}" for number in range(30))
    text = one("table", {"column_order": names}, {"column_order": (*names[:3], *names[4:], names[3])})
    assert text.splitlines()[2:] == ["      column order:", f"      ~ {names[3]} moved (after {names[29]})"]


def many(number: int, facet: str, before: Value, after: Value, kind: str = "table") -> list[ObjectChange]:
    sides = ([(kind, f"public.t{i:05}", {facet: value}) for i in range(number)] for value in (before, after))
    one_side, other = (catalog(*side) for side in sides)
    return list(compare(one_side, other))


def test_equal_changes_of_many_objects_are_one_entry_with_a_few_names_and_a_count() -> None:
    tables = many(400, "acl", ("anon=SELECT", "b=SELECT"), ("b=SELECT",))
    functions = many(39, "acl", ("anon=EXECUTE,SELECT",), ("anon=EXECUTE",), "function")
    text = as_text((*tables, *functions), limit=1)
    assert text.splitlines() == [
        "Structure",
        "  ~ 400 tables, 39 functions changed alike",
        "      public.t00000, public.t00001, public.t00002, public.t00003, public.t00004 and 434 more",
        "      acl:",
        "      - anon: SELECT",
    ]
    markdown = as_markdown((*tables, *functions))
    assert "- changed alike: 400 tables, 39 functions: `public.t00000`, " in markdown
    assert lines((*tables, *functions)) == (
        "400 tables, 39 functions changed alike (public.t00000, public.t00001, public.t00002, public.t00003, "
        "public.t00004 and 434 more): acl\n- anon: SELECT",
    )
    whole = as_text((*tables, *functions), limit=1, whole=True)
    assert whole.count("- anon: SELECT") == 439
    assert "public.t00399" in whole


def test_an_alert_gets_the_lines_that_differ_and_not_where_they_stand() -> None:
    body = "\n".join(f"  step({number});" for number in range(30))
    changed = body.replace("step(10)", "step(11, 'twice')").replace("step(25)", "stop()")
    before, after = ({"body": text, "language": name} for text, name in ((body, "sql"), (changed, "plpgsql")))
    (text,) = lines(compare(catalog(("function", "f()", before)), catalog(("function", "f()", after))))
    assert text.splitlines() == [
        "function f() changed: body, language: sql → plpgsql",
        "    step(8);",
        "    step(9);",
        "-   step(10);",
        "+   step(11, 'twice');",
        "    step(11);",
        "    step(12);",
        "…",
        "    step(23);",
        "    step(24);",
        "-   step(25);",
        "+   stop();",
        "    step(26);",
        "    step(27);",
    ]


def test_what_differs_in_another_way_is_not_folded_with_the_rest() -> None:
    changes = [
        *many(5, "owner", "a", "b"),
        *compare(catalog(("view", "v", {"owner": "c"})), catalog(("view", "v", {"owner": "b"}))),
    ]
    assert [len(group.entries) for group in fold(entries(changes))] == [5, 1]


@pytest.mark.parametrize(("number", "groups"), [(FEWEST - 1, FEWEST - 1), (FEWEST, 1)])
def test_two_are_no_crowd(number: int, groups: int) -> None:
    assert len(fold(entries(many(number, "owner", "a", "b")))) == groups


def test_what_came_or_went_is_never_folded_because_each_name_matters() -> None:
    same = compare(catalog(*(("view", f"v{i}", {"owner": "a"}) for i in range(9))), catalog())
    assert len(fold(entries(same))) == 9


def test_objects_that_are_not_shown_are_counted_not_the_groups() -> None:
    changes = [
        *many(1, "comment", "a", "b"),
        *many(50, "owner", "a", "b", "view"),
        *many(7, "comment", "a", "b", "type"),
    ]
    assert "… and 8 more objects." in as_text(changes, limit=1)


def test_a_part_graver_than_its_new_table_is_shown_on_its_own() -> None:
    table = ("table", "public.t", {"column_order": ("a",), "row_security": True})
    column = ("column", "public.t.a", {"table": "public.t"})
    policy = ("policy", "p on public.t", {"table": "public.t", "roles": ("anon",), "using": "true"})
    text = as_text(compare(catalog(), catalog(table, column, policy)))
    assert "policy p on public.t was added" in text
    assert "table public.t was added (with 1 column)" in text


def test_a_sequence_of_a_new_table_is_a_part_of_it() -> None:
    table = ("table", 'public."T.x"', {"column_order": ("id",)})
    sequence = ("sequence", "public.s", {"owned_by": 'public."T.x".id'})
    assert [entry.parts for entry in entries(compare(catalog(), catalog(table, sequence)))] == [(("sequence", 1),)]


def test_a_probable_rename_is_one_entry() -> None:
    before = catalog(("view", "public.orders", {"definition": "select"}), ("table", "t", {}))
    after = catalog(("view", "public.purchases", {"definition": "select"}), ("table", "t", {}))
    changes = compare(before, after)
    assert as_text(changes) == "Structure\n  ~ view public.orders → public.purchases (probably renamed)\n"
    assert as_markdown(changes).splitlines()[-1] == ("- view `public.orders` → `public.purchases` (probably renamed)")
    assert lines(changes) == ("view public.orders → public.purchases (probably renamed)",)
    assert summary(changes) == "1 object differs: 1 structure"


def test_a_rename_that_only_looks_like_one_says_what_would_be_lost() -> None:
    before, after = (catalog(("table", "t", {}), ("column", f"t.{name}", {"table": "t"})) for name in "ab")
    text = as_text(compare(before, after))
    assert text.startswith(
        "Destructive\n  ~ column t.a → t.b (probably renamed)\n      ! if it was not renamed, its values"
    )


def test_a_certain_rename_loses_nothing() -> None:
    before, after = (
        catalog(("table", "t", {"column_order": (name, "z")}), ("column", f"t.{name}", {"table": "t"})) for name in "ab"
    )
    assert as_text(compare(before, after)) == "Structure\n  ~ column t.a → t.b (probably renamed)\n"


def test_a_renamed_label_is_told_with_its_type() -> None:
    before, after = (catalog(("type", "app.mood", {"labels": ("sad", label)})) for label in ("ok", "fi`ne"))
    assert "~ label ok → fi`ne of app.mood (probably renamed)" in as_text(compare(before, after))
    assert "- label `ok` → ``fi`ne`` of `app.mood` (probably renamed)" in as_markdown(compare(before, after))


@pytest.mark.parametrize("show", [as_text, as_markdown, lambda changes: "".join(lines(changes))])
def test_hostile_names_stay_harmless_in_reasons_renames_and_groups(show: object) -> None:
    evil = '"' + EVIL + '\n```\n"'
    before = catalog(
        *((kind, f"{evil}.x{i}", {"acl": ()}) for i, kind in enumerate(["table"] * 5)),
        ("view", evil, {"definition": "x", "owner": evil}),
        ("policy", f"{evil} on public.t", {"roles": ("a",)}),
        ("type", f"{evil}.y", {"labels": (evil,)}),
    )
    after = catalog(
        *((kind, f"{evil}.x{i}", {"acl": (f"{evil}=SELECT",)}) for i, kind in enumerate(["table"] * 5)),
        ("view", evil[:-1] + '2"', {"definition": "x", "owner": evil}),
        ("policy", f"{evil} on public.t", {"roles": ("a", evil)}),
        ("type", f"{evil}.y", {"labels": (evil + "2",)}),
    )
    text = show(compare(before, after))  # type: ignore[operator]
    assert not {"\x1b", "\r", "\x07", "\u202e", "\u200b", "\x9b"} & set(text)
    assert "roles now include" in text
    assert "probably renamed" in text
    assert "5 tables" in text
    if show is as_markdown:
        assert not any(line.strip() == "```" for line in text.splitlines() if "\\n" in line)


def test_ten_thousand_changes_are_shown_quickly() -> None:
    changes = [
        *many(5000, "acl", ("anon=SELECT",), ()),
        *(change for i in range(50) for change in many(100, "comment", "x", f"y{i}", f"view{i}")),
    ]
    began = time.process_time()
    as_text(changes)
    as_markdown(changes)
    assert time.process_time() - began < 5


def test_a_long_body_that_is_another_altogether_is_compared_quickly() -> None:
    before, after = ("\n".join(f"{word} {i % 7}" for i in range(20000)) for word in ("a", "b"))
    began = time.process_time()
    text = one("function", {"body": before}, {"body": after})
    assert time.process_time() - began < 5
    assert "… 39961 more lines" in text
