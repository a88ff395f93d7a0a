"""What requests to svc-lists refer to (for `dialkit.references`).

Reads vicidial_campaigns, vicidial_scripts, vicidial_inbound_groups, vicidial_call_times,
vicidial_lead_filters, vicidial_filter_phone_groups, vicidial_cid_groups.
"""

from __future__ import annotations

from dialkit.references import Reference


class Thing:
    """What can be referred to."""

    CAMPAIGN = Reference("Campaign", "vicidial_campaigns", "campaign_id")
    SCRIPT = Reference("Script", "vicidial_scripts", "script_id")
    IN_GROUP = Reference("In-group", "vicidial_inbound_groups", "group_id")
    CALL_TIME = Reference("Call time", "vicidial_call_times", "call_time_id")
    FILTER = Reference("Lead filter", "vicidial_lead_filters", "lead_filter_id")
    FILTER_GROUP = Reference(
        "Filter phone group", "vicidial_filter_phone_groups", "filter_phone_group_id"
    )
    CID_GROUP = Reference("CID group", "vicidial_cid_groups", "cid_group_id")
