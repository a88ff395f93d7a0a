"""Which agents a request is about: by campaign, user group, login."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from dialkit import fields
from dialkit.collation import folded

from svc_users.values import name_filter


class GroupFilter(fields.Query):
    """Query of GET /user-groups/status; a list has two names, and both together are their union."""

    user_groups = name_filter()
    user_group = name_filter()


class AgentFilter(GroupFilter):
    """The filters of agents at work."""

    campaigns = name_filter()
    campaign_id = name_filter()


class Selection(NamedTuple):
    """Folded names; an empty list lets all agents through. Equal ones have equal answers."""

    campaigns: frozenset[str] = frozenset()
    user_groups: frozenset[str] = frozenset()
    agent_user: str | None = None


def selection_of(query: Mapping[str, Any]) -> Selection:
    """The filters of a query."""
    return Selection(
        given_names(query, "campaigns", "campaign_id"),
        given_names(query, "user_groups", "user_group"),
        folded(query["agent_user"]) if "agent_user" in query else None,
    )


def given_names(query: Mapping[str, Any], *keys: str) -> frozenset[str]:
    """The names in some fields of a query, folded."""
    return frozenset(folded(name) for key in keys for name in query.get(key, ()))
