"""Keeps passwords in URLs on the command line out of the process list.

Everybody on a computer can read other processes' arguments, but not their environment. So when an argument holds
a password, driftwatch starts itself again at once with the URL in the environment and a stand-in as the argument.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import MutableMapping, Sequence

_SECRET = re.compile(r":(?!//).*@|password\s*=", re.IGNORECASE | re.DOTALL)
"""More than URLs that are right: a misspelt one must not show its password either."""
_STAND_IN = re.compile(r"^hidden-url-(\d+)$")
_VARIABLE = "_DRIFTWATCH_HIDDEN_URL_"


def hide_from_process_list(argv: Sequence[str], environ: MutableMapping[str, str]) -> None:
    """Replaces this process by one whose arguments hold no password; returns where there is none to hide."""
    hidden = [f"hidden-url-{number}" if _SECRET.search(text) else text for number, text in enumerate(argv)]
    if hidden == list(argv) or os.name == "nt":
        return
    for number, text in enumerate(argv):
        if hidden[number] != text:
            environ[f"{_VARIABLE}{number}"] = text
    # -P: the current directory is no place to import from, whatever it holds.
    os.execve(sys.executable, [sys.executable, "-P", "-m", "driftwatch", *hidden[1:]], dict(environ))


def reveal(arguments: Sequence[str], environ: MutableMapping[str, str]) -> list[str]:
    """The arguments as they were typed. Takes them out of the environment, so that no child inherits them."""
    result = []
    for text in arguments:
        match = _STAND_IN.match(text)
        result.append(environ.pop(f"{_VARIABLE}{match.group(1)}", text) if match else text)
    return result
