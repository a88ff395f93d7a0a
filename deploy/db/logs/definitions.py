"""Campaigns, lists, in-groups, DIDs and agents that the logs name."""

from collections.abc import Iterator

from deploy.db.logs.calls import (
    AGENTS,
    CAMPAIGNS,
    DIDS,
    FIRST_AGENT,
    FIRST_DID,
    FIRST_LIST,
    FIRST_NUMBER,
    IN_GROUPS,
    LISTS,
    USER_GROUP,
)
from deploy.db.logs.fill import Fill

_CAMPAIGN = {
    "campaign_id": "CONCAT('OUT', seq)",
    "campaign_name": "CONCAT('Outbound ', seq)",
    "active": "'Y'",
    "closer_campaigns": f"' {' '.join(IN_GROUPS)} -'",
}
# As the leads' numbers give them both: list and campaign of a lead belong together.
_LIST = {
    "list_id": f"{FIRST_LIST} + seq",
    "list_name": "CONCAT('List ', seq + 1)",
    "campaign_id": f"CONCAT('OUT', 1 + seq % {CAMPAIGNS})",
    "active": "'Y'",
}
_IN_GROUP = {
    "group_id": f"ELT(seq, {str(list(IN_GROUPS))[1:-1]})",
    "group_name": "CONCAT('In-group ', seq)",
    "active": "'Y'",
}
_DID = {
    "did_id": f"{FIRST_DID} + seq",
    "did_pattern": f"{FIRST_NUMBER} + seq",
    "did_description": "CONCAT('Line ', seq + 1)",
    "did_route": "'IN_GROUP'",
}
_USER = {
    "user": f"{FIRST_AGENT} + seq",
    "pass": "''",
    "full_name": "CONCAT('Agent ', seq + 1)",
    "user_level": "1",
    "user_group": USER_GROUP,
}
_USER_GROUP = {
    "user_group": USER_GROUP,
    "group_name": "'Agents'",
    "allowed_campaigns": "' -ALL-CAMPAIGNS- - -'",
}


def definition_fills() -> Iterator[Fill]:
    """The definitions; those that are there already stay as they are."""
    yield Fill("vicidial_campaigns", _CAMPAIGN, f"seq_1_to_{CAMPAIGNS}", ignore=True)
    yield Fill("vicidial_lists", _LIST, f"seq_0_to_{LISTS - 1}", ignore=True)
    yield Fill("vicidial_inbound_groups", _IN_GROUP, f"seq_1_to_{len(IN_GROUPS)}", ignore=True)
    yield Fill("vicidial_inbound_dids", _DID, f"seq_0_to_{DIDS - 1}", ignore=True)
    yield Fill("vicidial_users", _USER, f"seq_0_to_{AGENTS - 1}", ignore=True)
    # The table has no key that would refuse a second.
    same = f"FROM vicidial_user_groups WHERE user_group = {USER_GROUP}"
    yield Fill("vicidial_user_groups", _USER_GROUP, f"DUAL WHERE NOT EXISTS (SELECT 1 {same})")
