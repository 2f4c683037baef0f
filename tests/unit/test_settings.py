"""Configuration: which layer wins, what is refused, and that no error shows a value."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from driftwatch import settings
from driftwatch.errors import ConfigurationError
from driftwatch.settings import Settings

Write = Callable[..., Settings]


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project in a git repository, and a home without any configuration."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home" / "config"))
    root = tmp_path / "project"
    (root / ".git").mkdir(parents=True)
    return root


@pytest.fixture
def load(root: Path) -> Write:
    """Writes the files and reads the settings."""

    def write_and_load(project: str = "", *, user: str = "", supabase: str = "") -> Settings:
        for path, text in (
            (root / "driftwatch.toml", project),
            (settings.user_file(), user),
            (root / "supabase" / "config.toml", supabase),
        ):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return settings.load(root)

    return write_and_load


def test_without_any_file_there_are_the_defaults(root: Path) -> None:
    found = settings.load(root)
    assert (found.migrations.dir, found.hooks.before_push, found.daemon.every) == ("supabase/migrations", "verify", 300)
    assert found.cache_dir.is_absolute()
    assert found.data_dir.is_absolute()


def test_each_layer_wins_over_the_one_before(load: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    supabase = "[db]\nmajor_version = 15"
    assert load(supabase=supabase).shadow.major == 15
    assert load(supabase=supabase, user="[shadow]\nmajor = 16").shadow.major == 16
    assert load("[shadow]\nmajor = 17", supabase=supabase, user="[shadow]\nmajor = 16").shadow.major == 17
    monkeypatch.setenv("DRIFTWATCH_SHADOW__MAJOR", "18")
    assert load("[shadow]\nmajor = 17", supabase=supabase, user="[shadow]\nmajor = 16").shadow.major == 18


def test_layers_are_joined_key_by_key(load: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DRIFTWATCH_NOTIFY__UNREACHABLE_AFTER", "9")
    found = load(
        '[notify]\nrepeat_every = "1h"\n[remotes.production]\nurl_env = "PROD"',
        user='[notify.channels.team]\nurl = "slack://a/b/c"\n[notify]\nunreachable_after = 5\n'
        '[remotes.production]\nevery = "1m"\n[remotes.mine]\nurl_env = "MINE"',
    )
    assert found.notify.repeat_every == 3600
    assert found.notify.unreachable_after == 9
    assert list(found.notify.channels) == ["team"]
    assert (found.remotes["production"].url_env, found.remotes["production"].every) == ("PROD", 60)
    assert set(found.remotes) == {"production", "mine"}


def test_a_later_way_to_find_a_url_replaces_an_earlier_one(load: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    user = '[remotes.production]\nurl = "postgresql://db/app"\nrole = "me"'
    found = load('[remotes.production]\nurl_env = "PROD"', user=user).remotes["production"]
    assert (found.url, found.url_env, found.role) == (None, "PROD", "me")
    monkeypatch.setenv("DRIFTWATCH_REMOTES__PRODUCTION__URL_FILE", "/run/secrets/db")
    found = load('[remotes.production]\nurl_env = "PROD"', user=user).remotes["production"]
    assert (found.url, found.url_env, found.url_file) == (None, "", "/run/secrets/db")


def test_a_variable_reaches_a_remote_whose_name_no_variable_can_spell(
    load: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DRIFTWATCH_REMOTES__STAGING_EU__ROLE", "postgres")
    found = load('[remotes.Staging-EU]\nurl_env = "STAGING"')
    assert list(found.remotes) == ["Staging-EU"]
    assert found.remotes["Staging-EU"].role == "postgres"


def test_a_file_with_a_url_lies_beside_the_file_that_names_it(load: Write, root: Path) -> None:
    found = load('[remotes.a]\nurl_file = ".secrets/a"', user='[remotes.b]\nurl_file = "~/b"')
    assert found.remotes["a"].url_file == str(root / ".secrets" / "a")
    assert found.remotes["b"].url_file == str(Path.home() / "b")


def test_places_are_absolute_and_know_the_home(load: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    found = load(user='[paths]\ncache = "~/c"')
    assert found.cache_dir == Path.home() / "c"
    monkeypatch.setenv("DRIFTWATCH_PATHS__DATA", "d")
    assert load().data_dir == Path.cwd() / "d"


@pytest.mark.parametrize(
    ("text", "seconds"), [('"90s"', 90), ('"5m"', 300), ('"1h30m"', 5400), ('"2d"', 172800), ("7", 7)]
)
def test_durations(load: Write, text: str, seconds: int) -> None:
    assert load(f"[daemon]\nevery = {text}").daemon.every == seconds


@pytest.mark.parametrize("bom", ["", "\ufeff"])
def test_a_file_may_begin_with_a_byte_order_mark(load: Write, bom: str) -> None:
    assert load(f"{bom}[daemon]\nport = 9").daemon.port == 9


@pytest.mark.parametrize(
    "text", ["db = 3", "[db]\nmajor_version = true", "[db]\nmajor_version = '17'", "no toml", "\x00"]
)
def test_what_is_wrong_in_the_supabase_cli_s_file_is_its_own_business(load: Write, text: str) -> None:
    assert load(supabase=text).shadow.major is None


@pytest.mark.parametrize(
    ("text", "key", "expectation"),
    [
        ("[shdow]", "shdow", "is not a setting"),
        ('[shadow]\nbase_line = "hunter2x"', "shadow.base_line", "is not a setting"),
        ('[hooks]\nbefore_push = "hunter2x"', "hooks.before_push", "'verify', 'require', 'warn' or 'off'"),
        ('[daemon]\nport = "hunter2x"', "daemon.port", "valid integer"),
        ("[daemon]\nport = 70000", "daemon.port", "less than or equal to 65535"),
        ('[daemon]\nevery = "hunter2x"', "daemon.every", "expected a duration"),
        ('[daemon]\nevery = "0s"', "daemon.every", "greater than or equal to 1"),
        ('[daemon]\nevery = "9999999d"', "daemon.every", "less than or equal to"),
        ('[notify]\ndigest = "hunter2x"', "notify.digest", 'such as "mon 09:00"'),
        ('[notify]\nquiet_hours = "hunter2x"', "notify.quiet_hours", 'such as "22:00-07:00"'),
        ("[notify]\nconfirmations = 0", "notify.confirmations", "greater than or equal to 1"),
        ('[remotes.a]\nat = ["hunter2x"]', "remotes.a.at", 'such as "09:00"'),
        ('[remotes.a]\nat = ["09:00"]\nevery = "5m"', "remotes.a", "either every or at"),
        ('[compare]\nexclude = "hunter2x"', "compare.exclude", "valid tuple"),
        ('remotes = "hunter2x"', "remotes", "valid dictionary"),
        ('[remotes.local]\nurl_env = "X"', "remotes.local", "expected a name"),
        ('[remotes.remote]\nurl_env = "X"', "remotes.remote", "expected a name"),
        ('[remotes."a.json"]\nurl_env = "X"', "remotes.a.json", "expected a name"),
        ('[remotes."../../x"]\nurl_env = "X"', "remotes.../../x", "expected a name"),
        ('[remotes.a]\nurl_env = "X"\nurl_file = "y"', "remotes.a", "expected only one of url, url_env"),
        ('[remotes.a]\nurl_env = "me:hunter2x@db"', "remotes.a.url_env", "name of an environment variable"),
    ],
)
def test_a_wrong_setting_is_named_with_file_key_and_expectation(
    load: Write, root: Path, text: str, key: str, expectation: str
) -> None:
    with pytest.raises(ConfigurationError) as refused:
        load(text)
    assert f"{root / 'driftwatch.toml'}: {key}" in refused.value.message
    assert expectation in refused.value.message
    assert "hunter2x" not in f"{refused.value.message}{refused.value.details}{refused.value.next_step}"


@pytest.mark.parametrize("text", ["[daemon", 'a = "\\q"', "[a]\n[a]", "= 3"])
def test_a_file_that_is_no_toml_is_named_with_the_place(load: Write, root: Path, text: str) -> None:
    with pytest.raises(ConfigurationError, match=r"driftwatch.toml: .*\(at "):
        load(text)


def test_a_file_that_is_not_utf_8_or_no_file_is_named(root: Path) -> None:
    (root / "driftwatch.toml").write_bytes(b'[shadow]\nbaseline = "\xff"')
    with pytest.raises(ConfigurationError, match=r"driftwatch.toml"):
        settings.load(root)
    (root / "driftwatch.toml").unlink()
    (root / "driftwatch.toml").mkdir()
    with pytest.raises(ConfigurationError, match=r"driftwatch.toml"):
        settings.load(root)
    with pytest.raises(ConfigurationError, match=r"other.toml does not exist"):
        settings.load(root, root / "other.toml")


@pytest.mark.parametrize(
    "name", ["DRIFTWATCH_SHADOW_BASELINE", "DRIFTWATCH_SHDOW__MAJOR", "DRIFTWATCH_REMOTES__A__PASSWORD"]
)
def test_an_unknown_variable_is_named_without_its_value(
    load: Write, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(name, "hunter2x")
    with pytest.raises(ConfigurationError) as refused:
        load()
    assert name in refused.value.message
    assert "hunter2x" not in refused.value.message


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DRIFTWATCH_DAEMON__PORT", "hunter2x"),
        ("DRIFTWATCH_COMPARE__EXCLUDE", "hunter2x"),
        ("DRIFTWATCH_REMOTES", "[1]"),
        ("DRIFTWATCH_REMOTES", "hunter2x"),
        ("DRIFTWATCH_NOTIFY", "[1]"),
        ("DRIFTWATCH_REMOTES__A__EVERY", "hunter2x"),
    ],
)
def test_a_wrong_value_of_a_variable_is_named_without_it(
    load: Write, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ConfigurationError) as refused:
        load()
    said = f"{refused.value.message}{refused.value.details}"
    assert "environment" in said
    assert name.removeprefix("DRIFTWATCH_").split("__")[0].lower() in said
    assert "hunter2x" not in said


def test_switches_that_are_no_settings_are_let_through(load: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    without = load()
    monkeypatch.setenv("DRIFTWATCH_SKIP", "1")
    assert load() == without


# -- what a file in git may not say


@pytest.mark.parametrize(
    "text",
    [
        '[remotes.a]\nurl = "postgresql://me:hunter2x@db/app"',
        '[remotes.a]\nurl = "postgresql://me:hunter/2x@db/app"',
        '[remotes.a]\nurl = "postgresql://me:hunt@er2x@db/app"',
        '[remotes.a]\nurl = "postgresql://me@db/app?password=hunter2x"',
        "[remotes.a]\nurl = \"host=db password = 'hunter2x'\"",
        '[local]\nurl = "postgresql://me:hunter2x@127.0.0.1/app"',
        '[notify.channels.team]\nurl = "slack://hunter2x/b/c"',
        '[notify.channels.team]\nurl = "json://hooks.example.com/hunter2x"',
        '[notify.channels.team]\nurl = "json://me:hunter2x@127.0.0.1/"',
        '[remotes.a]\nurl_command = "cat hunter2x"',
        '[notify.channels.team]\nurl_command = "cat hunter2x"',
    ],
)
def test_secrets_and_commands_are_refused_in_the_project_s_file_only(load: Write, root: Path, text: str) -> None:
    with pytest.raises(ConfigurationError) as refused:
        load(text)
    said = f"{refused.value.message}{refused.value.details}{refused.value.next_step}"
    assert f"{root / 'driftwatch.toml'}: " in said
    assert "this file is in git" in said
    assert "hunter2x" not in said
    load(user=text)


@pytest.mark.parametrize(
    "text",
    [
        '[remotes.a]\nurl = "postgresql://me@db:5432/app?sslmode=require"',
        '[remotes.a]\nurl_env = "PROD"',
        '[notify.channels.team]\nurl = "json://127.0.0.1:9/x"',
    ],
)
def test_urls_without_secrets_are_welcome_there(load: Write, text: str) -> None:
    found = load(text)
    assert list(found.remotes) == ["a"] or list(found.notify.channels) == ["team"]


@pytest.mark.parametrize("key", ["shadow.postgres", "paths.cache", "paths.data"])
def test_the_project_s_file_can_t_name_programs_that_are_in_the_repository(
    load: Write, root: Path, tmp_path: Path, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    section, name = key.split(".")
    inside = root / "tools"
    inside.mkdir()
    (tmp_path / "link").symlink_to(inside)
    (tmp_path / "outside").mkdir()
    monkeypatch.chdir(root)
    for place in ("tools", "./tools", "../project/tools", str(inside), str(tmp_path / "link"), "/proc/self/cwd/tools"):
        with pytest.raises(ConfigurationError, match=f"driftwatch.toml: {key}: .* outside the repository"):
            load(f'[{section}]\n{name} = "{place}"')
    load(f'[{section}]\n{name} = "{tmp_path / "outside"}"')
    load(user=f'[{section}]\n{name} = "{inside}"')
    monkeypatch.setenv(f"DRIFTWATCH_{section}__{name}".upper(), str(inside))
    load()


def test_a_project_below_the_repository_s_root_can_t_name_its_neighbours(root: Path, tmp_path: Path) -> None:
    below = root / "apps" / "web"
    below.mkdir(parents=True)
    (below / "driftwatch.toml").write_text(f'[shadow]\npostgres = "{root / "tools"}"')
    with pytest.raises(ConfigurationError, match=r"shadow.postgres"):
        settings.load(below)


@pytest.mark.parametrize("url", ["postgresql://p@db.example.com/x", "postgresql://p@localhost/x?host=example.com"])
def test_the_local_database_of_the_file_in_git_is_on_this_computer(load: Write, url: str) -> None:
    with pytest.raises(ConfigurationError, match=r"local.url: expected a database on this computer"):
        load(f'[local]\nurl = "{url}"')
    assert load(user=f'[local]\nurl = "{url}"').local.url is not None
    assert load('[local]\nurl = "postgresql://postgres@127.0.0.1:54322/postgres"').local.url is not None


def test_a_file_outside_the_repository_may_say_everything(load: Write, root: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_text('[remotes.a]\nurl = "postgresql://me:hunter2x@db/app"')
    found = settings.load(root, mine).remotes["a"].url
    assert found is not None
    assert found.get_secret_value().startswith("postgresql://me:")
    assert "hunter2x" not in repr(settings.load(root, mine))
    inside = root / "ci.toml"
    inside.write_text(mine.read_text())
    with pytest.raises(ConfigurationError, match="this file is in git"):
        settings.load(root, inside)


def test_the_example_shows_every_setting_and_is_itself_right(load: Write) -> None:
    text = (Path(__file__).parents[2] / "config.example.toml").read_text(encoding="utf-8")
    assert load(text).model_dump() == load("").model_dump()
    for section, field in Settings.model_fields.items():
        assert f"[{section}" in text, section
        inner = getattr(field.annotation, "model_fields", {})
        for key in inner:
            assert f"{key} = " in text or f"[{section}.{key}" in text, f"{section}.{key}"


def test_nothing_of_the_caller_s_environment_was_needed() -> None:
    assert not [name for name in os.environ if name.startswith("DRIFTWATCH_")]


def test_only_one_remote_is_the_default(load: Write) -> None:
    two = '[remotes.{}]\nurl_env = "A"\ndefault = true\n'
    with pytest.raises(ConfigurationError, match="toml: default = true stands at more than one remote"):
        load(two.format("a") + two.format("b"))
