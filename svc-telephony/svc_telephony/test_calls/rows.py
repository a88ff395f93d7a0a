"""What a test call goes by: rows as the database has them.

The texts at their ends, that many, go into header lines: they are without line breaks, and empty
for NULL.
"""

from __future__ import annotations

from typing import NamedTuple


class Campaign(NamedTuple):
    """A campaign, and the list of its manual calls, which need not exist."""

    campaign_id: str
    campaign_name: str | None
    active: str | None
    dial_timeout: int | None
    omit_phone_code: str | None
    manual_dial_list_id: int
    cid_group_id: str | None
    cid_group_id_two: str | None
    use_custom_cid: str | None
    list_cid_group_id: str | None

    campaign_vdad_exten: str
    dial_prefix: str
    campaign_cid: str
    list_dial_prefix: str
    list_cid_override: str


CAMPAIGN_TEXTS = 5


class Server(NamedTuple):
    """A server that can place calls."""

    server_id: str
    server_ip: str
    asterisk_version: str | None

    routing_prefix: str
    ext_context: str
    answer_transfer_agent: str


SERVER_TEXTS = 3
