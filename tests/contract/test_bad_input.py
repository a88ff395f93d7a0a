"""No input makes a 5xx: hostile requests to every endpoint of leads, through the gateway."""

import json
from io import BytesIO
from typing import Any

import aiohttp
import pytest
from dialkit.fields import Fields
from support.database import TestDatabase
from svc_leads.bulk.schemas import BulkOptions
from svc_leads.callbacks.schemas import CallbackFilter
from svc_leads.hopper.schemas import HopperFilter, NewEntries
from svc_leads.leads.schemas import BatchChanges, FieldView, LeadChanges, LeadView, NewLead
from svc_leads.phone.schemas import PhoneCheck
from svc_leads.search.schemas import LeadFilter, StatusFilter
from yarl import URL

WRITING = [
    pytest.param(
        "POST", "/leads", NewLead, {"list_id": 101, "phone_number": "2125550100"}, id="add"
    ),
    pytest.param("PUT", "/leads/12345", LeadChanges, {"status": "NEW"}, id="change"),
    pytest.param("PUT", "/leads/batch", BatchChanges, {"lead_ids": [12345], "rank": 1}, id="batch"),
    pytest.param(
        "POST", "/campaigns/TESTCAMP/hopper/bulk", NewEntries, {"lead_ids": [1]}, id="hopper"
    ),
]
READING = [
    pytest.param("/leads/search", LeadFilter, {}, id="search"),
    pytest.param("/leads/status-search", StatusFilter, {"status": "NEW"}, id="status-search"),
    pytest.param("/leads/12345/info", LeadView, {}, id="info"),
    pytest.param("/leads/12345/field-info", FieldView, {"field": "email"}, id="field-info"),
    pytest.param("/leads/12345/callback-info", CallbackFilter, {}, id="callback-info"),
    pytest.param("/phone/check", PhoneCheck, {"phone_number": "2125550100"}, id="phone"),
    pytest.param("/campaigns/TESTCAMP/hopper", HopperFilter, {}, id="hopper"),
]
BODIES = {
    "malformed": (b'{"list_id": 101,', 400),
    "array": (b'[{"list_id": 101}]', 400),
    "duplicate key": (b'{"status": "A", "status": "B"}', 400),
    "NaN": (b'{"rank": NaN}', 400),
    "infinity": (b'{"rank": 1e999}', 400),
    "bad UTF-8": (b'{"first_name": "\xff"}', 400),
    "null byte": (b'{"first_name": "\x00"}', 400),
    "escaped null byte": (b'{"first_name": "\\u0000"}', 400),
    "half a surrogate pair": (b'{"first_name": "\\ud800"}', 400),
    "nested deeply": (b'{"first_name": ' + b"[" * 100_000, 400),
    "endless number": (b'{"rank": ' + b"9" * 5000 + b"}", 400),
    "10 MB": (b'{"first_name": "' + b"x" * 10_000_000 + b'"}', 413),
}
NAMES = ["0", "-1", "1.0", "x", "4294967296", "9" * 30, "%00", "1%27", "%F0%9F%98%80", "1;2"]
VALUES: list[Any] = [
    "'; DROP TABLE vicidial_list; --",
    '" OR 1=1 #',
    "$(reboot)",
    "a\r\nSet-Cookie: b=c",
    "\x00",
    "\U0001f600",
    "%" * 200,
    "\\",
    2**63,
    -(2**63),
    2**64,
    10**400,
    -1,
    1.5,
    True,
    "",
    " ",
    None,
    [],
    [[]],
    [None],
    {},
    {"": ""},
    "0" * 300,
    "١٢٣٤٥٦٧",
    "+" * 40,
    "NOW; SELECT 1",
    "9999-99-99",
    "0000-00-00 00:00:00",
    "9999-12-31T23:59:59-14:00",
]


@pytest.mark.parametrize(("method", "path"), [param.values[:2] for param in WRITING])
async def test_bad_bodies_are_refused(
    api: aiohttp.ClientSession, db: TestDatabase, method: str, path: str
) -> None:
    before = leads_of(db)
    headers = {"Content-Type": "application/json"}

    for name, (body, status) in BODIES.items():
        async with api.request(
            method, f"/api/v1{path}", data=BytesIO(body), headers=headers
        ) as response:
            envelope = await response.json()
        assert (name, response.status, envelope["success"]) == (name, status, False)

    assert leads_of(db) == before


@pytest.mark.parametrize(("method", "path", "schema", "good"), WRITING)
async def test_no_value_of_a_field_makes_a_5xx(
    api: aiohttp.ClientSession, method: str, path: str, schema: type[Fields], good: dict[str, Any]
) -> None:
    names = [*schema().fields, *schema.aliases, "unheard_of"]

    for name in names:
        for value in VALUES:
            body = json.dumps(good | {name: value}).encode()
            headers = {"Content-Type": "application/json"}
            async with api.request(
                method, f"/api/v1{path}", data=body, headers=headers
            ) as response:
                envelope = await response.json()
            assert response.status < 500, (name, value, envelope)
            assert envelope["success"] is (response.status == 200), (name, value, envelope)
    await is_alive(api)


@pytest.mark.parametrize(("path", "schema", "good"), READING)
async def test_no_query_makes_a_5xx(
    api: aiohttp.ClientSession, path: str, schema: type[Fields], good: dict[str, Any]
) -> None:
    for name in [*schema().fields, *schema.aliases, "unheard_of"]:
        for value in VALUES:
            async with api.get(f"/api/v1{path}", params=good | {name: str(value)}) as response:
                envelope = await response.json()
            assert response.status < 500, (name, value, envelope)
    await is_alive(api)


async def test_no_option_or_row_of_an_import_makes_a_5xx(api: aiohttp.ClientSession) -> None:
    rows = [
        {"phone_number": "2125550100", name: value} for name in NewLead().fields for value in VALUES
    ]
    lines = "\n".join(json.dumps(row) for row in rows).encode()
    headers = {"Content-Type": "application/x-ndjson"}

    async with api.post(
        "/api/v1/leads/bulk?list_id=101&results=errors", data=lines, headers=headers
    ) as response:
        imported = await response.json()
    for name in BulkOptions().fields:
        for value in VALUES:
            async with api.post(
                "/api/v1/leads/bulk", params={name: str(value)}, data=b"{}", headers=headers
            ) as response:
                envelope = await response.json()
            assert response.status < 500, (name, value, envelope)

    assert response.status < 500
    assert imported["data"]["rows"] == len(rows)
    await is_alive(api)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("PUT", "/leads/{}"),
        ("GET", "/leads/{}/info"),
        ("GET", "/leads/{}/field-info?field=email"),
        ("GET", "/leads/{}/callback-info"),
        ("POST", "/leads/{}/dearchive"),
        ("GET", "/ccc/lead-info/{}"),
        ("GET", "/campaigns/{}/hopper"),
    ],
)
async def test_what_the_path_names_and_is_not_there_is_a_404(
    api: aiohttp.ClientSession, method: str, path: str
) -> None:
    body = {"status": "NEW"} if method == "PUT" else None

    for name in NAMES:
        url = URL(f"/api/v1{path.format(name)}", encoded=True)
        async with api.request(method, url, json=body) as response:
            envelope = await response.json()
        assert (name, response.status, envelope["success"]) == (name, 404, False)


def leads_of(db: TestDatabase) -> list[tuple[Any, ...]]:
    return db.rows("CHECKSUM TABLE vicidial_list, vicidial_hopper, vicidial_callbacks")


async def is_alive(api: aiohttp.ClientSession) -> None:
    async with api.get("/api/v1/leads/search?limit=1") as response:
        assert response.status == 200
