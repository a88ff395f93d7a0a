"""Which agents a request is about: by campaign, user group, login."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from dialkit import fields
from dialkit.collation import folded

from svc_users.fields import NameFilter


class AgentFilter(fields.Query):
    """Filters of agents at work; each list has two names, and both together are their union."""

    campaigns = NameFilter()
    campaign_id = NameFilter()
    user_groups = NameFilter()
    user_group = NameFilter()


class Filters(NamedTuple):
    """Folded names; an empty filter lets all agents through. Equal ones have equal answers."""

    campaigns: frozenset[str] = frozenset()
    user_groups: frozenset[str] = frozenset()
    agent_user: str = ""


def filters_of(query: Mapping[str, Any]) -> Filters:
    """The filters of a query."""
    return Filters(
        given_names(query, "campaigns", "campaign_id"),
        given_names(query, "user_groups", "user_group"),
        folded(query.get("agent_user", "")),
    )


def given_names(query: Mapping[str, Any], *keys: str) -> frozenset[str]:
    """The names in some fields of a query, folded."""
    return frozenset(folded(name) for key in keys for name in query.get(key, ()))
