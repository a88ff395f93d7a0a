"""Which campaigns an agent may use (contract: GET /agents/{agent_id}/campaigns)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from dialkit.collation import folded

from svc_users.agents.rank_rows import UNRANKED_IN_CAMPAIGN, RankColumns
from svc_users.names import allows_all_campaigns, names_of

_AGENT_DIRECT = "agentdirect"


class Allowance(NamedTuple):
    """A user: the login, and the campaigns that the user group allows."""

    user: str
    allowed_campaigns: str | None


class Campaign(NamedTuple):
    """A campaign, and the text of its in-groups."""

    campaign_id: str
    campaign_name: str | None
    closer_campaigns: str | None


def wanted(allowed_campaigns: str | None, only: str | None) -> list[str] | None:
    """The names of the allowed campaigns, of which perhaps `only` one is asked for; None for all.

    `allowed_campaigns` is the text of the user group.
    """
    allowed = names_of(allowed_campaigns)
    if only is None:
        return None if allows_all_campaigns(allowed) else allowed
    return [only] if allows_all_campaigns(allowed) or folded(only) in map(folded, allowed) else []


def listed_in_groups(campaigns: Iterable[Campaign], *, agent_direct: bool) -> set[str]:
    """The folded names of the in-groups that any of the campaigns lists.

    Those of calls for single agents are left out if not `agent_direct`.
    """
    names = {name for campaign in campaigns for name in _in_groups(campaign)}
    return {name for name in names if agent_direct or not name.startswith(_AGENT_DIRECT)}


def shown(
    campaigns: Iterable[Campaign], ranks: Mapping[str, RankColumns], group_ids: Sequence[str]
) -> list[dict[str, Any]]:
    """The campaigns as the endpoint answers them; in-groups in the order of `group_ids`."""
    places = {folded(group_id): place for place, group_id in enumerate(group_ids)}
    return [
        {
            "campaign_id": campaign.campaign_id,
            "campaign_name": campaign.campaign_name,
            **ranks.get(folded(campaign.campaign_id), UNRANKED_IN_CAMPAIGN),
            "in_groups": [
                group_ids[place]
                for place in sorted(places[name] for name in _in_groups(campaign) & places.keys())
            ],
        }
        for campaign in campaigns
    ]


def _in_groups(campaign: Campaign) -> set[str]:
    return set(map(folded, names_of(campaign.closer_campaigns)))
