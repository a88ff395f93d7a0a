"""In-groups, and what GET /api/v1/ingroups/status answers."""

from collections.abc import Collection
from typing import Any

from support.apps import Telephony
from support.database import TestDatabase
from support.live_answers import shown

STATUS = "/api/v1/ingroups/status"
NOBODY = {
    "agents_logged_in": 0,
    "agents_ready": 0,
    "agents_waiting": 0,
    "agents_in_calls": 0,
    "agents_paused": 0,
    "agents_in_dispo": 0,
    "agents_in_dial": 0,
}
_WAITING = ("agents_ready", "agents_waiting")
_KEYS: dict[str | None, Collection[str]] = {
    "READY": _WAITING,
    "CLOSER": _WAITING,
    "PAUSED": ("agents_paused",),
    "DISPO": ("agents_in_dispo",),
    "INCALL": ("agents_in_calls",),
    "QUEUE": ("agents_in_calls",),
    "MQUEUE": ("agents_in_calls",),
    "DIAL": ("agents_in_calls", "agents_in_dial"),
    None: (),
}


def remove_stock_in_groups(db: TestDatabase) -> None:
    """Take a fresh installation's in-groups away."""
    # With a condition: the server does not count the rows of a table that is emptied at once.
    db.execute("DELETE FROM vicidial_inbound_groups WHERE group_id <> ''")


async def status_shown(telephony: Telephony, **query: str) -> dict[str, dict[str, Any]]:
    """The in-groups by id, in their order."""
    return {one["group_id"]: one for one in await shown(telephony, STATUS, **query)}


async def agents_shown(telephony: Telephony, group_id: str = "SALES") -> dict[str, int]:
    """How many agents an in-group has in each state."""
    (group,) = await shown(telephony, STATUS, in_groups=group_id)
    return {name: group[name] for name in NOBODY}


def counted(state: str | None) -> dict[str, int]:
    """The numbers of an in-group with one agent in that state."""
    return NOBODY | dict.fromkeys(("agents_logged_in", *_KEYS[state]), 1)
