"""What the endpoint of user groups takes."""

from __future__ import annotations

from dialkit import fields

from svc_users.fields import NameFilter


class GroupFilter(fields.Query):
    """Query of GET /user-groups/status; both names together are their union."""

    user_groups = NameFilter()
    user_group = NameFilter()
