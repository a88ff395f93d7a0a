"""The rule of calls that wait for a user group (contract: GET /user-groups/status)."""

from __future__ import annotations

from collections.abc import Mapping

from dialkit.collation import folded

from svc_users.names import allows_all_campaigns, names_of


class WaitingCalls:
    """The calls that wait: in which campaigns and in-groups, and whom they may go to.

    `calls` are numbers of calls by campaign or in-group, `in_groups` the text of each campaign's
    in-groups; names are folded.
    """

    def __init__(self, calls: Mapping[str, int], in_groups: Mapping[str, str | None]) -> None:
        self._calls = calls
        self._reached_from = {
            campaign: calls.keys() & {campaign, *map(folded, names_of(text))}
            for campaign, text in in_groups.items()
        }

    def of_group(self, allowed_campaigns: str | None) -> int:
        """How many wait in campaigns that a group may work in, or in one of their in-groups."""
        allowed = names_of(allowed_campaigns)
        if allows_all_campaigns(allowed):
            sources = list(self._reached_from.values())
        else:
            sources = [self._reached_from.get(folded(name), set()) for name in allowed]
        # One call may be reached from several campaigns.
        return sum(self._calls[name] for name in set().union(*sources))
