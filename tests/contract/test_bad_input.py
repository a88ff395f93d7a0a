"""No input makes a 5xx or half a change: hostile requests to all endpoints, through the gateway."""

import json
from typing import Any

import aiohttp
import pytest
from support import (
    hostile_leads,
    hostile_lists,
    hostile_reports,
    hostile_telephony,
    hostile_users,
)
from support.database import TestDatabase
from support.gateway import endpoints
from support.hostile import BODIES, NAMES, VALUES, Endpoint, Path, Writes, send
from svc_leads.bulk.schemas import BulkOptions
from svc_leads.leads.schemas import NewLead
from yarl import URL

OF_SERVICES = {
    "svc-leads": hostile_leads.ENDPOINTS,
    "svc-lists": hostile_lists.ENDPOINTS,
    "svc-users": hostile_users.ENDPOINTS,
    "svc-telephony": hostile_telephony.ENDPOINTS,
    "svc-reports": hostile_reports.ENDPOINTS,
}
ENDPOINTS = [endpoint for of_service in OF_SERVICES.values() for endpoint in of_service]
BULK = "/leads/bulk"
NDJSON = {"Content-Type": "application/x-ndjson"}


def test_each_endpoint_meets_hostile_requests() -> None:
    theirs = {
        (method, path.removeprefix("/api/v1"))
        for service, method, path, *_ in endpoints()
        if service in OF_SERVICES
    }

    assert {(one.method, one.path) for one in ENDPOINTS} == theirs - {("POST", BULK)}


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=str)
async def test_no_value_of_a_field_makes_a_5xx_or_half_a_change(
    api: aiohttp.ClientSession, db: TestDatabase, endpoint: Endpoint
) -> None:
    writes = Writes(db)

    for name, value, fields in endpoint.hostile_fields():
        status, answer = await endpoint.send(api, fields)
        wrote = writes.happened()
        assert status == 200 or not wrote, (name, value, answer)

    assert writes.tables() <= {*endpoint.writes, "vicidial_admin_log"}
    await is_alive(api)


async def test_bad_bodies_are_refused(api: aiohttp.ClientSession, db: TestDatabase) -> None:
    writes = Writes(db)

    for endpoint in (one for one in ENDPOINTS if one.has_body):
        field = next(iter(endpoint.good), "x").encode()
        for what, (body, expected) in BODIES.items():
            status, answer = await endpoint.send_body(api, body.replace(b"{}", field))
            assert status == expected, (endpoint, what, answer)
            assert not writes.happened(), (endpoint, what, answer)

    assert writes.tables() == set()


@pytest.mark.parametrize(
    ("paths", "statuses"),
    [
        pytest.param(hostile_leads.UNKNOWN, {404}, id="leads"),
        pytest.param(hostile_lists.UNKNOWN, {404}, id="lists"),
        pytest.param(hostile_users.UNKNOWN, {404}, id="users"),
        pytest.param(hostile_telephony.UNKNOWN, {404}, id="telephony"),
        pytest.param(hostile_lists.MALFORMED, {400, 404}, id="malformed in lists"),
        pytest.param(hostile_telephony.MALFORMED, {400, 404}, id="malformed in telephony"),
        pytest.param(hostile_reports.MALFORMED, {400, 404}, id="malformed in reports"),
        pytest.param(hostile_reports.NUMBERS, {200, 400}, id="numbers in reports"),
    ],
)
async def test_what_the_path_names_and_is_not_there_is_a_404(
    api: aiohttp.ClientSession, db: TestDatabase, paths: list[Path], statuses: set[int]
) -> None:
    writes = Writes(db)

    for path in paths:
        for name in NAMES:
            status, answer = await path.send(api, name)
            assert status in statuses, (path, name, answer)
            assert not writes.happened(), (path, name, answer)

    assert writes.tables() == set()


async def test_no_option_or_row_of_an_import_makes_a_5xx(api: aiohttp.ClientSession) -> None:
    rows: list[dict[str, Any]] = [
        {"phone_number": "2125550100", name: value} for name in NewLead().fields for value in VALUES
    ]
    lines = "\n".join(json.dumps(row) for row in rows).encode()

    _, imported = await send(
        api, "POST", f"{BULK}?list_id=101&results=errors", data=lines, headers=NDJSON
    )
    for name in BulkOptions().fields:
        for value in VALUES:
            options = {name: str(value)}
            await send(api, "POST", BULK, params=options, data=b"{}", headers=NDJSON)

    assert imported["data"]["rows"] == len(rows)
    await is_alive(api)


@pytest.mark.parametrize(("path", "key"), hostile_reports.PAGED.items())
async def test_no_forged_cursor_makes_a_5xx(
    api: aiohttp.ClientSession, path: str, key: list[object]
) -> None:
    own, *forged = hostile_reports.forged_cursors(key)

    status, _ = await send(api, "GET", str(URL(path).update_query(cursor=own)))
    for cursor in forged:
        where = str(URL(path).update_query(cursor=cursor))
        answered, answer = await send(api, "GET", where)
        assert answered == 200 or "cursor" in answer["details"], cursor

    assert status == 200
    await is_alive(api)


async def is_alive(api: aiohttp.ClientSession) -> None:
    async with api.get("/api/v1/leads/search?limit=1") as response:
        assert response.status == 200
