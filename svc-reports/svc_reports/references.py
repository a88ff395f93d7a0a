"""What requests to svc-reports refer to (for `dialkit.references`).

Reads vicidial_campaigns, vicidial_inbound_groups, vicidial_user_groups, vicidial_users,
vicidial_inbound_dids, vicidial_statuses, vicidial_campaign_statuses.
"""

from __future__ import annotations

from dialkit.references import Reference


class Thing:
    """What can be referred to."""

    CAMPAIGN = Reference("Campaign", "vicidial_campaigns", "campaign_id")
    IN_GROUP = Reference("In-group", "vicidial_inbound_groups", "group_id")
    USER_GROUP = Reference("User group", "vicidial_user_groups", "user_group")
    USER = Reference("User", "vicidial_users", "user")
    DID_PATTERN = Reference("DID", "vicidial_inbound_dids", "did_pattern")
    STATUS = Reference("Status", "vicidial_statuses", "status")
    CAMPAIGN_STATUS = Reference("Status", "vicidial_campaign_statuses", "status")
    CATEGORY = Reference("Category", "vicidial_statuses", "category")
    CAMPAIGN_CATEGORY = Reference("Category", "vicidial_campaign_statuses", "category")
