"""What requests to svc-reports refer to (for `dialkit.references`).

Reads vicidial_user_groups, vicidial_inbound_groups, vicidial_campaigns.
"""

from __future__ import annotations

from dialkit.references import Reference


class Thing:
    """What can be referred to."""

    USER_GROUP = Reference("User group", "vicidial_user_groups", "user_group")
    IN_GROUP = Reference("In-group", "vicidial_inbound_groups", "group_id")
    CAMPAIGN = Reference("Campaign", "vicidial_campaigns", "campaign_id")
