"""Parts of the bulk import that need no database."""

import asyncio
from collections.abc import AsyncIterator, Collection
from typing import Any, cast

import pytest
from dialkit.db import Queries
from dialkit.errors import Unavailable
from svc_leads.bulk.ahead import one_ahead
from svc_leads.bulk.reading import RawRow
from svc_leads.bulk.remembered import Remembered
from svc_leads.bulk.rows import RowParser
from svc_leads.bulk.schemas import LEAD_ROW, BulkOptions
from svc_leads.leads.schemas import NewLead

NO_DATABASE = cast("Queries", None)


def parse(fields: dict[str, Any], **options: str) -> Any:
    """The row's fields, or its refusal."""
    row = RowParser(BulkOptions().load(options)).parse(RawRow(1, fields, {}, 0))
    return row.refusal or row.fields


def test_rows_have_the_fields_of_a_single_lead() -> None:
    single = NewLead().fields

    assert set(LEAD_ROW.fields) < set(single)
    for name, field in LEAD_ROW.fields.items():
        assert type(field) is type(single[name])
        # Rows are checked by these alone: nothing may hang on a field beside its own method.
        assert not [*field.validators, *field.pre_load, *field.post_load]


def test_nulls_are_absent_and_aliases_settled() -> None:
    given = {"phone_number": 2125551234, "security_phrase": "a", "security": None, "title": None}

    assert parse(given, list_id="101", status="HELD") == {
        "list_id": 101,
        "status": "HELD",
        "phone_number": "2125551234",
        "security": "a",
    }


def test_an_error_is_told_once_a_field() -> None:
    assert parse({"phone_number": "x", "alt_phones": [{}, {"note": "a;b"}]}) == {
        "result": "invalid",
        "errors": {
            "phone_number": ["Must be 6 to 16 digits"],
            "alt_phones.0.phone_number": ["Required"],
            "alt_phones.1.phone_number": ["Required"],
            "alt_phones.1.note": ["Character not allowed: ;"],
            "list_id": ["Required"],
        },
    }


async def test_of_the_many_that_are_remembered_the_least_recently_used_go() -> None:
    asked: list[set[int]] = []

    async def load(_db: Queries, keys: Collection[int]) -> dict[int, str]:
        asked.append(set(keys))
        return {key: str(key) for key in keys if key != 3}

    known = Remembered(load)

    assert await known.get(NO_DATABASE, [1, 2, 3]) == {1: "1", 2: "2"}
    assert await known.get(NO_DATABASE, {3, 2}) == {2: "2"}
    assert len(await known.get(NO_DATABASE, range(10, 1008))) == 998
    await known.get(NO_DATABASE, [1, 2, 3])
    known.forget(2)
    await known.get(NO_DATABASE, [2])
    assert asked == [{1, 2, 3}, set(range(10, 1008)), {1}, {2}]


async def test_one_item_is_made_while_another_is_in_hand() -> None:
    made = {item: asyncio.Event() for item in (1, 2, 3)}

    async def source() -> AsyncIterator[int]:
        for item, event in made.items():
            event.set()
            yield item
        raise Unavailable("gone")

    ahead = one_ahead(source())
    assert await anext(ahead) == 1
    await made[2].wait()
    assert not made[3].is_set()
    assert [await anext(ahead), await anext(ahead)] == [2, 3]
    with pytest.raises(Unavailable):
        await anext(ahead)


async def test_who_stops_early_stops_the_source() -> None:
    waits, stopped = asyncio.Event(), asyncio.Event()

    async def source() -> AsyncIterator[int]:
        try:
            yield 1
            waits.set()
            await asyncio.Event().wait()
        finally:
            stopped.set()

    ahead = one_ahead(source())
    assert await anext(ahead) == 1
    await waits.wait()
    await ahead.aclose()

    assert stopped.is_set()
