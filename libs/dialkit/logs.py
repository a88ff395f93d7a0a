"""Logs on standard error: for people (`LOG_FORMAT=text`), or one JSON object a line."""

from __future__ import annotations

import logging
import os
import sys

import orjson
import structlog


def configure_logs(level: str) -> None:
    """Set up structlog, and let the standard library's warnings pass through it."""
    as_text = os.environ.get("LOG_FORMAT", "text" if sys.stderr.isatty() else "json") == "text"
    renderer: structlog.types.Processor = (
        structlog.dev.ConsoleRenderer(
            colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
        )
        if as_text
        else structlog.processors.JSONRenderer(serializer=_dumps)
    )
    shared: list[structlog.types.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    if not as_text:
        shared.append(structlog.processors.format_exc_info)
    number = logging.getLevelNamesMapping()[level.upper()]
    structlog.configure(
        processors=[*shared, renderer],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    formatter = structlog.stdlib.ProcessorFormatter(processor=renderer, foreign_pre_chain=shared)
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    logging.basicConfig(handlers=[handler], level=max(number, logging.WARNING), force=True)


def _dumps(event: object, **_: object) -> str:
    return orjson.dumps(event, default=str).decode()
