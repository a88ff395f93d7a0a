"""Which number a test call shows (contract: POST /test-call/send, 7)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from svc_telephony.test_calls.rows import Campaign

LIST, FIRST, SECOND, OWN = "list", "first", "second", "own"
_DISABLED = "---DISABLED---"
_NO_DIGIT = re.compile("[^0-9]")
_LONGER_THAN = 6


def groups(campaign: Campaign) -> dict[str, str]:
    """The CID groups that are to be asked, by source; `OWN` is the campaign as one."""
    named = {
        LIST: campaign.list_cid_group_id,
        FIRST: campaign.cid_group_id,
        SECOND: campaign.cid_group_id_two,
        OWN: campaign.campaign_id if campaign.use_custom_cid == "AREACODE" else None,
    }
    return {
        source: group
        for source, group in named.items()
        if group and group.strip() and group != _DISABLED
    }


def shown_number(campaign: Campaign, entries: Mapping[str, str]) -> str:
    """The first number that is long enough, empty for none; `entries` are those of the groups."""
    digits = {source: _NO_DIGIT.sub("", number) for source, number in entries.items()}
    numbers = (
        digits.get(LIST, ""),
        campaign.list_cid_override,
        digits.get(FIRST, ""),
        digits.get(SECOND, ""),
        digits.get(OWN, ""),
        campaign.campaign_cid,
    )
    return next((number for number in map(str.strip, numbers) if len(number) > _LONGER_THAN), "")


def area_codes(phone_number: str) -> list[str]:
    """What an entry of an AREACODE group may have for this number."""
    return [phone_number[:length] for length in range(2, 6)]
