"""What is written into the files of other hook managers, and where: pure text, never reformatted.

Each function takes a file's text without our lines, and returns it with them, or None where it is not certain that
a line put there is right: then a person does it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from driftwatch.git.blocks import lines_of, put
from driftwatch.git.hook_files import HOOK_NAMES

_NOT_HERE = {
    "pre-push": "migrations are not proved before this push",
    "post-merge": "the local database does not follow the migrations",
}
_PUSHED = "driftwatch_pushed"
_SPEAKS = ("pre-push", "post-merge", "post-rewrite")
"""What these say is worth showing, even when all is well."""


def shell(name: str, arguments: str = '"$@"') -> tuple[str, ...]:
    """Calls the hook that lies in this clone, or makes it; a clone without driftwatch is told, and not stopped."""
    lines = [
        f"driftwatch=$(git rev-parse --git-common-dir)/driftwatch/hooks/{name}",
        f'if [ -x "$driftwatch" ]; then "$driftwatch" {arguments}'.rstrip() + ";",
        f"elif command -v driftwatch >/dev/null 2>&1; then driftwatch hooks run {name} {arguments}".rstrip() + ";",
    ]
    if name in _NOT_HERE:
        said = f"driftwatch is not installed here: {_NOT_HERE[name]}. Install it, then type: driftwatch hooks install"
        lines.append(f'else echo "{said}" >&2;')
    return (*lines, "fi")


def husky(text: str | None, name: str) -> str:
    """A file of .husky: ours first, because what follows may end the script. husky runs it with `sh -e`."""
    lines = shell(name)
    if name == "pre-push":
        # What git says on stdin is for those who come after us, too.
        lines = (
            f"{_PUSHED}=$(cat)",
            f"printf '%s\\n' \"${_PUSHED}\" | {{",
            *(f"  {line}" for line in lines),
            "} || exit",
            "exec <<EOF_PUSHED",
            f"${_PUSHED}",
            "EOF_PUSHED",
        )
    return put(text, 1 if (text or "").startswith("#!") else 0, lines)


def pre_commit(text: str) -> str | None:
    """.pre-commit-config.yaml: one more `repo: local`, the first below `repos:`."""
    lines = lines_of(text)
    at = [number for number, line in enumerate(lines) if re.match(r"repos:\s*(#.*)?$", line)]
    first = _next_content(lines, at[0]) if len(at) == 1 else None
    item = re.match(r"( *)- ", first) if first else None
    if item is None:
        return None
    return put(text, at[0] + 1, pre_commit_lines(), item[1])


def pre_commit_lines() -> tuple[str, ...]:
    """One repository of .pre-commit-config.yaml."""
    lines = ["- repo: local", "  hooks:"]
    for name in HOOK_NAMES:
        said = ["    verbose: true"] if name in _SPEAKS else []
        lines += [
            f"  - id: driftwatch-{name}",
            f"    name: driftwatch {name}",
            "    language: system",
            f"    stages: [{name}]",
            "    always_run: true",
            "    pass_filenames: false",
            *said,
            "    entry: >-",
            *(f"      {line}" for line in _quoted(shell(name, ""))),
        ]
    return tuple(lines)


def _quoted(lines: Sequence[str]) -> list[str]:
    first, *others = lines
    return [f"sh -c '{first};", *others[:-1], f"{others[-1]}'"]


def lefthook(text: str) -> str | None:
    """lefthook.yml: a job in each hook that is there, and the other hooks at the end."""
    if any(re.match(r"(---|\.\.\.|[{\[\t])", line) for line in lines_of(text)[1:]) or text.startswith(("{", "[")):
        return None
    missing = []
    for name in HOOK_NAMES:
        there = [line for line in lines_of(text) if re.match(rf"""["']?{name}["']?\s*:""", line)]
        if not there:
            missing.append(name)
            continue
        changed = _into_hook(text, name) if len(there) == 1 else None
        if changed is None:
            return None
        text = changed
    return put(text, len(lines_of(text)), lefthook_lines(missing)) if missing else text


def _into_hook(text: str, name: str) -> str | None:
    lines = lines_of(text)
    at = next((number for number, line in enumerate(lines) if re.match(rf"{name}:\s*(#.*)?$", line)), None)
    first = _next_content(lines, at) if at is not None else None
    inner = re.match(r" +(?=[a-z_]+:)", first) if first else None
    if at is None or inner is None:
        return None
    keys: dict[str, int] = {}
    for number, line in enumerate(lines[at + 1 :], at + 1):
        if re.match(r"[^\s#]", line):
            break
        if found := re.match(rf"{inner[0]}([a-z_]+):\s*(.*)", line):
            keys[found[1]] = number
    for key in ("jobs", "commands"):
        if key not in keys:
            continue
        item = _next_content(lines, keys[key])
        deeper = re.match(r" *(?=- )" if key == "jobs" else r" +(?=[\w-]+:)", item) if item else None
        plain = re.match(rf" *{key}:\s*(#.*)?$", lines[keys[key]])
        if deeper is None or plain is None or len(deeper[0]) < len(inner[0]) + (key == "commands"):
            return None
        return put(text, keys[key] + 1, _job(name) if key == "jobs" else _command(name), deeper[0])
    return put(text, at + 1, ("jobs:", *(f"  {line}" for line in _job(name))), inner[0])


def lefthook_lines(names: Sequence[str] = HOOK_NAMES) -> tuple[str, ...]:
    """Whole hooks of lefthook.yml."""
    return tuple(line for name in names for line in (f"{name}:", "  jobs:", *(f"    {line}" for line in _job(name))))


def _job(name: str) -> tuple[str, ...]:
    first, *others = _run(name)
    return ("- name: driftwatch", f"  {first}", *(f"  {line}" for line in others))


def _command(name: str) -> tuple[str, ...]:
    return ("driftwatch:", *(f"  {line}" for line in _run(name)))


def _run(name: str) -> tuple[str, ...]:
    stdin = ("use_stdin: true",) if name in ("pre-push", "post-rewrite") else ()
    return (*stdin, "run: |", *(f"  {line}" for line in shell(name, "{0}")))


def _next_content(lines: Sequence[str], at: int) -> str | None:
    """The first line below that says something."""
    return next((line for line in lines[at + 1 :] if line.strip() and not line.lstrip().startswith("#")), None)
