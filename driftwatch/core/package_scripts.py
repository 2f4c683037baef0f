"""The scripts of package.json: which ones belong there, and how they get in without another byte being touched."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from driftwatch.errors import DriftwatchError

_COMMANDS = {
    "db:sync:from-remote": "sync from-remote",
    "db:sync:to-remote": "sync to-remote",
    "db:sync:create-migration": "new",
    "db:sync:status": "status",
    "db:sync:help": "flows",
    "supabase:start": "db start",
    "supabase:stop": "db stop",
    "supabase:db:reset": "db reset",
    "supabase:db:diff": "diff",
}
NAMES = tuple(_COMMANDS)
"""The names that the scripts have in every project."""

_SPACE = " \t\r\n"


@dataclass(frozen=True)
class Edit:
    """What there is to do in one package.json. text: all of it afterwards.

    added: names that were missing. kept: name -> the other script that has this name, and stays.
    """

    text: str
    added: tuple[str, ...] = ()
    kept: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class _Member:
    """`"key": value` of an object. gap: what stands between the two; before: the white space before the key."""

    key: str
    value: Any
    value_start: int
    end: int
    gap: str
    before: str


@dataclass(frozen=True)
class _Object:
    """start: its `{`; close: its `}`."""

    start: int
    close: int
    members: tuple[_Member, ...]


def scripts(project: str = "") -> dict[str, str]:
    """The scripts, by name. project: the project's directory, where it is not package.json's or one above that."""
    # Double quotes: cmd.exe knows no other.
    where = f' --project "{project}"' if project else ""
    return {name: f"driftwatch{where} {command}" for name, command in _COMMANDS.items()}


def add(text: str, wanted: Mapping[str, str]) -> Edit:
    """Puts the scripts that are missing into the text of a package.json, in one place; the rest stays as it is.

    Raises DriftwatchError where the text is not an object of JSON, or its "scripts" is none.
    """
    top = _parsed(text)
    # A key that comes twice counts as it comes last, for npm, pnpm and yarn alike.
    found = next((one for one in reversed(top.members) if one.key == "scripts"), None)
    if found is not None and not isinstance(found.value, dict):
        raise DriftwatchError('"scripts" is not an object in it.', untouched="It was not changed.")
    there = found.value if found else {}
    missing = {name: script for name, script in wanted.items() if name not in there}
    kept = {name: str(there[name]) for name, script in wanted.items() if name in there and there[name] != script}
    if not missing:
        return Edit(text, kept=kept)
    at, inserted = _into_top(text, top, missing) if found is None else _into_scripts(text, top, found, missing)
    return Edit(text[:at] + inserted + text[at:], tuple(missing), kept)


def _into_scripts(text: str, top: _Object, found: _Member, missing: Mapping[str, str]) -> tuple[int, str]:
    inner = _object(text, found.value_start)
    if inner.members:
        last = inner.members[-1]
        between = _between(last)
        return last.end, "".join(f",{between}{line}" for line in _lines(missing, last.gap))
    closed = "\n" in text[inner.start : inner.close]
    return inner.start + 1, _block(_between(found), top.members[-1].gap, missing, closed=closed)


def _into_top(text: str, top: _Object, missing: Mapping[str, str]) -> tuple[int, str]:
    if top.members:
        last = top.members[-1]
        between = _between(last)
        return last.end, f',{between}"scripts"{last.gap}{{{_block(between, last.gap, missing)}}}'
    newline = "\r\n" if "\r\n" in text else "\n"
    end = "" if "\n" in text[top.start : top.close] else newline
    between = f"{newline}  "
    return top.start + 1, f'{between}"scripts": {{{_block(between, ": ", missing)}}}{end}'


def _block(between: str, gap: str, missing: Mapping[str, str], *, closed: bool = False) -> str:
    """What goes between the braces of "scripts", whose key stands after the white space `between`.

    closed: the closing brace stands on a line of its own already.
    """
    if "\n" not in between:
        return f",{between}".join(_lines(missing, gap))
    deeper = between + between.rpartition("\n")[2]
    return f"{deeper}{f',{deeper}'.join(_lines(missing, gap))}{'' if closed else between}"


def _between(member: _Member) -> str:
    """The white space that members of this member's object stand behind: a line end and the indentation, or none."""
    if "\n" in member.before:
        line_end = "\r\n" if "\r\n" in member.before else "\n"
        return line_end + member.before.rpartition("\n")[2]
    return member.before or (" " if member.gap.endswith(" ") else "")


def _lines(missing: Mapping[str, str], gap: str) -> list[str]:
    return [f"{json.dumps(name)}{gap}{json.dumps(script, ensure_ascii=False)}" for name, script in missing.items()]


def _parsed(text: str) -> _Object:
    body = text.removeprefix("\ufeff")
    try:
        whole = json.loads(body)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}: {error.msg}" if body.strip() else "it is empty"
        raise DriftwatchError(f"It is not JSON: {where}.", untouched="It was not changed.") from None
    if not isinstance(whole, dict):
        raise DriftwatchError("It holds no object.", untouched="It was not changed.")
    return _object(text, _skip(text, len(text) - len(body)))


def _object(text: str, start: int) -> _Object:
    """The object at this place of valid JSON."""
    decode = json.JSONDecoder().raw_decode
    members: list[_Member] = []
    at = start + 1
    while text[key_start := _skip(text, at)] != "}":
        key, key_end = decode(text, key_start)
        value_start = _skip(text, _skip(text, key_end) + 1)
        value, end = decode(text, value_start)
        members.append(_Member(key, value, value_start, end, text[key_end:value_start], text[at:key_start]))
        at = _skip(text, end)
        at += text[at] == ","
    return _Object(start, key_start, tuple(members))


def _skip(text: str, at: int) -> int:
    """The place of the next character that is no white space."""
    while at < len(text) and text[at] in _SPACE:
        at += 1
    return at
