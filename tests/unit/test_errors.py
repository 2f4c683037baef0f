"""What the one kind of error says, and that no secret gets through it."""

from __future__ import annotations

import json

import pytest
from driftwatch import errors
from driftwatch.errors import DriftwatchError, Findings, left_untouched, redact, redact_all, remember_secret


@pytest.fixture(autouse=True)
def _forget(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(errors, "_secrets", set())


@pytest.mark.parametrize(
    "text",
    [
        "postgresql://me:hunter2x@db.example.com:5432/app",
        "no answer from postgres://me:hunter2x@[::1]:5432/app, so there",
        "postgresql://me:hunter2x@/app?host=/run/postgresql",
        "postgresql://me:a@hunter2x@db.example.com/app",
        "postgresql://me:a/hunter2x@db.example.com/app",
        "postgresql://me:a'hunter2x@db.example.com/app",
        "postgresql://me:a?hunter2x#b@db.example.com/app",
        "postgresql://:hunter2x@db.example.com/app",
        "postgres:/me:hunter2x@db.example.com/app",
        "me:hunter2x@db.example.com/app",
        "mailtos://me:hunter2x@example.com",
        'remotes."postgresql://me:hunter2x@db/app" is no name',
        "host=db password=hunter2x dbname=app",
        "host=db password = 'two hunter2x words' dbname=app",
        r"host=db password='it\'s hunter2x' dbname=app",
        "postgresql://db/app?user=me&password=hunter2x&sslmode=require",
        "PASSWORD=hunter2x",
        "sslpassword=hunter2x",
    ],
)
def test_a_password_is_masked_wherever_it_stands_in_a_url(text: str) -> None:
    assert "hunter2x" not in redact(text)
    assert "***" in redact(text)


@pytest.mark.parametrize(
    "text",
    [
        "postgresql://me@db.example.com:5432/app?sslmode=require",
        "http://127.0.0.1:8080/hook",
        "git@github.com:team/app.git",
        "20260101000000_a.sql:3: column b::jsonb does not exist",
        "a::jsonb @> b",
        "at 12:30:05, ada@example.com",
        "select 1; -- see https://example.com:443/x and ask ada@example.com",
    ],
)
def test_what_holds_no_secret_stays_as_it_is(text: str) -> None:
    assert redact(text) == text


def test_the_rest_of_the_url_stays_readable() -> None:
    assert redact("postgresql://me:pw@db:5432/app") == "postgresql://me:***@db:5432/app"
    assert redact("password=pw&sslmode=require") == "password=***&sslmode=require"


def test_a_remembered_secret_is_masked_everywhere() -> None:
    remember_secret("xoxb-12345")
    remember_secret("xoxb-12345-longer")
    assert redact("token xoxb-12345-longer, xoxb-12345") == "token ***, ***"


def test_words_that_every_message_holds_are_never_taken_for_secrets() -> None:
    """The local database of the Supabase CLI has the password `postgres`."""
    remember_secret("postgres")
    remember_secret("abc")
    assert redact("role postgres, abc") == "role postgres, abc"


def test_values_of_json_are_masked_one_by_one_and_the_text_stays_json() -> None:
    remember_secret("status")
    remember_secret('quo"te')
    body = {"status": "in status", "rows": [{"dsn": "password=hunter2x", "n": 3, "none": None}], "odd": 'a quo"te'}
    assert json.loads(json.dumps(redact_all(body))) == {
        "status": "in ***",
        "rows": [{"dsn": "password=***", "n": 3, "none": None}],
        "odd": "a ***",
    }


def test_every_part_of_an_error_is_masked() -> None:
    url = "postgresql://me:hunter2x@db/app"
    error = DriftwatchError(url, untouched=url, next_step=url, details=url)
    assert not any("hunter2x" in text for text in (str(error), error.untouched, error.next_step, error.details))


def test_what_was_left_untouched_is_added_only_where_nothing_is_said() -> None:
    with pytest.raises(DriftwatchError) as silent, left_untouched("All is as it was."):
        raise Findings("It fails.")
    assert silent.value.untouched == "All is as it was."
    with pytest.raises(DriftwatchError) as exact, left_untouched("All is as it was."):
        raise Findings("It fails.", untouched="The first was applied.")
    assert exact.value.untouched == "The first was applied."
