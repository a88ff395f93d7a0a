"""What the endpoints of in-groups take."""

from __future__ import annotations

from dialkit import fields

from svc_telephony.text import Word

_MOST = 1000
_LONGEST = 20


class StatusFilter(fields.Query):
    """Query of GET /ingroups/status."""

    in_groups = fields.NameFilter(Word(1, _LONGEST), limit=_MOST, most=_MOST * (_LONGEST + 1))
