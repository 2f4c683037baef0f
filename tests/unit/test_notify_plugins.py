"""Only the plugins that a URL needs are loaded, and every URL that apprise understands still works."""

from __future__ import annotations

import subprocess
import sys

import pytest

_COUNT = """
import sys
from driftwatch.notify import Channel, Notifier
notifier = Notifier([Channel(str(number), url) for number, url in enumerate(sys.argv[1:])])
print(len(notifier.problems()), sum(name.startswith("apprise.plugins.") for name in sys.modules))
assert "charset_normalizer" not in sys.modules
import charset_normalizer  # who wants it can have it
"""
SLACK = "T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ"


@pytest.mark.parametrize(
    ("urls", "problems", "few"),
    [
        (["json://127.0.0.1:1/x", f"slack://{SLACK}/#ops", "discord://4174216298/JHMHI8qBe7bk2ZwO5U711o3dV"], 0, True),
        ([f"https://hooks.slack.com/services/{SLACK}"], 0, False),
        (["json://127.0.0.1:1/x", f"https://hooks.slack.com/services/{SLACK}", "ntfy://topic"], 0, False),
        (["nosuch://x", "json://127.0.0.1:1/x"], 1, False),
    ],
)
def test_what_is_loaded_for_urls(urls: list[str], problems: int, few: bool) -> None:
    done = subprocess.run([sys.executable, "-c", _COUNT, *urls], capture_output=True, text=True, check=True)
    found, loaded = map(int, done.stdout.split())
    assert found == problems
    assert (loaded < 20) is few
    assert done.stderr == ""
