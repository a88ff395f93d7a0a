"""What the endpoints of placed calls take."""

from __future__ import annotations

from dialkit import fields

# One more than a lead's id can be.
_ABOVE_ALL_LEADS = 2**32


def _code(**options: object) -> fields.Pattern:
    """A caller code, or the end of one."""
    why = "Must be 1 to 30 letters or digits"
    return fields.Pattern("[0-9A-Za-z]{1,30}", why=why, **options)


class WhichCall(fields.Query):
    """Query of GET /test-call/status."""

    caller_code = _code(required=True)


class RecentCalls(fields.Query):
    """Query of GET /test-call/list."""

    limit = fields.Integer(1, 500, load_default=50)
    phone_login = _code(load_default="")
    before = fields.Integer(1, _ABOVE_ALL_LEADS, load_default=_ABOVE_ALL_LEADS)
