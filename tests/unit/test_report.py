"""Changes as people see them. Names of database objects are not trusted."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from driftwatch.core.catalog import Catalog, DbObject, NotCompared, ObjectId, Value
from driftwatch.core.drift import ObjectChange, compare
from driftwatch.core.report import as_markdown, as_text, block, code, summary
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
      acl:
      - anon=SELECT
      + anon=DELETE,SELECT
      row security: yes → no

Destructive
  - table public.old was removed (with 1 column, 2 indexes)

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
    assert "  ```diff\n  acl:\n  - anon=SELECT\n" in text
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
