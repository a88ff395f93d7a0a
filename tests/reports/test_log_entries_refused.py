"""PUT /api/v1/log-entries/{entry_id}: what is refused, and changes nothing."""

from typing import Any

import pytest
from support.answers import invalid, named, refused, sent
from support.apps import Reports
from support.call_logs import (
    CLOSECALLID,
    MANUAL_CODE,
    UNIQUEID,
    make_extended,
    make_inbound_call,
    make_note,
    make_outbound_call,
)
from support.database import TestDatabase
from support.log_entries import NOT_FOUND, SEVERAL, change, everything, make_definitions

OTHER_TEXTS: list[Any] = [None, True, 1.5, [], ["NI"], {}]
URL_OF_CALL = f"/api/v1/log-entries/{UNIQUEID}"


@pytest.fixture(autouse=True)
def calls(db: TestDatabase) -> None:
    """An outbound call with a note and a caller code, and a record of an in-group of another."""
    make_definitions(db)
    make_outbound_call(db)
    make_extended(db)
    make_note(db)
    make_inbound_call(db, uniqueid="1.1")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        pytest.param("status", "", id="status empty"),
        pytest.param("status", "  ", id="status of spaces"),
        pytest.param("status", "SVYEXTS", id="status too long"),
        pytest.param("status", "NOPE", id="status unknown"),
        pytest.param("status", "\U0001f600", id="status beyond the BMP"),
        pytest.param("status", "N%", id="status a pattern"),
        pytest.param("user_group", "x" * 21, id="user group too long"),
        pytest.param("user_group", "NOPE", id="user group unknown"),
        pytest.param("user_group", "AGENT%", id="user group a pattern"),
        pytest.param("user_group", "\U0001f600", id="user group beyond the BMP"),
        pytest.param("comments", "x" * 10_001, id="comments too long"),
        pytest.param("comments", "so far \U0001f600", id="comments beyond the BMP"),
        pytest.param("group", "", id="group empty"),
        pytest.param("group", "X", id="group too short"),
        pytest.param("group", "x" * 21, id="group too long"),
        pytest.param("group", "NOPE", id="group unknown"),
        pytest.param("group", "---ALL---", id="group all"),
        *[
            pytest.param(field, value, id=f"{field} {value}")
            for field in ("status", "user_group", "comments", "group")
            for value in OTHER_TEXTS
        ],
        *[
            pytest.param(field, "x", id=f"unknown field {field}")
            for field in ("call_notes", "lead_id", "uniqueid", "closecallid", "entry_id",
                          "campaign", "list_id", "Status")
        ],
    ],
)  # fmt: skip
async def test_a_bad_value_names_the_field_and_writes_nothing(
    reports: Reports, db: TestDatabase, field: str, value: object
) -> None:
    good = {"status": "NI", "user_group": "AGENTS", "comments": "Paid"}
    before = everything(db)

    answer = await change(reports, **good | {field: value})

    assert named(answer) == [field]
    assert everything(db) == before


@pytest.mark.parametrize(
    ("field", "value", "why"),
    [
        ("status", "NOPE", "Unknown status for this entry"),
        ("user_group", "NOPE", "No such user group"),
        ("group", "NOPE", "No such campaign or in-group"),
    ],
)
@pytest.mark.parametrize("entry_id", [UNIQUEID, MANUAL_CODE, CLOSECALLID])
async def test_what_is_referred_to_and_not_there_is_told(
    reports: Reports, entry_id: object, field: str, value: str, why: str
) -> None:
    answer = await change(reports, entry_id, **{"comments": "Paid", field: value})

    assert answer == invalid(field, why)


async def test_the_second_name_of_the_group_is_checked_alike(
    reports: Reports, db: TestDatabase
) -> None:
    before = everything(db)

    unknown = await change(reports, status="NI", campaign_id="NOPE")
    different = await change(reports, status="NI", group="TESTCAMP", campaign_id="NEWCAMP")
    equal = await change(reports, status="NI", group="TESTCAMP", campaign_id="TESTCAMP")

    assert unknown == invalid("group", "No such campaign or in-group")
    assert named(different) == ["campaign_id"]
    assert equal[0] == 200
    assert before["vicidial_closer_log"] == everything(db)["vicidial_closer_log"]


@pytest.mark.parametrize(
    "body", [{}, {"group": "TESTCAMP"}, {"campaign_id": "TESTCAMP"}, {"user": "7777"}], ids=str
)
@pytest.mark.parametrize("entry_id", [UNIQUEID, "1.5"])
async def test_a_change_of_nothing_is_a_400(
    reports: Reports, db: TestDatabase, entry_id: str, body: dict[str, str]
) -> None:
    before = everything(db)

    assert await change(reports, entry_id, **body) == refused(400, "No fields to update")
    assert everything(db) == before


@pytest.mark.parametrize(
    "entry_id",
    [
        pytest.param("4294967296", id="beyond closecallids"),
        pytest.param("00000000777", id="eleven digits"),
        pytest.param("-777", id="negative"),
        pytest.param("abc", id="word"),
        pytest.param("M12345678901234", id="code too short"),
        pytest.param("M" + "1" * 30, id="code too long"),
        pytest.param("1" + "M" * 19, id="code that begins with a digit"),
        pytest.param("M1081200010000-12345", id="code with a dash"),
        pytest.param("M1081200010000.12345", id="code with a dot"),
        pytest.param("M1081200010000%2A12345", id="code with another sign"),
        pytest.param("%C3%841081200010000012345", id="code with an umlaut"),
        pytest.param("1736355590.", id="no fraction"),
        pytest.param(".1234", id="only a fraction"),
        pytest.param("1736355590.1234.5", id="two dots"),
        pytest.param("1736355590.12x", id="letter in the fraction"),
        pytest.param("1736355590.1234567890", id="uniqueid too long"),
        pytest.param("a1736355590.1", id="prefix without dash"),
        pytest.param("-1736355590.1", id="dash without prefix"),
        pytest.param("a%2Bb-1736355590.1", id="prefix with another sign"),
        pytest.param("1736355590.%25", id="pattern"),
        pytest.param("777%0A", id="line break"),
        pytest.param("1736355590.1234%0A", id="line break after a uniqueid"),
        pytest.param("M1081200010000012345%0A", id="line break after a code"),
        pytest.param("%D9%A7%D9%A7%D9%A7", id="other digits"),
        pytest.param("777'%20OR%20'1", id="SQL"),
        pytest.param("%F0%9F%98%80", id="beyond the BMP"),
        pytest.param("%20", id="nothing but a space"),
    ],
)
async def test_an_id_of_no_form_is_a_400(reports: Reports, db: TestDatabase, entry_id: str) -> None:
    before = everything(db)

    assert await change(reports, entry_id, status="NI") == refused(400, "Invalid entry ID")
    assert everything(db) == before


@pytest.mark.parametrize("entry_id", ["778", "1.5", "M1081200010000099999"])
async def test_what_is_wrong_of_itself_is_told_before_what_is_not_there(
    reports: Reports, db: TestDatabase, entry_id: str
) -> None:
    before = everything(db)

    answers = [
        await change(reports, entry_id, status="NI", user_group="NOPE"),
        await change(reports, entry_id, status="NI", group="NOPE"),
        await change(reports, entry_id, status="NOPE"),
    ]

    assert answers == [
        invalid("user_group", "No such user group"),
        invalid("group", "No such campaign or in-group"),
        NOT_FOUND,
    ]
    assert everything(db) == before


async def test_which_record_is_asked_before_what_it_may_get(
    reports: Reports, db: TestDatabase
) -> None:
    make_inbound_call(db, closecallid=778)
    before = everything(db)

    assert await change(reports, status="NOPE") == SEVERAL
    assert everything(db) == before


@pytest.mark.parametrize("body", [None, [], "NI", 1])
async def test_a_body_that_is_no_object_is_a_400(
    reports: Reports, db: TestDatabase, body: object
) -> None:
    before = everything(db)

    status, envelope = await sent(reports, "PUT", URL_OF_CALL, body)

    assert (status, envelope["success"]) == (400, False)
    assert everything(db) == before


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE", "PATCH"])
async def test_a_record_can_only_be_changed(reports: Reports, method: str) -> None:
    response = await reports.request(method, URL_OF_CALL)

    assert (response.status, response.headers["Allow"]) == (405, "PUT")
