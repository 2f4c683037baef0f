"""Saved catalogs: written the same every time, read strictly."""

from __future__ import annotations

import json
from typing import Any

import pytest
from driftwatch.core.catalog import Catalog, DbObject, NotCompared, ObjectId
from driftwatch.core.fingerprint import fingerprint
from driftwatch.core.snapshot import dumps, loads
from driftwatch.errors import DriftwatchError

CATALOG = Catalog.of(
    [
        DbObject(ObjectId("view", "public.ü"), "public", {"definition": "SELECT\n1", "options": ("b", "a"), "x": None}),
        DbObject(ObjectId("table", "public.t"), "public", {"row_security": False, "max": 2**63 - 1}),
    ],
    170010,
    [NotCompared("passwords", "secret")],
)


def test_reading_gives_back_what_was_written() -> None:
    read = loads(dumps(CATALOG))
    assert read.server_version == 170010
    assert read.not_compared == CATALOG.not_compared
    assert read.objects[ObjectId("view", "public.ü")].facets == {"definition": "SELECT\n1", "options": ("b", "a")}
    assert read.objects[ObjectId("table", "public.t")].schema == "public"
    assert fingerprint(read) == fingerprint(CATALOG)


def test_equal_catalogs_give_equal_texts() -> None:
    turned = Catalog.of(reversed(list(CATALOG)), 170010, CATALOG.not_compared)
    assert dumps(turned) == dumps(CATALOG)


def test_an_object_has_a_line_of_its_own() -> None:
    assert sum('"kind": ' in line for line in dumps(CATALOG).splitlines()) == len(CATALOG)


def test_an_empty_catalog_is_written_and_read() -> None:
    assert len(loads(dumps(Catalog.of([], 150000)))) == 0


def altered(**fields: Any) -> str:
    return json.dumps({**json.loads(dumps(CATALOG)), **fields})


FOREIGN = [
    ("", "not JSON"),
    ("[" * 100_000, "not JSON"),
    ("[]", "no format and objects"),
    ('{"format": 1}', "no format and objects"),
    (altered(server_version="17"), "server_version"),
    (altered(objects=[{"kind": "t"}]), "malformed"),
    (altered(objects=[{"kind": 1, "identity": "", "schema": "", "facets": {}}]), "expected text"),
    (altered(objects=[{"kind": "t", "identity": "", "schema": "", "facets": {"a": 1.5}}]), "no facet can be"),
    (altered(objects=[{"kind": "t", "identity": "", "schema": "", "facets": {"a": [1]}}]), "expected text"),
    (altered(objects=[{"kind": "t", "identity": "", "schema": "", "facets": {}, "more": 1}]), "unknown field"),
    (altered(objects=[{"kind": "t", "identity": "", "schema": "", "facets": {}}] * 2), "twice"),
    (altered(objects=[]), "altered"),
    (altered(fingerprint="dw1:0"), "altered"),
]


@pytest.mark.parametrize(("text", "words"), FOREIGN)
def test_what_is_no_saved_catalog_is_refused_with_the_reason(text: str, words: str) -> None:
    with pytest.raises(DriftwatchError, match=words) as caught:
        loads(text, source="file.json")
    assert "file.json" in caught.value.message
    assert "driftwatch snapshot" in caught.value.next_step


def test_a_newer_format_says_so() -> None:
    with pytest.raises(DriftwatchError, match="format 2") as caught:
        loads(altered(format=2))
    assert "Upgrade" in caught.value.next_step
