"""What the searches take."""

from __future__ import annotations

from dialkit import fields

from svc_leads.text import Status

MOST = 100


class Page(fields.Query):
    """Which page of leads."""

    limit = fields.Integer(1, MOST, load_default=MOST)
    # VICIdial's own forms and loaders may have stored any text as a number.
    after = fields.Pattern(r"(?:.{0,18}:)?[0-9]{1,10}", why="Must be what a Link header has given")


class LeadFilter(Page):
    """Query of GET /leads/search."""

    phone_number = fields.Phone(1, 18)
    first_name = fields.Text(30)
    last_name = fields.Text(30)
    email = fields.Text(70)
    list_id = fields.Integer(0, fields.MAX_LIST_ID)
    status = Status()
    archived_lead = fields.Flag(load_default="N")


class StatusFilter(Page):
    """Query of GET /leads/status-search."""

    status = Status(required=True)
    list_id = fields.Integer(0, fields.MAX_LIST_ID)
