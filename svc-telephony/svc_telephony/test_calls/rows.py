"""What a test call goes by: rows as the database has them."""

from __future__ import annotations

from typing import NamedTuple


class Campaign(NamedTuple):
    """A campaign, and the list of its manual calls, which need not exist."""

    campaign_id: str
    campaign_name: str | None
    active: str | None
    dial_prefix: str | None
    campaign_cid: str | None
    dial_timeout: int | None
    omit_phone_code: str | None
    campaign_vdad_exten: str | None
    manual_dial_list_id: int
    cid_group_id: str | None
    cid_group_id_two: str | None
    use_custom_cid: str | None
    list_cid_override: str | None
    list_cid_group_id: str | None
    list_dial_prefix: str | None


class Server(NamedTuple):
    """A server that can place calls."""

    server_id: str
    server_ip: str
    asterisk_version: str | None
    routing_prefix: str | None
    ext_context: str | None
    answer_transfer_agent: str | None
