"""What the endpoint of log entries takes."""

from __future__ import annotations

import re
from typing import Any

from dialkit import fields

CHANGES = frozenset({"status", "user_group", "comments"})
_LINE_BREAK = re.compile(r"\r\n?")


class Note(fields.Text):
    """Text with line breaks and tabs, as agents type it; each break is stored as a newline."""

    refused = re.compile(rf"[^{fields.PRINTABLE}\n\t]")

    def _deserialize(self, value: Any, attr: Any, data: Any, **_: object) -> str:
        return super()._deserialize(_LINE_BREAK.sub("\n", fields.as_text(value)), attr, data)


class EntryChanges(fields.Body):
    """Body of PUT /log-entries/{entry_id}: what changes, and `group`, which tells of which row."""

    aliases = {"campaign_id": "group"}  # noqa: RUF012 - a schema's interface

    status = fields.Text(6, least=1)
    user_group = fields.Text(20)
    comments = Note(10_000)
    group = fields.Text(20, least=2)
