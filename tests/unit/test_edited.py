"""What was changed in a file after it was applied is shown by lines."""

from __future__ import annotations

from driftwatch.core.edited import edit_lines
from driftwatch.core.migrations import Applied, read
from driftwatch.core.statements import parse

TEXT = "create table a (\n  id int,\n  name text\n);\n\n-- two\ninsert into a values (1, 'x');\n"


def _lines(edited: str, statements: tuple[str, ...] | None = None) -> tuple[str, ...]:
    [before], [after] = (read({"1_a.sql": text.encode()}).migrations for text in (TEXT, edited))
    kept = parse(before).recorded if statements is None else statements
    return edit_lines(after, Applied("1", "a", kept))


def test_the_changed_lines_stand_with_those_around_them() -> None:
    lines = _lines(TEXT.replace("name text", "name text not null"))
    assert [line for line in lines if line[0] in "+-" and line[:3] not in ("+++", "---")] == [
        "-  name text",
        "+  name text not null",
    ]
    assert "1_a.sql as it was applied" in lines[0]
    assert "   id int," in lines


def test_line_ends_and_outer_blanks_are_no_edit() -> None:
    assert _lines("\n" + TEXT.replace("\n", "\r\n") + "\n\n") == ()


def test_one_element_for_the_whole_file_is_compared_by_lines_too() -> None:
    lines = _lines(TEXT.replace("'x'", "'y'"), statements=(TEXT,))
    assert [line for line in lines if line.startswith("+i")] == ["+insert into a values (1, 'y');"]
