"""Where receipts lie: a folder of small files, one a receipt, shared by all work trees of a repository."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from driftwatch.core.receipts import Receipt, from_json

_KEPT = 300


def load(folder: Path, key: str) -> Receipt | None:
    """The receipt of this key; None where there is none, or where the file is damaged."""
    try:
        return from_json((folder / f"{key[:40]}.json").read_text(encoding="utf-8"), key)
    except (OSError, UnicodeDecodeError):
        return None


def save(folder: Path, receipt: Receipt) -> None:
    """Writes the receipt whole or not at all, and lets the oldest of very many go."""
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{receipt.key[:40]}.json"
    building = folder / f".{target.name}.{os.getpid()}"
    building.write_text(receipt.to_json(), encoding="utf-8")
    building.replace(target)
    with contextlib.suppress(FileNotFoundError):  # another process may be at it too
        files = sorted(folder.glob("*.json"), key=lambda path: path.stat().st_mtime, reverse=True)
        for path in files[_KEPT:]:
            path.unlink()
