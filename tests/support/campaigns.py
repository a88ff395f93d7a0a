"""Changes of campaigns, as tests ask for them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

import pytest
from dialkit.db import Database, Result
from support.apps import Lists
from support.database import TestDatabase


async def change(lists: Lists, campaign_id: str = "TESTCAMP", /, **fields: Any) -> tuple[int, Any]:
    """PUT /api/v1/campaigns/{campaign_id}: the status, and the answer."""
    response = await lists.put(f"/api/v1/campaigns/{campaign_id}", json=fields)
    return response.status, await response.json()


def changed(**extras: Any) -> tuple[int, Any]:
    """What a change of TESTCAMP is answered with."""
    data = {"campaign_id": "TESTCAMP"} | extras
    return 200, {"success": True, "message": "Campaign updated successfully", "data": data}


def statuses(db: TestDatabase, campaign_id: str = "TESTCAMP") -> Any:
    """The column of dial statuses."""
    return db.value(
        "SELECT dial_statuses FROM vicidial_campaigns WHERE campaign_id = %s", campaign_id
    )


@contextmanager
def overtaken(meanwhile: Callable[[int], object]) -> Iterator[None]:
    """Let something happen just before each UPDATE of a campaign; it gets the try's number."""
    run_on, tries = Database.run_on, count(1)

    async def run(
        self: Database, raw: Any, sql: str, params: Any, limit_s: float | None = None
    ) -> Result:
        if sql.startswith("UPDATE vicidial_campaigns"):
            meanwhile(next(tries))
        return await run_on(self, raw, sql, params, limit_s)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Database, "run_on", run)
        yield
