"""Loads of apprise's plugins only those that a URL needs: all of them take 20 MB of memory and half a second.

And of requests, their way to the network, what sends: what guesses an answer's encoding takes another 3 MB.
"""

from __future__ import annotations

import contextlib
import re
import sys
import tempfile
import warnings
from functools import cache
from pathlib import Path
from typing import Any, cast

_GUESSES = ("chardet", "charset_normalizer")
_SCHEMAS = re.compile(r"^    (?:secure_)?protocol\s*(?::[^=\n]+)?=\s*(\([^)]*\)|[^\n]*)", re.MULTILINE)


def load_for(url: str) -> None:
    """Makes apprise know the plugins that say they understand URLs of this kind.

    Where none does (a service's own https:// address, for example), or where an apprise keeps them in another way than
    those that are known here, it loads all of them itself.
    """
    _load_requests()
    with contextlib.suppress(AttributeError, TypeError):
        _load_for(url)


@cache
def _load_requests() -> None:
    absent: dict[str, Any] = {name: None for name in _GUESSES if name not in sys.modules}
    sys.modules.update(absent)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it says that it can't guess
            import requests  # noqa: F401
    finally:
        for name in absent:
            del sys.modules[name]


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
