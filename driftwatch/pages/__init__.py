"""The page and the HTML report: templates, and what makes them safe to show.

Everything is escaped; a page loads nothing from anywhere; its policy lets run only the style and the script that are
shipped here.
"""

from __future__ import annotations

import base64
import hashlib
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from driftwatch.core.alert_texts import lasted
from driftwatch.core.page import BARS
from driftwatch.core.text import clean

if TYPE_CHECKING:
    from jinja2 import Environment

_HERE = Path(__file__).parent


def render(template: str, *, live: bool = False, **values: Any) -> str:
    """The HTML of `<template>.html.jinja`. live: it refreshes itself, which only what the daemon serves can do."""
    environment = _environment()
    values |= {"script": environment.globals["script"] if live else "", "policy": policy(live)}
    return environment.get_template(f"{template}.html.jinja").render(values)


def policy(live: bool = False) -> str:
    """The Content-Security-Policy of a page."""
    allowed = [f"default-src 'none'; img-src data:; style-src {_hash('style.css')}"]
    if live:
        allowed.append(f"script-src {_hash('live.js')}; connect-src 'self'")
    return "; ".join([*allowed, "base-uri 'none'; form-action 'none'"])


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        loader=FileSystemLoader(_HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= {"anchor": _anchor, "clean": clean, "iso": _iso, "moment": _moment}
    shipped = {"style": Markup(_text("style.css")), "script": Markup(_text("live.js"))}  # noqa: S704 - files of ours
    environment.globals |= {"bars_shown": BARS, "lasted": lasted, **shipped}
    return environment


@cache
def _text(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")


def _hash(name: str) -> str:
    digest = hashlib.sha256(_text(name).encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _anchor(key: str) -> str:
    """Any text as an id of an element."""
    return hashlib.sha256(key.encode()).hexdigest()[:10]


def _iso(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
