"""What an import asks the database before its first row, and what it remembers of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from dialkit.clock import Moment
from dialkit.db import Queries

from svc_leads.bulk.remembered import Remembered
from svc_leads.custom_values.definitions import Definition
from svc_leads.custom_values.store import are_enabled
from svc_leads.custom_values.values import find_definitions
from svc_leads.leads import place, store
from svc_leads.lists import Campaign, ListRow, find_lists
from svc_leads.phone.checks import need_nanpa_data
from svc_leads.timezone.table import ZoneTable, load_zone_table

Lists = Remembered[int, ListRow]
Definitions = Remembered[int, Mapping[str, Definition]]


class Known(NamedTuple):
    """What holds for all rows of a request."""

    zones: ZoneTable
    campaign: Campaign | None
    custom_enabled: bool
    id_step: int
    lists: Lists
    definitions: Definitions


async def load_known(db: Queries, options: Mapping[str, Any], now: Moment) -> Known:
    """Load it, and check what the options refer to. Raises: InvalidInput, Conflict."""
    await place.check_lists(db, options)
    campaign = await place.check_campaign(db, options)
    if options["nanpa_ac_prefix_check"] == "Y":
        await need_nanpa_data(db)
    return Known(
        zones=await load_zone_table(db, now.utc),
        campaign=campaign,
        custom_enabled=await are_enabled(db),
        id_step=await store.find_id_step(db),
        lists=Remembered(find_lists),
        definitions=Remembered(_find_definitions),
    )


async def _find_definitions(
    db: Queries, list_ids: Collection[int]
) -> dict[int, Mapping[str, Definition]]:
    return {list_id: await find_definitions(db, list_id) for list_id in list_ids}
