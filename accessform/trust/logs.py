"""Logs that can be read by anyone: what happened and where in the code, never what a person wrote or holds."""

import json
import logging
import re
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

_REDACTIONS = (
    (re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE), "<id>"),
    (re.compile(r"(/reprendre/|/rendez-vous/|/relecture/|/partage/|/plus-tot/|/m/)[^\s\"'?]+"), r"\1<token>"),
    (re.compile(r"\b[\w-]+:[\w-]{5,8}:[\w-]{20,}"), "<token>"),
    (re.compile(r"\bgAAAA[\w=-]{20,}"), "<encrypted>"),
    (re.compile(r"\b[0-9A-Z]{4}[- ]?[0-9A-Z]{4}[- ]?[0-9A-Z]{4}\b"), "<code>"),
    (re.compile(r"[^\s@\"'<>]+@[^\s@\"'<>]+\.\w+"), "<address>"),
    (re.compile(r"\?[\w%.+~-]+(?:=|&)\S*"), "?<query>"),
)

ExceptionInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


def redacted(text: str) -> str:
    """Return a message without ids, codes, tokens, addresses and query strings."""
    for pattern, replacement in _REDACTIONS:
        text = pattern.sub(replacement, text)
    return text


def frames_of(error: BaseException) -> list[str]:
    """Return an exception's type and where it went through, its causes first; never its message, which may quote."""
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    lines = frames_of(cause) if cause is not None and cause is not error else []
    lines.append(type(error).__qualname__)
    step = error.__traceback__
    while step is not None:
        code = step.tb_frame.f_code
        lines.append(f"  {code.co_filename}:{step.tb_lineno} {code.co_name}")
        step = step.tb_next
    return lines


class LineFormatter(logging.Formatter):
    """One readable line an event, for a terminal."""

    def formatMessage(self, record: logging.LogRecord) -> str:
        """Format, then redact."""
        return redacted(super().formatMessage(record))

    def formatException(self, ei: ExceptionInfo) -> str:
        """Return the frames without the message."""
        return "\n".join(frames_of(ei[1])) if ei[1] is not None else ""


class JsonFormatter(logging.Formatter):
    """One JSON object an event, for a machine: time, level, logger, message, status, error, frames. Nothing else."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the event as one line of JSON."""
        event: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": redacted(record.getMessage()),
        }
        if (status := getattr(record, "status_code", None)) is not None:
            event["status"] = status
        if record.exc_info and record.exc_info[1] is not None:
            event["error"] = type(record.exc_info[1]).__qualname__
            event["frames"] = frames_of(record.exc_info[1])
        return json.dumps(event, ensure_ascii=False)
