"""Receipts: written whole, found by key, worthless when they are anybody else's."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from driftwatch import receipts_folder
from driftwatch.core.receipts import Receipt, from_json

RECEIPT = Receipt("k" * 64, "dw1:" + "0" * 64, "17.10", "supabase", 3, "2026", "2026-01-01T00:00:00+00:00", ("a note",))


def test_what_was_saved_is_loaded(tmp_path: Path) -> None:
    receipts_folder.save(tmp_path / "receipts", RECEIPT)
    assert receipts_folder.load(tmp_path / "receipts", RECEIPT.key) == RECEIPT


def test_there_is_none_for_another_key(tmp_path: Path) -> None:
    receipts_folder.save(tmp_path, RECEIPT)
    assert receipts_folder.load(tmp_path, "j" * 64) is None


def test_a_receipt_renamed_to_another_key_proves_nothing(tmp_path: Path) -> None:
    receipts_folder.save(tmp_path, RECEIPT)
    other = replace(RECEIPT, key="j" * 64)
    (tmp_path / f"{RECEIPT.key[:40]}.json").rename(tmp_path / f"{other.key[:40]}.json")
    assert receipts_folder.load(tmp_path, other.key) is None


def test_a_damaged_or_foreign_receipt_proves_nothing() -> None:
    good = json.loads(RECEIPT.to_json())
    for broken in ("", "{", "[]", json.dumps({**good, "format": 2}), json.dumps({**good, "extra": 1}), "null"):
        assert from_json(broken, RECEIPT.key) is None, broken
