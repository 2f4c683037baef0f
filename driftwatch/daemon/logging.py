"""The daemon's log: readable on a terminal, one JSON object per line elsewhere, never with a secret.

Lines of the standard library's loggers (apprise, watchdog, urllib3 …) take the same way.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Mapping
from typing import Any, TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from driftwatch.errors import redact

Logger = structlog.stdlib.BoundLogger


def configure(stream: TextIO | None = None, *, level: str = "INFO", json: bool | None = None) -> None:
    """Sets up structlog and the root logger of this process.

    stream: stderr by default, which the journal takes. json: by default when the stream is no terminal.
    """
    stream = stream or sys.stderr
    as_json = not stream.isatty() if json is None else json
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
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, _renderer(as_json)],
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


def _renderer(as_json: bool) -> Processor:
    if as_json:
        return structlog.processors.JSONRenderer(sort_keys=True)
    # Rich tracebacks would print local variables, passwords among them.
    return structlog.dev.ConsoleRenderer(
        colors="NO_COLOR" not in os.environ,
        exception_formatter=structlog.dev.plain_traceback,
    )
