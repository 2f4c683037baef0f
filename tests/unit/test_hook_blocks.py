"""Our lines in other people's files: where they go, and that taking them out gives the same bytes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from driftwatch.errors import DriftwatchError
from driftwatch.git import manager_texts
from driftwatch.git.blocks import has_block, put, take

PRE_COMMIT = """\
# the team's
repos:
    # first
    - repo: local
      hooks: []
ci: {skip: [x]}
"""
LEFTHOOK = """\
pre-push:
  parallel: true
  jobs:

  # tests
  - run: pnpm test
post-merge:
    scripts:
        "x.sh": {runner: bash}
post-commit: # often
  commands:
    say:
      run: echo
"""


def husky(text: str) -> str | None:
    return manager_texts.husky(text, "pre-push")


@pytest.mark.parametrize(
    ("write", "text"),
    [
        (husky, "npm test\n"),
        (husky, "#!/usr/bin/env sh\n. x\n"),
        (husky, "#!/bin/sh"),
        (husky, ""),
        (manager_texts.pre_commit, PRE_COMMIT),
        (manager_texts.pre_commit, "repos:\n- repo: local\n  hooks: []"),
        (manager_texts.lefthook, LEFTHOOK),
        (manager_texts.lefthook, "min_version: 1.0.0"),
    ],
)
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_what_is_put_in_is_taken_out_byte_for_byte(write: Callable[[str], str | None], text: str, ends: str) -> None:
    text = text.replace("\n", ends)
    written = write(text)
    assert written is not None
    assert has_block(written)
    assert not has_block(text)
    assert take(written) == text
    if ends in text:
        assert written.count("\n") == written.count(ends), "in the file's own line ends"


def test_a_file_that_was_made_for_us_goes_again_and_stays_when_others_wrote_into_it() -> None:
    made = manager_texts.husky(None, "post-merge")
    assert take(made) is None
    assert take(made + "npm test\n") == "npm test\n"


def test_lines_without_their_end_are_never_taken_with_what_follows() -> None:
    with pytest.raises(DriftwatchError):
        take(put("theirs\n", 0, ["ours"]).replace("# <<< driftwatch\n", ""))


def test_the_first_of_the_repositories_is_ours_and_indented_as_theirs() -> None:
    lines = (manager_texts.pre_commit(PRE_COMMIT) or "").splitlines()
    assert lines[:4] == ["# the team's", "repos:", "    # >>> driftwatch", "    - repo: local"]


def test_a_hook_that_lefthook_has_gets_one_more_job_or_command_and_the_others_come_last() -> None:
    text = manager_texts.lefthook(LEFTHOOK) or ""
    assert "  jobs:\n  # >>> driftwatch\n  - name: driftwatch\n    use_stdin: true\n" in text
    assert "post-merge:\n    # >>> driftwatch\n    jobs:\n      - name: driftwatch\n" in text
    assert "  commands:\n    # >>> driftwatch\n    driftwatch:\n      run: |\n" in text
    assert text.index("# >>> driftwatch\npost-rewrite:\n") > text.index("say:")
    assert text.count("post-checkout:\n") == 1


@pytest.mark.parametrize(
    "text",
    [
        "repos: []\n",
        "repos:\n",
        "repos:\nci: x\n",
        "repos: &a\n- repo: local\n",
        "a:\n  repos:\n  - repo: local\n",
        "{repos: []}\n",
    ],
)
def test_an_uncertain_pre_commit_config_is_left_alone(text: str) -> None:
    assert manager_texts.pre_commit(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "pre-push: {jobs: []}\n",
        "'pre-push':\n  jobs:\n  - run: x\n",
        "pre-push:\n  jobs: []\n",
        "pre-push:\n  jobs: *a\n  x: y\n",
        "pre-push:\n  <<: *a\n",
        "{pre-push: {}}\n",
        "a: b\n---\nc: d\n",
    ],
)
def test_an_uncertain_lefthook_config_is_left_alone(text: str) -> None:
    assert manager_texts.lefthook(text) is None
