"""Loads of apprise's plugins only those that a URL needs: all of them take 20 MB of memory and half a second."""

from __future__ import annotations

import contextlib
import re
import tempfile
from pathlib import Path
from typing import Any, cast

_SCHEMAS = re.compile(r"^    (?:secure_)?protocol\s*(?::[^=\n]+)?=\s*(\([^)]*\)|[^\n]*)", re.MULTILINE)


def load_for(url: str) -> None:
    """Makes apprise know the plugins that say they understand URLs of this kind.

    Where none does (a service's own https:// address, for example), or where an apprise keeps them in another way than
    those that are known here, it loads all of them itself.
    """
    with contextlib.suppress(AttributeError, TypeError):
        _load_for(url)


def _load_for(url: str) -> None:
    from apprise.manager_plugins import NotificationManager

    manager = cast(Any, NotificationManager)()  # nothing of it is typed
    folder = Path(manager.module_path)
    if str(folder) in manager._loaded:
        return
    schema = url.partition("://")[0].lower()
    names = {path.relative_to(folder).parts[0] for path in folder.rglob("*.py") if _understands(path, schema)}
    known = set(manager._module_map or ())
    if not names:
        manager.unload_modules()
        manager.load_modules()
        return
    # It takes its plugins' names from the files of a folder, and then imports them from where they are.
    with tempfile.TemporaryDirectory() as listed:
        for name in names:
            if name.removesuffix(".py") not in known:
                (Path(listed) / name).touch()
        manager.load_modules(path=listed)


def _understands(path: Path, schema: str) -> bool:
    text = path.read_text(encoding="utf-8", errors="replace")
    return any(re.search(rf"""["']{re.escape(schema)}["']""", found) for found in _SCHEMAS.findall(text))
