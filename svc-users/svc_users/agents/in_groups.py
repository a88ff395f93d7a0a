"""What links an agent to in-groups (contract: GET /agents/{agent_id}/ingroup-info)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from dialkit.collation import folded

from svc_users.agents.rank_rows import UNRANKED_IN_GROUP, RankColumns
from svc_users.names import names_of


class Defaults(NamedTuple):
    """A user: the login, and the in-groups that are selected at the next login."""

    user: str
    closer_campaigns: str | None


class Session(NamedTuple):
    """Where and how an agent is logged in."""

    campaign_id: str | None
    outbound_autodial: str | None
    manager_ingroup_set: str | None
    manager_user: str | None
    closer_campaigns: str | None


class Inbound(NamedTuple):
    """What a campaign says of inbound calls."""

    allows_inbound: str | None
    dial_method: str | None
    closer_campaigns: str | None


class InGroup(NamedTuple):
    """An in-group."""

    group_id: str
    group_name: str | None
    active: str | None


LOGGED_OUT = Session(None, None, None, None, None)
NO_INBOUND = Inbound(None, None, None)


class Links(NamedTuple):
    """The folded names of in-groups that the agent, the session and its campaign have."""

    user_default: frozenset[str]
    allowed: frozenset[str]
    selected: frozenset[str]
    listed: frozenset[str]

    @property
    def names(self) -> frozenset[str]:
        """All of them."""
        return self.user_default.union(self.selected, self.listed)


def links_of(agent: Defaults, session: Session, inbound: Inbound) -> Links:
    """What links the agent, logged in to a campaign of that kind, to in-groups."""
    listed = _folded_names(inbound.closer_campaigns)
    takes_calls = inbound.allows_inbound == "Y" and inbound.dial_method != "MANUAL"
    return Links(
        user_default=_folded_names(agent.closer_campaigns),
        allowed=listed if takes_calls else frozenset(),
        selected=_folded_names(session.closer_campaigns),
        listed=listed,
    )


def shown(
    agent: Defaults,
    session: Session,
    links: Links,
    ranks: Mapping[str, RankColumns],
    in_groups: Iterable[InGroup],
) -> list[dict[str, Any]]:
    """The in-groups as the endpoint answers them: the highest rank first, else as they come."""
    rows = [_shown(agent, session, links, ranks, in_group) for in_group in in_groups]
    return sorted(rows, key=lambda row: -row["group_rank"])


def _shown(
    agent: Defaults,
    session: Session,
    links: Links,
    ranks: Mapping[str, RankColumns],
    in_group: InGroup,
) -> dict[str, Any]:
    name = folded(in_group.group_id)
    return {
        **in_group._asdict(),
        "user": agent.user,
        **ranks.get(name, UNRANKED_IN_GROUP),
        "user_default": _flag(name in links.user_default),
        "allowed": _flag(name in links.allowed),
        "selected": _flag(name in links.selected),
        "campaign_id": session.campaign_id,
        "outbound_autodial": session.outbound_autodial,
        "manager_ingroup_set": session.manager_ingroup_set,
        "manager_user": session.manager_user,
    }


def _folded_names(text: str | None) -> frozenset[str]:
    return frozenset(map(folded, names_of(text)))


def _flag(is_so: bool) -> str:
    return "Y" if is_so else "N"
