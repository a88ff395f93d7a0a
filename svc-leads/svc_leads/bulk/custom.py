"""Writing the custom values of many leads (contract: step 5).

Values have been checked against their definitions; what the server still refuses is found by
halving, so that it takes nothing else with it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from dialkit.db import Queries
from dialkit.db_errors import UnfitValue, UnknownName
from dialkit.errors import Details, InvalidInput

from svc_leads.bulk.known import Definitions
from svc_leads.custom_values import store
from svc_leads.custom_values.definitions import Definition
from svc_leads.custom_values.values import NO_FIELDS, Checked, fitted, unfit

Refused = dict[int, Details]


async def write_values(
    db: Queries, values: Mapping[int, Checked], definitions: Definitions
) -> Refused:
    """Write values by lead_id, a statement a table and set of columns; the errors of those refused.

    Where a table has changed since it was looked at, by its new definitions, once.
    """
    refused: Refused = {}
    for list_id, columns, group in _groups(values):
        try:
            refused |= await _put(db, list_id, columns, group)
        except UnknownName:
            definitions.forget(list_id)
            current = (await definitions.get(db, [list_id])).get(list_id, {})
            refused |= await _put_again(db, group, current)
    return refused


async def _put_again(
    db: Queries, values: Mapping[int, Checked], definitions: Mapping[str, Definition]
) -> Refused:
    again, refused = {}, {}
    for lead_id, old in values.items():
        try:
            again[lead_id] = fitted(old.list_id, old.given, definitions, clean=old.clean)
        except InvalidInput as error:
            refused[lead_id] = dict(error.details or {})
    for list_id, columns, group in _groups(again):
        try:
            refused |= await _put(db, list_id, columns, group)
        except UnknownName:
            refused |= {lead_id: {"custom_fields": [NO_FIELDS]} for lead_id in group}
    return refused


async def _put(
    db: Queries, list_id: int, columns: Sequence[str], values: Mapping[int, Checked]
) -> Refused:
    rows = [
        (lead_id, *(checked.values[column] for column in columns))
        for lead_id, checked in values.items()
    ]
    try:
        await store.put_values(db, list_id, columns, rows)
    except UnfitValue as error:
        if len(values) == 1:
            details = dict(unfit(error, columns).details or {})
            return dict.fromkeys(values, details)
    else:
        return {}
    leads, half = list(values.items()), len(values) // 2
    first, second = dict(leads[:half]), dict(leads[half:])
    return await _put(db, list_id, columns, first) | await _put(db, list_id, columns, second)


def _groups(
    values: Mapping[int, Checked],
) -> list[tuple[int, tuple[str, ...], dict[int, Checked]]]:
    """Values by table and set of columns, as one statement can write them."""
    groups: defaultdict[tuple[int, tuple[str, ...]], dict[int, Checked]] = defaultdict(dict)
    for lead_id, checked in values.items():
        groups[checked.list_id, tuple(sorted(checked.values))][lead_id] = checked
    return [(*key, group) for key, group in groups.items()]
