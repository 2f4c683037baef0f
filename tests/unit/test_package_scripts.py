"""The scripts of package.json get in at one place, in the file's own style, and every other byte stays."""

from __future__ import annotations

import json
import shlex

import pytest
from driftwatch.core.package_scripts import NAMES, add, scripts
from driftwatch.errors import DriftwatchError
from hypothesis import given
from hypothesis import strategies as st

WANTED = scripts()
TWO = {"a": "x", "b": "y"}


def difference(before: str, after: str) -> str:
    """What was inserted, which has to be all that differs."""
    at = next((i for i, (one, other) in enumerate(zip(before, after, strict=False)) if one != other), len(before))
    length = len(after) - len(before)
    for start in range(at, max(at - length, -1), -1):
        if after[:start] + after[start + length :] == before:
            return after[start : start + length]
    raise AssertionError("more than one place differs")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        # two spaces, a member already there, no line end at the end of the file
        ('{\n  "scripts": {\n    "z": "1"\n  }\n}',
         '{\n  "scripts": {\n    "z": "1",\n    "a": "x",\n    "b": "y"\n  }\n}'),
        # tabs and Windows line ends
        ('{\r\n\t"scripts": {\r\n\t\t"z": "1"\r\n\t}\r\n}\r\n',
         '{\r\n\t"scripts": {\r\n\t\t"z": "1",\r\n\t\t"a": "x",\r\n\t\t"b": "y"\r\n\t}\r\n}\r\n'),
        # on one line, narrow and wide
        ('{"scripts":{"z":"1"}}', '{"scripts":{"z":"1","a":"x","b":"y"}}'),
        ('{ "scripts": { "z": "1" } }', '{ "scripts": { "z": "1", "a": "x", "b": "y" } }'),
        ('{"scripts": {"z": "1"}}', '{"scripts": {"z": "1", "a": "x", "b": "y"}}'),
        # no scripts yet
        ('{\n\t"name": "n"\n}\n', '{\n\t"name": "n",\n\t"scripts": {\n\t\t"a": "x",\n\t\t"b": "y"\n\t}\n}\n'),
        ('{"name":"n"}', '{"name":"n","scripts":{"a":"x","b":"y"}}'),
        ('{\r\n  "n" : 1.0\r\n}',
         '{\r\n  "n" : 1.0,\r\n  "scripts" : {\r\n    "a" : "x",\r\n    "b" : "y"\r\n  }\r\n}'),
        # nothing at all
        ("{}", '{\n  "scripts": {\n    "a": "x",\n    "b": "y"\n  }\n}'),
        ("{\n}\n", '{\n  "scripts": {\n    "a": "x",\n    "b": "y"\n  }\n}\n'),
        # scripts without a member
        ('{\n    "scripts": {}\n}', '{\n    "scripts": {\n        "a": "x",\n        "b": "y"\n    }\n}'),
        ('{\n  "scripts": {\n  }\n}', '{\n  "scripts": {\n    "a": "x",\n    "b": "y"\n  }\n}'),
        ('{"scripts":{}}', '{"scripts":{"a":"x","b":"y"}}'),
        # a blank line before, and things after
        ('{\n\n  "scripts": {\n\n    "z": "1"\n\n  },\n  "n": [1.0,\n 2]\n}',
         '{\n\n  "scripts": {\n\n    "z": "1",\n    "a": "x",\n    "b": "y"\n\n  },\n  "n": [1.0,\n 2]\n}'),
        # a byte order mark
        ('\ufeff{"scripts":{"z":"1"}}', '\ufeff{"scripts":{"z":"1","a":"x","b":"y"}}'),
    ],
)  # fmt: skip
def test_scripts_get_in_the_way_the_file_is_written(before: str, after: str) -> None:
    edit = add(before, TWO)
    assert edit.text == after
    assert (edit.added, edit.kept) == (("a", "b"), {})
    assert add(after, TWO).text == after


def test_a_different_script_of_that_name_is_named_and_left() -> None:
    before = '{"scripts": {"a": "mine", "b": "y"}, "x": {"scripts": {"a": "no"}}}'
    edit = add(before, TWO)
    assert (edit.text, edit.added, edit.kept) == (before, (), {"a": "mine"})


def test_of_keys_that_come_twice_the_last_one_counts_as_it_does_for_npm() -> None:
    before = '{"scripts": {"a": "x", "b": "y"}, "scripts": {"a": "old", "a": "x"}}'
    edit = add(before, TWO)
    assert edit.text == '{"scripts": {"a": "x", "b": "y"}, "scripts": {"a": "old", "a": "x", "b": "y"}}'
    assert json.loads(edit.text)["scripts"] == TWO


def test_a_word_scripts_elsewhere_is_none_of_them() -> None:
    before = '{"x": "\\"scripts\\": {}", "files": ["scripts"], "jest": {"scripts": {}}}'
    assert json.loads(add(before, TWO).text) == {**json.loads(before), "scripts": TWO}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "it is empty"),
        ('{\n "scripts": {,}\n}', "line 2"),
        ("// mine\n{}", "line 1"),
        ("[]", "no object"),
        ('{"scripts": null}', '"scripts" is not an object'),
        ('{"scripts": ["a"]}', '"scripts" is not an object'),
    ],
)
def test_what_can_t_be_understood_is_left(text: str, words: str) -> None:
    with pytest.raises(DriftwatchError, match=words) as refused:
        add(text, WANTED)
    assert refused.value.untouched == "It was not changed."


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(
    st.dictionaries(st.text(max_size=5), VALUES, max_size=4),
    st.none() | st.dictionaries(st.sampled_from([*NAMES, "build", "test"]), st.text(max_size=5), max_size=4),
    st.sampled_from([None, 0, 1, 4, "\t"]),
    st.sampled_from([(",", ":"), (", ", ": "), (" , ", " : ")]),
    st.sampled_from(["\n", "\r\n"]),
)
def test_whatever_the_file_one_place_is_all_that_changes(
    others: dict[str, object],
    there: dict[str, str] | None,
    indent: int | str | None,
    separators: tuple[str, str],
    newline: str,
) -> None:
    others.pop("scripts", None)
    value = {**others, **({"scripts": there} if there is not None else {})}
    before = json.dumps(value, indent=indent, separators=separators).replace("\n", newline)
    edit = add(before, WANTED)
    assert json.loads(edit.text) == {**value, "scripts": {**WANTED, **(there or {})}}
    difference(before, edit.text)
    assert ("\n" in edit.text.replace("\r\n", "")) == ("\n" in before.replace("\r\n", "") or value == {})
    assert add(edit.text, WANTED).text == edit.text


def test_a_project_elsewhere_is_named_in_the_scripts() -> None:
    script = json.loads(add("{}", scripts("my back end")).text)["scripts"]["db:sync:to-remote"]
    assert shlex.split(script) == ["driftwatch", "--project", "my back end", "sync", "to-remote"]
