"""The daemon's log: readable on a terminal, for the journal in its own form, else one JSON object per line; no secrets.

Lines of the standard library's loggers (apprise, watchdog, urllib3 …) take the same way.
"""

from __future__ import annotations

import json as jsons
import logging
import os
import sys
from collections.abc import Mapping
from typing import Any, TextIO, cast

from driftwatch.errors import redact

# structlog takes rich along where it is installed: 5 MB, for tracebacks that show local variables.
_without_rich = {} if "rich" in sys.modules else {"rich": cast(Any, None)}
sys.modules.update(_without_rich)
import structlog  # noqa: E402
from structlog.typing import EventDict, Processor, WrappedLogger  # noqa: E402

for _name in _without_rich:
    del sys.modules[_name]

Logger = structlog.stdlib.BoundLogger
_PRIORITIES = {"critical": 2, "error": 3, "warning": 4, "info": 6, "debug": 7}
"""Of syslog, as the journal takes them before a line (sd-daemon(3))."""


def configure(stream: TextIO | None = None, *, level: str = "INFO", json: bool | None = None) -> None:
    """Sets up structlog and the root logger of this process.

    stream: stderr by default. json: by default when the stream is neither a terminal nor the journal.
    """
    stream = stream or sys.stderr
    # Redaction comes last: only then are messages interpolated and tracebacks text.
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
        structlog.processors.format_exc_info,
        redact_event,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, _renderer(stream, json)],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    # A broken log line must not print a traceback with its arguments past the redaction.
    logging.raiseExceptions = False


def get_logger(name: str) -> Logger:
    logger: Logger = structlog.stdlib.get_logger(name)
    return logger


def redact_event(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """A structlog processor: every text in the event, however deep, without secrets."""
    # structlog's own entries about a foreign record are objects, and are removed before rendering.
    return {key: value if key.startswith("_") else _redacted(value) for key, value in event.items()}


def _redacted(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, Mapping):
        return {redact(str(key)): _redacted(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_redacted(item) for item in value]
    return redact(value if isinstance(value, str) else str(value))


def _renderer(stream: TextIO, json: bool | None) -> Processor:
    if json is None and _is_journal(stream):
        return _for_journal
    if json or (json is None and not stream.isatty()):
        return structlog.processors.JSONRenderer(sort_keys=True)
    # Rich tracebacks would print local variables, passwords among them.
    return structlog.dev.ConsoleRenderer(
        colors="NO_COLOR" not in os.environ,
        exception_formatter=structlog.dev.plain_traceback,
    )


def _is_journal(stream: TextIO) -> bool:
    """systemd names the device and inode of the stream that it gave us; it may have been redirected since."""
    try:
        status = os.fstat(stream.fileno())
    except (OSError, ValueError):
        return False
    return os.environ.get("JOURNAL_STREAM") == f"{status.st_dev}:{status.st_ino}"


def _for_journal(_logger: WrappedLogger, _method: str, event: EventDict) -> str:
    """One line with its priority, without the time, which the journal knows."""
    said = dict(event)
    said.pop("timestamp", None)
    said.pop("logger", None)
    priority = _PRIORITIES.get(str(said.pop("level", "info")), 6)
    words = str(said.pop("event", ""))
    trace = said.pop("exception", "")
    facts = "".join(f" {key}={jsons.dumps(value, ensure_ascii=False)}" for key, value in sorted(said.items()))
    lines = f"{words}{facts}\n{trace}".strip().splitlines()
    return "\n".join(f"<{priority}>{line}" for line in lines)
