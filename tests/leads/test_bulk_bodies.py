"""POST /leads/bulk: forms of bodies, options, and what stops an import."""

import asyncio
from collections.abc import AsyncIterator
from io import BytesIO
from typing import Any

import pytest
from support.apps import Leads
from support.builders import make_campaign, make_list
from support.bulk import BULK, CSV, JSON_LINES, import_body, numbers
from support.database import TestDatabase

JSON = {"Content-Type": "application/json"}
ONE = b'{"phone_number": "2125551234"}'


@pytest.fixture
def db(db: TestDatabase) -> TestDatabase:
    """A database with list 101 of TESTCAMP."""
    make_campaign(db)
    make_list(db)
    return db


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/json", b"[" + ONE + b"]"),
        ("application/json; charset=utf-8", b"\xef\xbb\xbf[" + ONE + b"]"),
        ("application/x-ndjson", ONE),
        ("application/ndjson", ONE + b"\n"),
        ("application/jsonl", b"\n" + ONE + b"\n"),
        ("text/csv", b"phone_number\n2125551234\n"),
        ("text/csv; charset=UTF-8; header=present", b"\xef\xbb\xbfphone_number\n2125551234"),
    ],
)
async def test_bodies_of_all_forms_are_taken(
    leads: Leads, db: TestDatabase, kind: str, body: bytes
) -> None:
    status, answer = await import_body(leads, body, {"Content-Type": kind})

    assert (status, answer["data"]["added"]) == (200, 1)
    assert db.rows("SELECT phone_number FROM vicidial_list") == [("2125551234",)]


@pytest.mark.parametrize(
    "headers",
    [
        {"Content-Type": "application/x-www-form-urlencoded"},
        {"Content-Type": "text/plain"},
        {"Content-Type": "application/octet-stream"},
        {"Content-Type": "text/csv; charset=iso-8859-1"},
        {"Content-Type": "application/json; charset=utf-16"},
        {"Content-Type": "text/csv", "Content-Encoding": "gzip"},
    ],
)
async def test_other_bodies_are_a_415(
    leads: Leads, db: TestDatabase, headers: dict[str, str]
) -> None:
    status, answer = await import_body(leads, b"phone_number\n2125551234\n", headers)

    assert status == 415
    assert answer["error"].startswith("Unsupported media type")
    assert db.count("vicidial_list") == 0


@pytest.mark.parametrize("name", [",", ";", "tab", "|", "comma", "semicolon", "pipe"])
async def test_csv_may_have_other_delimiters(leads: Leads, db: TestDatabase, name: str) -> None:
    delimiter = {"tab": "\t", "comma": ",", "semicolon": ";", "pipe": "|"}.get(name, name)
    body = f'phone_number{delimiter}city\n2125551234{delimiter}"St. {delimiter}"\n'

    _, answer = await import_body(leads, body, CSV, delimiter=name, clean_text="Y")

    assert answer["data"]["added"] == 1


async def test_csv_cells_may_hold_line_breaks(leads: Leads, db: TestDatabase) -> None:
    body = 'phone_number,comments,first_name\r\n2125551234,"one\r\ntwo, three",Zoë\r\n'

    await import_body(leads, body, CSV)

    assert db.row("SELECT comments, first_name FROM vicidial_list") == ("one!Ntwo, three", "Zoë")


async def test_csv_has_unknown_columns_only_when_told(leads: Leads, db: TestDatabase) -> None:
    body = "phone_number,fax\n2125551234,1\n"

    refused = await import_body(leads, body, CSV)
    taken = await import_body(leads, body, CSV, ignore_unknown="Y")

    assert refused == (400, {"success": False, "error": "Unknown column: fax"})
    assert (taken[0], taken[1]["data"]["added"]) == (200, 1)


async def test_a_broken_line_spoils_no_other(leads: Leads, db: TestDatabase) -> None:
    lines = [ONE, b'{"phone_number": ', b'{"phone_number": "\xff"}', ONE]
    csv = b"phone_number,city\n2125551234,a\n2125551234\n2125551234,\xff\n2125551234,b\n"

    _, of_lines = await import_body(leads, b"\n".join(lines), JSON_LINES)
    _, of_csv = await import_body(leads, csv, CSV)

    assert [result.get("errors") for result in of_lines["data"]["results"]] == [
        None,
        {"row": ["Row is not valid JSON: Expecting value (line 1, column 18)"]},
        {"row": ["Row is not valid UTF-8"]},
        None,
    ]
    assert [result.get("errors") for result in of_csv["data"]["results"]] == [
        None,
        {"row": ["Row has 1 cells, the header has 2"]},
        {"row": ["Row is not valid UTF-8"]},
        None,
    ]
    assert db.value("SELECT event_notes FROM vicidial_admin_log LIMIT 1") == (
        "GOOD: 2, BAD: 2, TOTAL: 4"
    )


@pytest.mark.parametrize("damage", [b"oops]", b"", ONE + b" " + ONE + b"]", b"]"])
async def test_rows_before_the_damage_of_an_array_are_imported(
    leads: Leads, db: TestDatabase, damage: bytes
) -> None:
    body = b"[" + (ONE + b",") * 812 + damage

    status, answer = await import_body(leads, body, JSON)

    data = answer.pop("data")
    assert status == 400
    assert answer == {"success": False, "error": "Body is not valid JSON after row 812"}
    assert (data["rows"], data["added"], len(data["results"])) == (812, 812, 812)
    assert db.count("vicidial_list") == 812
    assert db.value("SELECT event_notes FROM vicidial_admin_log") == "GOOD: 812, BAD: 0, TOTAL: 812"


@pytest.mark.parametrize(
    ("kind", "body", "error"),
    [
        (JSON, b"[]", "No rows"),
        (JSON, b"", "No rows"),
        (JSON, b"{}", "Body must be a JSON array"),
        (JSON, b"[1", "Body is not valid JSON after row 0"),
        (JSON_LINES, b"\n\n", "No rows"),
        (CSV, b"", "No header line"),
        (CSV, b"phone_number\n", "No rows"),
        (CSV, b"phone_number,phone_number\n1,1\n", "Column given more than once: phone_number"),
    ],
)
async def test_a_body_without_rows_is_a_400(
    leads: Leads, db: TestDatabase, kind: dict[str, str], body: bytes, error: str
) -> None:
    assert await import_body(leads, body, kind) == (400, {"success": False, "error": error})
    assert db.count("vicidial_admin_log") == 0


@pytest.mark.parametrize(
    ("option", "value", "why"),
    [
        ("duplicate_chek", "DUPLIST", "Unknown field"),
        ("callback", "Y", "Unknown field"),
        ("first_name", "x", "Unknown field"),
        ("duplicate_check", "DUPPHONEALTLIST", "Not available for bulk"),
        ("duplicate_check", "DUPLIST-DUPTITLEALTPHONESYS", "Not available for bulk"),
        ("duplicate_check", "DUP", "Unknown mode: DUP"),
        ("list_id", "5", "List not found"),
        ("list_id", "x", "Must be a whole number"),
        ("status", "too long", "Must be 1 to 6 characters of A-Z a-z 0-9 - _"),
        ("owner", "a'b", "Character not allowed: '"),
        ("campaign_id", "NONE", "Campaign not found"),
        ("dnc_check", "X", "Must be one of: Y, N, AREACODE"),
        ("results", "some", "Must be one of: all, errors, none"),
        ("delimiter", ":", "Must be one of: ,, ;, tab, |"),
        ("hopper_priority", "100", "Must be -99 to 99"),
        ("dry_run", "yes", "Must be one of: Y, N"),
    ],
)
async def test_a_wrong_option_is_a_400_before_any_row(
    leads: Leads, db: TestDatabase, option: str, value: str, why: str
) -> None:
    status, answer = await import_body(leads, b"[" + ONE + b"]", JSON, **{option: value})

    assert (status, answer["details"]) == (400, {option: [why]})
    assert db.count("vicidial_list") == 0


async def test_who_calls_is_no_unknown_option(leads: Leads, db: TestDatabase) -> None:
    status, _ = await import_body(leads, b"[" + ONE + b"]", JSON, user="jo", api_key="secret")

    assert status == 200


async def test_nanpa_data_must_be_there_for_its_check(leads: Leads, db: TestDatabase) -> None:
    answer = await import_body(leads, b"[" + ONE + b"]", JSON, nanpa_ac_prefix_check="Y")

    assert answer == (409, {"success": False, "error": "NANPA data is not loaded"})


async def test_custom_columns_need_the_feature(leads: Leads, db: TestDatabase) -> None:
    answer = await import_body(leads, "phone_number,custom.color\n2125551234,red\n", CSV)

    assert answer == (409, {"success": False, "error": "Custom fields are not enabled"})
    assert db.count("vicidial_list") == 0


async def test_too_many_rows_are_a_413_after_those_allowed(
    leads: Leads, db: TestDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(_defaults("read_rows"), "max_rows", 700)

    response = await leads.post(BULK, params={"list_id": 101}, json=numbers(701))

    answer = await response.json()
    assert (response.status, answer["error"]) == (413, "Too many rows")
    assert answer["data"]["added"] == db.count("vicidial_list") == 700


async def test_a_body_too_large_is_a_413_after_the_rows_before(
    leads: Leads, db: TestDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(_defaults("read_blocks"), "max_bytes", 31 * 700 + 5)

    status, answer = await import_body(leads, (ONE + b"\n") * 1000, JSON_LINES)

    assert (status, answer["error"]) == (413, "Body too large")
    assert answer["data"]["added"] == db.count("vicidial_list") == 700


def _defaults(function: str) -> dict[str, Any]:
    """The limits of a function, which no request can set."""
    from svc_leads.bulk import reading

    defaults: dict[str, Any] = getattr(reading, function).__kwdefaults__
    return defaults


async def test_a_body_is_imported_while_it_comes_in(leads: Leads, db: TestDatabase) -> None:
    come = asyncio.Event()

    async def body() -> AsyncIterator[bytes]:
        yield (ONE + b"\n") * 1200
        await come.wait()
        yield ONE

    importing = asyncio.create_task(import_body(leads, body(), JSON_LINES))
    while db.count("vicidial_list") < 1000:
        await asyncio.to_thread(db.value, "SELECT SLEEP(0.01)")
    come.set()

    status, answer = await importing
    assert (status, answer["data"]["added"]) == (200, 1201)


async def test_a_body_over_a_mebibyte_is_taken(leads: Leads, db: TestDatabase) -> None:
    row = ONE.replace(b"}", b', "comments": "' + b"x" * 250 + b'"}')

    _, answer = await import_body(leads, BytesIO(b"\n".join([row] * 4000)), JSON_LINES)

    assert answer["data"]["added"] == 4000


async def test_the_call_is_in_the_api_log(leads: Leads, db: TestDatabase) -> None:
    await import_body(leads, b"[" + ONE + b"]", JSON)
    await leads.close()

    assert db.rows("SELECT function, result, result_reason FROM vicidial_api_log") == [
        ("add_lead_bulk", "SUCCESS", "Leads imported")
    ]
