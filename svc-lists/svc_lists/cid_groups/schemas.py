"""What the endpoints of the CID groups take."""

from __future__ import annotations

from dialkit import fields

from svc_lists.cid_groups.entry_id import EntryIdText, Parts
from svc_lists.text import Letters


class EntryPath(fields.Query):
    """Path of PUT, GET and DELETE /cid-groups/{entry_id}."""

    entry_id = EntryIdText(required=True)


class EntryChanges(fields.Body, Parts):
    """Body of PUT /cid-groups/{entry_id}."""

    active = fields.Flag()
    cid_description = Letters(50, others=" -.,_")


class EntryFilter(fields.Query, Parts):
    """Query of GET /cid-groups/{entry_id}."""

    limit = fields.Integer(1, 10_000, load_default=1000)
    # The table may hold other keys than this service takes, and a page may end at one of those.
    after = fields.Pattern(
        f"[{fields.PRINTABLE}]{{0,5}}:[{fields.PRINTABLE}]{{0,20}}",
        why="Must be what a Link header has given",
    )


class WhichEntries(fields.Query, Parts):
    """Query of DELETE /cid-groups/{entry_id}."""


class NewEntry(fields.NewBody):
    """Body of POST /cid-groups."""

    cid_group_id = fields.Text(20, least=1, required=True)
    areacode = fields.Pattern(
        "[0-9A-Za-z]{1,5}", why="Must be 1 to 5 letters or digits", required=True
    )
    outbound_cid = fields.Phone(4, 20, required=True)
    active = fields.Flag(load_default="N")
    cid_description = Letters(50, others=" -.,_", load_default="")
