"""What a test call will be, before anything is written (contract: POST /test-call/send, 1 to 7)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from dialkit.clock import Moment
from dialkit.db import Queries
from dialkit.errors import Conflict, InvalidInput, NotFound

from svc_telephony.dial_queue.headers import caller_id, local_channel
from svc_telephony.dial_queue.store import Call
from svc_telephony.test_calls import caller_ids, dialing, store
from svc_telephony.test_calls.rows import Campaign, Server


class Plan(NamedTuple):
    """A call that only lacks its lead; `shown_number` is empty where it shows none."""

    campaign: Campaign
    server: Server
    phone_code: str
    phone_number: str
    extension: str
    context: str
    dial_string: str
    shown_number: str

    def call(self, lead_id: int, now: Moment) -> Call:
        """The call to that lead."""
        code = dialing.caller_code(lead_id, now)
        return Call(
            caller_code=code,
            lead_id=lead_id,
            server_ip=self.server.server_ip,
            extension=self.extension,
            channel=local_channel(self.dial_string, self.context),
            context=self.context,
            timeout=dialing.timeout_ms(self.campaign),
            outbound_cid=caller_id(code, self.shown_number) if self.shown_number else code,
        )


async def plan_call(db: Queries, body: Mapping[str, Any]) -> Plan:
    """The call of a checked body. Raises: NotFound, Conflict, InvalidInput."""
    campaign = await _campaign(db, body["campaign_id"])
    server = await _server(db, body.get("server_ip") or None)
    phone_number, phone_code = body["phone_number"], body.get("phone_code") or "1"
    groups = caller_ids.groups(campaign)
    entries = await store.list_entries(db, groups, phone_number) if groups else {}
    return Plan(
        campaign,
        server,
        phone_code,
        phone_number,
        extension=dialing.extension(body.get("vdad_exten", ""), campaign, server),
        context=dialing.context(server),
        dial_string=dialing.dial_string(campaign, phone_code, phone_number),
        shown_number=caller_ids.shown_number(campaign, entries),
    )


async def _campaign(db: Queries, campaign_id: str) -> Campaign:
    campaign = await store.find_campaign(db, campaign_id)
    if campaign is None:
        raise NotFound("Campaign not found")
    if campaign.active != "Y":
        raise Conflict("Campaign is not active")
    return campaign


async def _server(db: Queries, server_ip: str | None) -> Server:
    server = await store.find_server(db, server_ip)
    if server is None and server_ip is None:
        raise Conflict("No active server")
    if server is None:
        raise InvalidInput({"server_ip": ["No active server has this address"]})
    return server
